#!/usr/bin/env python3
"""The first starting values of some parameters for seed 42, by an implementation of Philox 4x32-10 of its own.

Run from anywhere, with nothing installed:  python3 Tests/Fixtures/initializer_reference.py

Writes initializers/reference.json. Element i of the parameter called NAME comes from the block of counter
(i, FNV-1a(NAME), 1, 0) under the key (seed's low word, seed's high word); 53 bits make a number u in (0, 1), two of them
a normal number by Box & Muller.
"""
import json
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
SEED, INITIALIZE, WORD = 42, 1, 0xFFFFFFFF


def philox(counter, key):
    for _ in range(10):
        a, b = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = (b >> 32 ^ counter[1] ^ key[0], b & WORD, a >> 32 ^ counter[3] ^ key[1], a & WORD)
        key = ((key[0] + 0x9E3779B9) & WORD, (key[1] + 0xBB67AE85) & WORD)
    return counter


def fnv1a(name):
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & WORD
    return value


def unit(high, low):
    return ((high << 21 ^ low >> 11) + 0.5) * 2.0**-53


def draw(name, index):
    words = philox((index, fnv1a(name), INITIALIZE, 0), (SEED & WORD, SEED >> 32))
    u = unit(words[0], words[1])
    return u, math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * unit(words[2], words[3]))


def main():
    cases = []
    for name in ("0.weight", "head.weight"):
        draws = [draw(name, i) for i in range(8)]
        cases.append({
            "name": name, "seed": SEED,
            "normal": [0.5 * normal for _, normal in draws],
            "uniform": [0.25 * (2 * u - 1) for u, _ in draws],
        })
    (HERE / "initializers").mkdir(exist_ok=True)
    (HERE / "initializers" / "reference.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
