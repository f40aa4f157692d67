"""The strokes drawn once more as they were, while the network reads along."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from rnn_desk.app.actions import draw
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.pace import Pace, pace_of
from rnn_desk.core.picture import Picture
from rnn_desk.qt.adapter import QtStore

TICK_MS = 16


class StrokePlayer(QObject):
    """Shows the drawing as it stood at each moment, through the store, as a pen would.

    It stops where anything else is done to the drawing.
    """

    changed = Signal()
    """It began, paused, went on, or is over."""

    def __init__(self, store: QtStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._pace: Pace | None = None
        self._second = 0.0
        self._shown: Drawing | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(lambda: self.advance(self._clock.restart() / 1000))
        store.canvas_changed.connect(self._drawing_changed)

    @property
    def running(self) -> bool:
        """Whether it moves just now."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Begin, pause, or go on. Raises Refused where there are no strokes, but a picture."""
        if self.running:
            self._timer.stop()
        else:
            if self._pace is None:
                whole = self._store.state.canvas.finished
                if isinstance(whole, Picture):
                    self.changed.emit()  # its button comes up again
                    raise Refused(
                        "A picture has no strokes to replay: draw a digit, or open a drawing"
                    )
                if not whole.strokes or self._store.state.canvas.pen_is_down:
                    return
                self._pace, self._second = pace_of(whole), 0.0
                self._show(self._pace.at(0.0))
            self._clock.start()
            self._timer.start()
        self.changed.emit()

    def advance(self, seconds: float) -> None:
        """So much time has passed."""
        if self._pace is None:
            return
        self._second += seconds
        if self._second >= self._pace.length:
            self.stop()
        else:
            self._show(self._pace.at(self._second))

    def stop(self) -> None:
        """It is over; the whole drawing is shown."""
        if self._pace is not None:
            self._end()
            self._store.do(draw.replay, None)

    def _show(self, drawing: Drawing) -> None:
        self._shown = drawing
        self._store.do(draw.replay, drawing)

    def _drawing_changed(self) -> None:
        if self._pace is not None and self._store.state.canvas.replayed is not self._shown:
            self._end()

    def _end(self) -> None:
        self._pace = self._shown = None
        self._timer.stop()
        self.changed.emit()
