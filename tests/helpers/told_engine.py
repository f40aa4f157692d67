"""In place of engine processes: what says what a test has it say, through the same frames."""

import io

import numpy as np

from rnn_desk.app.engine_process import ProcessEnd
from rnn_desk.core.card import to_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.trace import Timings
from rnn_desk.protocol import answers
from rnn_desk.protocol.devices import Device
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import Facts
from rnn_desk.protocol.requests import Ask, ToEngine
from rnn_desk.protocol.sentences import ProtocolError
from tests.helpers.cards import DIGITS, card

MOST = 2**24

OPENED = answers.Opened(
    "ab" * 32,
    "fingerprint",
    Known(to_json(card())),
    Facts(1, 17, {"Conv": 1}, "", (), (), 5),
    (),
    "covered",
    False,
    Refused("any shape"),
    Device("cpu", "CPU", "CPUExecutionProvider"),
    None,
    (),
)
"""A model that shows no layers."""


def reading(probability=0.1):
    """What that model answers to a picture."""
    return answers.Reading(
        np.full(len(DIGITS), probability, np.float32),
        np.full((28, len(DIGITS)), probability, np.float32),
        (),
        (),
        Timings(0.0, 1.0, 0.0),
    )


class ToldProcess:
    """Has what an `EngineProcess` has; `asked` is what it was sent and is yet to answer.

    cpu: processor seconds that it has used. bytes: of memory that it holds.
    """

    def __init__(self, heard, ended, most, mebibytes=0, patient=False, begun=None):
        self._heard, self._ended, self._most = heard, ended, most
        self.mebibytes, self.patient, self.begun = mebibytes, patient, begun
        self.cpu, self.bytes, self.pid = 0.0, 0, None
        self.killed = self.joined = False
        self.over = False
        self._makes = []
        self._sent = []

    # What its owner does with it.

    def send(self, make):
        self._makes.append(make)

    send_now = send

    def kill(self):
        self.killed = True

    def cpu_seconds(self):
        return self.cpu

    def memory(self):
        return self.bytes

    def join(self):
        self.joined = True

    # What a test does with it.

    def write(self):
        """Send what is to be sent, as its writer's thread does; what was sent so far."""
        makes, self._makes = self._makes, []
        for make in makes:
            parts = make()
            if parts is not None:
                frame = io.BytesIO(b"".join(bytes(part) for part in parts))
                self._sent.append(Frames[ToEngine](ToEngine).read(frame.read, lambda: MOST))
        return self._sent

    @property
    def asks(self):
        """What it was asked, the oldest first."""
        return [message for message in self.write() if isinstance(message, Ask)]

    @property
    def most(self):
        """Bytes that the next frame may have."""
        return self._most()

    def say(self, message):
        """Say it; nonsense ends the process, as its reader's thread does."""
        try:
            self._heard(message)
        except ProtocolError as error:
            self.end(0, wrong=error)

    def hello(self):
        self.pid = 1
        self.say(answers.Hello(1))

    def done(self, answer, place=-1):
        """Answer the newest of what it was asked, or another."""
        self.say(answers.Done(self.asks[place].number, answer))

    def fail(self, cause, why, place=-1):
        self.say(answers.Failed(self.asks[place].number, cause, why))

    def end(self, status, started=True, wrong=None, forced=False):
        """It is gone."""
        self.over = True
        self._ended(self, ProcessEnd(status, started, wrong, forced))


class ToldProcesses(list):
    """All that were started, the oldest first."""

    def __call__(self, *arguments, **others):
        self.append(ToldProcess(*arguments, **others))
        return self[-1]
