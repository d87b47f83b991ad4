"""One case in JAX, jit-compiled: samples a second in the best of three thirds, as one JSON line.

usage: steps_jax.py CASE [--seconds S]"""

import argparse
import json
import time

import jax
import jax.numpy as jnp
import numpy as np

SAMPLES, WARM_UP = 60_000, 20
DENSE = {"mlp_s": [784, 100, 200, 10], "mlp_m": [784, 500, 200, 10], "mlp_l": [784, 2048, 2048, 10]}
BATCH = {"mlp_s": 32, "mlp_m": 100, "mlp_l": 512, "lenet": 128}


def dense_parameters(key, widths):
    keys = jax.random.split(key, len(widths))
    return [(jax.random.normal(k, (i, o)) * (2 / i) ** 0.5, jnp.zeros(o))
            for k, i, o in zip(keys, widths[:-1], widths[1:])]


def lenet_parameters(key):
    first, second, rest = jax.random.split(key, 3)
    kernels = [(jax.random.normal(first, (3, 3, 1, 32)) * 0.3, jnp.zeros(32)),
               (jax.random.normal(second, (3, 3, 32, 64)) * 0.05, jnp.zeros(64))]
    return kernels, dense_parameters(rest, [64 * 7 * 7, 128, 10])


def dense(parameters, x):
    for weight, bias in parameters[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = parameters[-1]
    return x @ weight + bias


def lenet(parameters, x):
    kernels, rest = parameters
    # Channels last: the order that XLA is fastest in on a CPU.
    x = x.reshape(-1, 28, 28, 1)
    for kernel, bias in kernels:
        x = jax.lax.conv_general_dilated(
            x, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.lax.reduce_window(
            jax.nn.relu(x + bias), -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return dense(rest, x.reshape(x.shape[0], -1))


def sgd(parameters, state, gradients, rate=0.1):
    return jax.tree.map(lambda p, g: p - rate * g, parameters, gradients), state


def adam_state(parameters):
    return jax.tree.map(jnp.zeros_like, parameters), jax.tree.map(jnp.zeros_like, parameters), jnp.float32(0)


def adam(parameters, state, gradients, rate=1e-3):
    m, v, t = state
    t = t + 1
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, gradients)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradients)
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), parameters, m, v)
    return parameters, (m, v, t)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("case", choices=BATCH)
    arguments.add_argument("--seconds", type=float, default=4)
    options = arguments.parse_args()
    batch = BATCH[options.case]
    key = jax.random.PRNGKey(0)
    if options.case == "lenet":
        forward, parameters = lenet, lenet_parameters(key)
    else:
        forward, parameters = dense, dense_parameters(key, DENSE[options.case])
    update, state = (sgd, ()) if options.case == "mlp_s" else (adam, adam_state(parameters))

    def loss(parameters, x, y):
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(forward(parameters, x)), y[:, None], 1))

    def step(parameters, state, x, y):
        value, gradients = jax.value_and_grad(loss)(parameters, x, y)
        return *update(parameters, state, gradients), value

    compiled = jax.jit(step, donate_argnums=(0, 1))
    rng = np.random.default_rng(0)
    x = rng.standard_normal((SAMPLES, 784), np.float32)
    y = rng.integers(0, 10, SAMPLES)
    order, batches, done = rng.permutation(SAMPLES), SAMPLES // batch, 0

    def train(steps):
        nonlocal parameters, state, done
        for _ in range(steps):
            first = done % batches * batch
            rows = order[first:first + batch]
            parameters, state, value = compiled(parameters, state, x[rows], y[rows])
            done += 1
        value.block_until_ready()

    for _ in range(WARM_UP):
        train(1)
    best = 0
    for _ in range(3):
        start, steps = time.perf_counter(), 0
        while time.perf_counter() - start < options.seconds / 3:
            # The next step is handed over while one computes.
            train(4)
            steps += 4
        best = max(best, steps * batch / (time.perf_counter() - start))
    print(json.dumps({
        "version": "JAX " + jax.__version__, "case": options.case, "samples_per_s": round(best, 1)}))


main()
