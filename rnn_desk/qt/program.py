"""Starts the program: the one application object, the log, the desk, and the event loop."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from subprocess import Popen

from PySide6.QtCore import QCoreApplication, QMetaObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from rnn_desk.app.actions import choose
from rnn_desk.app.documents import settings
from rnn_desk.app.documents.recovery import orphans
from rnn_desk.folders import log_folder, recovery_folder, settings_folder
from rnn_desk.qt.asked import Asked
from rnn_desk.qt.platform import log, messages, startup
from rnn_desk.qt.platform.identity import APP_ID, introduce
from rnn_desk.qt.platform.open_events import OpenEvents
from rnn_desk.qt.shell import Shell
from rnn_desk.qt.style.language import speak
from rnn_desk.stop_signals import StopSignals

STYLE = "Fusion"

_LATER = Qt.ConnectionType.QueuedConnection

_LEAVE_OUT = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents

_HEARD_MS = 200
"""Milliseconds in which the event loop takes in all that has waited for it."""

_M_MMAP_THRESHOLD, _LARGE_BLOCK = -3, 2**20
"""glibc's number of the setting, and bytes."""


def run(asked: Asked, signals: StopSignals, engine: Popen[bytes] | None = None) -> int:
    """Show the window until it is closed; the process's exit status. Raises Refused.

    engine: the process of the own models, where it has been started.
    """
    messages.to_log()
    with startup.screen():
        app = application()
    with log.kept(log_folder()) as logs:
        return _run(app, logs, asked, signals, engine)


def _run(
    app: QApplication,
    logs: tuple[Path, ...],
    asked: Asked,
    signals: StopSignals,
    engine: Popen[bytes] | None,
) -> int:
    path = settings_folder() / "settings.json"
    state = settings.load(path)
    # What is said for this run is not remembered: only what a person changes is.
    for action, said in ((choose.language, asked.language), (choose.device, asked.device)):
        state = action(state, said) if said else state
    speak(state.look.language)
    shell = Shell(state)
    if not state.layout.geometry:
        shell.window.resize(_first_size(shell.window))
    comes_back = state.personal.recover and orphans(recovery_folder())
    if not comes_back:
        shell.window.header.show_opening(asked.models[0].name)
        signals.wait_for_desk()
        shell.show(asked.present)
        shell.wait_for_paint()
    # Of what the pointer does till all is there, no place on its way is to be left out.
    QCoreApplication.setAttribute(_LEAVE_OUT, False)
    from rnn_desk.qt import session  # of which the first picture shows nothing

    desk = session.behind(shell, path, logs, engine, lambda: not signals.closing)
    session.begin(desk, asked)
    OpenEvents(app).wanted.connect(desk.files.open)
    QTimer.singleShot(_HEARD_MS, lambda: QCoreApplication.setAttribute(_LEAVE_OUT, True))
    if comes_back:
        shell.show(asked.present)
    desk.kept.connect(signals.closed)
    signals.close_by(lambda: QMetaObject.invokeMethod(app, "quit", _LATER))
    return app.exec()


def application() -> QApplication:
    """The one application object."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # The style is named here, as what `setStyle` gives back would have PySide6 make all of
        # QStyle's enums.
        app = QApplication([APP_ID, "-style", STYLE])
        _set_names_and_turns(app)
    else:
        set_manners(app)
    return app


def set_manners(app: QApplication) -> None:
    """How the program runs, whoever made the application object."""
    app.setStyle(STYLE)
    _set_names_and_turns(app)


def _set_names_and_turns(app: QApplication) -> None:
    introduce(app)
    # What is asked of an engine process, and what it answers, goes through threads of this one; at
    # the usual 5 ms a turn at Python's lock, they would wait for a painting to end.
    sys.setswitchinterval(0.0001)
    _give_back_large_blocks()


def _give_back_large_blocks() -> None:
    """Let pictures, animations and files leave no holes in the heap, which would grow for as long
    as the program runs.

    glibc keeps freed blocks of up to 32 MiB once it has seen some; a fixed threshold gives each
    large one back to the system when it is freed (mallopt(3), M_MMAP_THRESHOLD).
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)


def _first_size(window: QWidget) -> QSize:
    """As large as the window likes to be, or most of a smaller screen."""
    room = window.screen().availableSize()
    return QSize(min(1500, room.width() * 19 // 20), min(940, room.height() * 9 // 10))
