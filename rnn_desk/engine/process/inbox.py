"""What an engine process was asked and has not yet begun: the newest live request of each slot
first, then all else in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from rnn_desk.core.errors import Refused
from rnn_desk.protocol.answers import Cause, Failed
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Ask, Cancel, Keep, ToEngine

Hear = Callable[[bool], ToEngine | None]
"""Gives the next message; None where none has come, unless it is to be waited for."""


class Inbox:
    """Takes in what is heard whenever it is looked into."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._live: dict[str, Ask] = {}
        self._long: deque[Ask] = deque()
        self._begun: set[int] = set()
        self._cancelled: set[int] = set()
        self._dropped: list[Failed] = []
        self.kept: tuple[ModelRef, ...] | None = None
        """The models that may still be asked of; None until that was said."""

    def take_live(self) -> Ask | None:
        """The next live request, if one is waiting."""
        self._take_in()
        slot = next(iter(self._live), None)
        return None if slot is None else self._begin(self._live.pop(slot))

    def take(self) -> Ask | None:
        """Wait for a request, and take it; None where something was dropped and is to be said."""
        self._take_in()
        while not (self._live or self._long or self._dropped):
            self._take_in(wait=True)
        return self.take_live() or (self._begin(self._long.popleft()) if self._long else None)

    def dropped(self) -> list[Failed]:
        """The answers to what was replaced or cancelled before it began."""
        dropped, self._dropped = self._dropped, []
        return dropped

    def is_cancelled(self, number: int) -> bool:
        """Whether the answer of that number is not wanted any more."""
        return number in self._cancelled

    def forget(self, number: int) -> None:
        """It has been answered."""
        self._begun.discard(number)
        self._cancelled.discard(number)

    def _take_in(self, wait: bool = False) -> None:
        """Take in what has come. wait: for the first of it, if nothing has."""
        while (message := self._hear(wait)) is not None:
            self._put(message)
            wait = False

    def _put(self, message: ToEngine) -> None:
        match message:
            case Cancel(number=number):
                if number in self._begun:
                    self._cancelled.add(number)
                for ask in [a for a in self._long if a.number == number]:
                    self._long.remove(ask)
                    self._drop(ask)
                for slot in [s for s, a in self._live.items() if a.number == number]:
                    self._drop(self._live.pop(slot))
            case Keep(models=models):
                self.kept = models
            case Ask(live=True):
                if (before := self._live.pop(message.slot, None)) is not None:
                    self._drop(before)
                self._live[message.slot] = message
            case Ask():
                self._long.append(message)

    def _begin(self, ask: Ask) -> Ask:
        self._begun.add(ask.number)
        return ask

    def _drop(self, ask: Ask) -> None:
        self._dropped.append(Failed(ask.number, Cause.CANCELLED, Refused("it was stopped")))
