#!/usr/bin/env python3
"""A file of weights by the format's own library, and its digest by hashlib.

Run from anywhere, with NumPy and safetensors installed:  python3 Tests/Fixtures/weights_reference.py

Writes weights/two-layers.safetensors, the same as .npz (plain, and compressed with matrices by columns) and as float64, and
weights/two-layers.sha256. The digest is the SHA-256 over the parameters in
sorted-name order; for each: name, a zero byte, rank (u32 LE), each dimension (u64 LE), the values (f32 LE).
"""
import hashlib
import pathlib
import struct

import numpy as np
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).resolve().parent


def main():
    # "10.weight" sorts before "2.weight": by bytes, not by number.
    tensors = {
        "2.weight": np.linspace(-1, 1, 6, dtype=np.float32).reshape(2, 3),
        "2.bias": np.array([0.5, -0.0, 1e-40], dtype=np.float32),
        "10.weight": np.array([[3.25], [-7.0], [3.4028235e38]], dtype=np.float32),
        "10.bias": np.array([1.0 / 3], dtype=np.float32),
    }
    (HERE / "weights").mkdir(exist_ok=True)
    save_file(tensors, HERE / "weights" / "two-layers.safetensors", metadata={"made_by": "weights_reference.py"})
    np.savez(HERE / "weights" / "two-layers.npz", **tensors)
    np.savez_compressed(
        HERE / "weights" / "columns.npz", **{name: np.asfortranarray(tensor) for name, tensor in tensors.items()})
    np.savez(HERE / "weights" / "float64.npz", **{name: tensor.astype("f8") for name, tensor in tensors.items()})
    digest = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name]
        digest.update(name.encode() + b"\0" + struct.pack("<I", tensor.ndim))
        digest.update(b"".join(struct.pack("<Q", size) for size in tensor.shape))
        digest.update(tensor.astype("<f4").tobytes())
    (HERE / "weights" / "two-layers.sha256").write_text(digest.hexdigest() + "\n")


if __name__ == "__main__":
    main()
