"""Modules that are loaded late are loaded by the first use of them, and no sooner."""

import subprocess
import sys

LATE = """
import sys
from rnn_desk.late import load_late

load_late("numpy")
import numpy as np
import numpy
assert "numpy._core" not in sys.modules
{use}
assert "numpy._core" in sys.modules
assert np is numpy is sys.modules["numpy"]
assert type(np).__name__ == "module"
"""


def _succeeds(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_first_use_of_a_late_module_loads_it():
    _succeeds(LATE.format(use="assert np.arange(3).sum() == 3"))


def test_a_module_within_a_late_one_loads_it_first():
    _succeeds(LATE.format(use="from numpy.typing import NDArray"))


def test_what_is_loaded_or_not_installed_stays_so():
    _succeeds("""
import sys
from rnn_desk.late import load_late
import numpy
load_late("numpy")
assert sys.modules["numpy"] is numpy
load_late("no_such_module_anywhere")
assert "no_such_module_anywhere" not in sys.modules
""")
