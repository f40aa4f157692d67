"""How a model reads the reference digits, and under which pens it does not: plain numbers."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.findings import Tried


@frozen
class Condition:
    """One way of drawing, and the part 0..1 of the reference digits that is read right so.

    The name is a Refused for its template alone: those can be said in any language.
    """

    name: Refused
    part: float


@frozen(eq=False)
class Missed:
    """A digit that was read wrongly: what was said, and the probabilities of that and the truth."""

    drawing: Drawing = field(repr=False)
    label: str
    said: str
    sure: float
    truth: float


@frozen(eq=False)
class Report:
    """How a model reads the reference digits.

    conditions: as they are first, then drawn otherwise. confusion: `[labels, labels]`, how often
    the digit of the row was taken for that of the column. readings: the ways of feeding that were
    tried, empty for a model with a card. missed: the surest errors first.
    """

    model: str
    labels: tuple[str, ...]
    count: int
    conditions: tuple[Condition, ...]
    confusion: NDArray[np.int64] = field(repr=False)
    missed: tuple[Missed, ...]
    readings: tuple[Tried, ...] = ()
