"""Fashion-MNIST with 784-500-200-10 in a plain JAX loop, batch 100, Adam: seconds of training an epoch, without those of
the scoring, and the test accuracy after each, as one JSON line.

usage: epochs_jax.py DIRECTORY [--epochs N]"""

import argparse
import gzip
import json
import pathlib
import time

import jax
import jax.numpy as jnp
import numpy as np

BATCH, WIDTHS = 100, [784, 500, 200, 10]


def images(path):
    return np.frombuffer(gzip.open(path).read(), np.uint8, offset=16).reshape(-1, 784).astype("f4") / 255


def labels(path):
    return np.frombuffer(gzip.open(path).read(), np.uint8, offset=8).astype("i8")


def forward(parameters, x):
    for weight, bias in parameters[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = parameters[-1]
    return x @ weight + bias


@jax.jit
def step(parameters, m, v, t, x, y):
    def loss(parameters):
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(forward(parameters, x)), y[:, None], 1))

    gradients = jax.grad(loss)(parameters)
    t = t + 1
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, gradients)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradients)
    parameters = jax.tree.map(
        lambda p, m, v: p - 1e-3 * (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), parameters, m, v)
    return parameters, m, v, t


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("directory", type=pathlib.Path)
    arguments.add_argument("--epochs", type=int, default=10)
    options = arguments.parse_args()
    x = images(options.directory / "train-images-idx3-ubyte.gz")
    y = labels(options.directory / "train-labels-idx1-ubyte.gz")
    test_x = images(options.directory / "t10k-images-idx3-ubyte.gz")
    test_y = labels(options.directory / "t10k-labels-idx1-ubyte.gz")
    keys = jax.random.split(jax.random.PRNGKey(0), 3)
    parameters = [(jax.random.normal(key, (i, o)) * (2 / i) ** 0.5, jnp.zeros(o))
                  for key, i, o in zip(keys, WIDTHS[:-1], WIDTHS[1:])]
    m = v = jax.tree.map(jnp.zeros_like, parameters)
    t, rng, seconds, accuracy = jnp.float32(0), np.random.default_rng(0), [], []
    # Compiling is not counted.
    step(parameters, m, v, t, x[:BATCH], y[:BATCH])
    for _ in range(options.epochs):
        start = time.perf_counter()
        order = rng.permutation(len(x))
        for first in range(0, len(x), BATCH):
            rows = order[first:first + BATCH]
            parameters, m, v, t = step(parameters, m, v, t, x[rows], y[rows])
        jax.block_until_ready(parameters)
        seconds.append(time.perf_counter() - start)
        accuracy.append(float((np.asarray(forward(parameters, test_x)).argmax(1) == test_y).mean()))
    print(json.dumps({
        "version": "JAX " + jax.__version__, "seconds_per_epoch": sum(seconds) / len(seconds),
        "accuracy": accuracy}))


main()
