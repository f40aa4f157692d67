"""A picture of digits in place of a drawing: a scan, a photograph, an image of MNIST's.

Whoever reads a digit reads it from either, by `raster_of`.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property, lru_cache

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, Stroke
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import BEFORE_COUNTED, BOX, SIDE, Raster, counted_from, rasterise
from rnn_desk.core.scan.areas import Box, block_side
from rnn_desk.core.scan.channel import grey_levels
from rnn_desk.core.scan.find import (
    MOST_PIXELS,
    Digit,
    Found,
    find,
    is_in_mnists_manner,
    shrunk,
)

_KEPT = 8
"""Rasters of pictures that are kept: those on the canvas now are read again at every turn of a
control in the lab, and finding their ink takes 30 ms."""


@frozen(eq=False)
class Picture:
    """A picture that lies in the middle of a square canvas, as large as fits.

    `picture_of` makes one of any pixels: of too many, its ink would be looked for without end.

    grey: `[rows, columns]` uint8, 0 black .. 255 white, at least one pixel. size: side of the
    canvas, in canvas units. as_it_is: it is known to be made in MNIST's manner, so that a network
    for pictures of its size gets it unchanged. box: where the digit lies that is read, in its own
    pixels: one that was found, or one that a person drew; None for the first that is found.
    original_size: rows and columns of the file, where it has more pixels. looked_at: what was found
    in it, where that is known.
    """

    grey: NDArray[np.uint8] = field(repr=False)
    size: float = CANVAS_SIZE
    as_it_is: bool = False
    box: Box | None = None
    original_size: tuple[int, int] | None = None
    looked_at: Found | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.grey.flags.writeable = False

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """None: nobody drew it here."""
        return ()

    @property
    def is_empty(self) -> bool:
        """Never; whether there is any ink in it, its raster says."""
        return False

    @property
    def scale(self) -> float:
        """Canvas units that one pixel is wide."""
        longest: int = max(1, *self.grey.shape)
        return self.size / longest

    @property
    def corner(self) -> tuple[float, float]:
        """Where its upper left corner lies, x and y in canvas units."""
        rows, columns = self.grey.shape
        return (self.size - columns * self.scale) / 2, (self.size - rows * self.scale) / 2

    @cached_property
    def found(self) -> Found:
        """What is found in it."""
        return find(self.grey.astype(np.float64)) if self.looked_at is None else self.looked_at

    @cached_property
    def digit(self) -> Digit | None:
        """The digit that is read; None where there is none."""
        digits = self.found.digits
        if self.box is None:
            return digits[0] if digits else None
        return next((each for each in digits if each.box == self.box), None) or self._drawn_round

    @property
    def parts(self) -> tuple[Picture, ...]:
        """The picture once for each digit in it, with that one read; itself where there are no
        several."""
        if self.as_it_is or is_in_mnists_manner(self.grey) or len(self.found.digits) < 2:
            return (self,)
        return tuple(self.reading(digit.box) for digit in self.found.digits)

    @property
    def _drawn_round(self) -> Digit | None:
        """All the ink in the box that a person drew, as one digit."""
        assert self.box is not None
        box = self.box.within(*self.grey.shape)
        found = find(self.grey[box.pixels].astype(np.float64), as_one=True)
        if not found.digits:
            return None
        rows, columns = box.pixels
        digit = found.digits[0]
        return replace(digit, box=digit.box.moved(1, columns.start, rows.start))

    def reading(self, box: Box | None) -> Picture:
        """The same picture with the digit in that box read."""
        return replace(self, box=box, looked_at=self.found)

    def in_the_file(self, box: Box) -> Box:
        """A box in the pixels of the file."""
        rows, _ = self.grey.shape
        return box.moved((self.original_size or self.grey.shape)[0] / rows)

    def with_stroke(self, stroke: Stroke) -> Drawing:
        """The pen begins a new sheet: ink and pixels do not mix."""
        return Drawing((stroke,), self.size)

    def resized(self, size: float) -> Picture:
        """The same picture on a canvas of another size."""
        return replace(self, size=size)


Original = Drawing | Picture
"""What a raster is made from: that which lies on the canvas."""


def picture_of(
    levels: NDArray[np.uint8],
    size: tuple[int, int] | None = None,
    as_it_is: bool = False,
    box: Box | None = None,
) -> Picture:
    """A picture of any size, grey `[rows, columns]` or coloured `[rows, columns, 3]`, 0..255, with
    no more pixels than are looked at to find its ink.

    size: rows and columns of the file that it comes from, where they are more. as_it_is, box: as a
    `Picture` has them, the box in the pixels that are given.
    """
    small = shrunk(levels)
    grey = grey_levels(small) if small.ndim == 3 else small
    rows, columns, *_ = levels.shape
    return Picture(
        np.rint(grey).astype(np.uint8),
        as_it_is=as_it_is,
        box=None if box is None else box.moved(1 / block_side((rows, columns), MOST_PIXELS)),
        original_size=size or (rows, columns),
    )


def raster_of(
    original: Original, side: int = SIDE, box: float = BOX, counted: bool = False
) -> Raster:
    """The raster of whatever lies on the canvas, `side` x `side`; blank where there is no ink.

    box, counted: as `core.raster.Frame` has them.
    """
    if isinstance(original, Drawing):
        return rasterise(original, side, box, counted)
    return _raster(original, side, box, counted)


def shows_the_same(a: Original, b: Original) -> bool:
    """Whether both are one picture, or drawings of the same strokes."""
    if isinstance(a, Drawing) and isinstance(b, Drawing):
        return a.strokes == b.strokes
    return a is b


@lru_cache(_KEPT)
def _raster(picture: Picture, side: int, box: float, counted: bool) -> Raster:
    """With scale and offset as the canvas has them, not the picture's pixels."""
    grey = picture.grey
    if grey.shape == (side, side) and (picture.as_it_is or is_in_mnists_manner(grey)):
        raster = Raster((grey / 255).astype(np.float32), 1.0)
    elif (digit := picture.digit) is not None:
        raster = (
            counted_from(digit.raster(BEFORE_COUNTED, 1.0), side)
            if counted
            else digit.raster(side, box)
        )
    else:
        raster = Raster(np.zeros((side, side), np.float32))
    scale, (x, y) = raster.scale / picture.scale, picture.corner
    return Raster(
        raster.pixels, scale, (raster.offset[0] - x * scale, raster.offset[1] - y * scale)
    )
