"""The app and the protocol, and their tests, run where neither Qt nor a runtime is installed."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

SCRIPT = """
import importlib, pathlib, pkgutil, sys

class Absent:
    blocked = {"PySide6", "shiboken6", "onnx", "onnxruntime", "torch"}
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.blocked:
            raise ModuleNotFoundError(f"somebody asked for {name}", name=name)

sys.meta_path.insert(0, Absent())
import rnn_desk.app, rnn_desk.protocol
for package in (rnn_desk.app, rnn_desk.protocol):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
for room in ("app", "protocol"):
    for file in sorted(pathlib.Path("tests", room).rglob("test_*.py")):
        if file.stem != "test_onnx_beside":  # compares with onnx's own schema
            importlib.import_module(".".join(file.with_suffix("").parts))
            print(file.stem)
"""


def test_they_import_no_qt_and_no_runtime():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {"test_engines", "test_checks", "test_teach"} <= set(done.stdout.split())
