"""Panels that take turns while a pen moves."""

import pytest

from rnn_desk.qt.window import turns as module
from rnn_desk.qt.window.turns import PACE_MS, Turns


class Panel:
    """Notes what it is given."""

    def __init__(self):
        self.shown = []

    def show_traces(self, traces):
        self.shown.append(traces)


class Clock:
    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def panels():
    return Panel(), Panel()


@pytest.fixture
def turns(qapp, panels):  # noqa: ARG001  its timer needs the application
    return Turns(panels)


def painted(turns, clock, after_ms):
    clock.now += after_ms / 1e3
    turns.go_on()


def test_at_once_every_panel_has_it(turns, panels):
    turns.show(("a",), at_once=True)
    assert [panel.shown for panel in panels] == [[("a",)], [("a",)]]
    assert turns.over


def test_each_painting_gives_one_panel_the_newest(turns, panels, clock):
    first, second = panels
    for number in range(4):
        turns.show((number,), at_once=False)
        assert not turns.over
        painted(turns, clock, PACE_MS)
    assert first.shown == [(0,), (2,)]
    assert second.shown == [(1,), (3,)]


def test_none_gets_more_than_can_be_followed(turns, panels, clock):
    for number in range(100):
        turns.show((number,), at_once=False)
        painted(turns, clock, PACE_MS / 4)
    for panel in panels:
        assert 20 <= len(panel.shown) <= 26


def test_once_the_pen_rests_all_get_the_last_one(turns, panels, qtbot):
    turns.show(("before",), at_once=True)
    turns.show(("last",), at_once=False)
    qtbot.waitUntil(lambda: turns.over)
    assert [panel.shown[-1] for panel in panels] == [("last",), ("last",)]


def test_what_waits_for_its_turn_is_not_shown_after_something_newer(turns, panels, qtbot):
    turns.show(("older",), at_once=False)
    turns.show(("newer",), at_once=True)
    qtbot.wait(3 * PACE_MS)
    assert [panel.shown for panel in panels] == [[("newer",)], [("newer",)]]


def test_it_says_which_panel_was_given_it(turns, panels):
    told = []
    turns.given.connect(told.append)
    turns.show(("a",), at_once=True)
    assert told == list(panels)
