import pytest

from rnn_desk.app.actions import draw, intervene, point
from rnn_desk.app.state import AppState
from rnn_desk.app.store import Store
from rnn_desk.app.values import Unit
from rnn_desk.core.lab import Experiment


@pytest.fixture
def store():
    return Store(AppState())


def test_the_row_looked_at_is_covered_and_uncovered(store):
    store.do(intervene.cover_row)
    assert store.state == AppState() or not store.state.lab.on  # no row is looked at
    store.do(point.pin, 4)
    store.do(intervene.cover_row)
    assert store.state.lab.covered == {4}
    store.do(intervene.cover_row)
    assert not store.state.lab.on


def test_rows_covered_by_one_drag_are_one_step(store):
    for last in (3, 4, 5):
        store.do(intervene.cover, frozenset(range(3, last + 1)), "drag 1")
    store.do(intervene.cover, frozenset(), "drag 2")
    store.do(draw.undo)
    assert store.state.lab.covered == {3, 4, 5}
    store.do(draw.undo)
    assert not store.state.lab.covered
    assert not store.state.past.can_undo


def test_rows_are_shuffled_and_put_back(store):
    store.do(intervene.shuffle_rows)
    assert store.state.lab.shuffle == 0
    store.do(intervene.shuffle_rows)
    assert store.state.lab.shuffle is None


def test_a_unit_that_is_switched_off_stays_the_one_looked_at(store):
    store.do(point.suggest_unit, Unit(0, 1, 7))
    store.do(intervene.switch_unit)
    assert store.state.lab.off == {(1, 7)}
    store.do(point.suggest_unit, Unit(0, 1, 9))  # which changes most, without it
    assert store.state.pointed.unit == Unit(0, 1, 7)
    store.do(intervene.switch_unit)
    assert not store.state.lab.off


def test_units_of_the_second_model_are_left_alone(store):
    store.do(point.pin_unit, Unit(1, 0, 7))
    store.do(intervene.switch_unit)
    assert not store.state.lab.on


def test_a_state_is_forgotten_after_the_row_looked_at(store):
    store.do(intervene.change_layer, 1)
    store.do(intervene.forget_state)
    assert not store.state.lab.on
    store.do(point.pin, 14)
    store.do(intervene.forget_state)
    assert store.state.lab.zeroed == {(1, 14)}
    store.do(intervene.forget_state)
    assert not store.state.lab.on


def test_another_network_is_left_as_it_is_and_the_picture_is_not(store):
    picture = Experiment(noise=0.2, covered=frozenset({3}))
    store.do(intervene.try_out, picture)
    store.do(intervene.leave_network)
    assert len(store.state.past.undone_next) == 1
    store.do(
        intervene.try_out, Experiment(noise=0.2, covered=frozenset({3}), off=frozenset({(0, 1)}))
    )
    store.do(intervene.leave_network)
    assert store.state.lab == picture


def test_all_of_it_is_reset_in_one_step(store):
    store.do(intervene.try_out, Experiment(noise=0.2))
    store.do(intervene.shuffle_rows)
    store.do(intervene.reset)
    assert not store.state.lab.on
    store.do(draw.undo)
    assert store.state.lab == Experiment(noise=0.2, shuffle=0)
