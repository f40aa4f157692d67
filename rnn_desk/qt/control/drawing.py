"""What is done to the drawing: drawn and erased, taken back, replayed, or put there ready-made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.app.actions import draw
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.state.reference_digits import ReferenceDigits
from rnn_desk.qt.state.replay import StrokePlayer
from rnn_desk.qt.window.canvas_panel import CanvasPanel
from rnn_desk.qt.work.background import Background


class DrawingControl(Control):
    """Replays the strokes, and puts reference digits on the canvas."""

    def __init__(
        self,
        store: QtStore,
        player: StrokePlayer,
        canvas: CanvasPanel,
        background: Background,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._player = player
        self._background = background
        self._digits = ReferenceDigits()
        player.changed.connect(lambda: actions["replay"].setChecked(player.running))
        canvas.canvas.refused.connect(self.refused)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "replay": lambda: self.try_to(self._player.toggle),
            "next_digit": self._next_digit,
        }

    def _next_digit(self) -> None:
        self._background.do(self._digits.next, self._store.doing(draw.lay))
