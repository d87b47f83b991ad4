#!/usr/bin/env python3
"""Hessian-vector products of small networks, exact in float64: the reference of NNTests' second derivatives.

Run from anywhere, with NumPy installed:  python3 Tests/Fixtures/hessian_reference.py

Writes hessian/reference.json. Each case is a network 3-4-2 with one activation and one loss. By the complex-step method
H v = imag(gradient(w + i h v)) / h, which has no rounding error to speak of for h = 1e-30: the gradient below is
hand-derived and analytic in the weights.
"""
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
BATCH, INPUTS, HIDDEN, OUTPUTS = 5, 3, 4, 2
LABELS = [0, 1, 1, 0, 1]


def fill(shape, scale, phase):
    i = np.arange(np.prod(shape), dtype=np.float64)
    # Rounded to float32, so that the engine starts from the very same numbers.
    return (scale * np.sin(phase + 0.37 * i + 0.011 * i * i)).reshape(shape).astype(np.float32).astype(np.float64)


def activate(name, z):
    if name == "relu":
        return np.where(z.real > 0, z, 0), np.where(z.real > 0, 1, 0)
    if name == "tanh":
        y = np.tanh(z)
        return y, 1 - y * y
    y = 1 / (1 + np.exp(-z))
    return y, y * (1 - y)


def gradients(w, x, target, activation, loss):
    z = x @ w["0.weight"] + w["0.bias"]
    hidden, slope = activate(activation, z)
    out = hidden @ w["1.weight"] + w["1.bias"]
    if loss == "mean_squared_error":
        back = 2 * (out - target) / out.size
    else:
        exponentials = np.exp(out - out.real.max(axis=1, keepdims=True))
        back = exponentials / exponentials.sum(axis=1, keepdims=True)
        back[np.arange(BATCH), LABELS] -= 1
        back = back / BATCH
    inner = (back @ w["1.weight"].T) * slope
    return {
        "0.weight": x.T @ inner, "0.bias": inner.sum(axis=0),
        "1.weight": hidden.T @ back, "1.bias": back.sum(axis=0),
    }, z


def array(values):
    return {"shape": list(values.shape), "data": [float(v) for v in values.ravel()]}


def main():
    x, target = fill((BATCH, INPUTS), 1.5, 0.3), fill((BATCH, OUTPUTS), 1, 2.1)
    shapes = {
        "0.weight": (INPUTS, HIDDEN), "0.bias": (HIDDEN,), "1.weight": (HIDDEN, OUTPUTS), "1.bias": (OUTPUTS,)}
    w = {name: fill(shape, 0.8, 0.5 + k) for k, (name, shape) in enumerate(shapes.items())}
    v = {name: fill(shape, 1, 4.5 + k) for k, (name, shape) in enumerate(shapes.items())}
    cases = []
    for activation in ("relu", "tanh", "sigmoid"):
        for loss in ("mean_squared_error", "softmax_cross_entropy"):
            moved = {name: w[name] + 1e-30j * v[name] for name in w}
            complex_gradient, z = gradients(moved, x, target, activation, loss)
            assert activation != "relu" or np.abs(z.real).min() > 1e-3, "too near to a kink"
            cases.append({
                "activation": activation, "loss": loss,
                "gradient": {name: array(g.real) for name, g in complex_gradient.items()},
                "product": {name: array(g.imag / 1e-30) for name, g in complex_gradient.items()},
            })
    (HERE / "hessian").mkdir(exist_ok=True)
    (HERE / "hessian" / "reference.json").write_text(json.dumps({
        "x": array(x), "target": array(target), "labels": LABELS,
        "parameters": {name: array(t) for name, t in w.items()},
        "vector": {name: array(t) for name, t in v.items()}, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
