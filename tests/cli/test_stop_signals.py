"""A signal ends the program at whatever moment it comes, with the status that shells know."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.helpers.screen import wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")

BOTH = [signal.SIGINT, signal.SIGTERM]
LIMIT = 2.0
"""Seconds in which everything has ended."""

MAIN = "import sys; from {}.__main__ import main; sys.exit(main())"

AT_IMPORT = """
import os, sys

class Sends:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            os.kill(os.getpid(), {number:d})

sys.meta_path.insert(0, Sends())
"""


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "words", "module"),
    [
        ("rnn_desk", ["classify", "-h"], "argparse"),
        ("rnn_desk", ["classify", "-h"], "numpy"),
        ("rnn_desk", ["classify", "-h"], "rnn_desk.cli.classify"),
        ("training", ["run", "-h"], "training.usage"),
    ],
)
def test_ctrl_c_while_a_command_is_imported_leaves_nothing_to_be_read(command, words, module):
    script = AT_IMPORT.format(module=module, number=signal.SIGINT) + MAIN.format(command)
    done = run(script, *words)
    assert done.returncode == 130
    assert (done.stdout, done.stderr) == ("", "")


def test_ctrl_c_while_qt_is_imported_is_neither_lost_nor_raised_within_it(tmp_path):
    script = AT_IMPORT.format(module="PySide6.QtCore", number=signal.SIGINT)
    done = run(script + MAIN.format("rnn_desk"), "render", str(tmp_path / "window.png"))
    assert (done.returncode, done.stderr) == (130, "rnn-desk render: stopped\n")
    assert not list(tmp_path.iterdir())


# --- where there is a window ---

HEARS = """
import subprocess, sys, threading, time
from rnn_desk.stop_signals import StopSignals
signals = StopSignals()
{}
"""

NEVER_CLOSES = """
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
child = subprocess.Popen(sleep, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
signals.close_by(lambda: print("asked", flush=True))
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def hears():
    """Start a process that hears signals and then does this, and wait until it says something."""
    started = []

    def start(rest):
        process = subprocess.Popen(
            [sys.executable, "-c", HEARS.format(rest)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def runs(pid):
    """Whether it does; one that nobody has asked for its status yet does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def ended(process):
    """Its exit status, if it ends in time and without a word of complaint."""
    began = time.monotonic()
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - began < LIMIT
    assert err == ""
    return process.returncode


@pytest.mark.parametrize("number", BOTH)
def test_before_there_is_a_window_a_signal_ends_it_whatever_is_waited_for(hears, number):
    process, _ = hears("print('ready', flush=True); threading.Event().wait()")
    process.send_signal(number)
    assert ended(process) == 128 + number


@pytest.mark.parametrize("number", BOTH)
def test_a_window_is_closed_and_the_process_then_ends_without_waiting_for_threads(hears, number):
    process, _ = hears(
        "closed = threading.Event(); signals.close_by(closed.set)\n"
        "threading.Thread(target=time.sleep, args=[600]).start()\n"
        "print('ready', flush=True); closed.wait(); print('saved', flush=True); signals.closed()"
    )
    process.send_signal(number)
    assert process.stdout.readline() == "saved\n"
    assert ended(process) == (130 if number == signal.SIGINT else 0)


@pytest.mark.parametrize("number", BOTH)
def test_a_window_that_does_not_close_goes_with_every_process_that_it_started(hears, number):
    process, child = hears(NEVER_CLOSES)
    process.send_signal(number)
    assert ended(process) == 128 + number
    gone = wait_until(lambda: not runs(int(child)), LIMIT)
    if not gone:
        os.kill(int(child), signal.SIGKILL)
    assert gone


def test_a_second_signal_is_not_kept_waiting(hears):
    process, _ = hears("import rnn_desk.stop_signals as module; module._CLOSING_SECONDS = 600\n"
                       + NEVER_CLOSES)  # fmt: skip
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "asked\n"
    process.send_signal(signal.SIGTERM)
    assert ended(process) == 128 + signal.SIGTERM


def test_another_signal_is_its_handlers_own(hears):
    process, _ = hears(
        "import os, signal\n"
        "signal.signal(signal.SIGUSR1, lambda *_: print('other', flush=True))\n"
        "print('ready', flush=True); time.sleep(600)"
    )
    process.send_signal(signal.SIGUSR1)
    assert process.stdout.readline() == "other\n"
    assert process.poll() is None
    os.kill(process.pid, signal.SIGTERM)
    assert ended(process) == 143
