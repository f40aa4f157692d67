"""What every check is made of: shapes, names, and numbers that are none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import one_line
from rnn_desk.protocol.sentences import ProtocolError

SURE = 1.001
"""The highest probability, as float32 adds it up."""


class NotFinite(Refused):
    """The model's answer to this picture is not a number; another picture may do."""


def check_name(name: str) -> None:
    """Raises ProtocolError where a name is longer than a line, or holds what no line does."""
    if name != one_line(name, 120):
        raise ProtocolError("a name that cannot be shown")


def check_shape(array: NDArray[np.float32], shape: tuple[int, ...]) -> None:
    """Raises ProtocolError where an array has another shape."""
    if array.shape != shape:
        raise ProtocolError(f"an array of {array.shape} where {shape} is due")


def check_numbers(*arrays: NDArray[np.float32]) -> None:
    """Raises NotFinite where weights have made something else of a picture."""
    if not all(np.isfinite(array).all() for array in arrays):
        raise NotFinite("its answer to a picture is not a number: its weights are damaged")
