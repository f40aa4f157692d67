"""What was written is painted bit by bit while the pen goes on."""

import pytest
from PySide6.QtCore import QObject, Signal

from rnn_desk.qt.work.one_by_one import OneByOne


class Painter(QObject):
    """Stands for the engine: says when a reading has been painted."""

    painted = Signal()


@pytest.fixture
def turns(qapp):  # noqa: ARG001  timers need the application
    engine, done = Painter(), []
    turns = OneByOne(engine)

    def do(name, what, at_once=False):
        turns.do(name, lambda: done.append(what), at_once)

    yield engine, do, done
    turns.deleteLater()


def test_one_thing_is_done_after_each_painting(turns):
    engine, do, done = turns
    for name in ("tiles", "ghost", "picture"):
        do(name, name)
    assert done == []
    engine.painted.emit()
    assert done == ["tiles"]
    for _ in range(3):
        engine.painted.emit()
    assert done == ["tiles", "ghost", "picture"]


def test_the_newest_of_a_name_is_done_in_the_turn_of_the_first(turns):
    engine, do, done = turns
    do("tiles", "old")
    do("ghost", "ghost")
    do("tiles", "new")
    for _ in range(3):
        engine.painted.emit()
    assert done == ["new", "ghost"]


def test_what_is_done_at_once_is_not_followed_by_what_was_before(turns):
    engine, do, done = turns
    do("tiles", "old")
    do("tiles", "new", at_once=True)
    engine.painted.emit()
    assert done == ["new"]


def test_it_goes_on_where_nothing_is_read(turns, qtbot):
    _, do, done = turns
    do("tiles", "tiles")
    do("ghost", "ghost")
    qtbot.waitUntil(lambda: done == ["tiles", "ghost"])
