import logging
import threading

import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.qt.work.background import Background


@pytest.fixture
def background(qapp):  # a thread's signals come by the application's event loop
    assert qapp is not None
    background = Background()
    yield background
    background.stop()


def test_every_job_is_done_in_turn_off_the_windows_thread_and_its_result_used_on_it(
    background, qtbot
):
    here, results = threading.current_thread(), []

    def job(number):
        return number, threading.current_thread()

    for number in range(50):
        background.do(
            lambda number=number: job(number),
            lambda result: results.append((*result, threading.current_thread())),
        )
    qtbot.waitUntil(lambda: len(results) == 50)
    assert [number for number, *_ in results] == list(range(50))
    assert all(there is not here and back is here for _, there, back in results)


def test_what_is_refused_is_said_and_the_next_job_is_done(background, qtbot, caplog):
    said, done = [], []
    background.refused.connect(said.append)

    def refuse(_=None):
        raise Refused("no")

    def fail():
        raise ZeroDivisionError

    background.do(refuse, done.append)
    background.do(lambda: 7, refuse)
    with caplog.at_level(logging.CRITICAL):
        background.do(fail)
        background.do(lambda: 8, done.append)
        qtbot.waitUntil(lambda: done == [8])
    assert [str(refusal) for refusal in said[:2]] == ["no", "no"]
    assert "ZeroDivisionError" in str(said[2])
