from dataclasses import replace

import pytest

from rnn_desk.app.actions import point
from rnn_desk.app.state import AppState
from rnn_desk.app.store import Store


def test_listeners_are_told_of_both_states():
    store, told = Store(AppState()), []
    first = store.state
    store.listen(lambda *change: told.append(change))
    store.do(point.pin, 3)
    assert told == [(first, store.state)]


def test_an_action_that_changes_nothing_is_not_told():
    store, told = Store(AppState()), []
    store.listen(lambda *change: told.append(change))
    store.do(point.pin, None)
    assert not told


def test_an_equal_state_is_no_change():
    store = Store(AppState())
    before = store.state
    store.do(lambda state: replace(state, pointed=replace(state.pointed)))
    assert store.state is before


def test_what_a_listener_does_is_told_after_all_have_heard_of_what_it_heard():
    store, told = Store(AppState()), []

    def go_on(_, after):
        if after.pointed.row == 1:
            store.do(point.pin, 2)
            told.append(("acted", store.state.pointed.row))

    store.listen(go_on)
    store.listen(lambda before, after: told.append((before.pointed.row, after.pointed.row)))
    store.do(point.pin, 1)
    assert told == [("acted", 2), (None, 1), (1, 2)]


def test_a_listener_that_fails_leaves_the_store_at_work():
    store, told = Store(AppState()), []

    def fail(_, after):
        if after.pointed.row == 1:
            raise RuntimeError

    store.listen(fail)
    store.listen(lambda _, after: told.append(after.pointed.row))
    with pytest.raises(RuntimeError):
        store.do(point.pin, 1)
    store.do(point.pin, 2)
    assert told[-1] == 2


def test_the_state_itself_is_never_changed():
    store = Store(AppState())
    before = store.state
    kept = replace(before)
    store.do(point.pin, 3)
    assert before == kept
    assert before.pointed.row is None
