"""The virtual environment that a benchmark's Python packages are in."""

import pathlib
import subprocess
import sys

DEFAULT = pathlib.Path.home() / ".cache/nnd-peers"
PACKAGES = ["jax[cpu]", "torch"]


def add_options(parser, venv=DEFAULT, packages=PACKAGES, size="some gigabytes"):
    names = " and ".join(packages)
    parser.set_defaults(packages=packages)
    parser.add_argument(
        "--venv", type=pathlib.Path, default=venv,
        help=f"the virtual environment that has {names} (default: %(default)s)")
    parser.add_argument(
        "--install", action="store_true",
        help=f"make the environment and install {names} there ({size})")


def python(options):
    """The environment's Python, or the end with a sentence that says what to do."""
    python = options.venv / "bin/python"
    if options.install:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", options.venv], check=True)
        subprocess.run([python, "-m", "pip", "install", *options.packages], check=True)
    if not python.exists():
        sys.exit(f"{options.venv} is no virtual environment; --install makes one, or name one with --venv")
    return python


def missing(python, module):
    """Why a module cannot be used; None if it can."""
    result = subprocess.run([python, "-c", f"import {module}"], capture_output=True, text=True)
    if result.returncode == 0:
        return None
    if "No module named" in result.stderr:
        return f"{module} is not installed in {python.parent.parent}; --install does it"
    return last_line(result.stderr)


def last_line(text):
    """What a program said last."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"
