"""Frames on their way into a pipe: in their order, and never waited for by whoever asks."""

import os
import subprocess
import sys
import threading
from collections import deque

import pytest

from rnn_desk.app.outgoing import Outgoing
from tests.helpers.asking import SECONDS

COUNT, LENGTH = 100, 4000
"""More, together, than any pipe holds that nobody has made larger."""


class Way:
    """A pipe that is written into on a thread of its own, and by whom each frame was made."""

    def __init__(self):
        self.end, into = os.pipe()
        self.pipe = os.fdopen(into, "wb")
        self.outgoing = Outgoing()
        self.made_by = []
        self.writer = threading.Thread(target=self.outgoing.write, args=(self.pipe,), daemon=True)
        self.writer.start()
        while self.outgoing._pipe is None:
            pass

    def frame(self, number):
        def make():
            self.made_by.append(threading.current_thread())
            return [number.to_bytes(4, "little"), bytes(LENGTH - 4)]

        return make

    def numbers(self, count):
        with os.fdopen(os.dup(self.end), "rb") as end:
            frames = (end.read(LENGTH) for _ in range(count))
            return [int.from_bytes(frame[:4], "little") for frame in frames]

    def close(self):
        self.outgoing.end()
        os.close(self.end)
        self.writer.join(SECONDS)
        assert self.pipe.closed


@pytest.fixture
def way():
    made = Way()
    yield made
    made.close()


def test_what_a_pipe_takes_at_once_is_made_and_written_by_whoever_asks(way):
    way.outgoing.send_now(way.frame(1))
    assert way.numbers(1) == [1]
    assert way.made_by == [threading.current_thread()]


def test_nobody_who_asks_waits_for_a_pipe_that_is_full_and_all_of_it_comes_in_its_order(way):
    for number in range(COUNT):
        way.outgoing.send_now(way.frame(number))  # or this would never end
    here = way.made_by.count(threading.current_thread())
    assert 0 < here < COUNT
    assert way.numbers(COUNT) == list(range(COUNT))
    assert len(way.made_by) == COUNT


def test_what_was_sent_before_goes_before(way):
    wait, go_on = threading.Event(), threading.Event()

    def slow():
        wait.set()
        go_on.wait(SECONDS)
        return way.frame(1)()

    way.outgoing.send(slow)
    wait.wait(SECONDS)
    way.outgoing.send_now(way.frame(2))
    go_on.set()
    assert way.numbers(2) == [1, 2]
    assert way.made_by == [way.writer, way.writer]


def test_what_is_longer_than_a_pipe_is_sure_to_take_is_made_once_and_left_to_the_thread(way):
    made = deque()

    def long():
        made.append(threading.current_thread())
        return [b"\1\0\0\0", bytes(3 * LENGTH - 4)]

    way.outgoing.send_now(long)
    assert way.numbers(3) == [1, 0, 0]
    assert list(made) == [threading.current_thread()]


def test_what_is_not_to_be_sent_after_all_is_not(way):
    way.outgoing.send_now(lambda: None)
    way.outgoing.send(lambda: None)
    way.outgoing.send_now(way.frame(1))
    assert way.numbers(1) == [1]


def test_a_pipe_that_nobody_reads_any_more_is_no_mistake(way):
    with subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE) as gone:
        gone.wait(SECONDS)
        outgoing = Outgoing()
        outgoing.send(way.frame(1))
        outgoing.end()
        outgoing.write(gone.stdin)
        assert gone.stdin.closed
        outgoing.send_now(way.frame(2))
    assert len(way.made_by) == 1


def test_a_pipe_whose_end_was_told_before_it_was_there_is_closed(way):
    outgoing = Outgoing()
    outgoing.end()
    outgoing.write(other := os.fdopen(os.dup(way.pipe.fileno()), "wb"))
    assert other.closed
