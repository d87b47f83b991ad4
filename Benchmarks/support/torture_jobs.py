"""Jobs of a second each that together use everything that a checkpoint has to hold."""

import pathlib

DIGITS = pathlib.Path(__file__).resolve().parents[2] / "Examples/digits"
# `keep_last` of each job.
KEPT = 2
VARIANTS = 2
OPTIMIZERS = [
    "sgd", "momentum", "nesterov", "rmsprop: {momentum: 0.5}", "adagrad", "adadelta", "adam", "amsgrad", "adamw", "lion"]
SCHEDULES = [
    "cosine: {warmup_steps: 20}", "reduce_on_plateau: {metric: val_loss, patience: 1, factor: 0.5}",
    "one_cycle: {}", "step: {every_epochs: 3, factor: 0.5}"]
JOB = """
name: {name}
seed: {seed}
data:
  train: {{csv: {{path: digits-train.csv.gz, label: "64", header: false}}}}
  validation: {{fraction: 0.1}}
  scale: {{divide: 16}}
model:
  input: [64]
  layers:
    - dense: {{units: 24, activation: relu}}
    - batch_norm
    - dropout: {{rate: 0.2}}
    - dense: {{units: 10}}
loss: softmax_cross_entropy
optimizer: {{{optimizer}}}
schedule: {{{schedule}}}
training: {{epochs: 5, batch_size: 32, {average}early_stopping: {{metric: val_loss, patience: {patience}}}}}
checkpoint: {{every_steps: {every}, keep_last: {kept}{best}}}
"""


def specs(variant):
    """Names and texts of the jobs, one for each optimizer; the variants differ in what goes with it."""
    for number, optimizer in enumerate(OPTIMIZERS):
        which = number + variant
        name = f"{optimizer.split(':')[0]}-{variant}"
        yield name, JOB.format(
            name=name, seed=number, optimizer=optimizer if ":" in optimizer else f"{optimizer}: {{}}",
            schedule=SCHEDULES[which % len(SCHEDULES)],
            average="ema: {decay: 0.99}, " if which % 2 == 0 else "", patience=1 if which % 5 == 0 else 3,
            every=2 + which % 3, kept=KEPT,
            best=", keep_best: {metric: val_accuracy, mode: max}" if which % 3 == 0 else "")
