"""The digits in the ink of a sheet: what hangs together, put together, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, field
from functools import reduce

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import Box, Mask, averaged_by_blocks, block_side, grown
from rnn_desk.core.scan.labels import labelled
from rnn_desk.core.scan.order import reading_order
from rnn_desk.core.scan.words import words_in

_CELLS = 2**16
"""Cells of the grid on which parts are told apart: a gap narrower than one is none."""

_INKED = 0.12
"""Ink of a cell that belongs to a part."""

_SPECK = 0.05
"""Ink that hangs together and has less than this part of the largest such ink is a speck."""

_TOO_MANY = 400
"""Bits of ink that are put together; what has more is a scribble or a texture, and one digit."""

_NEAR = 0.2
"""Of the tallest: what is farther apart is not one digit's."""

_BAR = 0.15
"""Of the tallest: how high a bar is at the most that is drawn apart from its digit."""

_TALL = 0.6
"""Ink that is as tall, as a part of the tallest, may be a digit of its own."""

_TOUCHES = 0.6
"""Of its width: how much of a digit that is all there touches an edge."""

LOWEST = 0.45
"""Of the height that most tall ones have: what is lower is no digit."""

_BLOB = 0.45
"""Of its longer side: what is as thick in all directions is no stroke."""


_SHADE, _BROADLY = 0.2, 0.3
"""Of its longer side: how thick a shadow is that lies along an edge, and how far along."""

_RIM = 0.1
"""Likewise, of what lies in three corners of the sheet."""

_FILLS = 0.6
"""Of the square on its longer side: what fills as much is no stroke either."""


_DISC, _HOLE = 0.7, 0.7
"""Of its box: what a disc fills. Of the tallest digit: how high punched holes are at the most."""


@frozen(eq=False)
class Parts:
    """Parts of ink that hang together, numbered from 0: the cells of each, its box, its mass.

    Boxes are in cells; k: pixels along the side of one.
    """

    number: NDArray[np.intp] = field(repr=False)
    boxes: tuple[Box, ...]
    mass: Floats
    k: int

    def mask(self, number: int) -> Mask:
        """The cells of a part."""
        return np.asarray(self.number == number + 1)


def parts_of(ink: Floats) -> Parts:
    """The parts of the ink that hang together."""
    coarse = averaged_by_blocks(ink, _CELLS)
    number, count = labelled(coarse > _INKED)
    weights = np.bincount(number.ravel(), coarse.ravel(), minlength=count + 1)
    mass = np.asarray(weights[1:], np.float64)
    row, column = np.nonzero(number)
    owner = number[row, column] - 1
    low = np.full((2, count), max(coarse.shape))
    high = np.full((2, count), -1)
    for axis, values in enumerate((row, column)):
        np.minimum.at(low[axis], owner, values)
        np.maximum.at(high[axis], owner, values)
    boxes = tuple(
        Box(float(left), float(top), float(right) + 1, float(bottom) + 1)
        for (top, left), (bottom, right) in zip(low.T, high.T, strict=True)
    )
    return Parts(number, boxes, mass, block_side(ink.shape, _CELLS))


@frozen
class Sorted:
    """Numbers of parts: of each digit, in reading order; and of remains at the edge."""

    digits: tuple[tuple[int, ...], ...]
    remains: tuple[int, ...]


def fine_mask(parts: Parts, numbers: Sequence[int], shape: tuple[int, ...]) -> Mask:
    """The pixels of these parts, with what of them lies in the cells beside."""
    cells = grown(np.isin(parts.number, np.array(numbers) + 1), 1)
    cells &= (parts.number == 0) | np.isin(parts.number, np.array(numbers) + 1)
    return fine_cells(parts, cells, shape)


def fine_cells(parts: Parts, cells: Mask, shape: tuple[int, ...]) -> Mask:
    """The pixels of some cells."""
    fine = np.repeat(np.repeat(cells, parts.k, axis=0), parts.k, axis=1)
    return np.asarray(fine[: shape[0], : shape[1]])


def sorted_parts(parts: Parts) -> Sorted:
    """Tell digits from what comes in over the edge, and from specks."""
    rest = large(parts)
    remains = _remains(parts, rest)
    rest = [k for k in rest if k not in remains]
    boxes = [parts.boxes[k] for k in rest]
    words = words_in(boxes, lambda at: parts.number[boxes[at].pixels] == rest[at] + 1)
    rest = [k for place, k in enumerate(rest) if place not in words]
    most = max((parts.mass[k] for k in rest), default=0.0)
    rest = [k for k in rest if parts.mass[k] >= _SPECK * most]
    rest = _without_discs(parts, rest)
    groups = grouped([parts.boxes[k] for k in rest])
    return Sorted(tuple(tuple(rest[k] for k in group) for group in groups), tuple(sorted(remains)))


def large(parts: Parts) -> list[int]:
    """Those that are no specks, whatever else there is."""
    return [k for k, mass in enumerate(parts.mass) if mass >= 0.3 * _SPECK * parts.mass.max()]


def _without_discs(parts: Parts, numbers: Sequence[int]) -> list[int]:
    """Those that are not as solid as a punched hole or a blot is, lower than what is written."""
    solid = {k for k in numbers if _is_disc(parts.mask(k)[parts.boxes[k].pixels])}
    tallest = max((parts.boxes[k].height for k in numbers if k not in solid), default=0.0)
    return [k for k in numbers if k not in solid or parts.boxes[k].height > _HOLE * tallest]


def _is_disc(mask: Mask) -> bool:
    return bool(np.count_nonzero(mask) > _DISC * mask.size and holds(mask, _FILLS))


def _remains(parts: Parts, large: Sequence[int]) -> set[int]:
    """Those at the edge that are not as digits are, where there is something else."""
    outer = [k for k in large if at_edge(parts, k)]
    inner = [k for k in large if k not in outer]
    if not inner or max(parts.mass[k] for k in inner) < 0.1 * max(parts.mass[k] for k in large):
        return set()
    tallest = max(parts.boxes[k].height for k in inner)
    return {k for k in outer if not _may_be_whole(parts, k, tallest)}


def at_edge(parts: Parts, which: int) -> bool:
    """Whether a part touches an edge of the sheet."""
    rows, columns = parts.number.shape
    box = parts.boxes[which]
    return box.left == 0 or box.top == 0 or box.right == columns or box.bottom == rows


def _may_be_whole(parts: Parts, which: int, tallest: float) -> bool:
    """Whether a digit that touches the upper or the lower edge may be all there: it is as tall as
    others are, and touches it with a part of itself."""
    _, columns = parts.number.shape
    box, mask = parts.boxes[which], parts.mask(which)
    if box.left == 0 or box.right == columns or not 0.7 * tallest <= box.height <= 1.4 * tallest:
        return False
    return bool(max(mask[0].sum(), mask[-1].sum()) <= _TOUCHES * box.width)


def grouped(boxes: Sequence[Box]) -> list[list[int]]:
    """Boxes of ink put together to digits, the digits in reading order.

    Those that are tall and stand apart are digits; lower ones, such as the bar of a 5 that was
    drawn apart, belong to the nearest that is close.
    """
    if len(boxes) > _TOO_MANY:
        return [list(range(len(boxes)))]
    groups = _put_together(boxes)
    merged = [reduce(Box.around, (boxes[k] for k in group)) for group in groups]
    tallest = max((box.longest for box in merged), default=0.0)
    usual = np.median([box.height for box in merged if box.height >= _TALL * tallest] or [tallest])
    kept = [k for k, box in enumerate(merged) if box.height >= LOWEST * usual]
    if not kept:  # nothing but low things, such as a bar and a dot: they are one
        return [list(range(len(boxes)))] if boxes else []
    order = reading_order([merged[k] for k in kept])
    return [sorted(groups[kept[k]]) for k in order]


def _put_together(boxes: Sequence[Box]) -> list[list[int]]:
    """The numbers of those that are one digit's, the closest put together first."""
    groups = {k: [k] for k in range(len(boxes))}
    edges = np.array([astuple(box) for box in boxes], np.float64).reshape(-1, 4)
    gaps = _gaps(edges[:, None], edges[None])
    np.fill_diagonal(gaps, np.inf)
    tallest = 0.0
    away = np.full_like(gaps, np.inf)
    while len(groups) > 1:
        longest = float((edges[:, 2:] - edges[:, :2]).max())
        if longest > tallest:  # what belongs together, is a matter of that
            tallest = longest
            away[:] = np.inf
            near = np.nonzero(gaps <= _NEAR * tallest)
            away[near] = _apart(edges[near[0]], edges[near[1]], tallest)
        a, b = divmod(int(away.argmin()), len(boxes))
        if away[a, b] == np.inf:
            break
        edges[a, :2] = np.minimum(edges[a, :2], edges[b, :2])
        edges[a, 2:] = np.maximum(edges[a, 2:], edges[b, 2:])
        groups[a] += groups.pop(b)
        others = np.array([k for k in groups if k != a], np.intp)
        for pairwise in (gaps, away):
            pairwise[b] = pairwise[:, b] = np.inf
        gaps[a, others] = gaps[others, a] = _gaps(edges[a], edges[others])
        away[a, others] = away[others, a] = _apart(edges[a], edges[others], tallest)
    return list(groups.values())


def _gaps(a: Floats, b: Floats) -> Floats:
    """How far apart boxes are, `[..., 4]`: left, top, right and bottom; below 0 where they meet."""
    return np.asarray(_between(a, b).max(axis=-1))


def _between(a: Floats, b: Floats) -> Floats:
    """Likewise across and down, `[..., 2]`."""
    return np.maximum(a[..., :2], b[..., :2]) - np.minimum(a[..., 2:], b[..., 2:])


def _apart(a: Floats, b: Floats, tallest: float) -> Floats:
    """How far apart those are, pair by pair, that belong to one digit; inf where they do not."""
    across, down = _between(a, b).T
    (a_width, a_height), (b_width, b_height) = ((c[..., 2:] - c[..., :2]).T for c in (a, b))
    low, high = np.minimum(a_height, b_height), np.maximum(a_height, b_height)
    away = np.maximum(np.maximum(across, down), 0.0)
    one = (-across > 0.25 * np.minimum(a_width, b_width)) | (-down < 0.5 * low)
    below = (down > 0) & (across < 0) & (down < 0.06 * tallest)
    around = np.maximum(a[..., 2:], b[..., 2:]) - np.minimum(a[..., :2], b[..., :2])
    near = (high >= 0.3 * tallest) & (away <= _NEAR * tallest)
    lower_width = np.where(a_height <= b_height, a_width, b_width)
    bar = (lower_width >= 1.5 * low) & (low <= _BAR * tallest)
    near &= (across < 0) | (down < 0) | bar  # else a letter beside it
    near &= around.max(axis=-1) <= 1.6 * tallest
    whole = low >= _TALL * tallest  # each may be a digit
    belong = np.where((across < 0) & (down < 0), one, np.where(whole, below, near))
    return np.where(belong, away, np.inf)


def is_blob(mask: Mask) -> bool:
    """Whether it is as thick as no stroke is: a square of half its size fits into it, or it fills
    most of a square."""
    filled = np.count_nonzero(mask) / max(mask.shape) ** 2
    return bool(filled > _FILLS) or holds(mask, _BLOB)


def is_shade(parts: Parts, which: int) -> bool:
    """Whether it comes in over an edge as broadly as a shadow does, and no cut digit."""
    rows, columns = parts.number.shape
    box = parts.boxes[which]
    sides = (box.left == 0, box.top == 0, box.right == columns, box.bottom == rows)
    mask = parts.mask(which)
    corners = np.count_nonzero(mask[[0, 0, -1, -1], [0, -1, 0, -1]])
    if not any(sides) or (all(sides) and corners < 3):
        return False
    along = max(
        np.count_nonzero(line)
        for line, touched in zip((mask[:, 0], mask[0], mask[:, -1], mask[-1]), sides, strict=True)
        if touched
    )
    return bool(along >= _BROADLY * box.longest) and holds(
        mask[box.pixels], _SHADE if corners < 3 else _RIM
    )


def holds(mask: Mask, part: float) -> bool:
    """Whether a square fits into it whose side is that part of its longer side."""
    side = max(2, round(part * max(mask.shape)))
    if side > min(mask.shape):
        return False
    sums = np.pad(mask.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    held = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return bool((held >= 0.97 * side * side).any())
