"""Which requests are wanted, one a slot, and the one rule by which their answers are taken.

An answer is taken if its request equals the wanted one in all but the moment, and its moment is not
older than what is shown; else it is dropped. A failure is an answer: it is kept until the request
changes or somebody tries again. Pacing is here alone: the newest request of a slot is sent when the
answer to the last one has arrived, and in a paced slot, has been painted: were it sent while that
is painted, what a pen draws meanwhile would not be in it.

Everything here runs on one thread; outcomes come in by `hear`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, Protocol

from rnn_desk.app.outcomes import Answered, Failure, OnTheWay, Outcome, PartOf
from rnn_desk.app.requests import Request
from rnn_desk.protocol.answers import Cause


class Engine(Protocol):
    """Answers requests, in whatever order; `Jobs.hear` is told of the outcomes."""

    def ask(self, number: int, slot: str, request: Request) -> None:
        """Send a request. Returns at once."""
        ...

    def cancel(self, number: int) -> None:
        """The answer of that number is not wanted any more."""
        ...


def _nobody(*_: Any) -> None:
    """Hear of it, and do nothing."""


class Slot:
    """One thing that is wanted of the engine at a time.

    answered, failed, progressed, part: called with the request, and what became of it. All of them
    are called only for what is still wanted.
    """

    def __init__(
        self,
        jobs: Jobs,
        name: str,
        answered: Callable[[Any, Any], None],
        failed: Callable[[Any, Failure], None] = _nobody,
        progressed: Callable[[Any, str], None] = _nobody,
        part: Callable[[Any, Any], None] = _nobody,
        paced: bool = False,
    ) -> None:
        self.name = name
        self.answered = answered
        self.failed = failed
        self.progressed = progressed
        self.part = part
        self.paced = paced
        self.wanted: Request | None = None
        self.outcome: Answered | Failure | None = None
        """What became of the newest request that was answered, while it is wanted."""
        self._answered = -1  # the moment of what `outcome` is of, -1 where there is none
        self._jobs = jobs
        self._sent: dict[int, Request] = {}
        self._newest = 0

    def want(self, request: Request | None) -> None:
        """This is wanted from now on, or nothing. What is wanted already is not asked for again."""
        before, self.wanted = self.wanted, request
        if request != before:
            self.outcome, self._answered = None, -1
            for number, sent in list(self._sent.items()):
                if request is None or not sent.outlasts:
                    del self._sent[number]
                    self._jobs.cancel(number)
        self._go_on()

    def want_anew(self, request: Request) -> None:
        """This is wanted from now on, and asked for whatever became of it before: cancelled where
        it is under way, and asked again where it was answered or failed."""
        self.want(None)
        self.want(request)

    @property
    def has_failed(self) -> bool:
        """Whether there is no answer to what is wanted, nor will be till somebody tries again."""
        return isinstance(self.outcome, Failure)

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come: nothing is wanted, or what came of it was handed on."""
        if self.wanted is None:
            return True
        return self._is_answered(self.wanted)

    def _is_answered(self, request: Request) -> bool:
        return self._answered >= request.moment

    def _go_on(self) -> None:
        """Send what is wanted, if neither it nor another one to the same model is under way."""
        wanted = self.wanted
        if wanted is None or self._is_answered(wanted):
            return
        if self.paced and not self._jobs.is_painted:
            return
        if not any(s == wanted or s.model is wanted.model for s in self._sent.values()):
            self._newest = self._jobs.number_for(self)
            self._sent[self._newest] = wanted  # before it is sent: what is heard may be heard now
            self._jobs.engine.ask(self._newest, self.name, wanted)

    def hear(self, number: int, outcome: Outcome) -> None:
        """This became of the request of that number."""
        request = self._sent[number]
        over = isinstance(outcome, Answered | Failure)
        if over:
            del self._sent[number]
        gave_way = _is_cancelled(outcome) and number < self._newest  # to a newer one
        if request == self.wanted and not gave_way:
            self._take(request, outcome)  # one is under way at a time, so none overtakes another
        self._go_on()

    def painted(self) -> None:
        """What was handed on last has been painted."""
        self._go_on()

    def _take(self, request: Request, outcome: Outcome) -> None:
        match outcome:
            case Answered():
                self.outcome, self._answered = outcome, request.moment
                self.answered(request, outcome.value)
            case Failure():
                self.outcome, self._answered = outcome, request.moment
                self.failed(request, outcome)
            case PartOf(value=value):
                self.part(request, value)
            case OnTheWay(stage=stage):
                self.progressed(request, stage)


def _is_cancelled(outcome: Outcome) -> bool:
    return isinstance(outcome, Failure) and outcome.cause is Cause.CANCELLED


class Jobs:
    """All slots. is_painted: whether what was handed on last has been painted."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_painted = True
        self._slots: list[Slot] = []
        self._numbers = count(1)
        self._asked_by: dict[int, Slot] = {}

    def slot(self, name: str, answered: Callable[[Any, Any], None], **others: Any) -> Slot:
        """A new slot of that name; see `Slot`."""
        slot = Slot(self, name, answered, **others)
        self._slots.append(slot)
        return slot

    def number_for(self, slot: Slot) -> int:
        """The number of the slot's next request, by which it hears of it."""
        number = next(self._numbers)
        self._asked_by[number] = slot
        return number

    def cancel(self, number: int) -> None:
        """Nobody wants to hear of that number any more."""
        del self._asked_by[number]
        self.engine.cancel(number)

    def hear(self, number: int, outcome: Outcome) -> None:
        """This became of the request of that number."""
        slot = self._asked_by.get(number)
        if slot is None:
            return
        if isinstance(outcome, Answered | Failure):
            del self._asked_by[number]
        slot.hear(number, outcome)

    def unpainted(self) -> None:
        """Something was handed on that is yet to be painted."""
        self.is_painted = False

    def painted(self) -> None:
        """What was handed on has been painted."""
        self.is_painted = True
        for slot in self._slots:
            slot.painted()

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come in any slot."""
        return all(slot.settled for slot in self._slots)

    def stop(self) -> None:
        """Want nothing any more."""
        for slot in self._slots:
            slot.want(None)
