"""Whether a written digit's loops are closed: paper that ink lies all around."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import Array, NDArray

LEAST = 3
"""Pixels of paper that make a loop; fewer are a gap in a stroke."""


def loops(picture: Array) -> int:
    """How many loops a picture `[side, side]` of 0 paper and 1 ink closes.

    Paper goes on to the sides, up and down; ink also across corners, as a stroke may be thin there.
    """
    paper = np.pad(picture <= 0, 1, constant_values=True)
    outside = _filled(paper, (0, 0))
    left, found = paper & ~outside, 0
    while left.any():
        first = np.unravel_index(int(left.argmax()), left.shape)
        hole = _filled(left, (int(first[0]), int(first[1])))
        found += int(hole.sum()) >= LEAST
        left &= ~hole
    return found


def _filled(within: NDArray[np.bool_], seed: tuple[int, int]) -> NDArray[np.bool_]:
    """What can be reached from there without leaving `within`."""
    reached = np.zeros_like(within)
    reached[seed] = True
    while True:
        wider = reached.copy()
        wider[1:] |= reached[:-1]
        wider[:-1] |= reached[1:]
        wider[:, 1:] |= reached[:, :-1]
        wider[:, :-1] |= reached[:, 1:]
        wider &= within
        if (wider == reached).all():
            return reached
        reached = wider
