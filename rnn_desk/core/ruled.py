"""A ruled sheet: the canvas is the picture that is read, with the lines of an exercise book.

A digit that is only begun has no size yet by which it could be fitted into the picture. On a ruled
sheet it lies where it was drawn, and whoever writes between the lines writes as large as the
digits that networks have learnt. One that reaches the lower line is whole, and is fitted as ever.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing, Stroke
from rnn_desk.core.ink import PEN_BY_PRESSURE, visible_ink
from rnn_desk.core.picture import Original, raster_of
from rnn_desk.core.raster import BOX, SIDE, Raster, rasterise, rasterise_in_place

TOP, BOTTOM = (1 - BOX) / 2, (1 + BOX) / 2
"""Where the upper and the lower line lie, in parts of the sheet's side."""

WIDEST_BY_PRESSURE = PEN_BY_PRESSURE + 1
"""Of a pen's own width, where it is pressed as hard as can be."""

NEAR = 0.1
"""Parts of the sheet's side; ink so near to a line is written to it."""

_KEPT = 32
"""Drawings laid between the lines that are kept: each is the same one when it is laid again."""

INKED = 0.25
"""What a pixel has to have of ink to be one of the digit's, and not the edge of a stroke."""


@lru_cache(4)  # of one drawing it is read what it is, and written how it could go on
def raster_on(
    original: Original, ruled: bool, side: int = SIDE, box: float = BOX, counted: bool = False
) -> Raster:
    """The raster of what lies on a ruled sheet, or on a plain one. A picture has no lines."""
    if ruled and isinstance(original, Drawing) and not is_whole(original):
        return rasterise_in_place(original, side)
    return raster_of(original, side, box, counted)


@lru_cache(_KEPT)
def between_lines(original: Original) -> Original:
    """The same drawing where a ruled sheet has it: as large, and where, as the raster of a plain
    sheet has it. Pen widths stay, as they do there; what begins at the upper line and keeps to the
    lines stays, and so does a picture."""
    if not isinstance(original, Drawing) or original.is_empty or _keeps_to_lines(original):
        return original
    raster = rasterise(original)
    if not raster.scale:
        return original  # all of it was erased
    unit = original.size / raster.side
    scale, (x, y) = raster.scale * unit, raster.offset
    return _without_eraser(original).moved(scale, x * unit, y * unit)


def _without_eraser(drawing: Drawing) -> Drawing:
    """The same ink in strokes of its own, where some was erased: an eraser is as wide as the sheet
    has it, and would take more of ink that is made smaller."""
    if all(stroke.tool == "ink" for stroke in drawing.strokes):
        return drawing
    nominal = NOMINAL_WIDTH * drawing.size
    lines = visible_ink(drawing)
    widest = (float(line.weight.max()) / WIDEST_BY_PRESSURE for line in lines)
    strokes = tuple(
        Stroke(
            line.points,
            width=width * nominal,
            pressure=np.clip(line.weight / width - PEN_BY_PRESSURE, 0, 1),
        )
        for line, width in zip(lines, widest, strict=True)
    )
    return replace(drawing, strokes=strokes)


def is_whole(original: Original) -> bool:
    """Whether what lies on a ruled sheet goes down to the lower line. A picture does."""
    if not isinstance(original, Drawing):
        return True
    lines = visible_ink(original)
    lowest = max((float(line.points[:, 1].max()) for line in lines), default=0.0)
    return lowest / original.size > BOTTOM - NEAR


def _keeps_to_lines(drawing: Drawing) -> bool:
    lines = visible_ink(drawing)
    if not lines:
        return True
    points = np.concatenate([line.points for line in lines]) / drawing.size
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    inside = min(left, 1 - right) > TOP - NEAR and bottom < BOTTOM + NEAR
    return bool(abs(top - TOP) < NEAR and inside)


def rows_begun(pixels: Array) -> int:
    """How many rows of a picture are there already: down to the last one with ink, 0 for none."""
    inked = np.flatnonzero((pixels > INKED).any(axis=1))
    return 0 if inked.size == 0 else int(inked[-1]) + 1


def rows_given(original: Original, pixels: Array, row: int | None = None) -> int:
    """How many rows of what lies on a ruled sheet it is gone on from; pixels: of its raster. row:
    the last one that is wanted, None for as many as there are.

    Of what is only begun, the last row with ink is the round end of the pen: to a network that has
    seen whole strokes it says that this one ends there, and it would begin another one below. Rows
    below that are not empty, but not drawn yet.
    """
    rows = rows_begun(pixels)
    if is_whole(original):
        return rows if row is None else row + 1
    return max(0, rows - 1) if row is None else min(row + 1, max(0, rows - 1))
