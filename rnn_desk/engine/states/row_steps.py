"""After which step of a recurrent layer each row of the picture has been read, found by trying.

A layer need not take one step a row: a step may be several rows, rows may be cut off or added
within the network, or be mixed by a convolution before it. So each row is changed, and looked at
which of the states change first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array

UNREAD = -1
"""In place of a step: nothing has been read yet."""

_FEWEST = 3
"""Steps that different rows must end at."""


def ends_of_rows(
    states: Callable[[Array], NDArray[np.float32]], side: int, reverse: bool
) -> tuple[tuple[int, ...], bool] | None:
    """The step `[side]` after which each row, or column, has been read, as the states lie, and
    whether they are columns; None where they run along neither.

    states: of a picture `[side, side]`, `[steps, units]`. reverse: the last step is read first.
    """
    grey = np.random.default_rng(0).uniform(0.2, 0.8, (side, side)).astype(np.float32)
    plain = states(grey)
    found = []
    for across in (False, True):
        first: list[int | None] = []
        for row in range(side):
            picture = grey.T.copy() if across else grey.copy()
            picture[row] = 1 - picture[row]
            changed = (states(picture.T if across else picture) != plain).any(axis=1)
            places = np.flatnonzero(changed[::-1] if reverse else changed)
            first.append(int(places[0]) if len(places) else None)
        ends = _ends(first[::-1] if reverse else first, len(plain))
        if ends is not None and reverse:
            ends = [UNREAD if end == UNREAD else len(plain) - 1 - end for end in ends[::-1]]
        if ends is not None and len(set(ends)) >= _FEWEST:
            found.append((tuple(ends), across))
    return max(found, key=lambda each: len(set(each[0])), default=None)


def _ends(first: Sequence[int | None], steps: int) -> list[int] | None:
    """From the first step that each row changes, in the order of reading, the last one that it is
    read by; None where later rows are not read later."""
    read = [step for step in first if step is not None]
    if read != sorted(read):
        return None
    ends: list[int] = []
    left = list(read)
    for step in first:
        if step is None:
            ends.append(ends[-1] if ends else UNREAD)
            continue
        left.pop(0)
        ends.append(max(step, left[0] - 1) if left else steps - 1)
    return ends
