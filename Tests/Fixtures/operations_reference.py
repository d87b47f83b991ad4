#!/usr/bin/env python3
"""Elementwise operations, reductions and activations by JAX in float64, forward and backward.

Run from anywhere, with NumPy and JAX installed:  python3 Tests/Fixtures/operations_reference.py

Writes operations/reference.json. A case has inputs a, b, ..., the output, the gradient `upstream` of the output, and
the gradient of sum(output * upstream) with respect to each input. Inputs stay away from corners and ties, where the
definition of a derivative is a choice; the tests state those choices in words and numbers of their own.
"""
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).resolve().parent


def fill(shape, phase=0.3, scale=1.0, offset=0.0):
    i = np.arange(np.prod(shape), dtype=np.float64)
    # Rounded to float32, so that the engine starts from the very same numbers.
    values = offset + scale * np.sin(phase + 0.37 * i + 0.011 * i * i)
    return values.reshape(shape).astype(np.float32).astype(np.float64)


X = fill((2, 3, 4), scale=2.5)
WIDE = fill((3, 5), phase=0.7, scale=7)
POSITIVE = fill((3, 4), scale=0.9, offset=1.2)
# Two of three along axis 1 at 1e4 and one at -1e4.
LOGITS = (fill((2, 3, 4)) + np.array([1e4, -1e4, 1e4])[:, None]).astype(np.float32).astype(np.float64)
MASKED = np.where(np.arange(12).reshape(3, 4) % 3 == 1, -np.inf, fill((3, 4)))
FAR = fill((3, 5), phase=0.5, scale=0.5, offset=4096.0)
CONDITION = (fill((2, 1, 4), phase=2) > 0).astype(np.float64)


def variance(axis, ddof):
    return lambda x: jnp.var(x, axis=axis, ddof=ddof)


CASES = {
    "pow 2.5": (lambda x: x**2.5, [POSITIVE]),
    "pow -1.5": (lambda x: x**-1.5, [POSITIVE]),
    "pow -3": (lambda x: jnp.power(x, -3.0), [fill((3, 4), scale=0.4, offset=-1)]),
    "pow tensor": (jnp.power, [POSITIVE, fill((3, 4), phase=1, scale=3)]),
    "pow tensor broadcast": (jnp.power, [fill((2, 1, 4), scale=0.9, offset=1.2), fill((3, 1), phase=1, scale=3)]),
    "log": (jnp.log, [POSITIVE * 1e3]),
    "log1p": (jnp.log1p, [np.concatenate([fill((8,), scale=0.9), fill((8,), scale=1e-6), [1e6, 1e20]])]),
    "erf": (jax.scipy.special.erf, [X]),
    "abs": (jnp.abs, [X]),
    "minimum": (jnp.minimum, [X, fill((3, 4), phase=2, scale=2)]),
    "maximum": (jnp.maximum, [fill((3, 1), phase=2, scale=2), X]),
    "clip -1 1.5": (lambda x: jnp.clip(x, -1, 1.5), [X]),
    "clip max 0.5": (lambda x: jnp.minimum(x, 0.5), [X]),
    "where": (lambda a, b: jnp.where(CONDITION != 0, a, b), [X, fill((3, 1), phase=1)]),
    "mean over 0 2": (lambda x: x.mean(axis=(0, 2)), [X]),
    "mean over -2 keeping": (lambda x: x.mean(axis=-2, keepdims=True), [X]),
    "max": (jnp.max, [X]),
    "max over 0 2": (lambda x: x.max(axis=(0, 2)), [X]),
    "max over -2 keeping": (lambda x: x.max(axis=-2, keepdims=True), [X]),
    "min over 1": (lambda x: x.min(axis=1), [X]),
    "min over 0 1": (lambda x: x.min(axis=(0, 1)), [X]),
    "variance": (variance(None, 0), [X]),
    "variance over 1": (variance(1, 0), [X]),
    "variance over 0 2 unbiased": (variance((0, 2), 1), [X]),
    "variance far from 0": (variance(0, 0), [FAR]),
    "centred far from 0": (lambda x: x - x.mean(axis=0), [FAR]),
    "logSumExp": (jax.nn.logsumexp, [X]),
    "logSumExp over 0 2": (lambda x: jax.nn.logsumexp(x, axis=(0, 2)), [X]),
    "logSumExp extreme": (lambda x: jax.nn.logsumexp(x, axis=1), [LOGITS]),
    "logSumExp masked": (lambda x: jax.nn.logsumexp(x, axis=1), [MASKED]),
    "softmax over 0": (lambda x: jax.nn.softmax(x, axis=0), [X]),
    "softmax over -2": (lambda x: jax.nn.softmax(x, axis=-2), [X]),
    "softmax extreme": (lambda x: jax.nn.softmax(x, axis=1), [LOGITS]),
    "softmax masked": (lambda x: jax.nn.softmax(x, axis=1), [MASKED]),
    "logSoftmax over 0": (lambda x: jax.nn.log_softmax(x, axis=0), [X]),
    "logSoftmax over 1": (lambda x: jax.nn.log_softmax(x, axis=1), [X]),
    "logSoftmax extreme": (lambda x: jax.nn.log_softmax(x, axis=1), [LOGITS]),
    "leakyRelu 0.2": (lambda x: jax.nn.leaky_relu(x, 0.2), [WIDE]),
    "elu 1.3": (lambda x: jax.nn.elu(x, 1.3), [WIDE]),
    "elu near 0": (jax.nn.elu, [fill((3, 5), scale=1e-3)]),
    "gelu": (lambda x: jax.nn.gelu(x, approximate=False), [WIDE]),
    "geluTanh": (lambda x: jax.nn.gelu(x, approximate=True), [WIDE]),
    "silu": (jax.nn.silu, [WIDE]),
    "softplus": (jax.nn.softplus, [WIDE * 20]),
    "hardSigmoid": (jax.nn.hard_sigmoid, [WIDE]),
    "hardTanh": (jax.nn.hard_tanh, [WIDE]),
    "hardSwish": (jax.nn.hard_silu, [WIDE]),
}


def array(values):
    values = np.asarray(values)
    # JSON has no infinity; the tests read this number as one.
    return {"shape": list(values.shape), "data": [max(float(v), -1e300) for v in values.ravel()]}


def main():
    cases = []
    for name, (function, inputs) in CASES.items():
        output, backward = jax.vjp(function, *map(jnp.asarray, inputs))
        upstream = fill(output.shape, phase=1.1)
        found = backward(jnp.asarray(upstream))
        assert all(np.isfinite(g).all() for g in found) and np.isfinite(output).all(), name
        names = "ab"[: len(inputs)]
        cases.append({
            "name": name, "inputs": dict(zip(names, map(array, inputs))), "output": array(output),
            "upstream": array(upstream), "gradients": dict(zip(names, map(array, found))),
        })
    (HERE / "operations").mkdir(exist_ok=True)
    text = json.dumps({"condition": array(CONDITION), "cases": cases})
    (HERE / "operations" / "reference.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")


if __name__ == "__main__":
    main()
