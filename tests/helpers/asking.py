"""Engine processes, asked one thing at a time by a test."""

import time
from queue import SimpleQueue

import numpy as np
import psutil

from rnn_desk.app.engines import Engines
from rnn_desk.app.outcomes import Answered, Failure
from rnn_desk.app.requests import Open, ReadRaster
from rnn_desk.core.raster import Raster
from rnn_desk.protocol.model import ModelRef

SECONDS = 40.0
"""What an answer may take."""

PLAIN = Raster(np.tri(28, dtype=np.float32))


class Asking:
    """Engines, asked one thing at a time."""

    def __init__(self, limits=None):
        self.heard = SimpleQueue()
        self.lost = []
        self.engines = Engines(
            lambda number, outcome: self.heard.put((number, outcome)),
            lambda refs, why: self.lost.append((refs, why)),
            limits,
        )
        self._number = 0

    def ask(self, request):
        self._number += 1
        self.engines.ask(self._number, "test", request)
        return self._number

    def outcome(self, number):
        """What became of that request."""
        while True:
            heard, outcome = self.heard.get(timeout=SECONDS)
            if heard == number and isinstance(outcome, Answered | Failure):
                return outcome

    def open(self, path):
        outcome = self.outcome(self.ask(Open(ModelRef(str(path)))))
        assert isinstance(outcome, Answered), str(outcome.why)
        return outcome.value.model

    def read(self, model, raster=PLAIN):
        return self.outcome(self.ask(ReadRaster(model.ref, model, raster)))

    def lost_refs(self, count=1):
        """The refs of so many losses, which are told of right after what was asked."""
        end = time.monotonic() + SECONDS
        while len(self.lost) < count:
            assert time.monotonic() < end
            time.sleep(0.01)
        return [refs for refs, _ in self.lost]

    def pids(self):
        return [process.pid for process in self.engines.processes()]


class Children:
    """The processes that were started since; others' tests may share some that run all along."""

    def __init__(self):
        self._before = set(psutil.Process().children(recursive=True))

    def left(self):
        return set(psutil.Process().children(recursive=True)) - self._before
