"""Boxes and rings round a digit, and tables of many cells: what was printed, and not written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import Mask, box_of, grown
from rnn_desk.core.scan.labels import labelled
from rnn_desk.core.scan.parts import LOWEST, Parts, holds, is_shade, large

_ENCLOSED = 0.2
"""What lies within a box or ring is ink where it is as long as this part of it."""

_HOLLOW = 0.5
"""Of its box: a frame fills less."""

_CELL, _CELLS_OF_A_TABLE = 0.005, 4
"""Of its box: how large a hole is that is a cell of a table; and how many there are, which no digit
has."""

_OF_A_BOX, _OF_A_TABLE = 0.2, 0.06
"""Of its longer side: the lines of a box, and of a table, are thinner."""

_GROUND = 0.035
"""Likewise: what lies all round the sheet and is thicker is what that lies on."""

_FREE, _AS_LARGE = 3, 1.4
"""Parts that lie in no other, and have none in them: from so many on, what is no more than so many
times as large as they are is written as they are, whatever lies in it."""

_OF_A_FORM, _ALIKE = 3, 0.1
"""Boxes that are a form's, and how much their sides differ, as a part of them."""

_LINE, _ALL_ROUND = 2, 0.8
"""Cells that the line of such a box is thick, and the part of its way where it is seen."""


@frozen
class Frames:
    """Numbers of parts that others lie in: boxes, rings and tables; and what is too thick for
    that: a shadow that is one with a table, or what a sheet lies on."""

    thin: tuple[int, ...]
    thick: tuple[int, ...]


def frames_in(parts: Parts) -> Frames:
    """Boxes, rings and tables round what may be digits; or, if anything, what a sheet lies on."""
    ground = int(parts.mass.argmax()) if len(parts.mass) else None
    if ground is not None and is_ground(parts, ground):
        return Frames((), (ground,))
    every = large(parts)
    inside = {k: [other for other in every if _is_within(parts, other, k)] for k in every}
    sizes = sorted(parts.boxes[k].longest for k in {k for each in inside.values() for k in each})
    usual = sizes[(len(sizes) - 1) // 2] if sizes else 0.0
    inside = {
        k: [other for other in each if parts.boxes[other].longest >= LOWEST * usual]
        for k, each in inside.items()
    }
    least = _least_frame(parts, every, inside)
    found = {
        k: _enclosing(parts, k, each)
        for k, each in inside.items()
        if each and parts.boxes[k].longest > least
    }
    return Frames(
        tuple(k for k, thick in found.items() if thick is False),
        tuple(k for k, thick in found.items() if thick),
    )


def rims_of(parts: Parts, frames: Sequence[int]) -> Mask:
    """The cells along the sides of what is as large as the boxes of a form are, where there are
    such: boxes that the digits in them touch."""
    rims = np.zeros(parts.number.shape, bool)
    if len(frames) < _OF_A_FORM:
        return rims
    sizes = np.array([[parts.boxes[k].width, parts.boxes[k].height] for k in frames])
    usual = np.median(sizes, axis=0)
    for k in large(parts):
        box = parts.boxes[k]
        if k in frames or (np.abs((box.width, box.height) - usual) > _ALIKE * usual + 1).any():
            continue
        rim = np.zeros_like(rims)
        rim[box.pixels] = True
        rim &= grown(~rim, _LINE)
        rim &= parts.mask(k)
        if np.count_nonzero(rim) >= _ALL_ROUND * 2 * (box.width + box.height):
            rims |= rim
    return rims


def _least_frame(parts: Parts, every: Sequence[int], inside: Mapping[int, Sequence[int]]) -> float:
    """How long a frame is at the least: a 0 with a dot in it is none where other digits are as
    large."""
    within = {k for each in inside.values() for k in each}
    free = [parts.boxes[k].longest for k in every if not inside[k] and k not in within]
    return _AS_LARGE * float(np.median(free)) if len(free) >= _FREE else 0.0


def _is_within(parts: Parts, which: int, outer: int) -> bool:
    """Whether the box of one part lies within another's."""
    a, b = parts.boxes[which], parts.boxes[outer]
    return a.left > b.left and a.right < b.right and a.top > b.top and a.bottom < b.bottom


def _enclosing(parts: Parts, which: int, inside: Sequence[int]) -> bool | None:
    """Whether what some of those parts lie in is thicker than the lines of a box, or of a table;
    None where none lies in the one hole of a box, or in the many of a table."""
    outer = parts.boxes[which]
    mask = parts.mask(which)[outer.pixels]
    if np.count_nonzero(mask) > _HOLLOW * outer.width * outer.height:
        return None  # a card, and a hole in it
    ring = grown(np.pad(mask, 2), 1)
    hole, count = labelled(~ring, corners=False)
    sizes = np.bincount(hole.ravel(), minlength=count + 1)
    sizes[[0, hole[0, 0]]] = 0  # the ring itself, and what is around it
    is_table = np.count_nonzero(sizes >= _CELL * ring.size) >= _CELLS_OF_A_TABLE
    y0, x0 = int(outer.top) - 2, int(outer.left) - 2
    for k in inside:
        row, column = np.nonzero(parts.mask(k))
        lies_in = hole[row - y0, column - x0]
        if np.mean(sizes[lies_in] > 0) <= 0.9:
            continue
        around = box_of(hole == np.bincount(lies_in).argmax()) if is_table else outer
        if parts.boxes[k].longest >= _ENCLOSED * min(around.width, around.height):
            thick = holds(mask, _OF_A_TABLE if is_table else _OF_A_BOX)
            return thick or is_shade(parts, which)
    return None


def is_ground(parts: Parts, which: int) -> bool:
    """Whether a part is what a sheet lies on: broad, all round it, from corner to corner."""
    rows, columns = parts.number.shape
    outer, mask = parts.boxes[which], parts.mask(which)
    everywhere = (outer.width, outer.height) == (columns, rows)
    corners = bool(mask[[0, 0, -1, -1], [0, -1, 0, -1]].all())
    hollow = np.count_nonzero(mask) <= _HOLLOW * mask.size
    return everywhere and corners and bool(hollow) and holds(mask, _GROUND)
