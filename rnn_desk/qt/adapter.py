"""The store, as Qt has it: each change of a part of the state is a signal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import ParamSpec

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.actions import point
from rnn_desk.app.state import AppState
from rnn_desk.app.store import Action, Listener, Store

P = ParamSpec("P")


class QtStore(QObject):
    """Owns the store. A receiver of a signal finds the whole of the new state in `state`."""

    canvas_changed = Signal()
    lab_changed = Signal()
    pointed_changed = Signal()
    views_changed = Signal()
    writing_changed = Signal()
    look_changed = Signal()
    personal_changed = Signal()
    collecting_changed = Signal()
    authoring_changed = Signal()
    teaching_changed = Signal()

    def __init__(self, state: AppState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = Store(state)
        self._store.listen(self._tell)

    @property
    def state(self) -> AppState:
        """What is shown now."""
        return self._store.state

    def listen(self, listener: Listener) -> None:
        """Tell this one of every change, with the state before it and the one after it."""
        self._store.listen(listener)

    def do(self, action: Action[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do an action; see `app.store.Store.do`."""
        self._store.do(action, *args, **kwargs)

    def doing(self, action: Action[P]) -> Callable[P, None]:
        """Make a command that does this action, for a signal or a menu."""

        def act(*args: P.args, **kwargs: P.kwargs) -> None:
            self.do(action, *args, **kwargs)

        return act

    @contextmanager
    def looking_at(self, row: int | None) -> Iterator[None]:
        """Look at this row, or at none, whatever is pinned or hovered; then as before."""
        before = self.state.pointed
        self.do(point.look_at, replace(before, stays=row, hovered=None))
        try:
            yield
        finally:
            self.do(point.look_at, before)

    def _tell(self, before: AppState, after: AppState) -> None:
        for changed, signal in (
            (before.canvas != after.canvas, self.canvas_changed),
            (before.lab != after.lab, self.lab_changed),
            (before.pointed != after.pointed, self.pointed_changed),
            (before.views != after.views, self.views_changed),
            (before.writing != after.writing, self.writing_changed),
            (before.look != after.look, self.look_changed),
            (before.personal != after.personal, self.personal_changed),
            (before.collecting != after.collecting, self.collecting_changed),
            (before.authoring != after.authoring, self.authoring_changed),
            (before.teaching != after.teaching, self.teaching_changed),
        ):
            if changed:
                signal.emit()
