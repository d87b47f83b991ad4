#!/usr/bin/env python3
"""Operations on shapes and batched products, forward and backward, by JAX in float64.

Run from anywhere, with NumPy and JAX installed:  python3 Tests/Fixtures/shape_reference.py

Writes shape/reference.json. Each case has the shapes of its inputs, the output, and for each input the gradient of
sum(output * upstream). Input k is the wave (see `wave`) with the phase 0.3 + k, upstream the one with the phase 1.7.
"""
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).resolve().parent


def wave(shape, phase):
    """sin(phase + 0.37 i + 0.011 i^2), rounded to float32, so that the engine starts from the same numbers."""
    i = np.arange(int(np.prod(shape)), dtype=np.float64)
    return np.sin(phase + 0.37 * i + 0.011 * i * i).astype(np.float32).astype(np.float64).reshape(shape)


def array(x):
    return {"shape": list(np.shape(x)), "data": [float(f"{v:.8g}") for v in np.ravel(x)]}


def case(name, shapes, function):
    inputs = [wave(shape, 0.3 + k) for k, shape in enumerate(shapes)]
    output, pull = jax.vjp(function, *map(jnp.asarray, inputs))
    upstream = wave(output.shape, 1.7)
    return {
        "name": name, "inputs": shapes, "output": array(output),
        "gradients": [array(g) for g in pull(jnp.asarray(upstream))],
    }


def permutations():
    for axes in [(0, 2, 1, 3), (3, 1, 0, 2), (1, 0, 3, 2), (2, 3, 0, 1), (3, 2, 1, 0)]:
        yield case("permute " + "".join(map(str, axes)), [(2, 3, 4, 2)], lambda x: jnp.transpose(x, axes))
    yield case("permute 76543210", [(2, 1, 2, 1, 3, 2, 1, 2)], lambda x: jnp.transpose(x, range(7, -1, -1)))


def pieces():
    for axis in range(3):
        shapes = [(2, 3, 4), (2, 3, 4), (2, 3, 4)]
        shapes[1] = tuple(1 if k == axis else n for k, n in enumerate(shapes[1]))
        yield case(f"concatenate {axis}", shapes, lambda *x: jnp.concatenate(x, axis))
        yield case(f"slice {axis}", [(4, 5, 6)], lambda x: jax.lax.slice_in_dim(x, 1, 3, axis=axis))
        yield case(f"select {axis}", [(4, 5, 6)], lambda x: jnp.take(x, 2, axis))
    for axis in range(4):
        yield case(f"stack {axis}", [(2, 3, 2)] * 3, lambda *x: jnp.stack(x, axis))
    yield case("pad 0", [(2, 3, 2)], lambda x: jnp.pad(x, [(1, 0), (0, 2), (3, 1)]))
    yield case("pad -7.5", [(2, 3)], lambda x: jnp.pad(x, [(0, 1), (2, 1)], constant_values=-7.5))


def indexed():
    for axis in range(3):
        indices = jnp.array([2, 0, 2, 1, 2])
        yield case(f"gather {axis}", [(3, 4, 3)], lambda x: jnp.take(x, indices, axis))
        places = jnp.array([4, 1, 4])

        def scatter(x):
            zeros = jnp.zeros(tuple(6 if k == axis else n for k, n in enumerate(x.shape)))
            return zeros.at[(slice(None),) * axis + (places,)].add(x)

        yield case(f"scatter {axis}", [tuple(3 if k == axis else 2 for k in range(3))], scatter)


def products():
    pairs = [((2, 3, 4), (2, 4, 5)), ((2, 3, 4), (4, 5)), ((3, 4), (2, 4, 5)), ((2, 1, 3, 4), (3, 4, 2)), ((1, 3, 1), (2, 1, 3))]
    for a, b in pairs:
        for ta in (False, True):
            for tb in (False, True):
                shapes = [a[:-2] + a[:-3:-1] if ta else a, b[:-2] + b[:-3:-1] if tb else b]
                yield case(
                    f"matmul {'t' if ta else 'n'}{'t' if tb else 'n'}", shapes,
                    lambda x, y: jnp.matmul(jnp.swapaxes(x, -1, -2) if ta else x, jnp.swapaxes(y, -1, -2) if tb else y))


def main():
    cases = [*permutations(), *pieces(), *indexed(), *products()]
    (HERE / "shape").mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    (HERE / "shape" / "reference.json").write_text(f'{{"cases":[\n{lines}\n]}}\n')
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
