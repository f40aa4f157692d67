"""Pictures of few pixels whose numbers count ink, as scikit-learn's 8 x 8 digits were made.

They are UCI's optical digits (Alpaydin and Kaynak 1998), made of forms by NIST's programs (Garris
and others 1994): of the digit a bitmap is made, of four rows to each row of the picture, in which
it stands upright and is as high as all and five eighths as wide; each pixel of the picture counts
what is inked of its 4 x 4.
"""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.resampling import resampled

BLOCK = 4
"""Rows, and columns, of the bitmap to each of the picture."""

_WIDE = 5 / 8
"""Width of a digit in the bitmap, as a part of its height."""

_NARROW, _ROOM = 2.2, 1.2
"""How many times as high as wide a digit is that is not made so wide, as a 1; it is then wider by
this than it was."""

_STEEPEST = 1.0
"""Columns a row by which a digit is made upright at the most."""

_EDGE, _INKED = 0.3, 0.5
"""The part of a pixel that is ink from which it is the digit's, and set in the bitmap."""


def counted(pixels: Array, side: int) -> Array:
    """A picture `[n, n]` of ink as one `[side, side]`, 0 nothing .. 1 all of a block inked."""
    inked = pixels > _EDGE
    if not inked.any():
        return np.zeros((side, side), np.float32)
    rows = np.flatnonzero(inked.any(axis=1))
    digit = _upright(pixels[rows[0] : rows[-1] + 1])
    columns = np.flatnonzero((digit > _EDGE).any(axis=0))
    digit = digit[:, columns[0] : columns[-1] + 1]
    high, wide = digit.shape
    size = BLOCK * side
    width = _WIDE * size
    if high > _NARROW * wide:
        width = min(width, max(BLOCK, _ROOM * size * wide / high))
    across = round(width)
    bitmap = np.zeros((size, size), bool)
    left = (size - across) // 2
    bitmap[:, left : left + across] = resampled(digit, size, across) >= _INKED
    blocks = _thicker(bitmap).reshape(side, BLOCK, side, BLOCK)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def _upright(digit: Array) -> Array:
    """Rows moved so that the leftmost ink of the last stands below that of the first."""
    high, wide = digit.shape
    first, last = (int(np.flatnonzero(row > _EDGE)[0]) for row in (digit[0], digit[-1]))
    steep = float(np.clip((last - first) / max(high - 1, 1), -_STEEPEST, _STEEPEST))
    moved = np.rint(steep * (np.arange(high) - high / 2)).astype(np.intp)
    room = np.pad(digit, ((0, 0), (high, high)))
    places = np.arange(wide + 2 * high) + moved[:, None]
    return np.take_along_axis(room, places.clip(0, room.shape[1] - 1), axis=1)


def _thicker(bitmap: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink with one pixel more to each side: the pens of those forms were thick."""
    wider = bitmap.copy()
    wider[1:] |= bitmap[:-1]
    wider[:-1] |= bitmap[1:]
    wider[:, 1:] |= bitmap[:, :-1]
    wider[:, :-1] |= bitmap[:, 1:]
    return wider
