"""The pipe of a real engine process."""

import subprocess

from rnn_desk.app.engine_process import engine_command
from rnn_desk.protocol.answers import FromEngine, Logged
from rnn_desk.protocol.frames import Frames


def test_a_request_that_is_none_is_told_of_before_the_process_ends():
    process = subprocess.Popen(engine_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        process.stdin.write(b"\x01\0\0\0" + bytes(8) + b"\x01")
        process.stdin.flush()
        frames = Frames[FromEngine](FromEngine)
        told = list(iter(lambda: frames.read(process.stdout.read, lambda: 2**20), None))
    (logged,) = (message for message in told if isinstance(message, Logged))
    assert "a message that is none" in logged.text
