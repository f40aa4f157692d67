"""Numbers as images, one pixel a number, and such images as large pixels on the screen."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.colour import ColourMap

_SHARP = 4
"""Pixels of an image in a file of outlines for each one of the screen's."""


def paint_image(painter: QPainter, area: QRect, image: QImage) -> None:
    """Fill the area with the image, its pixels sharp.

    In a file of outlines it is enlarged first: most programs that show those smooth a small image.
    """
    if painter.paintEngine().type() != QPaintEngine.Type.Raster:
        image = image.scaled(area.size() * _SHARP, Qt.AspectRatioMode.IgnoreAspectRatio)
    painter.drawImage(area, image)


def heat_image(values: NDArray[np.float32], colours: ColourMap, limit: float) -> QImage:
    """An image with one pixel a number, `[rows, n]`, its colours those of the map."""
    return _image(_colour_words(colours)[colours.indices(values, limit)])


def true_image(colours: NDArray[np.uint8]) -> QImage:
    """An image of colours `[rows, n, 3]`: red, green, blue."""
    return _image(_words(colours))


def _image(words: NDArray[np.uint32]) -> QImage:
    """Of Qt's 32-bit colours, `[rows, n]`, which it scales six times as fast as numbers of a table
    of colours."""
    pixels = np.ascontiguousarray(words)
    rows, width = pixels.shape
    # The image takes no copy of the array, which is gone when this returns.
    return QImage(pixels.data, width, rows, 4 * width, QImage.Format.Format_RGB32).copy()


def _words(colours: NDArray[np.uint8]) -> NDArray[np.uint32]:
    r, g, b = np.moveaxis(colours.astype(np.uint32), -1, 0)
    return np.asarray(np.uint32(0xFF000000) | r << 16 | g << 8 | b)


@lru_cache(maxsize=16)  # the themes' maps, asked for at every painting
def strip_image(colours: ColourMap) -> QImage:
    """The colours of a map side by side, from its least to its greatest number."""
    first = 1 if colours.signed else 0
    width = 256 - first
    line = colours.rgb[3 * first :]  # of which the image takes no copy
    return QImage(line, width, 1, 3 * width, QImage.Format.Format_RGB888).copy()


@lru_cache(maxsize=16)
def _colour_words(colours: ColourMap) -> NDArray[np.uint32]:
    """The map as Qt's 32-bit colours, `[256]`."""
    return _words(colours.colours)
