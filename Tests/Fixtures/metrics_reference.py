#!/usr/bin/env python3
"""Metrics by scikit-learn: the reference of NNTests' metrics.

Run from anywhere, with scikit-learn installed:  python3 Tests/Fixtures/metrics_reference.py

Writes metrics/reference.json. Each case is a model's output, the targets, and what scikit-learn makes of them with
zero_division=0. Scores of binary cases are rounded to quarters, so that there are ties.
"""
import json
import pathlib

import numpy as np
from sklearn import metrics

HERE = pathlib.Path(__file__).resolve().parent


def fill(shape, scale, phase):
    i = np.arange(np.prod(shape), dtype=np.float64)
    # Rounded to float32, so that the engine starts from the very same numbers.
    return (scale * np.sin(phase + 0.37 * i + 0.011 * i * i)).reshape(shape).astype(np.float32).astype(np.float64)


def array(values):
    values = np.asarray(values, dtype=np.float64)
    return {"shape": list(values.shape), "data": [float(v) for v in values.ravel()]}


def classes(truth, predicted, count, average):
    return {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "precision": metrics.precision_score(truth, predicted, average=average, zero_division=0),
        "recall": metrics.recall_score(truth, predicted, average=average, zero_division=0),
        "f1": metrics.f1_score(truth, predicted, average=average, zero_division=0),
    }, metrics.confusion_matrix(truth, predicted, labels=list(range(count))).tolist()


def main():
    cases = []

    def add(name, output, targets, values, matrix=None):
        cases.append({
            "id": name, "output": array(output), "targets": array(targets),
            "values": {key: float(value) for key, value in values.items()}, "confusion_matrix": matrix})

    # Of seven classes, 5 is never a label and 6 is neither a label nor predicted.
    output = fill((70, 7), 2, 0.4)
    output[:, 6] -= 10
    truth = (np.arange(70) * 7 // 3) % 5
    output[np.arange(70), truth] += 0.8
    output = output.astype(np.float32).astype(np.float64)
    values, matrix = classes(truth, output.argmax(axis=1), 7, "macro")
    for k in (2, 3, 5):
        values[f"top_{k}_accuracy"] = metrics.top_k_accuracy_score(truth, output, k=k, labels=list(range(7)))
    add("seven classes", output, truth, values, matrix)

    one = np.full(20, 2)
    values, matrix = classes(one, output[:20].argmax(axis=1), 7, "macro")
    add("labels of one class", output[:20], one, values, matrix)

    # What two logits say is their difference.
    pair = np.round(fill((60, 2), 2, 1.7) * 4) / 4
    truth = (fill((60,), 1, 0.2) + 0.5 * (pair[:, 1] - pair[:, 0]) > 0).astype(int)
    # Of equal logits the first counts, which is argmax's rule too.
    values, matrix = classes(truth, pair.argmax(axis=1), 2, "binary")
    values["auc"] = metrics.roc_auc_score(truth, pair[:, 1] - pair[:, 0])
    add("two classes", pair, truth, values, matrix)

    logit = np.round(fill((60, 1), 2, 0.6) * 4) / 4
    truth = (fill((60,), 1.2, 0.9) + 0.4 * logit[:, 0] > 0.3).astype(int)
    values, matrix = classes(truth, (logit[:, 0] > 0).astype(int), 2, "binary")
    values["auc"] = metrics.roc_auc_score(truth, logit[:, 0])
    add("one logit", logit, truth.reshape(-1, 1), values, matrix)

    never = np.full((12, 1), -1.0)
    truth = (np.arange(12) % 3 == 0).astype(int)
    values, matrix = classes(truth, np.zeros(12, dtype=int), 2, "binary")
    values["auc"] = metrics.roc_auc_score(truth, never[:, 0])
    add("class 1 is never predicted", never, truth.reshape(-1, 1), values, matrix)

    def regression(name, prediction, target):
        prediction = prediction.astype(np.float32).astype(np.float64)
        target = target.astype(np.float32).astype(np.float64)
        add(name, prediction, target, {
            "mae": metrics.mean_absolute_error(target, prediction),
            "rmse": metrics.root_mean_squared_error(target, prediction),
            "r2": metrics.r2_score(target, prediction)})

    target = fill((50, 3), 2, 0.1) * np.array([1, 5, 0.1])
    error = fill((50, 3), 0.7, 2.4)
    regression("three outputs", target + error, target)
    regression("far from zero", target[:, :1] + 40_000 + error[:, :1], target[:, :1] + 40_000)
    regression("equal targets", np.full((9, 1), 3.25) + fill((9, 1), 1, 0.5), np.full((9, 1), 3.25))
    regression("exact", np.full((9, 2), 0.1), np.full((9, 2), 0.1))

    (HERE / "metrics").mkdir(exist_ok=True)
    (HERE / "metrics" / "reference.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
