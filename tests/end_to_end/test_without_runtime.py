"""The window's process never loads the runtime, whatever is done in it: models run elsewhere."""

import subprocess
import sys

from rnn_desk.assets_door import asset
from tests.helpers.model_files import FILES
from tests.helpers.screen import environment

SCRIPT = """
import os, sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from rnn_desk.__main__ import main
from rnn_desk.core.drawing import read_drawings
from rnn_desk.qt import session
from tests.helpers import pen

HEAVY = {"onnx", "onnxruntime", "torch"}
FOREIGN, DIGITS = map(Path, sys.argv[1:])
del sys.argv[1:]

def loaded():
    return HEAVY.intersection(sys.modules)

def acts(desk):
    "What a person does, and what is waited for after each."
    yield "a model", lambda: desk.window.reading.rows.groups and desk.window.isVisible()
    pen.draw(desk.window.canvas, next(iter(read_drawings(DIGITS))))
    yield "a reading", lambda: desk.settled and desk.trace is not None
    desk.actions["gradient"].trigger()
    desk.open_model(FOREIGN, 1)
    yield "two models", lambda: len(desk.window.reading.rows.groups) == 2
    yield "their gradients", lambda: desk.settled
    desk.actions["about_model"].trigger()
    yield "the sheet", lambda: desk.model_sheets.sheet is not None
    desk.model_sheets.sheet.why.click()
    yield "the report", lambda: desk.model_sheets.report is not None
    desk.actions["tensors"].trigger()
    yield "the tensors", lambda: desk.watching.sheet is not None
    assert not desk.window.grab().isNull()

class Played(session.Desk):
    def __init__(self, *given):
        super().__init__(*given)
        self.acts = acts(self)
        self.awaited = next(self.acts)
        self.clock = QTimer(self)
        self.clock.timeout.connect(self.play)
        self.clock.start(10)

    def play(self):
        what, there = self.awaited
        if loaded():
            print("loaded before", what, "was there:", *loaded())
        elif not there():
            return
        else:
            print(what)
            self.awaited = next(self.acts, None)
        if loaded() or self.awaited is None:
            self.clock.stop()
            self.actions["clear"].trigger()  # nobody is to be asked about the drawing
            QApplication.closeAllWindows()

session.Desk = Played
status = main()
print("loaded:", *loaded())
sys.exit(status)
"""

DONE = """\
a model
a reading
two models
their gradients
the sheet
the report
the tensors
loaded:
"""


def test_nothing_that_a_person_does_loads_the_runtime_into_the_window(tmp_path):
    done = subprocess.run(
        [
            *(sys.executable, "-c", SCRIPT),
            *(FILES / "ts_lstm.onnx", asset("reference", "digits.jsonl")),
        ],
        env=environment(tmp_path, QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.returncode) == (DONE, 0), done.stderr
