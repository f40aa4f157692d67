"""What an engine process takes is watched, and nothing else is taken for it."""

import threading

import numpy as np

from rnn_desk.app.client import Client
from rnn_desk.app.engine_process import EngineProcess
from rnn_desk.app.requests import ReadRaster
from rnn_desk.assets_door import asset
from rnn_desk.core.raster import Raster


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
