"""Does something with the newest of many values, on a thread of its own, and not too often."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Hands the newest value to a function, at most once in so many seconds; those that came
    between are dropped."""

    def __init__(self, act: Callable[[T], object], gap: float) -> None:
        self._act = act
        self._gap = gap
        self._change = threading.Condition()
        self._waiting: list[T] = []
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="newest", daemon=True)

    def give(self, value: T) -> None:
        """Have this one taken next; returns at once."""
        with self._change:
            self._waiting = [value]
            self._change.notify()
            if self._thread.ident is None and not self._closed:
                self._thread.start()

    def close(self) -> None:
        """Wait for what is under way; what still waits is dropped."""
        with self._change:
            self._closed = True
            self._change.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while (value := self._taken()) is not None:
            self._act(value[0])
            with self._change:
                self._change.wait_for(lambda: self._closed, self._gap)

    def _taken(self) -> list[T] | None:
        """The newest value, waited for; None when it is closed."""
        with self._change:
            self._change.wait_for(lambda: self._closed or bool(self._waiting))
            taken, self._waiting = self._waiting, []
            return None if self._closed else taken
