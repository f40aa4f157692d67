"""A picture of a digit in place of a drawing: a scan, a photograph, an image of MNIST's.

Whoever reads a digit reads it from either, by `raster_of`.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import lru_cache

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, Stroke
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import BOX, SIDE, Raster, rasterise
from rnn_desk.core.scan import raster_from_picture, shrunk

_KEPT = 8
"""Rasters of pictures that are kept: those on the canvas now are read again at every turn of a
control in the lab, and finding their ink takes 30 ms."""


@frozen(eq=False)
class Picture:
    """A picture that lies in the middle of a square canvas, as large as fits.

    grey: `[rows, columns]` uint8, 0 black .. 255 white, at least one pixel. size: side of the
    canvas, in canvas units. as_it_is: it is known to be made in MNIST's manner, so that a network
    for pictures of its size gets it unchanged.
    """

    grey: NDArray[np.uint8] = field(repr=False)
    size: float = CANVAS_SIZE
    as_it_is: bool = False

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

    def with_stroke(self, stroke: Stroke) -> Drawing:
        """The pen begins a new sheet: ink and pixels do not mix."""
        return Drawing((stroke,), self.size)

    def resized(self, size: float) -> Picture:
        """The same picture on a canvas of another size."""
        return replace(self, size=size)


Original = Drawing | Picture
"""What a raster is made from: that which lies on the canvas."""


def picture_of(grey: NDArray[np.uint8]) -> Picture:
    """A picture of any size, 0..255, with no more pixels than are looked at to find its ink."""
    return Picture(np.rint(shrunk(grey)).astype(np.uint8))


def raster_of(original: Original, side: int = SIDE, box: float = BOX) -> Raster:
    """The raster of whatever lies on the canvas, `side` x `side`; blank where there is no ink.

    box: side of the box that the ink is scaled into, as a part of the raster's side.
    """
    if isinstance(original, Drawing):
        return rasterise(original, side, box)
    return _raster(original, side, box)


def shows_the_same(a: Original, b: Original) -> bool:
    """Whether both are one picture, or drawings of the same strokes."""
    if isinstance(a, Drawing) and isinstance(b, Drawing):
        return a.strokes == b.strokes
    return a is b


@lru_cache(_KEPT)
def _raster(picture: Picture, side: int, box: float) -> Raster:
    """With scale and offset as the canvas has them, not the picture's pixels."""
    grey = picture.grey
    if picture.as_it_is and grey.shape == (side, side):
        raster = Raster((grey / 255).astype(np.float32), 1.0)
    else:
        raster = raster_from_picture(grey, side, box)
    scale, (x, y) = raster.scale / picture.scale, picture.corner
    return Raster(
        raster.pixels, scale, (raster.offset[0] - x * scale, raster.offset[1] - y * scale)
    )
