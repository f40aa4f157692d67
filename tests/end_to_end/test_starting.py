"""A start: the window is painted before anything is made that its first picture does not show, and
what a person does from then on is not lost."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.screen import environment

SCRIPT = """
import sys
from rnn_desk.late import load_late
from rnn_desk.qt.platform import startup

startup.check()  # as the command does
load_late("numpy")

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from rnn_desk.__main__ import main
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import read_drawings
from rnn_desk.qt import program

BEHIND = (
    "numpy._core",
    "rnn_desk.qt.desk",
    "rnn_desk.qt.control",
    "rnn_desk.qt.dialogs",
    "rnn_desk.app.engines",
)

UNUSED = ("PIL", "rnn_desk.qt.window.lesson_editor")

class Watched(program.Shell):
    "Draws a digit as soon as it is painted, and waits for its answer."

    def __init__(self, *given):
        super().__init__(*given)
        self.window.installEventFilter(self)

    def eventFilter(self, watched, event):
        if watched is self.window and event.type() == QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            print("there:", *(name for name in BEHIND if name in sys.modules))
            print("header:", self.window.header.accuracy.text())
            self.clock = QTimer(self)
            self.clock.timeout.connect(self.look)
            self.clock.start(10)
            QTimer.singleShot(0, self.draw)
        return False

    def draw(self):
        from tests.helpers import pen

        digit = next(iter(read_drawings(asset("reference", "digits.jsonl"))))
        pen.draw(self.window.canvas, digit)

    def look(self):
        if self.window.answer.trace is not None:
            print("answered", *(name for name in UNUSED if name in sys.modules))
            self.clock.stop()
            QApplication.exit(0)  # a window that is closed asks what becomes of the drawing

program.Shell = Watched
sys.exit(main())
"""


def test_the_first_picture_waits_for_nothing_and_what_is_drawn_in_it_is_read(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment(tmp_path, QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "there:\nheader: opening champion.onnx…\nanswered\n"
