"""A mailbox of one slot: only the newest request is ever read."""

from __future__ import annotations

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds the newest letter; a new one replaces what was not yet taken. Safe between threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._letter: T | None = None
        self._closed = False

    def put(self, letter: T) -> None:
        """Leave a letter, in place of one that nobody has taken."""
        with self._changed:
            self._letter = letter
            self._changed.notify()

    def take(self) -> T | None:
        """Wait for a letter and take it; None once the mailbox is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._letter is not None)
            letter, self._letter = self._letter, None
            return None if self._closed else letter

    def close(self) -> None:
        """Let whoever waits go, and drop what was not taken."""
        with self._changed:
            self._closed = True
            self._letter = None
            self._changed.notify_all()
