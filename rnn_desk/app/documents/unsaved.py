"""Which file has what lies on the desk, and whether something would be lost without the program.

What a person makes is a drawing, with strokes of their own on it; and of a desk that has a file
too, its experiment and its choice of models. To look at rows, units and views makes nothing.
"""

from __future__ import annotations

from pathlib import Path
from weakref import WeakKeyDictionary, WeakSet

from rnn_desk.app.state import AppState
from rnn_desk.app.values import ModelChoice
from rnn_desk.core.frozen import frozen
from rnn_desk.core.picture import Original, Picture


@frozen
class InFile:
    """The file that a desk is in, or else the drawing on it.

    changed: whether something that a person made since is not in it.
    """

    path: Path
    is_desk: bool
    changed: bool = False


class Unsaved:
    """Follows the state from change to change.

    Whether a drawing is in a file is known by the drawing: undo brings back one that is, or is not.
    """

    def __init__(self) -> None:
        self._own: WeakSet[Original] = WeakSet()
        self._files: WeakKeyDictionary[Original, Path] = WeakKeyDictionary()
        self._desk: Path | None = None
        self._made: tuple[object, ...] = ()

    def notice(self, before: AppState, after: AppState) -> None:
        """The state has changed."""
        then, now = before.canvas, after.canvas
        self._same_file(then.finished, now.finished)
        if then.live is None or now.live is not None:
            return
        # A finished stroke may have given way to something else in the same moment.
        for drawing in (now.finished, *(drawing for drawing, _ in after.past.undone_next[-2:])):
            if drawing.strokes and drawing.strokes[-1] is then.live:
                self._own.add(drawing)
                path = self._files.get(then.finished)
                if path is not None and then.finished.strokes:  # on a picture, a new sheet begins
                    self._files[drawing] = path

    def _same_file(self, then: Original, now: Original) -> None:
        """A picture of which another place is read is still the one of its file."""
        if now is then or not (isinstance(then, Picture) and isinstance(now, Picture)):
            return
        path = self._files.get(then)
        if path is not None and now.grey is then.grey:
            self._files.setdefault(now, path)

    def is_own(self, drawing: Original) -> None:
        """A person made it, and no file has it, as after a crash."""
        self._own.add(drawing)

    def is_in(self, path: Path, drawing: Original) -> None:
        """A drawing was read from this file, or written to it."""
        self._files[drawing] = path
        self._own.discard(drawing)

    def desk_is_in(self, path: Path, state: AppState) -> None:
        """The desk was read from this file, or written to it, as in this state."""
        self._desk, self._made = path, _made(_desk(state))

    def in_file(self, state: AppState) -> InFile | None:
        """What `was_in` takes to know as much of this state again, after a crash."""
        path = self.file(state)
        if path is None:
            return None
        return InFile(path, self._desk is not None, self.something(state))

    def was_in(self, told: InFile, state: AppState) -> None:
        """The desk of this state, or the drawing on it, is in that file, but for what was changed
        since."""
        if not told.is_desk:
            self._files[_desk(state).canvas.finished] = told.path
        elif told.changed:
            self._desk, self._made = told.path, ()
        else:
            self.desk_is_in(told.path, state)
        if not told.changed:
            self._own.discard(_desk(state).canvas.finished)

    @property
    def desk(self) -> Path | None:
        """The file of the desk, if it has one."""
        return self._desk

    def file(self, state: AppState) -> Path | None:
        """The file of the desk, or of the drawing that lies on it, if there is one."""
        return self._desk or self._files.get(_desk(state).canvas.finished)

    def something(self, state: AppState) -> bool:
        """Whether something that a person made would be lost."""
        desk = _desk(state)
        if self._desk is not None:
            return _made(desk) != self._made
        return desk.canvas.pen_is_down or desk.canvas.finished in self._own


def _desk(state: AppState) -> AppState:
    """What is there without the lesson that is given, if one is."""
    return state.teaching.before or state


def _made(state: AppState) -> tuple[object, ...]:
    """What of a desk a person made; canvases are compared by what lies on them."""
    models = state.models
    return state.canvas.finished, state.lab, _path(models.first), _path(models.second)


def _path(choice: ModelChoice | None) -> str | None:
    return None if choice is None else choice.path
