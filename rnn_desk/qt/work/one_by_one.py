"""What is painted one thing at a time while a pen moves, and at once when it rests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from rnn_desk.qt.work.engine import Engine

PACE_MS = 28
"""Milliseconds after which the next thing is done although no reading was painted."""


class OneByOne(QObject):
    """Does one thing after each painting of a reading, while the next reading is made: done all at
    once they would keep the pen waiting."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, Callable[[], None]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(PACE_MS)
        self._timer.timeout.connect(self._go_on)
        engine.painted.connect(self._go_on)

    @property
    def over(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def do(self, name: str, work: Callable[[], None], at_once: bool) -> None:
        """Do this when its turn comes, or at once; either way in place of what waits by that
        name."""
        if at_once:
            self._waiting.pop(name, None)
            work()
        else:
            self._waiting[name] = work
            self._timer.start()

    def _go_on(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        name = next(iter(self._waiting))
        self._waiting.pop(name)()
