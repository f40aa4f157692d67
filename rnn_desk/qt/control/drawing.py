"""What is done to the drawing: drawn and erased, taken back, replayed, or put there ready-made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.app.actions import choose, draw
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.look.words import tr
from rnn_desk.qt.state.reference_digits import ReferenceDigits
from rnn_desk.qt.state.replay import StrokePlayer
from rnn_desk.qt.window.canvas_panel import CanvasPanel
from rnn_desk.qt.work.background import Background


class DrawingControl(Control):
    """The commands of the canvas, and which of them there is something for."""

    def __init__(
        self,
        store: QtStore,
        player: StrokePlayer,
        canvas: CanvasPanel,
        say: Callable[[str], None],
        background: Background,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        """say: in passing, what is to be done first."""
        super().__init__(parent)
        self._store = store
        self._player = player
        self._canvas = canvas
        self._say = say
        self._background = background
        self._actions = actions
        self._digits = ReferenceDigits()
        store.canvas_changed.connect(self._set_actions)
        store.past_changed.connect(self._set_actions)
        player.changed.connect(self._set_actions)
        canvas.canvas.refused.connect(self.refused)
        self._set_actions()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "undo": self._store.doing(draw.undo),
            "redo": lambda: self._with_pen_up(self._store.doing(draw.redo)),
            "clear": self._store.doing(draw.clear),
            "pen": lambda: self._store.do(choose.tool, "ink"),
            "eraser": lambda: self._store.do(choose.tool, "eraser"),
            "replay": lambda: self._with_pen_up(self._player.toggle),
            "next_digit": self._next_digit,
        }

    def _with_pen_up(self, act: Callable[[], object]) -> None:
        """Do this, unless a stroke is being made."""
        if self._store.state.canvas.pen_is_down:
            self._set_actions()  # Qt has checked the one that was chosen
            self._say(tr("Lift the pen first: a stroke is being drawn"))
        else:
            self.try_to(act)

    def _next_digit(self) -> None:
        self._background.do(self._digits.next, self._store.doing(draw.put))

    def _set_actions(self, *_: object) -> None:
        finished = not self._store.state.canvas.finished.is_empty
        for name, enabled in (
            ("undo", self._store.state.past.can_undo),
            ("redo", self._store.state.past.can_redo),
            ("clear", not self._store.state.canvas.shown.is_empty),
            ("save_drawing", finished),
            ("replay", finished),
        ):
            self._actions[name].setEnabled(enabled)
        self._actions["replay"].setChecked(self._player.running)
