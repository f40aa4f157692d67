"""How a model reads the reference digits, and under which pens it does not: plain numbers."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.alphabet import class_of
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.picture import Original
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

    drawing: Original = field(repr=False)
    label: str
    said: str
    sure: float
    truth: float


@frozen(eq=False)
class Right:
    """A digit that was read rightly: as which class, by its name."""

    drawing: Original = field(repr=False)
    label: str
    said: str


@frozen(eq=False)
class Report:
    """How a model reads drawings whose labels are known: the reference digits, or others.

    labels: the model's classes. conditions: as they are first, then drawn otherwise. confusion:
    `[labels, labels]`, how often the digit of the row was taken for that of the column. readings:
    the ways of feeding that were tried, empty for a model with a card. missed: the surest errors
    first. right: the others. of: what the drawings are, where they are not the reference ones.
    """

    model: str
    labels: tuple[str, ...]
    count: int
    conditions: tuple[Condition, ...]
    confusion: NDArray[np.int64] = field(repr=False)
    missed: tuple[Missed, ...]
    readings: tuple[Tried, ...] = ()
    right: tuple[Right, ...] = ()
    of: str = ""

    def in_cell(self, row: int, column: int) -> tuple[Missed | Right, ...]:
        """The digits that a cell of the confusion counts."""
        digits: tuple[Missed | Right, ...] = (*self.missed, *self.right)
        return tuple(
            each
            for each in digits
            if class_of(each.label, self.labels) == row
            and (row if isinstance(each, Right) else class_of(each.said, self.labels)) == column
        )
