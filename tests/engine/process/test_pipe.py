"""The pipe of a real engine process."""

import subprocess
import sys

import pytest

from rnn_desk.app.engine_process import engine_command
from rnn_desk.engine.process.ear import Listener, OwnEar
from rnn_desk.protocol.answers import FromEngine, Logged
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.requests import Ask, ReadCards, ToEngine
from tests.helpers.asking import SECONDS


def test_a_request_that_is_none_is_told_of_before_the_process_ends():
    process = subprocess.Popen(engine_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        process.stdin.write(b"\x01\0\0\0" + bytes(8) + b"\x01")
        process.stdin.flush()
        frames = Frames[FromEngine](FromEngine)
        told = list(iter(lambda: frames.read(process.stdout.read, lambda: 2**20), None))
    (logged,) = (message for message in told if isinstance(message, Logged))
    assert "a message that is none" in logged.text


@pytest.mark.parametrize("ear", [OwnEar, Listener])
def test_messages_are_heard_in_their_order_and_the_process_ends_with_the_pipe(ear):
    """The process says each one again, by which it is known that it was heard."""
    act = (
        "from rnn_desk.engine.process import ear, pipe; from rnn_desk.protocol.answers import Part;"
        "from rnn_desk.protocol.answers import BenchDone; there = pipe.Pipe();"
        f"heard = ear.{ear.__name__}(there);"
        "said = lambda ask: there.say(Part(ask.number, BenchDone('1')));"
        "said(heard.hear(True)); said(heard.hear(True));"
        "assert heard.hear(False) is None; there.say(Part(0, BenchDone('1')));"
        "import threading; threading.Event().wait()"  # caught in something
    )
    ends = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", act], **ends) as process:
        frames, asks = Frames[FromEngine](FromEngine), Frames[ToEngine](ToEngine)
        for number in (1, 2):
            process.stdin.write(b"".join(asks.parts(Ask(number, "slot", ReadCards(())))))
        process.stdin.flush()
        told = [frames.read(process.stdout.read, lambda: 2**20).number for _ in range(3)]
        assert told == [1, 2, 0]
        process.stdin.close()
        assert process.wait(SECONDS) == 0
