#!/usr/bin/env python3
"""Ten steps of every optimizer on given gradients, in float64.

Run from anywhere, with NumPy, JAX and optax:  python3 Tests/Fixtures/optimizers_reference.py

Writes optimizers/reference.json. The formulas are PyTorch's (torch.optim at foreach=False), written out in NumPy; where
optax has the same one, the two must agree. The gradients have zeros, an element that is zero at first, very small and
very large ones; the first half of the elements are weights, the rest biases, which do not decay unless "all" says so.
"""
import json
import pathlib

import jax
import numpy as np
import optax

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).resolve().parent
STEPS, COUNT, WEIGHTS = 10, 14, 7
# By what a schedule multiplies the rate at each step.
FACTORS = [0.25, 0.5, 1, 1, 0.9, 0.8, 0.8, 0.5, 0.25, 0.125]


def inputs():
    i = np.arange(COUNT)
    weights = np.sin(0.3 + 0.37 * i + 0.011 * i * i)
    weights[3] = 0
    t = np.arange(STEPS)[:, None]
    # Falling gradients let AMSGrad's largest moment stand still.
    gradients = np.sin(0.9 * t + 0.61 * i + 0.013 * i * i) * np.where(t < 4, 1, 0.05)
    gradients[:, 1] = 0
    gradients[:3, 2] = 0
    gradients[:, 4] *= 1e-12
    gradients[:, 5] *= 1e-5
    gradients[:, 6] *= 1e3
    gradients[:, 10] *= 1e-20
    # Whoever runs this in single precision begins with the same numbers.
    return weights.astype(np.float32).astype(float), gradients.astype(np.float32).astype(float)


def sgd(s, g, t):
    return g


def momentum(s, g, t, momentum):
    s["v"] = momentum * s.get("v", 0) + g
    return s["v"]


def nesterov(s, g, t, momentum):
    s["v"] = momentum * s.get("v", 0) + g
    return g + momentum * s["v"]


def rmsprop(s, g, t, decay, momentum, epsilon):
    s["s"] = decay * s.get("s", 0) + (1 - decay) * g * g
    s["v"] = momentum * s.get("v", 0) + g / (np.sqrt(s["s"]) + epsilon)
    return s["v"]


def adagrad(s, g, t, epsilon):
    s["s"] = s.get("s", 0) + g * g
    return g / (np.sqrt(s["s"]) + epsilon)


def adadelta(s, g, t, decay, epsilon):
    s["s"] = decay * s.get("s", 0) + (1 - decay) * g * g
    d = np.sqrt(s.get("u", 0) + epsilon) / np.sqrt(s["s"] + epsilon) * g
    s["u"] = decay * s.get("u", 0) + (1 - decay) * d * d
    return d


def moments(s, g, t, beta1, beta2):
    s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
    s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g * g
    return s["m"] / (1 - beta1**t), s["v"]


def adam(s, g, t, beta1, beta2, epsilon):
    m, v = moments(s, g, t, beta1, beta2)
    return m / (np.sqrt(v / (1 - beta2**t)) + epsilon)


def amsgrad(s, g, t, beta1, beta2, epsilon):
    m, v = moments(s, g, t, beta1, beta2)
    s["largest"] = np.maximum(s.get("largest", 0), v)
    return m / (np.sqrt(s["largest"]) / np.sqrt(1 - beta2**t) + epsilon)


def lion(s, g, t, beta1, beta2):
    kept, new = beta1 * s.get("m", np.zeros_like(g)), (1 - beta1) * g
    direction = kept + new
    near = np.abs(direction) < 1e-5 * (np.abs(kept) + np.abs(new))
    assert not (near & (direction != 0)).any(), "a sign that single precision might not see"
    s["m"] = beta2 * s.get("m", 0) + (1 - beta2) * g
    return np.sign(direction)


RULES = {"adamw": adam, **{f.__name__: f for f in (
    sgd, momentum, nesterov, rmsprop, adagrad, adadelta, adam, amsgrad, lion)}}
ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
# The optimizer, its learning rate, its other numbers, weight decay, whether all decay, whether FACTORS apply.
CASES = [
    ("sgd", 0.01, {}, 0, False, True),
    ("sgd", 0.01, {}, 0.1, False, False),
    ("momentum", 0.01, {"momentum": 0.9}, 0.1, True, True),
    ("nesterov", 0.01, {"momentum": 0.9}, 0, False, False),
    ("nesterov", 0.01, {"momentum": 0.8}, 0.1, False, True),
    ("rmsprop", 0.01, {"decay": 0.99, "momentum": 0, "epsilon": 1e-8}, 0, False, False),
    ("rmsprop", 0.01, {"decay": 0.9, "momentum": 0.5, "epsilon": 1e-6}, 0.1, False, True),
    ("adagrad", 0.01, {"epsilon": 1e-10}, 0, False, False),
    ("adagrad", 0.1, {"epsilon": 1e-6}, 0.1, True, True),
    ("adadelta", 1, {"decay": 0.9, "epsilon": 1e-6}, 0, False, False),
    ("adadelta", 0.5, {"decay": 0.8, "epsilon": 1e-4}, 0.1, False, True),
    ("adam", 0.001, ADAM, 0, False, False),
    ("adam", 0.01, ADAM, 0.1, False, True),
    ("amsgrad", 0.001, ADAM, 0, False, False),
    ("amsgrad", 0.01, {"beta1": 0.8, "beta2": 0.9, "epsilon": 1e-6}, 0.1, True, True),
    ("adamw", 0.001, ADAM, 0.01, False, False),
    ("adamw", 0.01, ADAM, 0.1, True, True),
    ("lion", 0.0001, {"beta1": 0.9, "beta2": 0.99}, 0, False, False),
    ("lion", 0.01, {"beta1": 0.8, "beta2": 0.95}, 0.1, False, True),
]


def run(name, rate, numbers, decay, decays_all, scheduled, weights, gradients):
    w, state, decays = weights.copy(), {}, np.arange(COUNT) < (COUNT if decays_all else WEIGHTS)
    after = []
    for t in range(1, STEPS + 1):
        lr, g = rate * (FACTORS[t - 1] if scheduled else 1), gradients[t - 1]
        if name in ("adamw", "lion"):
            w = w - lr * decay * decays * w
        else:
            g = g + decay * decays * w
        w = w - lr * RULES[name](state, g, t, **numbers)
        after.append(w)
    return after


def by_optax(name, rate, n, decay, decays_all):
    """The same optimizer in optax, for {"weights", "biases"}; None where it has another formula or none."""
    mask = {"weights": True, "biases": decays_all}
    l2 = optax.add_decayed_weights(decay, mask)
    b = {"b1": n.get("beta1"), "b2": n.get("beta2")}
    rules = {
        "sgd": lambda: optax.chain(l2, optax.sgd(rate)),
        "momentum": lambda: optax.chain(l2, optax.sgd(rate, n["momentum"])),
        "nesterov": lambda: optax.chain(l2, optax.sgd(rate, n["momentum"], nesterov=True)),
        "rmsprop": lambda: optax.chain(
            l2, optax.scale_by_rms(n["decay"], n["epsilon"], eps_in_sqrt=False), optax.trace(n["momentum"]),
            optax.scale_by_learning_rate(rate)),
        "adadelta": lambda: optax.chain(l2, optax.adadelta(rate, n["decay"], n["epsilon"])),
        "adam": lambda: optax.chain(l2, optax.adam(rate, eps=n["epsilon"], **b)),
        "adamw": lambda: optax.adamw(rate, eps=n["epsilon"], weight_decay=decay, mask=mask, **b),
        "lion": lambda: optax.lion(rate, weight_decay=decay, mask=mask, **b),
    }
    return rules[name]() if name in rules else None


def check(case, weights, gradients):
    """Whether optax has the optimizer; then it must come to the same weights."""
    name, rate, numbers, decay, decays_all, scheduled = case
    factors = jax.numpy.asarray(FACTORS)
    rule = by_optax(name, (lambda t: rate * factors[t]) if scheduled else rate, numbers, decay, decays_all)
    if rule is None:
        return False

    def tree(x):
        return {"weights": jax.numpy.asarray(x[:WEIGHTS]), "biases": jax.numpy.asarray(x[WEIGHTS:])}

    w = tree(weights)
    state = rule.init(w)
    for g in gradients:
        updates, state = rule.update(tree(g), state, w)
        w = optax.apply_updates(w, updates)
    theirs = np.concatenate([w["weights"], w["biases"]])
    assert np.abs(theirs - run(*case, weights, gradients)[-1]).max() < 1e-12, case
    return True


def main():
    weights, gradients = inputs()
    confirmed = sum(check(case, weights, gradients) for case in CASES)
    print(f"{confirmed} of {len(CASES)} confirmed by optax {optax.__version__}")
    cases = []
    for name, rate, numbers, decay, decays_all, scheduled in CASES:
        after = run(name, rate, numbers, decay, decays_all, scheduled, weights, gradients)
        cases.append({
            "name": name, "learning_rate": rate, "numbers": numbers, "weight_decay": decay, "all": decays_all,
            "factors": FACTORS if scheduled else [1] * STEPS,
            "after_1": after[0].tolist(), "after_10": after[-1].tolist(),
        })
    # The norm over all, by which clipping scales.
    norms = [float(np.sqrt((g * g).sum())) for g in gradients]
    clipped = [(g * min(1, 0.5 / n)).tolist() for g, n in zip(gradients, norms)]
    (HERE / "optimizers").mkdir(exist_ok=True)
    out = {"weights": weights.tolist(), "weight_count": WEIGHTS, "gradients": gradients.tolist(),
           "cases": cases, "clipped_to_half": clipped}
    (HERE / "optimizers" / "reference.json").write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
