"""What becomes of a request: an answer, a part of one, a word on the way, or why there is none."""

from __future__ import annotations

from typing import Any

from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.answers import Cause


@frozen(eq=False)
class Answered:
    """The answer, checked."""

    value: Any


@frozen(eq=False)
class PartOf:
    """A part of the answer; more come, and at last the whole."""

    value: Any


@frozen
class OnTheWay:
    """What is being done, by a stage's name."""

    stage: str


@frozen(eq=False)
class Failure:
    """There is no answer; kept as one until the request changes or a person tries again."""

    cause: Cause
    why: Refused

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody waits for it any more."""
        return self.cause is Cause.CANCELLED

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to say of it where an open model was asked: that it is lost is
        told of once, whoever asked it. Of one that is being opened, only its opener can tell."""
        return self.is_cancelled or self.cause is Cause.LOST


Outcome = Answered | PartOf | OnTheWay | Failure
