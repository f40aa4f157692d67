"""A short version of `python -m tests.outside.kills`, with limits that hold on a busy machine."""

import random

import pytest

pytest.importorskip("xcffib")

from tests.outside.kills import (
    MOMENTS,
    STAGES,
    kill_desks,
    kill_engines,
    kill_windows,
    pair_windows,
)
from tests.outside.screen import missing, own_screen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


def wrong(trials):
    return [trial for trial in trials if trial.wrong]


def test_a_killed_engine_costs_neither_the_drawing_nor_the_reading():
    with own_screen() as screen:
        assert not wrong(kill_engines(screen, 3, random.Random(1), within=10.0))


def test_a_killed_window_leaves_no_process():
    with own_screen() as screen:
        assert not wrong(kill_windows(screen, len(MOMENTS), random.Random(1), within=10.0))


def test_the_desk_of_a_killed_window_comes_back():
    with own_screen() as screen:
        assert not wrong(kill_desks(screen, len(STAGES), random.Random(1)))


def test_of_two_windows_at_once_each_has_its_own_desk():
    with own_screen() as screen:
        assert not wrong(pair_windows(screen, 1, random.Random(1)))
