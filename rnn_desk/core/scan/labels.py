"""Which pixels of a mask hang together."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.scan.areas import Mask


def labelled(mask: Mask, corners: bool = True) -> tuple[NDArray[np.intp], int]:
    """The number, from 1, of the connected part that each pixel is of, 0 outside; and how many.

    corners: whether pixels that share a corner alone hang together. What is joined are runs: the
    pixels of a row that lie side by side, of which there are few.
    """
    rows, columns = mask.shape
    padded = np.zeros((rows, columns + 2), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    row, start = np.nonzero(steps == 1)
    _, end = np.nonzero(steps == -1)
    part = _joined(len(row), *_touching(row, start, end, columns + 2, int(corners)))
    numbers, part = np.unique(part, return_inverse=True)
    out = np.zeros(rows * columns + 1, np.intp)
    first, last = row * columns + start, row * columns + end
    out[first] = part + 1
    np.subtract.at(out, last, part + 1)
    return np.cumsum(out)[:-1].reshape(rows, columns), len(numbers)


def _touching(
    row: NDArray[np.intp],
    start: NDArray[np.intp],
    end: NDArray[np.intp],
    wide: int,
    reach: int,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of runs, one in the row below the other's, that touch."""
    below = (row + 1) * wide
    # A run's neighbours below are those that end after its start and start before its end.
    first = np.searchsorted(row * wide + end, below + start + 1 - reach, side="left")
    last = np.searchsorted(row * wide + start, below + end - 1 + reach, side="right")
    count = np.maximum(last - first, 0)
    above = np.repeat(np.arange(len(row)), count)
    offset = np.arange(len(above)) - np.repeat(np.cumsum(count) - count, count)
    return above, first[above] + offset


def _joined(count: int, a: NDArray[np.intp], b: NDArray[np.intp]) -> NDArray[np.intp]:
    """The lowest of the runs that each of `count` hangs together with, by pairs that touch."""
    parent = np.arange(count)
    while (apart := parent[a] != parent[b]).any():
        a, b = a[apart], b[apart]
        low, high = np.minimum(parent[a], parent[b]), np.maximum(parent[a], parent[b])
        np.minimum.at(parent, high, low)
        while (parent != parent[parent]).any():
            parent = parent[parent]
    return parent
