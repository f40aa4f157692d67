"""What lies on the canvas and the experiment done on it, with their past: undo, redo, the stroke
being made."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Original

MAX_PAST = 500
"""Steps that can be undone."""

Step = tuple[Original, Experiment]
"""What lay on the canvas, and what was done to it."""


@dataclass(frozen=True, eq=False)
class Past:
    """The steps that can be taken back, and those that can be made again; the next one is last."""

    undone_next: tuple[Step, ...] = ()
    redone_next: tuple[Step, ...] = ()

    def with_step(self, drawing: Original, experiment: Experiment) -> Past:
        """This was there since; what was undone before it cannot be made again."""
        return Past((*self.undone_next[1 - MAX_PAST :], (drawing, experiment)))


NOTHING_BEFORE = Past()
"""There is nothing to take back, or to make again."""


class Document(QObject):
    """Holds the current Original and Experiment; every change of one is announced with all of it.

    The Original is a Drawing for the most part, and hence called so here; or a Picture, which the
    pen's next stroke replaces. A step of undo is a finished stroke, a clearing, a file that was
    opened, or something done in the lab.
    """

    changed = Signal(object)
    """An Original: what is on the canvas now, the stroke being made included."""
    tried = Signal(object)
    """An Experiment: what is done to the picture and the network now."""
    stepped = Signal()
    """There are other steps to take back, or to make again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past = NOTHING_BEFORE
        self._done: Original = Drawing()
        self._experiment = Experiment()
        self._turning = ""
        self._live: Stroke | None = None
        self._waiting: Original | None = None
        self._replayed: Drawing | None = None

    @property
    def drawing(self) -> Original:
        """What is on the canvas, the stroke being made included, or what is replayed of it."""
        if self._replayed is not None:
            return self._replayed
        return self._done if self._live is None else self._done.with_stroke(self._live)

    @property
    def finished(self) -> Original:
        """What is on the canvas without the stroke being made."""
        return self._done

    @property
    def pen_is_down(self) -> bool:
        """Whether a stroke is being made."""
        return self._live is not None

    @property
    def experiment(self) -> Experiment:
        """What is done in the lab."""
        return self._experiment

    @property
    def past(self) -> Past:
        """How it came to be as it is."""
        return self._past

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past.undone_next)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and can be made again."""
        return bool(self._past.redone_next)

    def replay(self, drawing: Drawing | None) -> None:
        """Show this in place of what is on the canvas, for a while; None ends that.

        It is no step: whatever is done next is done to what was there, which is then shown again.
        """
        if self._replayed is not drawing:
            self._replayed = drawing
            self.changed.emit(self.drawing)

    def show_live(self, stroke: Stroke) -> None:
        """The pen is down: this is its stroke so far."""
        self._replayed = None
        self._live = stroke
        self.changed.emit(self.drawing)

    def finish(self) -> None:
        """The pen is up: the stroke so far becomes a step."""
        if self._live is not None:
            stroke, self._live = self._live, None
            self.replace(self._done.with_stroke(stroke))
            self._lay_waiting()

    def abandon(self) -> None:
        """The stroke so far is not wanted (the touch was cancelled)."""
        if self._live is not None:
            self._live = None
            self.changed.emit(self.drawing)
            self._lay_waiting()

    def replace(self, drawing: Original) -> None:
        """Put another one on the canvas, as a step that can be undone: at once, or as soon as the
        stroke that is being made is done."""
        if self._live is not None:
            self._waiting = drawing
            return
        self._replayed = None
        self._remember()
        self._done = drawing
        self.changed.emit(drawing)

    def set_up(self, drawing: Original, experiment: Experiment, past: Past) -> None:
        """Put a drawing on the canvas, do this in the lab, and have it come to be so: it is no step
        of what was there, and cannot be taken back further than `past` goes."""
        self.replay(None)
        self._waiting = None
        self.abandon()
        self._take((drawing, experiment))
        self._set_past(past)

    def try_out(self, experiment: Experiment, turning: str = "") -> None:
        """Do this in the lab, as a step that can be undone.

        turning: which control is being turned, if one is; while it goes on being turned, and
        nothing else happens, all of it is one step.
        """
        if experiment == self._experiment:
            return
        if not turning or turning != self._turning:
            self._remember()
        self._turning = turning
        self._experiment = experiment
        self.tried.emit(experiment)

    def clear(self) -> None:
        """Empty the canvas, if there is anything on it."""
        self.replay(None)
        if not self.drawing.is_empty:
            self._live = None
            self.replace(Drawing())
            self._lay_waiting()

    def undo(self) -> None:
        """Take the last step back."""
        self.replay(None)
        if self._live is not None:
            self.abandon()
        elif self.can_undo:
            *before, step = self._past.undone_next
            now = self._done, self._experiment
            self._take(step)
            self._set_past(Past(tuple(before), (*self._past.redone_next, now)))

    def redo(self) -> None:
        """Make the last undone step again."""
        self.replay(None)
        if self.can_redo and self._live is None:
            *after, step = self._past.redone_next
            now = self._done, self._experiment
            self._take(step)
            self._set_past(Past((*self._past.undone_next, now), tuple(after)))

    def _lay_waiting(self) -> None:
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.replace(waiting)

    def _remember(self) -> None:
        """What is now can be gone back to; what was undone cannot be made again."""
        self._set_past(self._past.with_step(self._done, self._experiment))
        self._turning = ""

    def _set_past(self, past: Past) -> None:
        self._past = past
        self.stepped.emit()

    def _take(self, step: Step) -> None:
        """Be as at that step."""
        before = self._done, self._experiment
        self._done, self._experiment = step
        self._turning = ""
        if self._done is not before[0]:
            self.changed.emit(self._done)
        if self._experiment != before[1]:
            self.tried.emit(self._experiment)
