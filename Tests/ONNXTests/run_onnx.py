"""Checks and runs ONNX files with the format's own tools.

usage: run_onnx.py DIRECTORY

For each NAME.onnx: onnx.checker must pass it, and onnxruntime is given NAME.input (float32, as many samples as fit). What
comes out goes to NAME.OUTPUT, float32, for each of the graph's outputs. The first problem ends it with a message.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime

onnxruntime.set_default_logger_severity(3)
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    shape = [-1] + [int(size) for size in entry.shape[1:]]
    values = numpy.fromfile(path.with_suffix(".input"), dtype="<f4").reshape(shape)
    names = [output.name for output in session.get_outputs()]
    for output, result, declared in zip(names, session.run(names, {entry.name: values}), session.get_outputs()):
        if list(result.shape[1:]) != list(declared.shape[1:]):
            sys.exit(f"{path.name}: {output} is declared {declared.shape} and is {result.shape}")
        result.astype("<f4").tofile(path.with_suffix("." + output))
