#!/usr/bin/env python3
"""The polynomials of error_function in Sources/CKernels/functions.h.

Run from anywhere, with NumPy and SciPy installed:  python3 Tests/Fixtures/error_function_coefficients.py

Prints both, lowest power first, rounded to float32, with the largest relative error of the fit before rounding.
Minimax by Lawson's method: least squares in which each point's weight grows with its error.
"""
import numpy as np
from scipy.special import erf, erfc

BORDER = 0.9375


def fit(function, weight, variable, degree, low, high, points=4000, rounds=60):
    x = (low + high) / 2 + (high - low) / 2 * np.cos((np.arange(points) + 0.5) * np.pi / points)
    powers, y, scale = np.vander(variable(x), degree + 1, increasing=True), function(x), weight(x)
    importance = np.ones(points)
    for _ in range(rounds):
        w = np.sqrt(importance) * scale
        coefficients, *_ = np.linalg.lstsq(powers * w[:, None], y * w, rcond=None)
        error = np.abs((powers @ coefficients - y) * scale)
        importance *= error / error.max() + 1e-12
        importance /= importance.sum()
    return coefficients, error.max()


def show(name, result):
    print(name, [str(np.float32(c)) for c in result[0]], f"relative error {result[1]:.1e}")


def main():
    # erf x = x + x p(x^2)
    show("near", fit(lambda x: erf(x) / x - 1, lambda x: x / erf(x), np.square, 5, 1e-6, BORDER))
    # erf x = 1 - exp(x q(x))
    show("far", fit(lambda x: np.log(erfc(x)) / x, lambda x: erfc(x) * x / erf(x), lambda x: x, 6, BORDER, 4))


if __name__ == "__main__":
    main()
