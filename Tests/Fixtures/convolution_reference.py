#!/usr/bin/env python3
"""Convolutions and poolings, forward and backward, by JAX in float64: what the golden numbers do not cover.

Run from anywhere, with NumPy and JAX installed:  python3 Tests/Fixtures/convolution_reference.py

Writes convolution/reference.json. Each case has its settings, the shapes of its inputs x, w, b, the output, and for each
input the gradient of sum(output * upstream). Inputs and upstream are the waves of shape_reference.py.

Transposed convolutions are made without JAX's own: as the gradient of the convolution with respect to its image.
"""
import itertools
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

from shape_reference import array, wave

HERE = pathlib.Path(__file__).resolve().parent


def convolution(x, w, stride, padding, dilation, groups):
    names = ("NCHW", "OIHW", "NCHW") if x.ndim == 4 else ("NCH", "OIH", "NCH")
    return jax.lax.conv_general_dilated(
        x, w, stride, [(p, p) for p in padding], rhs_dilation=dilation, dimension_numbers=names,
        feature_group_count=groups)


def transposed(x, w, stride, padding, dilation, groups, extra):
    size = [(n - 1) * s - 2 * p + d * (k - 1) + 1 + e
            for n, s, p, d, k, e in zip(x.shape[2:], stride, padding, dilation, w.shape[2:], extra)]
    image = jnp.zeros((x.shape[0], w.shape[1] * groups, *size))
    _, pull = jax.vjp(lambda z: convolution(z, w, stride, padding, dilation, groups), image)
    return pull(x)[0]


def pool(x, kind, kernel, stride, padding):
    window, steps = (1, 1, *kernel), (1, 1, *stride)
    edges = [(0, 0), (0, 0), *((p, p) for p in padding)]
    if kind == "max":
        return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, steps, edges)
    total = jax.lax.reduce_window(x, 0.0, jax.lax.add, window, steps, edges)
    if kind == "average":
        return total / np.prod(kernel)
    return total / jax.lax.reduce_window(jnp.ones_like(x), 0.0, jax.lax.add, window, steps, edges)


def case(op, shapes, settings, function):
    inputs = [jnp.asarray(wave(shape, 0.3 + k)) for k, shape in enumerate(shapes)]
    output, pull = jax.vjp(function, *inputs)
    gradients = pull(jnp.asarray(wave(output.shape, 1.7)))
    return {"op": op, **settings, "inputs": shapes, "output": array(output), "gradients": [array(g) for g in gradients]}


def with_bias(y, b):
    return y + b.reshape((1, -1) + (1,) * (y.ndim - 2))


def convolutions():
    for stride, padding, dilation, groups, kernel in [
            (1, 0, 1, 1, 3), (2, 1, 1, 1, 3), (1, 2, 2, 2, 3), (3, 2, 2, 4, 2), (2, 0, 3, 1, 2), (1, 0, 1, 2, 1), (2, 3, 1, 1, 4)]:
        settings = {"stride": [stride], "padding": [padding], "dilation": [dilation], "groups": groups}
        yield case(
            "conv1d", [(2, 4, 9), (4, 4 // groups, kernel), (4,)], settings,
            lambda x, w, b: with_bias(convolution(x, w, (stride,), (padding,), (dilation,), groups), b))
    for groups, (dilation, stride) in itertools.product((1, 2, 4), (((1, 1), (2, 3)), ((2, 1), (1, 1)), ((2, 3), (1, 2)))):
        settings = {"stride": stride, "padding": (1, 2), "dilation": dilation, "groups": groups}
        yield case(
            "conv2d", [(2, 4, 4, 5), (4, 4 // groups, 3, 2), (4,)], settings,
            lambda x, w, b: with_bias(convolution(x, w, stride, (1, 2), dilation, groups), b))
    # 1x1 with a stride, with padding and in groups; a kernel as large as the image; one pixel.
    for x, w, stride, padding, groups in [
            ((2, 4, 5, 4), (2, 4, 1, 1), (2, 2), (0, 0), 1), ((2, 4, 3, 4), (2, 4, 1, 1), (1, 1), (1, 1), 1),
            ((2, 4, 3, 4), (6, 2, 1, 1), (1, 1), (0, 0), 2), ((2, 3, 4, 3), (2, 3, 4, 3), (1, 1), (0, 0), 1),
            ((1, 1, 1, 1), (1, 1, 1, 1), (1, 1), (0, 0), 1), ((1, 1, 1, 1), (2, 1, 3, 3), (1, 1), (1, 1), 1),
            ((1, 2, 2, 2), (2, 2, 2, 2), (3, 3), (3, 3), 1)]:
        settings = {"stride": stride, "padding": padding, "dilation": (1, 1), "groups": groups}
        yield case(
            "conv2d", [x, w, (w[0],)], settings,
            lambda x, w, b: with_bias(convolution(x, w, stride, padding, (1, 1), groups), b))


def transposes():
    for stride, padding, extra, dilation, groups in [
            ((1, 1), (0, 0), (0, 0), (1, 1), 1), ((2, 2), (0, 0), (0, 0), (1, 1), 1), ((2, 2), (1, 1), (1, 1), (1, 1), 1),
            ((2, 3), (1, 0), (0, 2), (1, 1), 2), ((1, 1), (1, 1), (0, 0), (2, 1), 4), ((2, 2), (2, 1), (1, 0), (2, 2), 2)]:
        settings = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups, "output_padding": extra}
        yield case(
            "transposed", [(2, 4, 3, 2), (4, 4 // groups, 3, 2), (4 // groups * groups,)], settings,
            lambda x, w, b: with_bias(transposed(x, w, stride, padding, dilation, groups, extra), b))


def poolings():
    for kind in ("max", "average", "average_inside"):
        for kernel, stride, padding in [
                ((2, 2), (2, 2), (0, 0)), ((3, 2), (2, 1), (1, 0)), ((3, 3), (1, 1), (1, 1)), ((3, 3), (2, 2), (1, 1)),
                ((2, 3), (3, 2), (0, 1)), ((1, 1), (2, 2), (0, 0))]:
            settings = {"kernel": kernel, "stride": stride, "padding": padding}
            yield case(f"{kind}2d", [(1, 2, 5, 7)], settings, lambda x: pool(x, kind, kernel, stride, padding))
        for kernel, stride, padding in [((2,), (2,), (0,)), ((3,), (2,), (1,)), ((4,), (1,), (2,)), ((3,), (4,), (0,))]:
            settings = {"kernel": kernel, "stride": stride, "padding": padding}
            yield case(f"{kind}1d", [(2, 2, 9)], settings, lambda x: pool(x, kind, kernel, stride, padding))
    for shape in [(2, 3, 7), (2, 3, 3, 5), (1, 2, 1, 1)]:
        axes = tuple(range(2, len(shape)))
        yield case("global_max", [shape], {}, lambda x: x.max(axes))
        yield case("global_average", [shape], {}, lambda x: x.mean(axes))


def main():
    cases = [*convolutions(), *transposes(), *poolings()]
    (HERE / "convolution").mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    (HERE / "convolution" / "reference.json").write_text(f'{{"cases":[\n{lines}\n]}}\n')
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
