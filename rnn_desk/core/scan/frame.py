"""The sheet within a picture: without the borders, bars and shades along its edges."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import Floats
from rnn_desk.core.scan.areas import Box

_UNLIKE = 20
"""Grey levels by which a border differs from the paper within, at the least."""

_EVEN = 12
"""Grey levels that one line of a border varies by, at the most, but for a few of its pixels."""

_GOES_ON = 0.01
"""The part of the first line within that may be as a border is; where more is, it is ink."""

_LEAST_SIDE = 8
"""Pixels of a side; in less there is no room for a frame."""

_LEAST_LEFT = 0.3
"""Of each side: what a frame leaves."""


def sheet_of(picture: Floats) -> Box:
    """The part of the picture within outer rows and columns that are even, and unlike its middle.

    A row with ink in it is not even, so that no ink is cut off; what goes on from such a row into
    the sheet, as strokes do from the bar of a 7 that is cut closely, is ink and no border.
    """
    rows, columns = picture.shape
    top, bottom, left, right = 0, rows, 0, columns
    inner = picture[rows // 5 : rows - rows // 5, columns // 5 : columns - columns // 5]
    # Of each line's own median: ink fills much of the middle, and hardly ever most of most lines.
    lines = (np.median(inner, axis=1), np.median(inner, axis=0))
    middle = float(np.median(np.concatenate(lines)))
    if min(rows, columns) < _LEAST_SIDE:
        return Box(0, 0, columns, rows)
    for _ in range(3):
        part = picture[top:bottom, left:right]
        down, across = _border(part, middle), _border(part.T, middle)
        if (down, across) == ((0, 0), (0, 0)):
            break
        top, bottom = top + down[0], bottom - down[1]
        left, right = left + across[0], right - across[1]
        if bottom - top < _LEAST_LEFT * rows or right - left < _LEAST_LEFT * columns:
            return Box(0, 0, columns, rows)
    box = Box(left, top, right, bottom)
    return Box(0, 0, columns, rows) if _ink_goes_on(picture, box) else box


def _border(part: Floats, middle: float) -> tuple[int, int]:
    """How many rows at the top, and at the bottom, are even and unlike the middle."""
    few = max(0.5, 100 / part.shape[1])
    low, level, high = np.percentile(part, [few, 50, 100 - few], axis=1)
    like = np.abs(level - middle) < _UNLIKE
    inner = (high - low > _EVEN) | like
    if not inner.any():
        return 0, 0
    first, last = int(inner.argmax()), int(inner[::-1].argmax())
    # Where a line ends it that is as it is but for some ink, it is paper.
    return first * bool(like[first]), last * bool(like[::-1][last])


def _ink_goes_on(picture: Floats, box: Box) -> bool:
    """Whether what was cut off goes on within: the lines on both sides of a cut have it."""
    sheet = picture[box.pixels]
    cuts = (
        (box.top, picture, sheet[0], int(box.top) - 1, 0),
        (picture.shape[0] - box.bottom, picture, sheet[-1], int(box.bottom), 0),
        (box.left, picture.T, sheet[:, 0], int(box.left) - 1, 1),
        (picture.shape[1] - box.right, picture.T, sheet[:, -1], int(box.right), 1),
    )
    for wide, lines, first, outside, axis in cuts:
        if not wide:
            continue
        low, high = (box.left, box.right) if axis == 0 else (box.top, box.bottom)
        across = slice(int(low), int(high))
        level = float(np.median(lines[outside][across]))
        paper = float(np.median(first))
        if abs(level - paper) < _UNLIKE:
            continue
        like = np.abs(first - level) < 0.4 * abs(level - paper)
        if like.mean() > _GOES_ON and not like.all():
            return True
    return False
