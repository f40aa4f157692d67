"""What is said where a run fails."""

import numpy as np
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.runs import Runs
from rnn_desk.engine.runtime.sessions import DeviceFailed, start
from tests.helpers import harmful
from tests.helpers.second_device import second_device

__all__ = ["second_device"]

PICTURE = {"picture": np.ones((1, 28, 28), np.float32)}


class Session:
    """onnxruntime's own, that fails so many times first."""

    def __init__(self, model, failures=0):
        self._session = start(model.SerializeToString(), CPU)
        self.names = [entry.name for entry in self._session.get_outputs()]
        self.failures = failures

    def run(self, *given):
        if self.failures:
            self.failures -= 1
            raise RuntimeError("CUDA failure 2: out of memory")
        return self._session.run(*given)


def quick(failures=0):
    model = harmful.before_the_picture(lambda g: g.node("ReduceSum", "picture", keepdims=0))
    return Session(model, failures)


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
