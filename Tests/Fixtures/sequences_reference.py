#!/usr/bin/env python3
"""Layers for sequences in float64: the reference of NNTests' sequence layers.

Run from anywhere, with NumPy and JAX installed:  python3 Tests/Fixtures/sequences_reference.py

Writes sequences/reference.json. Each case has the layers as a job file has them, the input, every parameter, the output
and, for L = sum(output * upstream), the gradients with respect to all parameters and, unless it holds indices, the input.
The formulas are written here from the papers, one sample and one step at a time, without any of the engine's layout
tricks.
"""
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).resolve().parent


def fill(shape, phase, scale=0.8):
    i = np.arange(np.prod(shape), dtype=np.float64)
    # Rounded to float32, so that the engine starts from the very same numbers.
    values = scale * np.sin(phase + 0.37 * i + 0.011 * i * i)
    return values.reshape(shape).astype(np.float32).astype(np.float64)


def sigmoid(x):
    return 1 / (1 + jnp.exp(-x))


# Recurrent layers: `cell(scope)` makes (start, step) of one direction; x is one sample, [T, F].

def rnn_cell(p, scope, units, activation):
    def step(h, x):
        h = activation(x @ p[scope + "input_weight"] + h @ p[scope + "hidden_weight"] + p[scope + "bias"])
        return h, h
    return jnp.zeros(units), step


def lstm_cell(p, scope, units):
    def step(state, x):
        h, c = state
        a = x @ p[scope + "input_weight"] + h @ p[scope + "hidden_weight"] + p[scope + "bias"]
        i, f, g, o = (a[k * units:(k + 1) * units] for k in range(4))
        c = sigmoid(f) * c + sigmoid(i) * jnp.tanh(g)
        h = sigmoid(o) * jnp.tanh(c)
        return (h, c), h
    return (jnp.zeros(units), jnp.zeros(units)), step


def gru_cell(p, scope, units, reset):
    w, u, b = p[scope + "input_weight"], p[scope + "hidden_weight"], p[scope + "bias"]
    r_, z_, n_ = (slice(k * units, (k + 1) * units) for k in range(3))

    def step(h, x):
        if reset == "after":
            v = p[scope + "hidden_bias"]
            r = sigmoid(x @ w[:, r_] + b[r_] + h @ u[:, r_] + v[r_])
            z = sigmoid(x @ w[:, z_] + b[z_] + h @ u[:, z_] + v[z_])
            n = jnp.tanh(x @ w[:, n_] + b[n_] + r * (h @ u[:, n_] + v[n_]))
        else:
            r = sigmoid(x @ w[:, r_] + b[r_] + h @ u[:, r_])
            z = sigmoid(x @ w[:, z_] + b[z_] + h @ u[:, z_])
            n = jnp.tanh(x @ w[:, n_] + b[n_] + (r * h) @ u[:, n_])
        h = (1 - z) * n + z * h
        return h, h
    return jnp.zeros(units), step


def stack(cell, x, layers, bidirectional, sequences):
    for layer in range(layers):
        scope = "0." if layer == 0 else f"0.{layer}."
        columns, ends = [], []
        for backward in [False, True][:2 if bidirectional else 1]:
            state, step = cell(scope + ("backward." if backward else ""))
            outputs = [None] * len(x)
            for t in reversed(range(len(x))) if backward else range(len(x)):
                state, outputs[t] = step(state, x[t])
            columns.append(jnp.stack(outputs))
            ends.append(outputs[0 if backward else -1])
        x = jnp.concatenate(columns, axis=1)
    return x if sequences else jnp.concatenate(ends)


# Attention, for one sample x [T, F].

def head(q, k, v, causal):
    rows = []
    for t in range(len(q)):
        seen = t + 1 if causal else len(q)
        scores = jnp.array([jnp.dot(q[t], k[s]) for s in range(seen)]) / np.sqrt(q.shape[1])
        weights = jnp.exp(scores - scores.max())
        rows.append((weights / weights.sum()) @ v[:seen])
    return jnp.stack(rows)


def project(p, name, x):
    y = x @ p[name + ".weight"]
    return y + p[name + ".bias"] if name + ".bias" in p else y


def attention(p, scope, x, causal):
    return head(*(project(p, scope + name, x) for name in ["query", "key", "value"]), causal)


def multi_head(p, scope, x, heads, causal):
    q, k, v = (project(p, scope + name, x) for name in ["query", "key", "value"])
    d = x.shape[1] // heads
    parts = [head(*(m[:, h * d:(h + 1) * d] for m in (q, k, v)), causal) for h in range(heads)]
    return project(p, scope + "output", jnp.concatenate(parts, axis=1))


def norm(p, name, x):
    mean = x.mean(axis=1, keepdims=True)
    variance = ((x - mean) ** 2).mean(axis=1, keepdims=True)
    return (x - mean) / jnp.sqrt(variance + 1e-5) * p[name + ".weight"] + p[name + ".bias"]


def gelu(x):
    return x * 0.5 * (1 + jax.scipy.special.erf(x / np.sqrt(2)))


def relu(x):
    return jnp.where(x > 0, x, 0)


def transformer(p, x, heads, layers, activation, pre, causal):
    for layer in range(layers):
        s = f"0.{layer}."

        def attend(x):
            return multi_head(p, s + "attention.", x, heads, causal)

        def feed(x):
            return project(p, s + "feed_forward.output", activation(project(p, s + "feed_forward.hidden", x)))

        if pre:
            x = x + attend(norm(p, s + "attention_norm", x))
            x = x + feed(norm(p, s + "feed_forward_norm", x))
        else:
            x = norm(p, s + "attention_norm", x + attend(x))
            x = norm(p, s + "feed_forward_norm", x + feed(x))
    return norm(p, "0.norm", x) if pre else x


def sinusoids(steps, features):
    table = np.zeros((steps, features))
    for t in range(steps):
        for i in range(features):
            angle = t / 10000 ** (2 * (i // 2) / features)
            table[t, i] = np.sin(angle) if i % 2 == 0 else np.cos(angle)
    return table


# Parameters' shapes.

def recurrent_shapes(inputs, units, gates, layers, bidirectional, biases=("bias",)):
    shapes = {}
    for layer in range(layers):
        rows = inputs if layer == 0 else units * (2 if bidirectional else 1)
        for direction in ["", "backward."][:2 if bidirectional else 1]:
            scope = ("0." if layer == 0 else f"0.{layer}.") + direction
            shapes[scope + "input_weight"] = (rows, gates * units)
            shapes[scope + "hidden_weight"] = (units, gates * units)
            for bias in biases:
                shapes[scope + bias] = (gates * units,)
    return shapes


def projections(scope, inputs, outputs, bias):
    shapes = {scope + f"{n}.weight": (inputs, outputs) for n in ["query", "key", "value"]}
    if bias:
        shapes |= {scope + f"{n}.bias": (outputs,) for n in ["query", "value"]}
    return shapes


def transformer_shapes(features, hidden, layers, pre):
    shapes = {}
    for layer in range(layers):
        s = f"0.{layer}."
        shapes |= projections(s + "attention.", features, features, False)
        shapes |= {
            s + "attention.output.weight": (features, features),
            s + "feed_forward.hidden.weight": (features, hidden), s + "feed_forward.hidden.bias": (hidden,),
            s + "feed_forward.output.weight": (hidden, features), s + "feed_forward.output.bias": (features,),
        }
        for n in ["attention_norm", "feed_forward_norm"]:
            shapes |= {s + n + ".weight": (features,), s + n + ".bias": (features,)}
    if pre:
        shapes |= {"0.norm.weight": (features,), "0.norm.bias": (features,)}
    return shapes


def array(values, digits=8):
    # Nine digits tell all float32 numbers apart.
    values = np.asarray(values, dtype=np.float64)
    return {"shape": list(values.shape), "data": [float(f"{v:.{digits}g}") for v in values.ravel()]}


def case(name, layers, x, shapes, function):
    """`function(p, sample)` is the output of one sample."""
    p = {key: fill(shape, 0.3 + 0.7 * k) for k, (key, shape) in enumerate(shapes.items())}
    for key in p:
        # A norm's scale near 0 or below it would only lose digits of what is compared.
        if key.endswith("norm.weight"):
            p[key] = (1 + 0.3 * p[key]).astype(np.float32).astype(np.float64)

    def batch(p, x):
        return jnp.stack([function(p, sample) for sample in x])

    indices = np.issubdtype(x.dtype, np.integer)
    if indices:
        output, back = jax.vjp(lambda p: batch(p, x), p)
    else:
        output, back = jax.vjp(batch, p, x)
    upstream = fill(output.shape, 1.1, 1)
    gradients = back(upstream)
    entry = {
        "name": name, "layers": json.dumps(layers), "input": array(x, digits=9), "output": array(output), "upstream": array(upstream, digits=9),
        "parameters": {k: array(v, digits=9) for k, v in p.items()},
        "gradients": {k: array(v) for k, v in gradients[0].items()},
    }
    if not indices:
        entry["input_gradient"] = array(gradients[1])
    return entry


def main():
    x = fill((2, 4, 3), 0.5, 1.2)
    units = 3
    cases = []

    def recurrent(name, kind, keys, cell, gates, biases=("bias",)):
        keys = {"units": units, **keys}
        depth, both = keys.get("layers", 1), keys.get("bidirectional", False)
        cases.append(case(
            name, [{kind: keys}], x, recurrent_shapes(3, units, gates, depth, both, biases),
            lambda p, s: stack(
                lambda scope: cell(p, scope), s, depth, both, keys.get("return_sequences", False))))

    deep = {"layers": 2, "bidirectional": True}
    sequences = {"return_sequences": True}
    recurrent("rnn, relu", "rnn", {"activation": "relu"}, lambda p, s: rnn_cell(p, s, units, relu), 1)
    recurrent(
        "rnn, both directions, all steps", "rnn", {"bidirectional": True} | sequences,
        lambda p, s: rnn_cell(p, s, units, jnp.tanh), 1)
    recurrent("lstm, all steps", "lstm", sequences, lambda p, s: lstm_cell(p, s, units), 4)
    recurrent("lstm, two layers, both directions", "lstm", deep, lambda p, s: lstm_cell(p, s, units), 4)
    recurrent(
        "lstm, two layers, both directions, all steps", "lstm", deep | sequences,
        lambda p, s: lstm_cell(p, s, units), 4)
    for reset in ["after", "before"]:
        biases = ("bias", "hidden_bias") if reset == "after" else ("bias",)
        for name, keys in [("", {}), (", two layers, both directions, all steps", deep | sequences)]:
            recurrent(
                f"gru, reset {reset}{name}", "gru", {"reset": reset} | keys,
                lambda p, s: gru_cell(p, s, units, reset), 3, biases)

    x = fill((2, 4, 4), 0.5, 1.2)
    for causal in [False, True]:
        keys = {"causal": causal, "bias": causal}
        shapes = projections("0.", 4, 3, causal)
        cases.append(case(
            f"attention, causal {causal}", [{"attention": {"size": 3} | keys}], x, shapes,
            lambda p, s: attention(p, "0.", s, causal)))
        shapes = projections("0.", 4, 4, causal) | {"0.output.weight": (4, 4)}
        if causal:
            shapes |= {"0.output.bias": (4,)}
        cases.append(case(
            f"multi-head attention, causal {causal}", [{"multi_head_attention": {"heads": 2} | keys}], x, shapes,
            lambda p, s: multi_head(p, "0.", s, 2, causal)))
    cases.append(case(
        "transformer, norms in front", [{"transformer_encoder": {"heads": 2, "feed_forward": 5, "layers": 2}}], x,
        transformer_shapes(4, 5, 2, True), lambda p, s: transformer(p, s, 2, 2, gelu, True, False)))
    cases.append(case(
        "transformer, norms behind, causal",
        [{"transformer_encoder": {
            "heads": 4, "feed_forward": 3, "norm": "post", "activation": "relu", "causal": True}}], x,
        transformer_shapes(4, 3, 1, False), lambda p, s: transformer(p, s, 4, 1, relu, False, True)))

    x = fill((2, 4, 3), 0.5, 1.2)
    cases.append(case(
        "learned positions", [{"positional_encoding": {"kind": "learned"}}], x, {"0.weight": (4, 3)},
        lambda p, s: s + p["0.weight"]))
    cases.append(case(
        "sinusoidal positions", [{"positional_encoding": {}}, "flatten", {"dense": {"units": 2}}],
        fill((2, 4, 5), 0.5, 1.2), {"2.weight": (20, 2), "2.bias": (2,)},
        lambda p, s: project(p, "2", (s + sinusoids(4, 5)).reshape(1, 20))[0]))

    indices = np.array([[1, 4, 0, 1, 1], [3, 0, 0, 2, 4]])
    table = {"vocabulary": 6, "size": 3}
    cases.append(case(
        "embedding", [{"embedding": table}], indices, {"0.weight": (6, 3)},
        lambda p, s: p["0.weight"][s]))
    cases.append(case(
        "embedding with padding, averaged", [{"embedding": table | {"padding": 0}}, "average_steps"], indices,
        {"0.weight": (6, 3)},
        lambda p, s: (p["0.weight"][s] * (s != 0)[:, None]).mean(axis=0)))
    cases.append(case(
        "embedding, last step", [{"embedding": table}, "last_step"], indices, {"0.weight": (6, 3)},
        lambda p, s: p["0.weight"][s[-1]]))

    (HERE / "sequences").mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(c) for c in cases)
    (HERE / "sequences/reference.json").write_text("[\n" + lines + "\n]\n")


if __name__ == "__main__":
    main()
