"""The training package under the name that it has in a wheel, and without its extra."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import training

REPOSITORY = Path(training.__file__).parents[1]

UNDER_ANOTHER_NAME = """
import importlib, pkgutil, sys

sys.modules["training"] = None  # as in a wheel, where nothing has this name
import rnn_desk_training as package

for module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"rnn_desk_training.{module.name}")
"""

WITHOUT_THE_EXTRA = """
import sys

for name in ("matplotlib", "onnxscript", "torch", "tqdm"):
    sys.modules[name] = None
sys.argv[1:] = {arguments}
from training.cli import main

sys.exit(main())
"""


def run(code: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*paths, REPOSITORY)))}
    command = [sys.executable, "-P", "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_every_module_is_imported_under_the_wheels_name(tmp_path: Path) -> None:
    (tmp_path / "rnn_desk_training").symlink_to(REPOSITORY / "training", True)
    done = run(UNDER_ANOTHER_NAME, tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_name_of_an_editable_install_is_the_clones_own_folder() -> None:
    code = "import rnn_desk_training.recipes as m; print(m.__file__)"
    done = run(code, REPOSITORY / "assets" / "packaging" / "editable")
    assert Path(done.stdout.strip()) == REPOSITORY / "training" / "recipes.py", done.stderr


def test_help_needs_nothing_of_the_extra_and_says_what_brings_it() -> None:
    done = run(WITHOUT_THE_EXTRA.format(arguments=["-h"]))
    assert (done.returncode, done.stderr) == (0, "")
    assert '\n  python -m pip install "rnn-desk[train]"\n' in done.stdout
