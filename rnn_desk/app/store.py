"""Keeps the newest state, and tells of each change."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from rnn_desk.app.state import AppState

P = ParamSpec("P")

Action = Callable[Concatenate[AppState, P], AppState]
"""Makes the next state of the one that is; it does nothing else."""

Listener = Callable[[AppState, AppState], None]
"""Is told of the state before a change, and the state after it."""


class Store:
    """Does one action after the other. Used on one thread."""

    def __init__(self, state: AppState) -> None:
        self.state = state
        self._listeners: list[Listener] = []
        self._untold: deque[tuple[AppState, AppState]] = deque()
        self._telling = False

    def listen(self, listener: Listener) -> None:
        """Tell this listener of every change from now on."""
        self._listeners.append(listener)

    def do(self, action: Action[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do an action; `state` is the next one at once, or the same as before if they are equal.

        Listeners are told of changes one after the other: of what a listener does, when all have
        been told of what it was told of.
        """
        before = self.state
        after = action(before, *args, **kwargs)
        if after == before:
            return
        self.state = after
        self._untold.append((before, after))
        if self._telling:
            return
        self._telling = True
        try:
            while self._untold:
                change = self._untold.popleft()
                for listener in tuple(self._listeners):
                    listener(*change)
        finally:
            self._telling = False
