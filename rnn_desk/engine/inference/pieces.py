"""Long work in pieces, so that something else can be done between two of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Literal

from rnn_desk.core.arrays import Array

BATCH = 256
"""Pictures in one run when many are read and nothing else waits."""

PIECE_SECONDS = 0.01
"""How long a piece is to take at the most: a stroke of the pen that comes then waits for it."""

_FIRST = 4
"""Pictures in the first piece, from whose time the next ones' number follows."""

Between = Callable[[], None]
"""Does what else is to be done, and comes back; raises what ends the work."""


def nothing() -> None:
    """There is nothing to be done between two pieces: let them be as large as is quickest."""


def in_pieces(pixels: Array, fixed: int | Literal["free"], between: Between) -> Iterator[Array]:
    """Pictures `[n, side, side]`, so many at a time as one piece of the work may take.

    fixed: how many a model takes in one run, "free" where any number will do.
    """
    size = fixed if fixed != "free" else BATCH if between is nothing else _FIRST
    first = 0
    while first < len(pixels):
        began = time.perf_counter()
        part = pixels[first : first + size]
        yield part
        first += len(part)
        if between is nothing:
            continue
        if fixed == "free":
            taken = max(time.perf_counter() - began, 1e-6)
            size = max(1, min(BATCH, 2 * size, int(len(part) * PIECE_SECONDS / taken)))
        between()
