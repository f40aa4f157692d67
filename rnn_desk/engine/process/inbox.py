"""What an engine process was asked and has not yet begun: the newest live request of each slot
first, then all else in order."""

from __future__ import annotations

from collections import deque
from threading import Condition

from rnn_desk.core.errors import Refused
from rnn_desk.protocol.answers import Cause, Failed
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Ask, Cancel, Keep, ToEngine


class Inbox:
    """Filled by the thread that listens, emptied by the one that works."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._live: dict[str, Ask] = {}
        self._long: deque[Ask] = deque()
        self._begun: set[int] = set()
        self._cancelled: set[int] = set()
        self._dropped: list[Failed] = []
        self.kept: tuple[ModelRef, ...] | None = None
        """The models that may still be asked of; None until that was said."""

    def put(self, message: ToEngine) -> None:
        """Take a message in."""
        with self._changed:
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
            self._changed.notify()

    def take_live(self) -> Ask | None:
        """The next live request, if one is waiting."""
        if not self._live:  # asked often: no lock is needed to see that there is none
            return None
        with self._changed:
            slot = next(iter(self._live), None)
            return None if slot is None else self._begin(self._live.pop(slot))

    def take(self) -> Ask | None:
        """Wait for a request, and take it; None where something was dropped and is to be said."""
        with self._changed:
            self._changed.wait_for(lambda: self._live or self._long or self._dropped)
            if self._live:
                return self._begin(self._live.pop(next(iter(self._live))))
            return self._begin(self._long.popleft()) if self._long else None

    def dropped(self) -> list[Failed]:
        """The answers to what was replaced or cancelled before it began."""
        if not self._dropped:
            return []
        with self._changed:
            dropped, self._dropped = self._dropped, []
            return dropped

    def is_cancelled(self, number: int) -> bool:
        """Whether the answer of that number is not wanted any more."""
        return number in self._cancelled

    def forget(self, number: int) -> None:
        """It has been answered."""
        with self._changed:
            self._begun.discard(number)
            self._cancelled.discard(number)

    def _begin(self, ask: Ask) -> Ask:
        self._begun.add(ask.number)
        return ask

    def _drop(self, ask: Ask) -> None:
        self._dropped.append(Failed(ask.number, Cause.CANCELLED, Refused("it was stopped")))
