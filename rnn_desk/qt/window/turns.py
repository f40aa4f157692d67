"""Panels that take turns: while a pen moves, a reading is soon followed by the next one, and to
paint each in full would keep the pen waiting."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from rnn_desk.core.trace import Trace
from rnn_desk.qt.views.panel import Panel

PACE_MS = 28
"""Milliseconds between two readings that a panel shows, at the least; the eye follows no more."""


When = Literal["at once", "next", "in turn"]
"""When panels are to show a reading: all in the next painting; one after the other, one a painting;
or so, and each at its pace."""


class Turns(QObject):
    """Gives the newest reading to the panel that has waited longest, one a painting and while the
    next reading is made; what is left is given soon after the pen rests.

    While the pen moves, what a panel has to work out is made ready first, and shown when what the
    pen did meanwhile has been heard: it waits less for either.
    """

    chosen = Signal(object)
    """The panel that will be given the newest reading next."""
    given = Signal(object)
    """The panel that has just been given what was chosen for it."""

    def __init__(self, panels: Sequence[Panel], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given_at = dict.fromkeys(panels, 0.0)
        self._waiting: list[Panel] = []
        self._traces: tuple[Trace, ...] = ()
        self._next: tuple[Panel, tuple[Trace, ...]] | None = None
        self._pace_ms = PACE_MS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go_on)

    @property
    def over(self) -> bool:
        """Whether every panel has the newest reading."""
        return not self._waiting and self._next is None

    def show(self, traces: tuple[Trace, ...], when: When) -> None:
        """This is the newest reading."""
        self._traces = traces
        self._waiting += [panel for panel in self._given_at if panel not in self._waiting]
        self._pace_ms = PACE_MS if when == "in turn" else 0
        if when != "in turn":
            self._next = None
        while when == "at once" and self._waiting:
            self._choose()
            self._give()
        self._wait()

    def go_on(self) -> None:
        """Give it to the first that waits, if its time has come."""
        if self._next is not None:
            self._give()
        elif self._waiting and self._is_due(self._waiting[0]):
            self._choose()
            if not self._pace_ms:
                self._give()
        self._wait()

    def _is_due(self, panel: Panel) -> bool:
        return (time.monotonic() - self._given_at[panel]) * 1e3 >= self._pace_ms

    def _wait(self) -> None:
        self._timer.stop()
        if not self.over:
            self._timer.start(0 if self._next is not None else self._pace_ms)

    def _choose(self) -> None:
        panel = self._waiting.pop(0)
        self._next = panel, self._traces
        panel.prepare(self._traces)
        self.chosen.emit(panel)

    def _give(self) -> None:
        assert self._next is not None
        (panel, traces), self._next = self._next, None
        self._given_at[panel] = time.monotonic()
        panel.show_traces(traces)
        self.given.emit(panel)
