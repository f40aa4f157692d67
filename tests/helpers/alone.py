"""Runs a script where neither Qt nor a runtime is installed."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

_ABSENT = """
import importlib, pathlib, pkgutil, sys

class Absent:
    blocked = {"PySide6", "shiboken6", "onnx", "onnxruntime", "torch"}
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.blocked:
            raise ModuleNotFoundError(f"somebody asked for {name}", name=name)

sys.meta_path.insert(0, Absent())
for name in Absent.blocked:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        continue
    raise SystemExit(f"{name} was not blocked")
"""


def said_alone(script):
    """The words that the script prints; it runs in the repository's folder."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _ABSENT + script],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()
