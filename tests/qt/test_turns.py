import threading

import pytest

from rnn_desk.qt.work.turns import Turns
from rnn_desk.qt.work.worker import Worker


@pytest.fixture
def slow_worker(qapp):
    """A worker that begins each letter when it gets it and ends it when it is let go."""
    begun, gates = [], {}

    def answer(letter):
        begun.append(letter)
        assert gates.setdefault(letter, threading.Event()).wait(10)
        return letter.upper()

    worker = Worker(answer)
    worker.begun = begun
    worker.let_go = lambda letter: gates.setdefault(letter, threading.Event()).set()
    worker.start()
    assert qapp is not None
    yield worker
    for gate in gates.values():
        gate.set()
    worker.stop()


def test_of_what_comes_meanwhile_the_newest_is_next(slow_worker, qtbot):
    turns = Turns(slow_worker, slow_worker)
    answers = []
    slow_worker.answered.connect(lambda letter, answer: answers.append((letter, answer)))
    for letter in "abc":
        turns.ask(letter)
    slow_worker.let_go("a")
    slow_worker.let_go("c")
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == [("a", "A"), ("c", "C")]
    assert slow_worker.begun == ["a", "c"]


def test_the_next_waits_until_the_answer_has_been_painted(slow_worker, qtbot):
    turns = Turns(slow_worker, slow_worker)
    seen = []

    def show(letter, _):
        # What is posted here is done before the next letter is begun, as painting is.
        seen.append((letter, list(slow_worker.begun)))

    slow_worker.answered.connect(show)
    turns.over.connect(lambda letter, ms: seen.append((f"{letter} over", ms)))
    turns.ask("a")
    turns.ask("b")
    slow_worker.let_go("a")
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] == ("a", ["a"])
    told, milliseconds = seen[1]
    assert told == "a over"
    assert milliseconds > 0
    slow_worker.let_go("b")
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert seen[2] == ("b", ["a", "b"])


def test_one_that_comes_when_all_is_done_is_begun_at_once(slow_worker, qtbot):
    turns = Turns(slow_worker, slow_worker)
    for letter in "ab":
        slow_worker.let_go(letter)
        with qtbot.waitSignal(turns.over):
            turns.ask(letter)
    assert slow_worker.begun == ["a", "b"]
