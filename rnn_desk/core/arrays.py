"""Arrays by the type of their numbers: names for whoever reads, and for the type checker.

At run time they are none of NumPy's, so that NumPy, which takes nearly as long to load as Qt, need
not be there for a signature (`rnn_desk.late`).
"""

from __future__ import annotations

from abc import ABC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray as NDArray

    Array = NDArray[np.float32]
    Floats = NDArray[np.float64]
    Order = NDArray[np.intp]
else:
    NDArray = Floats = Order = Any

    class Array(ABC):  # noqa: B024  for `register` alone
        """In what crosses between the processes, which is checked as it says."""


def is_array(kind: object) -> bool:
    """Whether an annotation that was read at run time is `Array`."""
    return kind is Array


def register(kind: type) -> None:
    """Have values of NumPy's class pass for an `Array` where its annotation is checked."""
    if not TYPE_CHECKING:
        Array.register(kind)
