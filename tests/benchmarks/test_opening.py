"""Opening any of the model files costs little processor time; the figures are printed."""

import json
import subprocess
import sys

import pytest

LIMIT = 2.5
"""Processor seconds: what is asked for in seconds on an idle machine of two cores."""


@pytest.mark.slow
def test_no_model_takes_long_to_open(capsys):
    command = [sys.executable, "-m", "tests.benchmarks.opening", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    with capsys.disabled():
        sys.stdout.write(f"\nopening: {figures['slowest']}, load {figures['load']}\n")
    assert len(figures["files"]) >= 45
    slow = [row for row in figures["files"] if row["cpu_s"] > LIMIT]
    assert not slow
