"""Panels that take turns while a pen moves."""

import pytest

from rnn_desk.qt.window import turns as module
from rnn_desk.qt.window.turns import PACE_MS, Turns


class Panel:
    """Notes what it is given."""

    def __init__(self):
        self.shown = []

    def prepare(self, traces):
        self.prepared = traces

    def show_traces(self, traces):
        assert traces == self.prepared
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
    turns.go_on()  # makes it ready
    turns.go_on()


def test_at_once_every_panel_has_it(turns, panels):
    turns.show(("a",), "at once")
    assert [panel.shown for panel in panels] == [[("a",)], [("a",)]]
    assert turns.over


def test_each_painting_gives_one_panel_the_newest(turns, panels, clock):
    first, second = panels
    for number in range(4):
        turns.show((number,), "in turn")
        assert not turns.over
        painted(turns, clock, PACE_MS)
    assert first.shown == [(0,), (2,)]
    assert second.shown == [(1,), (3,)]


def test_none_gets_more_than_can_be_followed(turns, panels, clock):
    for number in range(100):
        turns.show((number,), "in turn")
        painted(turns, clock, PACE_MS / 4)
    for panel in panels:
        assert 20 <= len(panel.shown) <= 26


def test_once_the_pen_rests_all_get_the_last_one(turns, panels, qtbot):
    turns.show(("before",), "at once")
    turns.show(("last",), "in turn")
    qtbot.waitUntil(lambda: turns.over)
    assert [panel.shown[-1] for panel in panels] == [("last",), ("last",)]


def test_what_waits_for_its_turn_is_not_shown_after_something_newer(turns, panels, qtbot):
    turns.show(("older",), "in turn")
    turns.show(("newer",), "at once")
    qtbot.wait(3 * PACE_MS)
    assert [panel.shown for panel in panels] == [[("newer",)], [("newer",)]]


def test_it_says_which_panel_was_given_it(turns, panels):
    told = []
    turns.given.connect(told.append)
    turns.show(("a",), "at once")
    assert told == list(panels)


def test_what_was_made_ready_is_shown_and_the_newer_one_after_it(turns, panels, clock):
    first, second = panels
    turns.show(("a",), "in turn")
    clock.now += PACE_MS / 1e3
    turns.go_on()
    assert first.prepared == ("a",)
    turns.show(("b",), "in turn")
    turns.go_on()
    assert first.shown == [("a",)]
    for _ in range(2):
        painted(turns, clock, PACE_MS)
    assert (first.shown, second.shown) == ([("a",), ("b",)], [("b",)])
    assert turns.over


def test_what_was_made_ready_of_another_sheet_is_never_shown(turns, panels, clock):
    turns.show(("a",), "in turn")
    clock.now += PACE_MS / 1e3
    turns.go_on()
    turns.show((), "at once")
    turns.go_on()
    assert [panel.shown for panel in panels] == [[()], [()]]


def test_without_a_pen_each_painting_gives_one_panel_whatever_it_was_given_before(turns, panels):
    turns.show(("a",), "next")
    assert [len(panel.shown) for panel in panels] == [0, 0]
    turns.go_on()
    assert [len(panel.shown) for panel in panels] == [1, 0]
    turns.show(("b",), "next")
    turns.go_on()
    turns.go_on()
    assert [panel.shown for panel in panels] == [[("a",), ("b",)], [("b",)]]
    assert turns.over
