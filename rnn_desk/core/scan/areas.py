"""What the steps have in common: boxes, and pictures made smaller by averaging."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.frozen import frozen

if TYPE_CHECKING:
    Mask = NDArray[np.bool_]
else:
    Mask = Any


@frozen
class Box:
    """A rectangle in a picture, in its pixels: y grows downwards, right and bottom are outside."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def longest(self) -> float:
        """The longer of its sides."""
        return max(self.width, self.height)

    def moved(self, scale: float, x: float = 0.0, y: float = 0.0) -> Box:
        """Scaled about the origin, then shifted."""
        return Box(
            self.left * scale + x,
            self.top * scale + y,
            self.right * scale + x,
            self.bottom * scale + y,
        )

    def around(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def within(self, rows: int, columns: int) -> Box:
        """The part of it that lies in a picture of that size."""
        return Box(
            min(max(self.left, 0), columns),
            min(max(self.top, 0), rows),
            min(max(self.right, 0), columns),
            min(max(self.bottom, 0), rows),
        )

    @property
    def pixels(self) -> tuple[slice, slice]:
        """The rows and the columns that it touches."""
        return (
            slice(math.floor(self.top), math.ceil(self.bottom)),
            slice(math.floor(self.left), math.ceil(self.right)),
        )


def box_of(mask: Mask) -> Box:
    """The box of a mask that is somewhere true."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def block_side(shape: tuple[int, ...], most: int) -> int:
    """The side of the square blocks of which a picture of that shape has about `most`."""
    return max(1, math.ceil(math.sqrt(shape[0] * shape[1] / most)))


def averaged_by_blocks(picture: NDArray[Any], most: int) -> Floats:
    """The picture `[rows, columns]`, or `[rows, columns, colours]`, with each of its blocks
    averaged, at the edges what is left of one."""
    rows, columns = picture.shape[:2]
    k = block_side(picture.shape, most)
    if k == 1:
        return picture.astype(np.float64)
    starts_y, starts_x = np.arange(0, rows, k), np.arange(0, columns, k)
    # Row by row first, into a type that holds a sum of k bytes without the memory of doubles.
    wide = np.float32 if picture.dtype == np.uint8 else np.float64
    sums = np.add.reduceat(picture, starts_y, axis=0, dtype=wide)
    sums = np.add.reduceat(sums, starts_x, axis=1, dtype=np.float64)
    heights, widths = np.diff(np.append(starts_y, rows)), np.diff(np.append(starts_x, columns))
    counts = (heights[:, None] * widths).reshape(sums.shape[:2] + (1,) * (picture.ndim - 2))
    return np.asarray(sums / counts)


def smoothed(picture: Floats, reach: int) -> Floats:
    """The mean of the square of `2 reach + 1` pixels about each, the edges repeated."""
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (reach + 1, reach)
        sums = np.cumsum(np.pad(picture, pad, mode="edge"), axis=axis)
        count = picture.shape[axis]
        high = np.take(sums, np.arange(2 * reach + 1, 2 * reach + 1 + count), axis=axis)
        picture = (high - np.take(sums, np.arange(count), axis=axis)) / (2 * reach + 1)
    return picture


def grown(mask: Mask, by: int, rows: bool = True, columns: bool = True) -> Mask:
    """The mask with all that is within so many pixels of it."""
    out = mask
    for axis, wanted in ((0, rows), (1, columns)):
        reach = by if wanted else 0
        while reach > 0:
            step = min(reach, 2 ** max(0, reach.bit_length() - 2))
            out = _or_shifted(out, step, axis)
            reach -= step
    return out


def _or_shifted(mask: Mask, by: int, axis: int) -> Mask:
    out = mask.copy()
    a, b = (slice(None),) * axis + (slice(by, None),), (slice(None),) * axis + (slice(-by),)
    out[a] |= mask[b]
    out[b] |= mask[a]
    return out
