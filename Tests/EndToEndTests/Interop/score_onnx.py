"""Lets onnxruntime predict the classes of a table whose last column has them, and scores that.

usage: score_onnx.py MODEL TABLE.csv.gz PROBABILITIES.npy    the last by `nnctl predict`, to be compared
"""

import json
import sys

import numpy
import onnx
import onnxruntime

onnxruntime.set_default_logger_severity(3)
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
table = numpy.loadtxt(sys.argv[2], delimiter=",", dtype="f4")
labels = table[:, -1].astype(int)
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
(entry,) = session.get_inputs()
# As many at once as there are, and then one.
samples = table[:, :-1].reshape(-1, *entry.shape[1:])
logits, probabilities = session.run(["output", "probabilities"], {entry.name: samples})
(alone,) = session.run(["output"], {entry.name: samples[:1]})
chosen = probabilities[numpy.arange(len(labels)), labels].astype("f8")
json.dump({
    "opset": model.opset_import[0].version, "input": entry.name, "batch": str(entry.shape[0]),
    "accuracy": float((logits.argmax(axis=1) == labels).mean()), "loss": float(-numpy.log(chosen).mean()),
    "predicted": float(numpy.abs(probabilities - numpy.load(sys.argv[3])).max()),
    "alone": float(numpy.abs(alone - logits[:1]).max()),
    "metadata": {one.key: one.value for one in model.metadata_props}}, sys.stdout)
