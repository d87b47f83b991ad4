#!/usr/bin/env python3
"""Losses that the golden numbers lack, with their gradients, by JAX in float64: the reference of NNTests' losses.

Run from anywhere, with JAX installed:  python3 Tests/Fixtures/losses_reference.py

Writes losses/reference.json. Each case is the mean loss of one batch and its gradient by automatic differentiation of
the plain definition below. Class weights, label smoothing and positive weights are defined as in PyTorch's
cross_entropy and binary_cross_entropy_with_logits.
"""
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).resolve().parent


def fill(shape, scale, phase):
    i = np.arange(np.prod(shape), dtype=np.float64)
    # Rounded to float32, so that the engine starts from the very same numbers.
    return (scale * np.sin(phase + 0.37 * i + 0.011 * i * i)).reshape(shape).astype(np.float32).astype(np.float64)


def rounded(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def cross_entropy(z, labels, smoothing=0.0, weights=None):
    rows = z.reshape(-1, z.shape[-1])
    logp = jax.nn.log_softmax(rows, axis=-1)
    w = jnp.ones(rows.shape[1]) if weights is None else jnp.asarray(weights)
    labels = jnp.asarray(labels).ravel()
    picked = jnp.take_along_axis(logp, labels[:, None], axis=1)[:, 0]
    hard = -(w[labels] * picked).sum()
    smooth = -(w * logp).sum() / rows.shape[1]
    return ((1 - smoothing) * hard + smoothing * smooth) / w[labels].sum()


def soft_cross_entropy(z, target, smoothing=0.0, weights=None):
    rows, target = z.reshape(-1, z.shape[-1]), target.reshape(-1, z.shape[-1])
    w = jnp.ones(rows.shape[1]) if weights is None else jnp.asarray(weights)
    target = (1 - smoothing) * target + smoothing / rows.shape[1]
    return -(w * target * jax.nn.log_softmax(rows, axis=-1)).sum() / rows.shape[0]


def binary_cross_entropy(z, target, positive_weight=1.0):
    terms = -positive_weight * target * jax.nn.log_sigmoid(z) - (1 - target) * jax.nn.log_sigmoid(-z)
    return terms.mean()


def huber(p, target, delta):
    d = jnp.abs(p - target)
    return jnp.where(d < delta, d * d / 2, delta * (d - delta / 2)).mean()


def absolute(p, target):
    return jnp.abs(p - target).mean()


def negative_log_likelihood(q, labels):
    rows = q.reshape(-1, q.shape[-1])
    return -jnp.take_along_axis(rows, jnp.asarray(labels).reshape(-1, 1), axis=1).mean()


def kl_divergence(q, target):
    logp = jnp.where(target > 0, jnp.log(jnp.where(target > 0, target, 1)), 0)
    return (target * (logp - q)).sum() / q[..., 0].size


def array(values):
    values = np.asarray(values, dtype=np.float64)
    return {"shape": list(values.shape), "data": [float(v) for v in values.ravel()]}


def main():
    logits = fill((6, 4), 2.5, 0.4)
    labels = [0, 3, 1, 1, 2, 3]
    sequence = fill((3, 5, 4), 2, 1.3)
    places = [(7 * i + 3) % 4 for i in range(15)]
    weights = [0.5, 2.0, 0.0, 1.25]
    soft = rounded(np.exp(fill((6, 4), 1.5, 2.2)) / np.exp(fill((6, 4), 1.5, 2.2)).sum(axis=1, keepdims=True))
    sparse = soft.copy()
    sparse[:, 1] = 0
    sparse[2] = [0, 0, 1, 0]
    logp = rounded(jax.nn.log_softmax(logits, axis=-1))
    yes = rounded((fill((6, 4), 1, 0.9) > 0.1).astype(float))
    part = rounded((fill((6, 4), 1, 0.9) + 1) / 2)
    target = fill((6, 4), 1.5, 2.9)

    cases = []

    def case(name, function, output, hyper=None, labels=None, values=None):
        def loss(x):
            return function(x, labels if values is None else jnp.asarray(values), **(hyper or {}))
        value, gradient = jax.value_and_grad(loss)(jnp.asarray(output))
        cases.append({
            "id": f"{name}{len(cases)}", "loss": name, "hyper": hyper or {}, "output": array(output),
            "labels": labels, "target": None if values is None else array(values),
            "value": float(value), "gradient": array(gradient)})

    ce = "softmax_cross_entropy"
    case(ce, cross_entropy, logits, {"weights": weights}, labels=labels)
    case(ce, cross_entropy, logits, {"weights": weights, "smoothing": 0.2}, labels=labels)
    case(ce, cross_entropy, logits, {"smoothing": 0.1}, labels=labels)
    case(ce, cross_entropy, sequence, labels=places)
    case(ce, cross_entropy, sequence, {"weights": weights, "smoothing": 0.3}, labels=places)
    case(ce, soft_cross_entropy, logits, values=soft)
    case(ce, soft_cross_entropy, logits, values=sparse)
    case(ce, soft_cross_entropy, logits, {"weights": weights, "smoothing": 0.2}, values=soft)
    bce = "binary_cross_entropy"
    case(bce, binary_cross_entropy, logits, values=yes)
    case(bce, binary_cross_entropy, logits, {"positive_weight": 3.5}, values=yes)
    case(bce, binary_cross_entropy, logits, {"positive_weight": 0.25}, values=part)
    case(bce, binary_cross_entropy, rounded(logits * 40), {"positive_weight": 2.0}, values=part)
    case("mean_absolute_error", absolute, logits, values=target)
    case("huber", huber, logits, {"delta": 0.75}, values=target)
    case("huber", huber, logits, {"delta": 2.0}, values=target)
    case("negative_log_likelihood", negative_log_likelihood, logp, labels=labels)
    case("negative_log_likelihood", negative_log_likelihood, sequence, labels=places)
    case("kl_divergence", kl_divergence, logp, values=soft)
    case("kl_divergence", kl_divergence, logp, values=sparse)
    (HERE / "losses").mkdir(exist_ok=True)
    (HERE / "losses" / "reference.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
