#!/usr/bin/env python3
"""Small networks of every feed-forward layer, in JAX and float64: output, loss and gradients at the start; parameters,
running averages and the output outside of training after three steps of gradient descent.

Run from anywhere, with NumPy and JAX installed:  python3 Tests/Fixtures/layers_reference.py

Writes layers/reference.json. The layers stand there as in a job file. The loss is the mean squared error over all
elements; the same batch is used in each step.
"""
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).resolve().parent
STEPS, RATE = 3, 0.01


def pair(value, axes):
    return list(value) if isinstance(value, list) else [value] * axes


def activation(spec, x):
    name, keys = (spec, {}) if isinstance(spec, str) else next(iter(spec.items()))
    return {
        "relu": lambda: jnp.maximum(x, 0),
        "leaky_relu": lambda: jnp.where(x > 0, x, keys.get("slope", 0.01) * x),
        "elu": lambda: jnp.where(x > 0, x, keys.get("alpha", 1.0) * jnp.expm1(x)),
        "gelu": lambda: jax.nn.gelu(x, approximate=False),
        "gelu_tanh": lambda: jax.nn.gelu(x, approximate=True),
        "silu": lambda: x / (1 + jnp.exp(-x)),
        "softplus": lambda: jnp.log1p(jnp.exp(x)),
        "tanh": lambda: jnp.tanh(x),
        "sigmoid": lambda: 1 / (1 + jnp.exp(-x)),
        "hard_sigmoid": lambda: jnp.clip(x + 3, 0, 6) / 6,
        "hard_tanh": lambda: jnp.clip(x, -1, 1),
        "hard_swish": lambda: x * jnp.clip(x + 3, 0, 6) / 6,
        "softmax": lambda: jnp.exp(x) / jnp.exp(x).sum(-1, keepdims=True),
        "log_softmax": lambda: x - jnp.log(jnp.exp(x).sum(-1, keepdims=True)),
    }[name]()


ACTIVATIONS = [
    "relu", {"leaky_relu": {"slope": 0.2}}, {"elu": {"alpha": 0.7}}, "gelu", "gelu_tanh", "silu", "softplus", "tanh",
    "sigmoid", "hard_sigmoid", "hard_tanh", "hard_swish", "softmax", "log_softmax",
]


class Net:
    """Applies layers; the first time it draws the parameters."""

    def __init__(self, layers, seed):
        self.layers, self.random = layers, np.random.default_rng(seed)
        self.params, self.averages = {}, {}
        self.is_drawing = False

    def parameter(self, params, name, shape, scale):
        if self.is_drawing:
            params[name] = jnp.array(scale + 0.4 * self.random.standard_normal(shape) if scale else
                                     self.random.standard_normal(shape) / np.sqrt(max(1, np.prod(shape[1:]))))
        return params[name]

    def run(self, x, params, averages, training):
        """The output and the new averages."""
        new = dict(averages)
        y = self.sequence(self.layers, "", x, params, averages, new, training)
        return y, new

    def draw(self, x):
        self.is_drawing = True
        self.run(x, self.params, self.averages, True)
        self.is_drawing = False

    def sequence(self, layers, prefix, x, params, averages, new, training):
        for index, layer in enumerate(layers):
            kind, keys = (layer, {}) if isinstance(layer, str) else next(iter(layer.items()))
            x = self.layer(kind, keys, f"{prefix}{index}", x, params, averages, new, training)
        return x

    def layer(self, kind, keys, name, x, params, averages, new, training):
        axes = x.ndim - 2

        def get(key, shape, scale=0.0):
            return self.parameter(params, f"{name}.{key}", shape, scale)

        def finish(y, channels, channel_axis):
            if keys.get("bias", True):
                shape = [1] * y.ndim
                shape[channel_axis] = channels
                y = y + get("bias", [channels]).reshape(shape)
            return activation(keys["activation"], y) if "activation" in keys else y

        def affine(y, channel_axis):
            if not keys.get("affine", True):
                return y
            shape = [1] * y.ndim
            shape[channel_axis] = y.shape[channel_axis]
            weight, bias = get("weight", [shape[channel_axis]], 1.0), get("bias", [shape[channel_axis]])
            return y * weight.reshape(shape) + bias.reshape(shape)

        epsilon = keys.get("epsilon", 1e-5) if isinstance(keys, dict) else None
        if kind == "dense":
            weight = get("weight", [x.shape[-1], keys["units"]])
            return finish(x @ weight, keys["units"], -1)
        if kind in ("conv1d", "conv2d"):
            kernel, stride = pair(keys["kernel"], axes), pair(keys.get("stride", 1), axes)
            dilation, groups = pair(keys.get("dilation", 1), axes), keys.get("groups", 1)
            padding = keys.get("padding", 0)
            # XLA's SAME puts the odd zero behind.
            padding = "SAME" if padding == "same" else [(p, p) for p in pair(padding, axes)]
            weight = get("weight", [keys["filters"], x.shape[1] // groups] + kernel)
            letters = "HW"[:axes]
            y = lax.conv_general_dilated(
                x, weight, stride, padding, rhs_dilation=dilation, feature_group_count=groups,
                dimension_numbers=("NC" + letters, "OI" + letters, "NC" + letters))
            return finish(y, keys["filters"], 1)
        if kind == "conv_transpose2d":
            kernel, stride = pair(keys["kernel"], 2), pair(keys.get("stride", 1), 2)
            padding, extra = pair(keys.get("padding", 0), 2), pair(keys.get("output_padding", 0), 2)
            groups, filters = keys.get("groups", 1), keys["filters"]
            weight = get("weight", [x.shape[1], filters // groups] + kernel)
            grouped = weight.reshape([groups, x.shape[1] // groups, filters // groups] + kernel)
            flipped = jnp.swapaxes(grouped, 1, 2).reshape([filters, x.shape[1] // groups] + kernel)[:, :, ::-1, ::-1]
            y = lax.conv_general_dilated(
                x, flipped, [1, 1],
                [(k - 1 - p, k - 1 - p + e) for k, p, e in zip(kernel, padding, extra)], lhs_dilation=stride,
                feature_group_count=groups, dimension_numbers=("NCHW", "OIHW", "NCHW"))
            return finish(y, filters, 1)
        if kind.startswith(("max_pool", "avg_pool")):
            size = pair(keys["size"], axes)
            stride = pair(keys.get("stride", size), axes)
            padding = [(0, 0), (0, 0)] + [(p, p) for p in pair(keys.get("padding", 0), axes)]
            window, strides = [1, 1] + size, [1, 1] + stride
            if kind.startswith("max"):
                return lax.reduce_window(x, -jnp.inf, lax.max, window, strides, padding)
            total = lax.reduce_window(x, 0.0, lax.add, window, strides, padding)
            if keys.get("count_padding", True):
                return total / np.prod(size)
            return total / lax.reduce_window(jnp.ones_like(x), 0.0, lax.add, window, strides, padding)
        if kind.startswith("global_"):
            across = tuple(range(2, x.ndim))
            return x.max(across) if "max" in kind else x.mean(across)
        if kind == "batch_norm":
            across = tuple(a for a in range(x.ndim) if a != 1)
            shape = [1] * x.ndim
            shape[1] = x.shape[1]
            if self.is_drawing:
                averages[f"{name}.running_mean"] = new[f"{name}.running_mean"] = jnp.zeros(x.shape[1])
                averages[f"{name}.running_var"] = new[f"{name}.running_var"] = jnp.ones(x.shape[1])
            if training:
                mean, variance = x.mean(across), x.var(across)
                count, momentum = x.size / x.shape[1], keys.get("momentum", 0.1)
                for key, value in (("mean", mean), ("var", variance * count / (count - 1))):
                    old = averages[f"{name}.running_{key}"]
                    new[f"{name}.running_{key}"] = (1 - momentum) * old + momentum * value
            else:
                mean, variance = averages[f"{name}.running_mean"], averages[f"{name}.running_var"]
            return affine((x - mean.reshape(shape)) / jnp.sqrt(variance.reshape(shape) + epsilon), 1)
        if kind == "layer_norm":
            mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
            return affine((x - mean) / jnp.sqrt(variance + epsilon), -1)
        if kind == "rms_norm":
            return get("weight", [x.shape[-1]], 1.0) * x / jnp.sqrt((x * x).mean(-1, keepdims=True) + epsilon)
        if kind == "group_norm":
            grouped = x.reshape([x.shape[0], keys["groups"], -1])
            mean, variance = grouped.mean(-1, keepdims=True), grouped.var(-1, keepdims=True)
            return affine(((grouped - mean) / jnp.sqrt(variance + epsilon)).reshape(x.shape), 1)
        if kind == "flatten":
            return x.reshape([x.shape[0], -1])
        if kind == "reshape":
            return x.reshape([x.shape[0]] + keys["shape"])
        if kind == "permute":
            return x.transpose([0] + [a + 1 for a in keys["axes"]])
        if kind == "sequential":
            return self.sequence(keys, name + ".", x, params, averages, new, training)
        if kind == "residual":
            layers = keys if isinstance(keys, list) else keys["layers"]
            y = x + self.sequence(layers, name + ".", x, params, averages, new, training)
            return activation(keys["activation"], y) if isinstance(keys, dict) and "activation" in keys else y
        return activation({kind: keys} if keys else kind, x)


def array(values):
    values = np.asarray(values)
    return {"shape": list(values.shape), "data": [float(f"{v:.10g}") for v in values.ravel()]}


def arrays(values):
    return {name: array(value) for name, value in sorted(values.items())}


def case(identity, batch, shape, layers):
    random = np.random.default_rng(len(identity) * 1000 + batch)
    x = jnp.array(random.standard_normal([batch] + shape))
    net = Net(layers, seed=len(identity))
    net.draw(x)
    target = jnp.array(random.standard_normal(net.run(x, net.params, net.averages, True)[0].shape))

    def loss(params, averages):
        y, new = net.run(x, params, averages, True)
        return ((y - target) ** 2).mean(), (y, new)

    step = jax.value_and_grad(loss, has_aux=True)
    params, averages, losses = net.params, net.averages, []
    for number in range(STEPS):
        (value, (y, new)), gradients = step(params, averages)
        losses.append(float(value))
        if number == 0:
            output, first = y, gradients
        params = {name: params[name] - RATE * gradients[name] for name in params}
        averages = new
    return {
        "id": identity, "input": shape, "layers": layers, "x": array(x), "target": array(target),
        "params": arrays(net.params), "output": array(output), "losses": losses, "gradients": arrays(first),
        "trained": arrays(params), "averages": arrays(averages),
        "evaluated": array(net.run(x, params, averages, False)[0]),
    }


def main():
    cases = [
        case("convolution and pooling", 3, [2, 6, 5], [
            {"conv2d": {"filters": 4, "kernel": [3, 2], "padding": 1, "activation": "relu"}},
            {"max_pool2d": {"size": 2}},
            {"conv2d": {"filters": 3, "kernel": 2, "stride": 2, "padding": "same", "activation": "tanh"}},
            "global_avg_pool2d", {"dense": {"units": 3}}]),
        case("groups, dilation, transposed convolution", 2, [4, 5, 6], [
            {"conv2d": {"filters": 6, "kernel": [2, 3], "stride": [1, 2], "padding": "same", "groups": 2, "bias": False}},
            "tanh",
            {"conv2d": {"filters": 4, "kernel": 2, "dilation": [2, 1], "padding": [1, 0]}},
            {"conv_transpose2d": {"filters": 4, "kernel": 3, "stride": 2, "padding": 1, "output_padding": [1, 0],
                                  "groups": 2, "activation": "softplus"}},
            {"avg_pool2d": {"size": [3, 2], "stride": 2, "padding": 1, "count_padding": False}},
            {"max_pool2d": {"size": [3, 2], "stride": [2, 1], "padding": [1, 0]}},
            "flatten", {"dense": {"units": 2}}]),
        case("one axis", 3, [3, 11], [
            {"conv1d": {"filters": 4, "kernel": 3, "padding": "same", "dilation": 2, "activation": "gelu"}},
            {"max_pool1d": {"size": 3, "stride": 2, "padding": 1}},
            {"avg_pool1d": {"size": 2, "stride": 1, "padding": 1}},
            {"conv1d": {"filters": 4, "kernel": 2, "groups": 2, "stride": 2, "bias": False}},
            "batch_norm", "global_max_pool1d", {"dense": {"units": 2}}]),
        case("two-sided pooling", 2, [3, 5, 4], [
            {"avg_pool2d": {"size": 2, "padding": 1}}, {"conv2d": {"filters": 5, "kernel": 1}},
            "global_max_pool2d", {"reshape": {"shape": [5, 1]}}, "global_avg_pool1d", {"dense": {"units": 2}}]),
        case("batch norm of features", 6, [4], [
            {"dense": {"units": 5, "bias": False}}, "batch_norm", "tanh", {"dense": {"units": 3, "bias": False}},
            {"batch_norm": {"affine": False, "epsilon": 0.01}}]),
        case("batch norm of images", 3, [2, 4, 3], [
            {"conv2d": {"filters": 3, "kernel": 2, "bias": False}}, {"batch_norm": {"momentum": 0.3}}, "silu",
            "flatten", {"dense": {"units": 2}}]),
        case("group norm", 3, [2, 3, 3], [
            {"conv2d": {"filters": 6, "kernel": 2}}, {"group_norm": {"groups": 3}}, "elu",
            {"group_norm": {"groups": 2, "affine": False}}, "flatten", {"group_norm": {"groups": 4}},
            {"dense": {"units": 2}}]),
        case("sequences, layer norm and RMS norm", 2, [4, 5], [
            {"layer_norm": {"epsilon": 0.001}}, {"dense": {"units": 6, "activation": "gelu_tanh"}},
            {"rms_norm": {"epsilon": 0.0001}}, {"layer_norm": {"affine": False}}, "flatten", {"dense": {"units": 2}}]),
        case("residual", 4, [3], [
            {"dense": {"units": 4}},
            {"residual": [{"dense": {"units": 6, "activation": "tanh"}}, "layer_norm", {"dense": {"units": 4}}]},
            {"residual": {"layers": [{"sequential": [{"dense": {"units": 4}}, "hard_swish"]}], "activation": "elu"}},
            {"dense": {"units": 2}}]),
        case("permute and reshape", 3, [2, 3, 4], [
            {"permute": {"axes": [2, 0, 1]}}, {"reshape": {"shape": [4, 6]}},
            {"conv1d": {"filters": 3, "kernel": 2}}, {"permute": {"axes": [1, 0]}},
            {"dense": {"units": 2, "activation": "sigmoid"}}, "flatten", {"dense": {"units": 2}}]),
    ]
    for function in ACTIVATIONS:
        name = function if isinstance(function, str) else next(iter(function))
        cases.append(case(f"activation {name}", 2, [3], [
            {"dense": {"units": 4, "activation": function}}, {"dense": {"units": 3}}, function,
            {"dense": {"units": 2}}]))
    (HERE / "layers").mkdir(exist_ok=True)
    (HERE / "layers" / "reference.json").write_text(
        "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")


if __name__ == "__main__":
    main()
