import pytest

from rnn_desk.app.actions import point
from rnn_desk.app.state import AppState, Pointed
from rnn_desk.app.store import Store
from rnn_desk.app.values import Unit


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


def test_another_model_starts_anew(store):
    store.do(point.pin, 20)
    store.do(point.pin_unit, Unit(0, 0, 90))
    store.do(point.start, 14)
    assert store.state.pointed == Pointed(14)


def test_the_second_model_takes_only_its_own_unit_along(store):
    store.do(point.pin, 20)
    store.do(point.pin_unit, Unit(0, 0, 3))
    store.do(point.forget_second)
    assert (store.state.pointed.row, store.state.pointed.unit) == (20, Unit(0, 0, 3))
    store.do(point.pin_unit, Unit(1, 0, 3))
    store.do(point.hover, 5, Unit(1, 0, 3))
    store.do(point.forget_second)
    assert (store.state.pointed.row, store.state.pointed.unit) == (20, None)


def test_a_suggested_unit_gives_way_to_any_that_is_chosen(store):
    store.do(point.suggest_unit, Unit(0, 0, 1))
    assert store.state.pointed.unit == Unit(0, 0, 1)
    store.do(point.pin_unit, Unit(0, 1, 2))
    assert store.state.pointed.unit == Unit(0, 1, 2)
