"""Pen to paint is judged against the floor in the same run; the tables are printed."""

import json
import subprocess
import sys

import psutil
import pytest

from tests.benchmarks.pen_hand import some_strokes
from tests.benchmarks.pen_to_paint import FLOOR, PROGRAM, summary, table_of

ROOM = 1.5
"""How much worse than what was measured it may be: no two runs are the same.

The aims are lower: 3 and 4 times the floor and a quarter of its readings on the default desk; 5
times and an eighth with every view and two models. What holds is asserted, so that it cannot grow
worse unseen.
"""

BUSY = 0.75
"""Processors in use by others from which on nothing is told of a program that needs two at once,
beside a floor that needs one."""


@pytest.fixture
def quiet_machine():
    used = psutil.cpu_percent(interval=2) / 100 * psutil.cpu_count()
    if used > BUSY:
        pytest.skip(f"the machine has other things to do: {used:.1f} processors in use")


def measured(capsys, *options):
    command = [sys.executable, "-m", "tests.benchmarks.pen_to_paint", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)["summary"]
    with capsys.disabled():
        sys.stdout.write(f"\n{table_of(figures)}\n")
    for each in figures.values():
        assert each["events"] > 900
        assert each["lost"] == 0
    return figures[PROGRAM]


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_machine")
def test_the_pen_waits_for_little_more_than_must_be_done(capsys):
    figures = measured(capsys, "--rounds", "5", "--digits", "3")
    assert figures["median_of_floor"] <= 4.6 * ROOM
    assert figures["p95_of_floor"] <= 6.6 * ROOM
    assert figures["wholes_of_floor"] >= 0.22 / ROOM


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_machine")
def test_nor_does_it_for_what_is_written_meanwhile(capsys):
    figures = measured(capsys, "--rounds", "5", "--digits", "3", "--writing")
    assert figures["median_of_floor"] <= 4.6 * ROOM
    assert figures["p95_of_floor"] <= 6.6 * ROOM


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_machine")
def test_nor_does_it_with_every_view_and_a_second_model(capsys):
    options = ("--all-views", "--compare", "assets/models/gru.onnx")
    figures = measured(capsys, "--rounds", "5", "--digits", "3", *options)
    assert figures["p95_of_floor"] <= 13 * ROOM
    assert figures["wholes_of_floor"] >= 0.18 / ROOM


def test_factors_are_of_the_floor_in_the_same_round():
    def turn(median, wholes):
        of_time = dict.fromkeys(("median", "p95", "p99", "whole"), median)
        return of_time | {"wholes": wholes, "events": 50, "lost": 0}

    # The machine was five times as slow in the second round, for both.
    rounds = {
        FLOOR: [turn(2.0, 120.0), turn(10.0, 100.0), turn(2.0, 120.0)],
        PROGRAM: [turn(4.0, 60.0), turn(20.0, 50.0), turn(4.0, 60.0)],
    }
    figures = summary(rounds)[PROGRAM]
    assert figures["p95_of_floor"] == 2.0
    assert figures["wholes_of_floor"] == 0.5
    assert figures["events"] == 150


def test_the_digits_are_drawn_within_the_sheet():
    for strokes in some_strokes(0, 30):
        for stroke in strokes:
            assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in stroke)
