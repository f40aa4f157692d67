"""What an engine process takes is watched, and nothing else is taken for it."""

import threading

import numpy as np
import pytest

from rnn_desk.app.client import Client
from rnn_desk.app.engine_process import EngineProcess
from rnn_desk.app.engines import Engines, _Asked, _Home
from rnn_desk.app.limits import Limits
from rnn_desk.app.requests import ReadRaster
from rnn_desk.assets_door import asset
from rnn_desk.core.raster import Raster
from rnn_desk.protocol.answers import Hello
from rnn_desk.protocol.model import ModelRef


def test_what_a_process_took_before_is_not_laid_to_a_request(monkeypatch):
    """It is looked at while a request is being sent, by a process that has computed for long."""
    looked_at = threading.local()

    def cpu_seconds(_):
        if threading.current_thread().name == "engine writer" and not hasattr(looked_at, "now"):
            looked_at.now = True
            engines._look_at(engines._own)
            del looked_at.now
        return 100.0

    with Client() as client:
        engines = client._engines
        model = client.open(asset("models", "rnn.onnx")).model
        monkeypatch.setattr(EngineProcess, "cpu_seconds", cpu_seconds)
        blank = Raster(np.zeros((28, 28), np.float32))
        assert client.call(ReadRaster(model.ref, model, blank)).layers


class Computing:
    """A process that has computed for so many seconds."""

    def __init__(self, seconds):
        self.seconds = seconds

    def cpu_seconds(self):
        return self.seconds


@pytest.fixture
def engines():
    made = Engines(lambda *_: None, limits=Limits(live_seconds=4.0))
    yield made
    made.close()


def picture():
    """A picture that has been sent."""
    request = ReadRaster(ModelRef("/a.onnx"), None, Raster(np.zeros((28, 28), np.float32)))
    return _Asked(1, request, most=1)


def test_a_picture_is_not_blamed_for_what_was_computed_before_the_last_answer(engines):
    home, asked = _Home("/a.onnx"), picture()
    home.cpu_answered = 10.0  # as to open the model again took, while the picture waited
    assert engines._too_slow(home, asked, 13.0) is None
    assert "a.onnx computed for more than 4 s" in str(engines._too_slow(home, asked, 15.0))


def test_a_start_is_nobodys_request(engines):
    asked = picture()
    home = _Home("/a.onnx", process=Computing(10.0), asked={1: asked})
    engines._message(home, Hello(1))
    assert engines._too_slow(home, asked, 13.0) is None
    assert engines._too_slow(home, asked, 15.0) is not None
