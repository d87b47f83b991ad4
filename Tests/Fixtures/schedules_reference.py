#!/usr/bin/env python3
"""Learning rate factors of every schedule, step by step, and of a plateau, epoch by epoch.

Run from anywhere, with JAX and optax:  python3 Tests/Fixtures/schedules_reference.py

Writes schedules/reference.json. A warm-up is a line before the curve (PyTorch's SequentialLR). `one_cycle` and the plateau
follow torch.optim.lr_scheduler, written out; the others are optax's schedules.
"""
import json
import math
import pathlib

import jax
import optax

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).resolve().parent
STEPS_PER_EPOCH = 7


def one_cycle(steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4):
    """OneCycleLR(max_lr=1, total_steps=steps, anneal_strategy="cos", three_phase=False)."""
    initial = 1 / div_factor
    least = initial / final_div_factor
    phases = [(pct_start * steps - 1, initial, 1.0), (steps - 1, 1.0, least)]

    def factor(step):
        start = 0
        for index, (end, first, last) in enumerate(phases):
            if step <= end or index == 1:
                part = (step - start) / (end - start)
                return last + (first - last) / 2 * (1 + math.cos(math.pi * part))
            start = end

    return factor


def plateau(values, factor, patience, threshold, cooldown, min_factor, mode):
    """ReduceLROnPlateau(threshold_mode="abs") at a rate of 1: the rate after each value."""
    rate, best, bad, waiting, rates = 1.0, math.inf if mode == "min" else -math.inf, 0, 0, []
    for value in values:
        if value < best - threshold if mode == "min" else value > best + threshold:
            best, bad = value, 0
        else:
            bad += 1
        if waiting > 0:
            waiting, bad = waiting - 1, 0
        if bad > patience:
            rate, waiting, bad = max(rate * factor, min_factor), cooldown, 0
        rates.append(rate)
    return rates


def curves():
    total = 40
    yield "{step: {every_steps: 6, factor: 0.5}}", total, 0, lambda n: optax.exponential_decay(
        1.0, 6, 0.5, staircase=True)
    yield "{step: {every_epochs: 2}}", total, 0, lambda n: optax.exponential_decay(
        1.0, 2 * STEPS_PER_EPOCH, 0.1, staircase=True)
    yield "{exponential: {every_epochs: 1, factor: 0.8}}", total, 5, lambda n: optax.exponential_decay(
        1.0, STEPS_PER_EPOCH, 0.8)
    yield "{exponential: {every_steps: 3, factor: 0.9}}", total, 0, lambda n: optax.exponential_decay(1.0, 3, 0.9)
    yield "polynomial", total, 4, lambda n: optax.polynomial_schedule(1.0, 0.0, 1, n)
    yield "{polynomial: {power: 2.5, end_factor: 0.1}}", total, 0, lambda n: optax.polynomial_schedule(
        1.0, 0.1, 2.5, n)
    yield "cosine", total, 6, lambda n: optax.cosine_decay_schedule(1.0, n)
    yield "{cosine: {end_factor: 0.2}}", total, 0, lambda n: optax.cosine_decay_schedule(1.0, n, 0.2)
    yield "one_cycle", total, 0, one_cycle
    yield "one_cycle", total, 3, one_cycle
    yield "{one_cycle: {peak: 0.45, start_factor: 0.1, final_factor: 0.01}}", 33, 0, lambda n: one_cycle(
        n, 0.45, 10.0, 100.0)
    yield "reduce_on_plateau", total, 8, lambda n: lambda step: 1.0
    yield "constant", total, 8, lambda n: lambda step: 1.0


def main():
    schedules = []
    for spec, total, warmup, make in curves():
        curve = make(total - warmup)
        factors = [(s + 1) / warmup * float(curve(0)) if s < warmup else float(curve(s - warmup)) for s in range(total)]
        schedules.append({"spec": spec, "warmup_steps": warmup, "total_steps": total, "factors": factors})
    falling = [1.0, 0.9, 0.95, 0.9, 0.91, 0.89995, 0.5, 0.6, 0.7, 0.5, 0.6, 0.6, 0.4, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
    rising = [1 - value for value in falling]
    plateaus = []
    for values, mode, factor, patience, threshold, cooldown, least in (
        (falling, "min", 0.1, 1, 1e-4, 0, 0), (falling, "min", 0.5, 0, 0.0, 2, 0.2),
        (falling, "min", 0.5, 2, 0.2, 1, 0), (rising, "max", 0.5, 1, 1e-4, 1, 0.3),
    ):
        plateaus.append({
            "values": values, "mode": mode, "factor": factor, "patience": patience, "min_delta": threshold,
            "cooldown": cooldown, "min_factor": least,
            "factors": plateau(values, factor, patience, threshold, cooldown, least, mode),
        })
    (HERE / "schedules").mkdir(exist_ok=True)
    out = {"steps_per_epoch": STEPS_PER_EPOCH, "schedules": schedules, "plateaus": plateaus}
    (HERE / "schedules" / "reference.json").write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
