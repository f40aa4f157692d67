"""Panels that take turns: while a pen moves, a reading is soon followed by the next one, and to
paint each in full would keep the pen waiting."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from rnn_desk.core.trace import Trace
from rnn_desk.qt.views.panel import Panel

PACE_MS = 28
"""Milliseconds between two readings that a panel shows, at the least; the eye follows no more."""


class Turns(QObject):
    """Gives the newest reading to the panel that has waited longest, one a painting and while the
    next reading is made; what is left is given soon after the pen rests."""

    given = Signal(object)
    """The panel that has just been given it."""

    def __init__(self, panels: Sequence[Panel], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given_at = dict.fromkeys(panels, 0.0)
        self._waiting: list[Panel] = []
        self._traces: tuple[Trace, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PACE_MS)
        self._timer.timeout.connect(self.go_on)

    @property
    def over(self) -> bool:
        """Whether every panel has the newest reading."""
        return not self._waiting

    def show(self, traces: tuple[Trace, ...], at_once: bool) -> None:
        """This is the newest reading. at_once: all panels are to show it in the next painting."""
        self._traces = traces
        self._waiting += [panel for panel in self._given_at if panel not in self._waiting]
        while at_once and self._waiting:
            self._give()
        self._wait()

    def go_on(self) -> None:
        """Give it to the first that waits, if its time has come."""
        if self._waiting:
            if (time.monotonic() - self._given_at[self._waiting[0]]) * 1e3 >= PACE_MS:
                self._give()
            self._wait()

    def _wait(self) -> None:
        self._timer.stop()
        if self._waiting:
            self._timer.start()

    def _give(self) -> None:
        panel = self._waiting.pop(0)
        self._given_at[panel] = time.monotonic()
        panel.show_traces(self._traces)
        self.given.emit(panel)
