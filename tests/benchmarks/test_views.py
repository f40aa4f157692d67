"""The benchmarks of the views run; their figures are printed, and judged by who reads them."""

import json
import subprocess
import sys

import pytest


def figures_of(capsys, *command):
    done = subprocess.run(
        [sys.executable, "-m", *command, "--json"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with capsys.disabled():
        sys.stdout.write(f"\n{command[0]}: {done.stdout}")
    return json.loads(done.stdout)


@pytest.mark.slow
def test_scrubbing_costs_the_windows_thread_less_than_a_frame(capsys):
    figures = figures_of(capsys, "tests.benchmarks.scrubbing", "--rounds", "1")
    assert figures["frames"] == 54
    assert figures["cpu_p50_ms"] <= 1000 / 60


@pytest.mark.slow
def test_wide_layers_cost_it_no_more_than_two(capsys):
    command = ("--steps", "28", "--units", "256", "--readings", "1")
    figures = figures_of(capsys, "tests.benchmarks.large_model", *command)
    assert figures["readings"] == 1
    assert figures["cpu_update_p50_ms"] <= 33
