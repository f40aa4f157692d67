"""Reading order: which digits stand in one line, however the paper lies, and line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import Box, Mask

_TILTS = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
"""Degrees by which lines may fall or rise, the likeliest first."""

_PENALTY = 0.01
"""Squared heights by which a tilt has to fit better, for each degree."""

_NEXT = 0.8
"""Of a digit's height: where so much lies between the middles of one digit and the next below,
another line begins."""

_ABOVE = 0.5
"""Of the narrower width: digits that have so much of it in common and are not side by side stand
above one another."""

_BESIDE = 0.3
"""Of the lower height: digits that have so much of it in common are side by side."""


@frozen(eq=False)
class _Lines:
    """Numbers of digits, line by line from top to bottom; how much digits are off their lines."""

    lines: tuple[NDArray[np.intp], ...]
    off: float


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """The numbers of the boxes line by line, and in each from left to right.

    A person writes above and below the line, and a camera is never held straight: a line is what
    has no two digits above one another, and of all tilts the one that needs the fewest lines is
    taken, of these the one that digits stand most evenly along.
    """
    if len(boxes) < 2:
        return list(range(len(boxes)))
    edges = np.array([astuple(box) for box in boxes], np.float64)
    middle = (edges[:, :2] + edges[:, 2:]) / 2
    height = float(np.median(edges[:, 3] - edges[:, 1]))
    above = _above_one_another(edges)
    best: _Lines | None = None
    for tilt in _TILTS:
        down = (middle[:, 1] - middle[:, 0] * np.tan(np.radians(tilt))) / max(height, 1e-9)
        lines = _lines(np.argsort(down, kind="stable"), down, above)
        off = sum(float(((down[line] - down[line].mean()) ** 2).sum()) for line in lines)
        found = _Lines(tuple(lines), off + _PENALTY * abs(tilt))
        if best is None or (len(found.lines), found.off) < (len(best.lines), best.off):
            best = found
    assert best is not None
    return [int(k) for line in best.lines for k in line[np.argsort(middle[line, 0], kind="stable")]]


def _above_one_another(edges: Floats) -> Mask:
    """Which of the boxes `[n, 4]` stand above one another, `[n, n]`."""
    low, high = edges[:, :2], edges[:, 2:]
    common = np.minimum(high[:, None], high[None]) - np.maximum(low[:, None], low[None])
    size = high - low
    least = np.minimum(size[:, None], size[None])
    across, down = (common / np.maximum(least, 1e-9)).transpose(2, 0, 1)
    return np.asarray((across > _ABOVE) & (down < _BESIDE))


def _lines(order: NDArray[np.intp], down: Floats, above: Mask) -> list[NDArray[np.intp]]:
    """Part the digits, in their order from top to bottom, where the widest gaps are."""
    if len(order) < 2:
        return [order]
    gaps = np.diff(down[order])
    cut = int(gaps.argmax())
    if gaps[cut] <= _NEXT and not above[np.ix_(order, order)].any():
        return [order]
    return _lines(order[: cut + 1], down, above) + _lines(order[cut + 1 :], down, above)
