"""Runs that are ended from another thread, and what is said where one fails."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.runs import Ended, Runs
from rnn_desk.engine.runtime.sessions import DeviceFailed, start
from tests.helpers import harmful
from tests.helpers.second_device import second_device

__all__ = ["second_device"]

PICTURE = {"picture": np.ones((1, 28, 28), np.float32)}
PATIENCE = 60


class Session:
    """onnxruntime's own, that fails so many times first, and tells when it really runs."""

    def __init__(self, model, failures=0):
        self._session = start(model.SerializeToString(), CPU)
        self.names = [entry.name for entry in self._session.get_outputs()]
        self.failures = failures
        self.running = threading.Event()

    def run(self, *given):
        if self.failures:
            self.failures -= 1
            raise RuntimeError("CUDA failure 2: out of memory")
        self.running.set()
        return self._session.run(*given)


@pytest.fixture
def endless():
    return Session(harmful.before_the_picture(harmful.endless_loop))


def quick(failures=0):
    model = harmful.before_the_picture(lambda g: g.node("ReduceSum", "picture", keepdims=0))
    return Session(model, failures)


def outcome(runs, session, device, end):
    """What comes of a run that is ended while it is under way."""
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(runs.run, session, session.names, PICTURE, device)
        assert session.running.wait(PATIENCE)
        end()
        return run.exception(PATIENCE)


def test_a_run_is_ended_from_another_thread(endless):
    runs = Runs("endless.onnx")
    assert isinstance(outcome(runs, endless, CPU, runs.end), Ended)
    runs.run(quick(), quick().names, PICTURE)  # and the next one goes on


def test_the_second_try_on_a_device_can_be_ended_too(endless, second_device):
    endless.failures = 1
    runs = Runs("endless.onnx")
    assert isinstance(outcome(runs, endless, second_device.device, runs.end), Ended)


def test_a_copys_runs_end_with_those_beside_it(endless):
    runs = Runs("endless.onnx")
    assert isinstance(outcome(runs.beside(), endless, CPU, runs.end), Ended)


def test_an_end_for_good_is_for_one_alone_until_it_is_taken_back():
    runs, session = Runs("quick.onnx"), quick()
    beside = runs.beside()
    runs.end(for_good=True)
    with pytest.raises(Ended, match=r"quick\.onnx took too long to read a picture"):
        runs.run(session, session.names, PICTURE)
    beside.run(session, session.names, PICTURE)
    runs.resume()
    runs.run(session, session.names, PICTURE)


def test_a_device_that_fails_is_tried_once_more(second_device):
    runs, session = Runs("quick.onnx"), quick(failures=1)
    (output,) = runs.run(session, session.names, PICTURE, second_device.device)
    assert output.shape == (1, 10)
    session.failures = 2
    with pytest.raises(DeviceFailed, match=r"Second device failed .*: its memory is full"):
        runs.run(session, session.names, PICTURE, second_device.device)


def test_the_cpu_is_not_tried_again():
    session = quick(failures=1)
    with pytest.raises(Refused, match=r"quick\.onnx failed while reading a picture"):
        Runs("quick.onnx").run(session, session.names, PICTURE)
    assert session.failures == 0
