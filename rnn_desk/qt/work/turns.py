"""Takes turns: what a worker answered is painted before the worker begins with the next."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from rnn_desk.qt.work.worker import Worker


class Turns(QObject):
    """Hands a worker one letter at a time, and the next when the window has painted its answer.

    Python runs one thread at a time. A reading and a painting at once would hand its lock to and
    fro at each step of either, between two processor cores, and both take twice as long as one
    after the other. So a pen that is faster than both would never be caught up with.
    """

    over = Signal(object, float)
    """The letter, and the milliseconds from when the worker got it until its answer was painted."""

    def __init__(self, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._next: object = None
        self._under_way: object = None
        self._began = 0.0
        self._painted = QTimer(self)  # Qt paints what is to be painted before a timer of 0 ms
        self._painted.setSingleShot(True)
        self._painted.timeout.connect(self._go_on)
        worker.answered.connect(lambda *_: self._painted.start(0))

    def ask(self, letter: object) -> None:
        """Leave a letter in place of any that was not yet begun. Returns at once."""
        if self._under_way is not None:
            self._next = letter
        else:
            self._under_way, self._began = letter, time.perf_counter()
            self._worker.ask(letter)

    def _go_on(self) -> None:
        done, self._under_way = self._under_way, None
        taken = (time.perf_counter() - self._began) * 1e3
        letter, self._next = self._next, None
        if letter is not None:
            self.ask(letter)
        self.over.emit(done, taken)
