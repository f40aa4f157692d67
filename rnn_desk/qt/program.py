"""Starts the program: the one application object, the log, the desk, and the event loop."""

from __future__ import annotations

import ctypes
import gc
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from subprocess import Popen

from PySide6.QtCore import QMetaObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from rnn_desk.app.actions import choose
from rnn_desk.app.documents import settings
from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.documents.to_open import to_open
from rnn_desk.app.engines import Engines
from rnn_desk.assets_door import default_model
from rnn_desk.folders import log_folder, recovery_folder, settings_folder
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.platform import log, messages, startup
from rnn_desk.qt.platform.identity import APP_ID, introduce
from rnn_desk.qt.platform.open_events import OpenEvents
from rnn_desk.qt.style.language import speak
from rnn_desk.stop_signals import StopSignals

STYLE = "Fusion"

_LATER = Qt.ConnectionType.QueuedConnection

_M_MMAP_THRESHOLD, _LARGE_BLOCK = -3, 2**20
"""glibc's number of the setting, and bytes."""


@dataclass(frozen=True)
class Asked:
    """What whoever starts the program asks of this run of it; nothing of it is remembered.

    files: opened at the start, whatever they are. model: reads from the start, before any that is
    among them.
    """

    files: tuple[Path, ...] = ()
    model: Path | None = None
    device: str | None = None
    language: str | None = None
    present: bool = False


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
    recovery = RecoveryFile(recovery_folder())
    engines = partial(Engines, begun=engine)
    desk = Desk(state, path, logs, engines, recovery, lambda: not signals.closing)
    log.report_mistakes(desk.mistaken.emit)
    if not state.layout.geometry:
        desk.window.resize(_first_size(desk.window))
    desk.survey.mapped.connect(leave_start_up_be)
    begin(desk, asked)  # while the window is painted
    OpenEvents(app).wanted.connect(desk.files.open)
    desk.window.show()
    if asked.present:
        desk.actions["present"].trigger()
    desk.kept.connect(signals.closed)
    signals.close_by(lambda: QMetaObject.invokeMethod(app, "quit", _LATER))
    return app.exec()


def begin(desk: Desk, asked: Asked) -> None:
    """Open what was asked for, on the desk of a crash if there was one."""
    found = to_open(asked.files, [] if asked.model is None else [asked.model])
    back = desk.come_back(found.models)
    models = () if back else found.models or (default_model(),)
    desk.files.open_sorted(replace(found, models=models))


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


def leave_start_up_be(*_: object) -> None:
    """Keep Python's collector from what start-up loaded.

    It would walk all of it, for 10 ms and more, while somebody draws.
    """
    gc.collect()
    gc.freeze()


def _first_size(window: QWidget) -> QSize:
    """As large as the window likes to be, or most of a smaller screen."""
    room = window.screen().availableSize()
    return QSize(min(1500, room.width() * 19 // 20), min(940, room.height() * 9 // 10))
