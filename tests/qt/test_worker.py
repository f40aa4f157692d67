import logging
import threading

import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.qt.work.worker import Worker


@pytest.fixture
def work(qapp):  # a thread's signals come by the application's event loop
    """Starts workers and stops them when the test is over."""
    workers = []

    def start(answer):
        worker = Worker(answer)
        workers.append(worker)
        worker.start()
        return worker

    assert qapp is not None
    yield start
    for worker in workers:
        worker.stop()


def test_a_letter_is_answered_off_the_windows_thread(work, qtbot):
    worker = work(lambda letter: (letter * 2, threading.current_thread()))
    with qtbot.waitSignal(worker.answered) as told:
        worker.ask(21)
    letter, (answer, thread) = told.args
    assert (letter, answer) == (21, 42)
    assert thread is not threading.current_thread()


def test_only_the_newest_letter_is_answered(work, qtbot):
    begun, go_on = threading.Event(), threading.Event()

    def slowly(letter):
        begun.set()
        assert go_on.wait(5)
        return letter

    worker = work(slowly)
    answers = []
    worker.answered.connect(lambda _letter, answer: answers.append(answer))
    worker.ask(1)
    assert begun.wait(5)
    for letter in range(2, 100):
        worker.ask(letter)
    go_on.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == [1, 99]


def test_a_refusal_is_an_answer(work, qtbot):
    def refuse(_letter):
        raise Refused("no")

    with qtbot.waitSignal((worker := work(refuse)).answered) as told:
        worker.ask(1)
    assert str(told.args[1]) == "no"


def test_our_own_mistake_is_logged_and_the_thread_lives_on(work, qtbot, caplog):
    worker = work(lambda letter: 1 / letter)
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(worker.answered) as told:
        worker.ask(0)
    assert isinstance(told.args[1], Refused)
    assert "ZeroDivisionError" in caplog.text
    with qtbot.waitSignal(worker.answered) as told:
        worker.ask(4)
    assert told.args[1] == 0.25
