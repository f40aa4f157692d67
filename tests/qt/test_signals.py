"""The real window, told to end at many moments of its start: it ends in time, and all of it."""

import contextlib
import json
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.helpers import models
from tests.helpers.harmful import before_the_picture, endless_loop
from tests.helpers.screen import (
    environment,
    left_of,
    shows_a_window,
    virtual_screen,
    wait_until,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")

BOTH = [signal.SIGINT, signal.SIGTERM]
LIMIT = 2.0
"""Seconds in which everything has ended."""

LOADED = 2.0
"""Seconds of a processor that no process takes which only loads what it needs."""

FROM_THE_FIRST_LINE = """
import os, signal, sys
signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # Python's own start is over
print("begins", flush=True)
from rnn_desk.__main__ import main
sys.exit(main())
"""


@pytest.fixture
def begin(tmp_path):
    """Start the program in a home of its own, at its first line; nothing of it is left."""
    started = []

    def start(*arguments, script=FROM_THE_FIRST_LINE, **environ):
        process = subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            env=environment(tmp_path, **environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "begins\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for process in left_of(tmp_path):
        process.kill()


def busiest(home, besides):
    """Seconds of a processor that the busiest other process with that home has taken."""
    times = [0.0]
    for process in left_of(home):
        with contextlib.suppress(psutil.Error):
            times.append(0.0 if process.pid == besides else process.cpu_times().user)
    return max(times)


def ended(process, number, home):
    """Whether the window was there to be closed; all else is asserted."""
    began = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert err == ""
    assert wait_until(lambda: not left_of(home), LIMIT)
    assert time.monotonic() - began < LIMIT
    saved = (home / "config" / "rnn-desk" / "settings.json").exists()
    # Shells say 143 where the system itself ended it.
    closed = 130 if number == signal.SIGINT else 0
    at_once = (130,) if number == signal.SIGINT else (143, -signal.SIGTERM)
    assert process.returncode in (closed, *at_once)
    return saved and process.returncode == closed


@pytest.mark.parametrize("number", BOTH)
def test_a_signal_to_the_open_window_closes_it(tmp_path, begin, number):
    with virtual_screen(tmp_path) as display:
        process = begin(DISPLAY=display)
        assert wait_until(lambda: shows_a_window(tmp_path))
        assert ended(process, number, tmp_path)


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_a_model_that_is_being_opened_goes_with_the_window(tmp_path, begin, number):
    endless = models.saved(tmp_path, before_the_picture(endless_loop))
    process = begin("--model", endless, QT_QPA_PLATFORM="offscreen")
    assert wait_until(lambda: busiest(tmp_path, besides=process.pid) > LOADED)
    assert ended(process, number, tmp_path)


WITH_A_DIALOG = """
import os, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication(sys.argv[:1])
asks, looks = QTimer(), QTimer()  # a timer does not call anew while what it called still runs

def ask():
    windows = [w for w in app.topLevelWidgets() if isinstance(w, QMainWindow) and w.isVisible()]
    if windows:
        windows[0].activateWindow()
        QTest.keyClick(windows[0], Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

def look():
    if app.activeModalWidget() is not None:
        asks.stop()
        looks.stop()
        print("begins", flush=True)

asks.timeout.connect(ask)
looks.timeout.connect(look)
asks.start(50)
looks.start(50)
QTimer.singleShot(30_000, lambda: os._exit(1))
from rnn_desk.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("number", BOTH)
def test_an_open_dialog_closes_too(tmp_path, begin, number):
    process = begin(script=WITH_A_DIALOG, QT_QPA_PLATFORM="offscreen")
    assert ended(process, number, tmp_path)


WITH_A_DRAWING = """
import os, sys
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

app = QApplication(sys.argv[:1])
draws = QTimer()

def draw():
    windows = [w for w in app.topLevelWidgets() if hasattr(w, "canvas") and w.isVisible()]
    if windows:
        draws.stop()
        canvas, left = windows[0].canvas, Qt.MouseButton.LeftButton
        middle = canvas.rect().center()
        QTest.mousePress(canvas, left, pos=middle)
        QTest.mouseMove(canvas, middle + QPoint(20, 40))
        QTest.mouseRelease(canvas, left, pos=middle + QPoint(20, 40))
        print("begins", flush=True)

draws.timeout.connect(draw)
draws.start(50)
QTimer.singleShot(30_000, lambda: os._exit(1))
from rnn_desk.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("number", BOTH)
def test_what_was_drawn_is_kept_for_the_next_start_and_nobody_is_asked(tmp_path, begin, number):
    process = begin(script=WITH_A_DRAWING, QT_QPA_PLATFORM="offscreen")
    assert ended(process, number, tmp_path)
    (kept,) = (tmp_path / "data" / "rnn-desk" / "recovery").glob("*.json")
    assert len(json.loads(kept.read_text())["drawing"]["strokes"]) == 1


@pytest.mark.slow
@pytest.mark.parametrize("number", BOTH)
@pytest.mark.parametrize("endless", [False, True])
def test_at_every_moment_of_the_start_a_signal_ends_it(tmp_path, begin, number, endless):
    arguments = []
    if endless:
        arguments = ["--model", models.saved(tmp_path, before_the_picture(endless_loop))]
    with virtual_screen(tmp_path) as display:
        for moment in (0.0, *(0.05 * 1.2**k for k in range(24))):  # to 3.3 s
            process = begin(*arguments, DISPLAY=display)
            time.sleep(moment)  # which moment it is to be, is what is tested
            ended(process, number, tmp_path)
