"""The mailbox of one slot, between real threads."""

import threading

import pytest

from rnn_desk.engine.reading.mailbox import Mailbox

PATIENCE = 10  # seconds; a test that needs them has failed


@pytest.fixture
def box():
    return Mailbox()


def test_only_the_newest_letter_is_taken(box):
    for letter in range(5):
        box.put(letter)
    assert box.take() == 4


def test_closing_drops_what_was_not_taken(box):
    box.put("late")
    box.close()
    assert box.take() is None
    assert box.take() is None  # and goes on saying so


def test_a_letter_after_closing_is_not_taken(box):
    box.close()
    box.put("later")
    assert box.take() is None


class Taker:
    """Takes one letter in a thread of its own; `waits` says that it has begun to wait."""

    def __init__(self, box):
        self.taken = []
        self._thread = threading.Thread(
            target=lambda: self.taken.append(box.take()),
            daemon=True,  # a taker whom nobody wakes fails its test, and does not hold up the rest
        )
        waits = threading.Event()
        wait_for = box._changed.wait_for

        def watched(predicate):
            waits.set()  # the lock is held: whoever puts now finds the taker waiting
            return wait_for(predicate)

        box._changed.wait_for = watched
        self._thread.start()
        assert waits.wait(PATIENCE)

    def result(self):
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self.taken


def test_a_waiting_taker_gets_the_letter(box):
    taker = Taker(box)
    box.put("a")
    assert taker.result() == ["a"]


def test_a_letter_is_taken_once(box):
    box.put("a")
    assert box.take() == "a"
    taker = Taker(box)
    box.put("b")
    assert taker.result() == ["b"]


def test_closing_lets_a_waiting_taker_go(box):
    taker = Taker(box)
    box.close()
    assert taker.result() == [None]


def test_the_last_letter_always_arrives_and_none_comes_twice_or_out_of_order(box):
    """Letters may be skipped; what is read rises, and ends with the last."""
    last, read = 20_000, []

    def reads():
        while (letter := box.take()) is not None:
            read.append(letter)
            if letter == last:
                return

    reader = threading.Thread(target=reads, daemon=True)
    reader.start()
    for letter in range(last + 1):
        box.put(letter)
    reader.join(PATIENCE)
    box.close()  # lets the reader go where it still waits, so that the test ends
    assert read[-1] == last
    assert read == sorted(set(read))
