from dataclasses import replace

import pytest

from rnn_desk.app.actions import point
from rnn_desk.app.state import AppState, Pointed
from rnn_desk.app.store import Store
from rnn_desk.app.values import RuledUnit, Unit


@pytest.fixture
def store():
    return Store(AppState())


def test_hovering_wins_while_it_lasts(store):
    store.do(point.pin, 5)
    store.do(point.hover, 9)
    assert store.state.pointed.row == 9
    store.do(point.hover, None)
    assert store.state.pointed.row == 5


@pytest.mark.parametrize(("by", "first", "second"), [(1, 0, 1), (-1, 27, 26)])
def test_stepping_begins_at_an_end(store, by, first, second):
    store.do(point.step, by)
    assert store.state.pointed.row == first
    store.do(point.step, by)
    assert store.state.pointed.row == second


def test_stepping_stops_at_the_ends(store):
    store.do(point.pin, 27)
    store.do(point.step, 1)
    assert store.state.pointed.row == 27
    store.do(point.step, -100)
    assert store.state.pointed.row == 0


def test_only_changes_are_told(store):
    told = []
    store.listen(lambda _, after: told.append(after.pointed.row))
    for row in (3, 3, 3, None, None):
        store.do(point.hover, row)
    assert told == [3, None]


def test_a_unit_is_looked_at_and_pinned(store):
    store.do(point.hover, 3, Unit(0, 1, 37))
    assert store.state.pointed.unit == Unit(0, 1, 37)
    store.do(point.pin_unit, Unit(0, 0, 2))
    store.do(point.hover, None)
    assert store.state.pointed.unit == Unit(0, 0, 2)


@pytest.mark.parametrize("row", [-3, 28, 500])
def test_a_pinned_row_is_kept_within_the_picture(store, row):
    store.do(point.pin, row)
    assert store.state.pointed.row == (0 if row < 0 else 27)


def test_playing_goes_on_from_the_row_looked_at_and_rests_after_the_last(store):
    store.do(point.pin, 25)
    store.do(point.play, True)
    rows = []
    while store.state.pointed.playing:
        rows.append(store.state.pointed.row)
        store.do(point.play_on)
    assert rows == [25, 26, 27]
    assert store.state.pointed.row is None


@pytest.mark.parametrize("row", [None, 27])
def test_playing_begins_at_the_top_where_nothing_is_left_to_play(store, row):
    store.do(point.pin, row)
    store.do(point.play, True)
    assert store.state.pointed.row == 0
    store.do(point.play, False)
    assert (store.state.pointed.row, store.state.pointed.playing) == (0, False)


def test_a_rule_points_at_nothing_until_a_reading_has_it_found():
    pointed = Pointed(stays="settled", unit_stays=RuledUnit(0, "keeper"))
    assert (pointed.row, pointed.unit) == (None, None)


def test_what_a_smaller_model_does_not_have_is_not_pointed_at():
    pointed = Pointed(28, 20, 14, unit_stays=Unit(0, 1, 3), hovered_unit=Unit(0, 0, 8))
    pointed = replace(pointed, suggested_unit=Unit(1, 0, 0))
    assert pointed.within(28, ((9, 4), (1,))) == pointed
    assert pointed.within(14, ((8, 3),)) == Pointed(14)


def test_what_is_to_be_found_by_a_rule_is_so_in_any_model():
    pointed = Pointed(28, "settled", unit_stays=RuledUnit(3, "keeper"))
    assert pointed.within(3, ()) == replace(pointed, rows=3)


def test_a_suggested_unit_gives_way_to_any_that_is_chosen(store):
    store.do(point.suggest_unit, Unit(0, 0, 1))
    assert store.state.pointed.unit == Unit(0, 0, 1)
    store.do(point.pin_unit, Unit(0, 1, 2))
    assert store.state.pointed.unit == Unit(0, 1, 2)
