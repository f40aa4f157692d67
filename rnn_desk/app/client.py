"""The engine without a window: ask, and wait for the answer."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rnn_desk.app.engines import Engines
from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Answered, Failure, OnTheWay, Outcome, PartOf
from rnn_desk.app.requests import Open, Opened, Request
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.model import ModelRef

_GLANCE = 0.5
"""Seconds after which a wait is begun anew, so that Ctrl+C is heard on every system."""


class Unanswered(Refused):
    """There is no answer. cause: why, as far as it decides what is done next."""

    cause = Cause.REFUSED

    @classmethod
    def of(cls, failure: Failure) -> Unanswered:
        """What is raised for that failure."""
        refusal = cls(failure.why.template, **failure.why.fields)
        refusal.cause = failure.cause
        return refusal


def _nothing(_: Any) -> None:
    """Tell nobody."""


class Client:
    """Engine processes for as long as the block lasts, asked one thing at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._outcomes: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
        self._engines = Engines(lambda *heard: self._outcomes.put(heard), limits=limits)
        self._numbers = count(1)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        self._engines.close()

    def call(
        self,
        request: Request,
        tell: Callable[[str], None] = _nothing,
        part: Callable[[Any], None] = _nothing,
    ) -> Any:
        """The answer. Raises Unanswered.

        tell: hears what is being done, by a stage's name. part: gets each part of the answer.
        """
        number = next(self._numbers)
        self._engines.ask(number, "call", request)
        while True:
            try:
                heard, outcome = self._outcomes.get(timeout=_GLANCE)
            except queue.Empty:
                continue
            if heard != number:
                continue
            match outcome:
                case Answered(value=value):
                    return value
                case PartOf(value=value):
                    part(value)
                case OnTheWay(stage=stage):
                    tell(stage)
                case Failure():
                    raise Unanswered.of(outcome)

    def open(
        self,
        path: Path,
        device: str = CPU_NAME,
        chosen: Mapping[str, ByHand] = MappingProxyType({}),
        speeds: Mapping[str, float | None] = MappingProxyType({}),
    ) -> Opened:
        """A model on the device of that name. Raises Unanswered."""
        opened: Opened = self.call(Open(ModelRef(str(path), device=device), chosen, speeds))
        return opened
