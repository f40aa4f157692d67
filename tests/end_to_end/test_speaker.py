"""Notes on the other screen: a program of its own, as a platform has its screens from the start."""

import json
import os
import subprocess
import sys

import pytest

SCREENS = [
    {"name": "projector", "x": 0, "y": 0, "width": 1280, "height": 720},
    {"name": "desk", "x": 1280, "y": 0, "width": 1024, "height": 768},
]

PROGRAM = """
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rnn_desk.app.actions import choose
from rnn_desk.app.lessons import lesson_named
from rnn_desk.app.state import AppState
from rnn_desk.qt.program import application
from rnn_desk.qt.shell import Shell

app = application()
shell = Shell(AppState())
window = shell.window
window.show()
window.present(True)
app.processEvents()
speaker = window.speaker
lesson = lesson_named("rows")
speaker.show_step(lesson, 2, ("LSTM",), "0")
others = [screen.name() for screen in app.screens() if screen is not window.screen()]
print(speaker.isVisible(), speaker.screen().name() in others)
print(speaker.notes.text() == lesson.steps[2].notes != "", "0" in speaker.right.text())
print(lesson.steps[3].words in speaker.next.text())
print(speaker.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating))
pressed = []
window._actions["gradient"].toggled.connect(lambda on: pressed.append(on))
speaker.activateWindow()
QTest.qWaitForWindowActive(speaker)
QTest.keyClick(speaker, Qt.Key.Key_G)
print(window._actions["gradient"].isEnabled(), len(pressed))
print(window.width(), window.height(), window.menuBar().isVisible())
print(app.overrideCursor().pixmap().width() >= 40)
window.present(False)
print(speaker.isVisible(), app.overrideCursor() is None)
"""


@pytest.mark.slow
def test_the_notes_and_the_answer_stand_on_the_other_screen(tmp_path):
    told = tmp_path / "screens.json"
    told.write_text(json.dumps({"screens": SCREENS}))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={told}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "True True",
        "True True",
        "True",
        "True",
        "True 1",
        "1280 720 False",
        "True",
        "False True",
    ], done.stderr
