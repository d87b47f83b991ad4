"""Reads a file of weights with its format's own library and says what is in it, as JSON.

usage: read_weights.py FILE
"""

import hashlib
import json
import struct
import sys

import numpy
from safetensors import safe_open


def tensors(path):
    if path.endswith(".npz"):
        with numpy.load(path) as archive:
            return {name: archive[name] for name in archive.files}, {}
    with safe_open(path, framework="numpy") as file:
        return {name: file.get_tensor(name) for name in file.keys()}, file.metadata()


def digest(tensors):
    """As the contract says: parameters in sorted-name order, each with its name, a zero, its rank, its sizes, its values.

    Running averages and the scaling of the samples are no parameters.
    """
    sha = hashlib.sha256()
    for name in sorted(tensors, key=str.encode):
        if name.split(".")[-1].startswith("running_") or name.startswith("scale."):
            continue
        tensor = tensors[name]
        sha.update(name.encode() + b"\0" + struct.pack("<I", tensor.ndim))
        sha.update(struct.pack(f"<{tensor.ndim}Q", *tensor.shape))
        sha.update(tensor.astype("<f4").tobytes())
    return sha.hexdigest()


found, metadata = tensors(sys.argv[1])
json.dump({
    "digest": digest(found), "metadata": metadata,
    "shapes": {name: tensor.shape for name, tensor in found.items()},
    "scaling": {name: tensor.tolist() for name, tensor in found.items() if name.startswith("scale.")},
    "types": sorted({str(tensor.dtype) for tensor in found.values()})}, sys.stdout)
