"""The drawing on the canvas, with its past: undo, redo, and the stroke that is being made."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.drawing import Drawing, Stroke

MAX_PAST = 500
"""Steps that can be undone."""


class Document(QObject):
    """Holds the current Drawing; every change is announced with the whole new Drawing.

    A step of undo is a finished stroke, a clearing, or a drawing that was opened.
    """

    changed = Signal(object)
    """A Drawing: what is on the canvas now, the stroke being made included."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past: list[Drawing] = []
        self._future: list[Drawing] = []
        self._done = Drawing()
        self._live: Stroke | None = None

    @property
    def drawing(self) -> Drawing:
        """What is on the canvas, the stroke being made included."""
        return self._done if self._live is None else self._done.with_stroke(self._live)

    @property
    def finished(self) -> Drawing:
        """What is on the canvas without the stroke being made."""
        return self._done

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and can be made again."""
        return bool(self._future)

    def show_live(self, stroke: Stroke) -> None:
        """The pen is down: this is its stroke so far."""
        self._live = stroke
        self.changed.emit(self.drawing)

    def finish(self) -> None:
        """The pen is up: the stroke so far becomes a step."""
        if self._live is not None:
            stroke, self._live = self._live, None
            self.replace(self._done.with_stroke(stroke))

    def abandon(self) -> None:
        """The stroke so far is not wanted (the touch was cancelled)."""
        if self._live is not None:
            self._live = None
            self.changed.emit(self.drawing)

    def replace(self, drawing: Drawing) -> None:
        """Put another drawing on the canvas, as a step that can be undone."""
        self._live = None
        self._past = [*self._past[1 - MAX_PAST :], self._done]
        self._future.clear()
        self._done = drawing
        self.changed.emit(drawing)

    def clear(self) -> None:
        """Empty the canvas, if there is anything on it."""
        if self.drawing.strokes:
            self._live = None
            self.replace(Drawing())

    def undo(self) -> None:
        """Take the last step back."""
        if self._live is not None:
            self.abandon()
        elif self._past:
            self._future.append(self._done)
            self._done = self._past.pop()
            self.changed.emit(self._done)

    def redo(self) -> None:
        """Make the last undone step again."""
        if self._future and self._live is None:
            self._past.append(self._done)
            self._done = self._future.pop()
            self.changed.emit(self._done)
