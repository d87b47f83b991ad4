#!/usr/bin/env python3
"""The job of Examples/digits in float64 NumPy, independently of the engine: what training it should give.

Run from anywhere, with NumPy installed:  python3 Tests/Fixtures/digits_reference.py

Writes, next to this file,
  digits/initial.safetensors  the weights before the first step: float32, names 0.weight, 0.bias, 1.weight, 1.bias
  digits/reference.json       for each optimizer the minibatch loss of each of the 100 steps (before its update), the mean
                              loss over the whole training set after them, and each parameter's L2 norm then

The job: 64-64-10, ReLU, softmax cross-entropy (mean over the batch), features divided by 16, batches of 32 in the file's
order, the last batch of an epoch being what is left over; no validation split, no shuffle, no weight decay.
"""
import gzip
import json
import pathlib
import struct

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent.parent / "Examples" / "digits" / "digits-train.csv.gz"
BATCH, STEPS, FEATURES, HIDDEN, CLASSES = 32, 100, 64, 64, 10


def initial_weights():
    """A formula instead of a generator, so that any program can make the same numbers: scale * sin(...), in float64."""

    def fill(shape, scale, phase):
        i = np.arange(np.prod(shape), dtype=np.float64)
        return (scale * np.sin(phase + 0.37 * i + 0.011 * i * i)).reshape(shape).astype(np.float32)

    return {
        "0.weight": fill((FEATURES, HIDDEN), 0.2, 0.1),
        "0.bias": fill((HIDDEN,), 0.05, 0.7),
        "1.weight": fill((HIDDEN, CLASSES), 0.2, 1.3),
        "1.bias": fill((CLASSES,), 0.05, 1.9),
    }


def write_safetensors(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        data = tensor.astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def loss_and_gradients(weights, x, labels):
    hidden = np.maximum(x @ weights["0.weight"] + weights["0.bias"], 0)
    logits = hidden @ weights["1.weight"] + weights["1.bias"]
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    loss = -log_softmax[rows, labels].mean()
    slope = np.exp(log_softmax)
    slope[rows, labels] -= 1
    slope /= len(labels)
    back = (slope @ weights["1.weight"].T) * (hidden > 0)
    return loss, {
        "0.weight": x.T @ back, "0.bias": back.sum(axis=0),
        "1.weight": hidden.T @ slope, "1.bias": slope.sum(axis=0),
    }


def sgd(weights, gradients, state, step, learning_rate):
    for name in weights:
        weights[name] -= learning_rate * gradients[name]


def momentum(weights, gradients, state, step, learning_rate, momentum):
    for name in weights:
        state[name] = momentum * state.get(name, 0) + gradients[name]
        weights[name] -= learning_rate * state[name]


def adam(weights, gradients, state, step, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for name in weights:
        m, v = state.get(name, (0, 0))
        m = beta1 * m + (1 - beta1) * gradients[name]
        v = beta2 * v + (1 - beta2) * gradients[name] ** 2
        state[name] = (m, v)
        corrected_m, corrected_v = m / (1 - beta1**step), v / (1 - beta2**step)
        weights[name] -= learning_rate * corrected_m / (np.sqrt(corrected_v) + epsilon)


def train(x, labels, start, update, **settings):
    weights = {name: tensor.astype(np.float64) for name, tensor in start.items()}
    state, losses, first = {}, [], 0
    for step in range(1, STEPS + 1):
        rows = slice(first, min(first + BATCH, len(x)))
        loss, gradients = loss_and_gradients(weights, x[rows], labels[rows])
        losses.append(float(loss))
        update(weights, gradients, state, step, **settings)
        first = rows.stop if rows.stop < len(x) else 0
    return {
        "losses": losses,
        "final_training_loss": float(loss_and_gradients(weights, x, labels)[0]),
        "norms": {name: float(np.linalg.norm(tensor)) for name, tensor in weights.items()},
    }


def main():
    with gzip.open(DATA, "rt") as file:
        table = np.loadtxt(file, delimiter=",")
    x, labels = table[:, :FEATURES] / 16, table[:, FEATURES].astype(int)
    start = initial_weights()
    (HERE / "digits").mkdir(exist_ok=True)
    write_safetensors(HERE / "digits" / "initial.safetensors", start)
    reference = {
        "samples": len(x), "batch_size": BATCH, "steps": STEPS,
        "initial_training_loss": float(
            loss_and_gradients({k: v.astype(np.float64) for k, v in start.items()}, x, labels)[0]),
        "optimizers": {
            "sgd": {"learning_rate": 0.1, **train(x, labels, start, sgd, learning_rate=0.1)},
            "momentum": {
                "learning_rate": 0.05, "momentum": 0.9,
                **train(x, labels, start, momentum, learning_rate=0.05, momentum=0.9)},
            "adam": {"learning_rate": 1e-3, **train(x, labels, start, adam, learning_rate=1e-3)},
        },
    }
    (HERE / "digits" / "reference.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
