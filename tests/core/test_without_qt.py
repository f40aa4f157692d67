"""The core is the standard library and NumPy: it runs where nothing else is installed."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

SCRIPT = """
import importlib, pkgutil, sys

class Absent:
    blocked = {"PySide6", "shiboken6", "onnx", "onnxruntime", "torch"}
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.blocked:
            raise ModuleNotFoundError(f"the core asked for {name}", name=name)

sys.meta_path.insert(0, Absent())
for name in Absent.blocked:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        continue
    raise SystemExit(f"{name} was not blocked")

import rnn_desk.core
modules = [m.name for m in pkgutil.walk_packages(rnn_desk.core.__path__, "rnn_desk.core.")]
for module in modules:
    importlib.import_module(module)
from rnn_desk.core.drawing import from_json
from rnn_desk.core.raster import rasterise
pixels = rasterise(from_json('{"strokes": [[[100, 100], [100, 300], [200, 300]]]}')).pixels
assert pixels.max() == 1
print(*sorted(modules))
"""


def test_the_core_needs_only_numpy():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    root = REPOSITORY / "rnn_desk" / "core"
    files = (file.relative_to(root).with_suffix("") for file in root.rglob("*.py"))
    parts = [[part for part in file.parts if part != "__init__"] for file in files]
    names = sorted(".".join(["rnn_desk.core", *each]) for each in parts if each)
    assert sorted(done.stdout.split()) == names
