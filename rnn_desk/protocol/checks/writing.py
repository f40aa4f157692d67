"""What a network that writes has written, and what surprises it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.writing import Wish, WriterShape, WrittenRow
from rnn_desk.protocol import answers
from rnn_desk.protocol.checks.arrays import SURE, check_numbers, check_shape
from rnn_desk.protocol.sentences import ProtocolError


def rows_of(shape: WriterShape, wish: Wish, told: answers.RowsWritten) -> tuple[WrittenRow, ...]:
    """The rows. Raises ProtocolError and NotFinite."""
    rows = len(told.pixels)
    if not (told.first >= 0 and 0 < rows <= shape.side - told.first):
        raise ProtocolError("rows that are none")
    for array in (told.pixels, told.chances):
        check_shape(array, (rows, wish.count, shape.side))
    for array in (told.h, told.c):
        check_shape(array, (rows, wish.count, shape.units))
    check_numbers(told.chances, told.h, told.c)
    if not np.isin(told.pixels, (0, 1)).all() or not (told.chances >= 0).all():
        raise ProtocolError("pixels that are neither ink nor paper")
    if told.chances.max(initial=0) > SURE:
        raise ProtocolError("a probability that is none")
    parts = zip(told.pixels, told.chances, told.h, told.c, strict=True)
    return tuple(WrittenRow(told.first + k, *part) for k, part in enumerate(parts))


def surprise_of(count: int, side: int, told: answers.Surprised) -> NDArray[np.float32]:
    """Nats `[count, side, side]`. Raises ProtocolError and NotFinite."""
    check_shape(told.nats, (count, side, side))
    check_numbers(told.nats)
    return told.nats
