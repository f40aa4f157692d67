"""One engine process: real processes, in which liars run and no engine."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from queue import SimpleQueue

import psutil
import pytest

from rnn_desk.app import engine_process, engine_start
from rnn_desk.app.engine_process import EngineProcess, ProcessEnd
from rnn_desk.app.engine_start import engine_command, started
from rnn_desk.protocol import ENGINE_FLAG
from rnn_desk.protocol.answers import BenchDone, Done, Hello
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.requests import Ask, ListDevices, ToEngine
from rnn_desk.protocol.sentences import ProtocolError
from tests.helpers.asking import SECONDS

FRAMES = Frames[ToEngine](ToEngine)
ASK = FRAMES.parts(Ask(1, "slot", ListDevices()))


class Running:
    """A process, what it says, and what becomes of it."""

    def __init__(self, **others):
        self._heard = SimpleQueue()
        self._ended = SimpleQueue()
        self.process = EngineProcess(
            self._heard.put, lambda _, end: self._ended.put(end), lambda: 2**20, **others
        )

    def heard(self):
        return self._heard.get(timeout=SECONDS)

    def ended(self):
        end = self._ended.get(timeout=SECONDS)
        self.process.join()
        return end


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Start what does this when it is asked something, or is run by that command."""
    made = []

    def start(act, **others):
        liar = [sys.executable, "-m", "tests.helpers.liar", act, str(tmp_path / "starts")]
        command = act if isinstance(act, list) else liar
        monkeypatch.setattr(engine_process, "engine_command", lambda: command)
        made.append(Running(**others))
        return made[-1]

    yield start
    for each in made:
        each.process.kill()
        each.process.join()


def test_a_process_that_runs_says_who_it_is_and_what_it_takes(run):
    running = run("wait")
    assert running.process.pid is None
    hello = running.heard()
    assert isinstance(hello, Hello)
    assert running.process.pid == hello.pid
    assert running.process.cpu_seconds() > 0
    assert running.process.memory() > 2**20
    running.process.kill()
    end = running.ended()
    assert end.started
    assert not psutil.pid_exists(hello.pid)
    assert (running.process.cpu_seconds(), running.process.memory()) == (0, 0)


def test_it_is_asked_and_answers(run):
    running = run("another_kind")
    running.process.send(lambda: None)  # nothing is to be sent after all
    running.process.send(lambda: ASK)
    assert isinstance(running.heard(), Hello)
    assert running.heard() == Done(1, BenchDone("1"))


def test_its_status_is_told_when_it_ends(run):
    running = run("leave")
    running.process.send(lambda: ASK)
    assert running.ended() == ProcessEnd(3, True)


def test_one_that_says_nonsense_is_ended(run):
    running = run("nonsense")
    running.process.send(lambda: ASK)
    end = running.ended()
    assert isinstance(end.wrong, ProtocolError)
    assert end.forced
    assert not end.from_outside


def test_one_that_hangs_up_is_ended_in_time(run, monkeypatch):
    monkeypatch.setattr(engine_process, "_LAST_WORDS_SECONDS", 0.05)
    running = run("deaf_and_dumb")
    running.process.send(lambda: ASK)
    end = running.ended()
    assert (end.started, end.forced, end.wrong) == (True, True, None)
    assert not end.from_outside


def test_what_is_sent_to_one_that_is_gone_is_lost_quietly(run):
    running = run("short_lived")
    running.heard()
    running.process._process.wait(SECONDS)
    running.process.send(lambda: ASK)
    assert running.ended() == ProcessEnd(3, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no process is made to stand still there")
@pytest.mark.parametrize("stands", ["stopped", "stuck", "killed"])
def test_nobody_who_asks_waits_for_one_that_takes_nothing_in(run, stands):
    running = run("stuck")
    pid = running.heard().pid
    if stands == "stuck":
        running.process.send_now(lambda: ASK)
    else:
        os.kill(pid, signal.SIGSTOP if stands == "stopped" else signal.SIGKILL)
    for _ in range(400):
        running.process.send_now(lambda: [bytes(4000)])  # or this would never end
    running.process.kill()
    assert running.ended().started


def test_one_that_never_says_a_word_has_not_started(run):
    running = run([sys.executable, "-c", "raise SystemExit(4)"])
    assert running.ended() == ProcessEnd(4, False)


def test_what_cannot_be_started_has_no_status(run, caplog, tmp_path):
    running = run([str(tmp_path / "nowhere")])
    assert running.ended() == ProcessEnd(None, False)
    assert "no engine process could be started" in caplog.text
    caplog.clear()


def test_one_that_is_killed_before_it_starts_never_does(monkeypatch):
    ends = SimpleQueue()
    with monkeypatch.context() as patch:
        patch.setattr("threading.Thread.start", lambda _: None)
        process = EngineProcess(print, lambda _, end: ends.put(end), lambda: 0)
    process.kill()
    process._write()
    assert ends.get_nowait() == ProcessEnd(None, False)


def test_one_that_was_begun_already_is_taken_over(run):
    begun = subprocess.Popen(
        [sys.executable, "-c", "raise SystemExit(5)"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert run("wait", begun=begun).ended() == ProcessEnd(5, False)


def test_a_process_id_that_is_none_of_its_is_not_believed(run):
    running = run("wait")
    own = running.heard().pid
    running.process._greeted(Hello(psutil.Process().pid))
    assert running.process.pid == own
    running.process._greeted(Hello(2**22 + 1))
    assert running.process.pid == own


def test_who_really_runs_is_ended_too():
    """As on Windows, where whoever was started has started another."""
    ended = []

    class Process:
        def __init__(self, pid):
            self.pid = pid

        def kill(self):
            ended.append(self.pid)

    engine_process._end(Process(1), Process(1))
    engine_process._end(Process(2), Process(3))
    engine_process._end(Process(4), None)
    assert ended == [1, 2, 3, 4]


@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGINT])
def test_signals_of_others_are_from_outside_and_those_of_ours_are_not(kill):
    assert ProcessEnd(-kill, True).from_outside
    assert not ProcessEnd(-kill, True, forced=True).from_outside
    assert not ProcessEnd(3, True).from_outside
    assert not ProcessEnd(-signal.SIGSEGV, True).from_outside


# How it is started.


class Popen:
    """Notes what is to be started."""

    def __init__(self):
        self.command, self.others = [], {}

    def __call__(self, command, **others):
        self.command, self.others = command, others
        return self


@pytest.fixture
def popen(monkeypatch):
    noted = Popen()
    monkeypatch.setattr(engine_start.subprocess, "Popen", noted)
    return noted


def test_a_frozen_program_is_its_own_engine(monkeypatch, popen):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert engine_command() == [sys.executable, ENGINE_FLAG]
    started(["engine"])
    assert "PYTHONPATH" not in popen.others["env"]


def test_nothing_is_imported_from_the_current_folder(monkeypatch, popen):
    monkeypatch.setenv("PYTHONPATH", "/mine")
    assert engine_command()[1] == "-P"
    started(["engine"])
    assert popen.others["env"]["PYTHONPATH"].endswith("/mine")
    assert popen.others["env"]["OMP_NUM_THREADS"] == "1"


def test_limits_and_patience_are_told_by_flags(monkeypatch, popen):
    monkeypatch.setattr(sys, "platform", "linux")
    started(["engine"], 512)
    assert popen.command == ["engine", "--mebibytes", "512"]
    assert popen.others["start_new_session"]
    started(["engine"], patient=True)
    assert popen.command == ["engine", "--mebibytes", "0", "--patient"]
    started(["engine"], first=Path("mine.onnx"))
    assert popen.command == ["engine", "--mebibytes", "0", "--first", "mine.onnx"]


@pytest.mark.parametrize("patient", [False, True])
def test_on_windows_it_has_no_console_and_gives_way_by_its_class(monkeypatch, popen, patient):
    monkeypatch.setattr(sys, "platform", "win32")
    flags = ("CREATE_NO_WINDOW", "CREATE_NEW_PROCESS_GROUP", "BELOW_NORMAL_PRIORITY_CLASS")
    for bit, name in enumerate(flags):
        monkeypatch.setattr(subprocess, name, 1 << bit, raising=False)
    started(["engine"], patient=patient)
    assert popen.command == ["engine", "--mebibytes", "0"]
    assert popen.others["creationflags"] == (7 if patient else 3)
