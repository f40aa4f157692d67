"""Opening any of the model files costs no more than a few times what most of them cost; the figures
are printed."""

import json
import subprocess
import sys
from statistics import median

import pytest

USUAL, WIDE = 4, 14
"""Times what half of the files that are fed in a usual way take at most: these files; and those
that are searched wide."""


@pytest.mark.slow
def test_no_model_takes_long_to_open(capsys):
    command = [sys.executable, "-m", "tests.benchmarks.opening", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    with capsys.disabled():
        sys.stdout.write(f"\nopening: {figures['slowest']}, load {figures['load']}\n")
    assert len(figures["files"]) >= 45
    floor = median(row["cpu_s"] for row in figures["files"] if not row["wide"])
    for row in figures["files"]:
        assert row["cpu_s"] < (WIDE if row["wide"] else USUAL) * floor, (row, floor)
