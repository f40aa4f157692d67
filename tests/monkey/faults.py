"""Faults that can be put into the program on purpose, to see that the monkey finds them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from rnn_desk.qt.desk import Desk

SOON_MS = 2500
"""Milliseconds after which a fault shows, when the first model is there."""

HELD = 1.5
"""Seconds that the event loop is held."""


def paint(desk: Desk) -> None:
    """A view cannot be painted."""

    def fail(*_: object) -> None:
        raise ValueError("a view that cannot be painted")

    view = desk.window.answer

    def fault() -> None:
        view.paintEvent = fail  # type: ignore[method-assign, assignment]
        view.update()

    QTimer.singleShot(SOON_MS, fault)


def hold(desk: Desk) -> None:
    """The event loop stands still for a while."""
    QTimer.singleShot(SOON_MS, desk.window, lambda: time.sleep(HELD))


def thread(desk: Desk) -> None:
    """A thread stays when the window is closed, until the process is about to end."""
    stays = threading.Thread(target=threading.main_thread().join, name="stays")
    desk.window.closing.connect(lambda: stays.start())  # Qt holds no method, but a function


def process(desk: Desk) -> None:
    """A process stays for a while when the window is closed."""
    words = [sys.executable, "-c", "import time; time.sleep(40)"]
    kept: list[subprocess.Popen[bytes]] = []
    desk.window.closing.connect(lambda: kept.append(subprocess.Popen(words)))


def widget(desk: Desk) -> None:
    """A window stays open."""
    kept = QWidget()
    kept.setWindowTitle("stays")
    desk.window.closing.connect(lambda: kept.show())


def stale(desk: Desk) -> None:
    """A view keeps what it was shown first."""
    answer = desk.window.answer
    show = answer.show_trace

    def once(trace: object) -> None:
        if answer.trace is None:
            show(trace)  # type: ignore[arg-type]

    answer.show_trace = once  # type: ignore[method-assign]


def warn(desk: Desk) -> None:
    """Qt finds fault with something."""
    from PySide6.QtCore import qWarning

    QTimer.singleShot(SOON_MS, desk.window, lambda: qWarning("something is amiss"))


FAULTS: Mapping[str, Callable[[Desk], None]] = MappingProxyType(
    {each.__name__: each for each in (paint, hold, thread, process, widget, stale, warn)}
)
"""By their names on the command line."""
