"""The program told to be an engine process, as a frozen one is: it has no other entry."""

import subprocess
import sys

import psutil
import pytest

from rnn_desk.app import engine_process
from rnn_desk.app.client import Client
from rnn_desk.assets_door import asset
from rnn_desk.protocol import ENGINE_FLAG
from rnn_desk.protocol.answers import FromEngine, Hello
from rnn_desk.protocol.frames import Frames
from tests.helpers.screen import wait_until

COMMAND = [sys.executable, "-P", "-m", "rnn_desk", ENGINE_FLAG]
LIMIT = 1.0
"""Seconds in which it ends once nobody can ask it any more."""


@pytest.fixture
def begin():
    """Start a command, and end it with the test where it has not ended by itself."""
    started = []

    def start(*command):
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdin=pipe, stdout=pipe))
        return started[-1]

    yield start
    for process in started:
        with process:  # closes its pipes
            process.kill()


def hello(pipe):
    """The first that an engine process says, while it still loads the runtime."""
    said = Frames(FromEngine).read(pipe.read, lambda: 2**20)
    assert isinstance(said, Hello)
    return said


def test_it_answers_as_an_engine_process_and_loads_no_window(monkeypatch):
    monkeypatch.setattr(engine_process, "engine_command", lambda: COMMAND)
    with Client() as client:
        opened = client.open(asset("models", "lstm.onnx"))
        assert {layer.op for layer in opened.model.layers} == {"LSTM"}
        (process,) = client._engines.processes()
        if not hasattr(psutil.Process, "memory_maps"):
            pytest.skip("what a process has loaded cannot be seen here")
        loaded = {part.path for part in psutil.Process(process.pid).memory_maps()}
    assert any("onnxruntime" in path for path in loaded)
    assert not any("PySide6" in path for path in loaded)


def test_it_ends_when_its_pipe_is_closed(begin):
    process = begin(*COMMAND)
    hello(process.stdout)
    process.stdin.close()
    assert process.wait(LIMIT) == 0


PARENT = """
import subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)
child.wait()
"""


def test_it_ends_when_its_parent_is_killed(begin):
    parent = begin(sys.executable, "-c", PARENT, *COMMAND)
    engine = psutil.Process(hello(parent.stdout).pid)
    assert parent.pid in [each.pid for each in engine.parents()]
    parent.kill()  # SIGKILL: it can tell nobody
    parent.wait()
    try:
        assert wait_until(lambda: not runs(engine), LIMIT)
    finally:
        if runs(engine):
            engine.kill()


def runs(process):
    """Whether it has not ended; that it did may never be asked for, where its parent is gone."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
