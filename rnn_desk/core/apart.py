"""A drawing of several digits: each read by itself, and all of them as a picture that has several.

A network for one digit says one class of two, and may be sure of it. Where parts of a drawing stand
apart, and each by itself is like a digit that the network knows, they are told as what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.core.familiarity import DOUBTED_BELOW
from rnn_desk.core.frozen import frozen
from rnn_desk.core.number_words import digit_of
from rnn_desk.core.picture import Picture, picture_of
from rnn_desk.core.raster import PEN, Raster, rasterise_in_place
from rnn_desk.core.scan.drawn import DrawnDigit, parts_of

MOST, MOST_STROKES, MOST_POINTS = 12, 60, 6_000
"""Digits of one drawing, its strokes and their points; what has more is a scribble, or a page."""

SHEET = 420
"""Pixels of the side of a drawing that is made a picture, about as many as a canvas has."""


@frozen(eq=False)
class Apart:
    """The digits of a drawing in reading order: what each is read as, and its raster."""

    names: tuple[str, ...]
    rasters: tuple[Raster, ...] = field(repr=False)


def standing_apart(drawing: Drawing) -> tuple[DrawnDigit, ...]:
    """The digits of a drawing that stand apart; none where there are not several."""
    if not may_stand_apart(drawing):
        return ()
    parts = parts_of(drawing)
    return tuple(parts) if 1 < len(parts) <= MOST else ()


def may_stand_apart(drawing: Drawing) -> bool:
    """Whether it has as many strokes as a few digits have; else it need not be looked at."""
    strokes = drawing.strokes
    if not 1 < len(strokes) <= MOST_STROKES:
        return False
    return sum(len(stroke.points) for stroke in strokes) <= MOST_POINTS


def read_apart(
    rasters: Sequence[Raster], classes: Sequence[str], probabilities: Array, familiarity: Array
) -> Apart | None:
    """What the parts of a drawing are read as; None where not each is read as a digit and like
    those that the network knows.

    probabilities: `[parts, classes]`. familiarity: `[parts]`.
    """
    if len(rasters) < 2 or (familiarity < DOUBTED_BELOW).any():
        return None
    names = [digit_of(classes[k]) for k in probabilities.argmax(axis=1).tolist()]
    told = tuple(name for name in names if name is not None)
    return Apart(told, tuple(rasters)) if len(told) == len(rasters) else None


def as_picture(drawing: Drawing) -> Picture:
    """The drawing as a picture: dark ink on bright paper, as the canvas shows it."""
    ink = rasterise_in_place(drawing, SHEET, NOMINAL_WIDTH / PEN).pixels
    return picture_of(np.rint(255 * (1 - ink)).astype(np.uint8))
