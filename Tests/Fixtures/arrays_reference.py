"""Arrays of every type and order in files that NumPy wrote.

    python3 -m venv v && v/bin/pip install numpy && v/bin/python Tests/Fixtures/arrays_reference.py

NumPy 2.4.6. `stored.npz` and `packed.npz` hold the same arrays, x of each type, byte order and memory order; `reference.json`
has their elements as Python's numbers, row by row.
"""

import gzip
import io
import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent / "arrays"
here.mkdir(exist_ok=True)

shape = (3, 2, 4)
counting = np.arange(24).reshape(shape)
arrays = {}
for kind in ["b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]:
    values = counting * 7 - (0 if kind[0] in "ub" else 60)
    values = counting % 3 == 0 if kind == "b1" else values / 4 if kind[0] == "f" else values
    for order in "<>" if kind[1] != "1" else "|":
        x = values.astype(np.dtype(order + kind))
        arrays[f"{kind}_{ {'<': 'little', '>': 'big', '|': 'byte'}[order] }_rows"] = x
        arrays[f"{kind}_{ {'<': 'little', '>': 'big', '|': 'byte'}[order] }_columns"] = np.asfortranarray(x)

labels = {
    "classes": np.array([2, 0, 1]),
    "classes_of_floats": np.array([[2.0], [0.0], [1.0]], np.float32),
    "positions": np.array([[1, 0], [0, 3], [2, 2]], np.uint8),
    "targets": np.array([0.5, -1.5, 2.25]),
    "targets_columns": np.asfortranarray(np.array([[0.5, 4, 1], [-1.5, 5, 2], [2.25, 6, 3]], np.float32)),
}
odd = {
    "numbers": np.array([0.5, 1.5, 2.5]),
    "half": np.array([0, 0.5, 1]),
    "negative": np.array([0, -1, 1]),
    "four": np.array([0, 1, 2, 3]),
    "scalar": np.array(1.0),
    "nothing": np.zeros((0, 4)),
    "not_finite": np.where(counting == 13, np.nan, counting).astype(np.float32),
    "too_large": counting * 1e39,
    "complex": counting.astype(np.complex64),
    "text": np.array(["a", "b", "c"]),
}
np.savez(here / "stored.npz", **arrays, **labels, **odd)
np.savez_compressed(here / "packed.npz", **arrays, **labels, **odd)
for name in ["f8_little_rows", "f4_big_columns"]:
    np.save(here / f"{name}.npy", arrays[name])
np.save(here / "classes.npy", labels["classes"])
with open(here / "version2.npy", "wb") as file:
    np.lib.format.write_array(file, arrays["i2_little_rows"], version=(2, 0))
plain = io.BytesIO()
np.save(plain, arrays["u1_byte_rows"])
(here / "u1.npy.gz").write_bytes(gzip.compress(plain.getvalue(), mtime=0))

reference = {name: [float(v) for v in array.ravel()] for name, array in (arrays | labels).items()}
(here / "reference.json").write_text(json.dumps(reference, indent=0) + "\n")
