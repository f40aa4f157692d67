"""Switching devices while drawing loses nothing; its figures are printed."""

import json
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_switching_while_drawing_is_not_felt(capsys):
    command = [sys.executable, "-m", "tests.benchmarks.switch_devices", "--digits", "6", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    with capsys.disabled():
        sys.stdout.write(f"\nswitching devices: {figures}\n")
    assert figures["moves"] >= 3
    assert figures["not_painted"] == 0
    assert figures["slowest_turn_ms"] <= 33, "a move of the models holds the window up"
    assert figures["p50_ms_switching"] <= 3 * figures["p50_ms_still"]
