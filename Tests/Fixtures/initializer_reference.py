#!/usr/bin/env python3
"""The first starting values of some parameters for seed 42, by an implementation of Philox 4x32-10 of its own, and
orthogonal matrices by NumPy's QR decomposition.

Run from anywhere, with NumPy installed:  python3 Tests/Fixtures/initializer_reference.py

Writes initializers/reference.json. The parameter called NAME has a key of its own: the first two words of the block of
counter (low word of FNV-1a(NAME), 0, 1 + 2^31, its high word) under the key (seed's low word, seed's high word). Element
i comes from the block of counter (i, 0, 1, 0) under that key; 53 bits make a number u in (0, 1), two of them a normal
number by Box & Muller. A truncated normal number is drawn again from counters (i, 1, 1, 0), (i, 2, 1, 0), … while it is
beyond two deviations.
"""
import json
import math
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
SEED, INITIALIZE, WORD = 42, 1, 0xFFFFFFFF


def philox(counter, key):
    for _ in range(10):
        a, b = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = (b >> 32 ^ counter[1] ^ key[0], b & WORD, a >> 32 ^ counter[3] ^ key[1], a & WORD)
        key = ((key[0] + 0x9E3779B9) & WORD, (key[1] + 0xBB67AE85) & WORD)
    return counter


def fnv1a(name):
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def unit(high, low):
    return ((high << 21 ^ low >> 11) + 0.5) * 2.0**-53


def draw(name, index, stream=0):
    name = fnv1a(name)
    key = philox((name & WORD, 0, INITIALIZE | 1 << 31, name >> 32), (SEED & WORD, SEED >> 32))[:2]
    words = philox((index, stream, INITIALIZE, 0), key)
    u = unit(words[0], words[1])
    return u, math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * unit(words[2], words[3]))


def truncated(name, index):
    return next(n for n in (draw(name, index, stream)[1] for stream in range(99)) if abs(n) <= 2)


def orthogonal(name, rows, columns):
    matrix = np.array([draw(name, i)[1] for i in range(rows * columns)]).reshape(rows, columns)
    tall = matrix if rows >= columns else matrix.T
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))
    return (q if rows >= columns else q.T).ravel().tolist()


def main():
    cases = []
    for name in ("0.weight", "head.weight"):
        draws = [draw(name, i) for i in range(8)]
        cases.append({
            "name": name, "seed": SEED,
            "normal": [0.5 * normal for _, normal in draws],
            "uniform": [0.25 * (2 * u - 1) for u, _ in draws],
            "truncated": [0.5 * truncated(name, i) for i in range(100)],
            "orthogonal": [{"rows": r, "columns": c, "data": orthogonal(name, r, c)}
                           for r, c in ((4, 3), (3, 5), (4, 4), (1, 1), (1, 3), (6, 1))],
        })
    (HERE / "initializers").mkdir(exist_ok=True)
    (HERE / "initializers" / "reference.json").write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
