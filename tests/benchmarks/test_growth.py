"""Exponents of growth are told rightly, and a window's memory grows no faster than its model."""

import json
import subprocess
import sys

import psutil
import pytest

from tests.benchmarks.growth import exponent, memory_of

SIZES = (28, 64, 128, 784)


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_is_that_of_what_is_added(power):
    costs = [150 + 2 * (size - SIZES[0]) ** power for size in SIZES]
    assert exponent(SIZES, costs) == pytest.approx(power)


def test_what_adds_nothing_worth_telling_is_flat():
    assert exponent(SIZES, [150, 151, 149, 152]) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of shared pages")
def test_memory_is_that_of_the_children_too():
    holds = "import sys; kept = bytearray(80_000_000); print(flush=True); sys.stdin.read()"
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {holds!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", starts], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        own = psutil.Process(process.pid).memory_full_info().pss / 1e6
        assert memory_of(process.pid) > own + 75


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of shared pages")
def test_memory_grows_no_faster_than_steps_and_weights(capsys):
    axes = ("--axis", "steps", "--axis", "units")
    command = [sys.executable, "-m", "tests.benchmarks.growth", *axes, "--readings", "3", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    exponents = {axis: found[axis]["exponents"] for axis in ("steps", "units")}
    with capsys.disabled():
        sys.stdout.write(f"\ngrowth: {exponents}\n")
    for each in exponents.values():
        assert (each["memory"] or 0) <= 1.2
