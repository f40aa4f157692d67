"""Pictures that other programs offer, in Qt's own form, as a file's pixels are."""

from __future__ import annotations

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from rnn_desk.core.errors import Refused
from rnn_desk.qt.images import read
from rnn_desk.qt.images.read import MAX_PIXELS, Pixels

_AT_ONCE = 2**20
"""Pixels converted in one step: Qt keeps Python's lock meanwhile, and the pen would wait."""


def pixels_of(image: QImage) -> Pixels:
    """The picture's pixels, as `read_picture` has a file's. Raises Refused."""
    width, height = image.width(), image.height()
    if width * height > MAX_PIXELS:
        raise Refused(
            "The picture has {width} x {height} pixels, more than the {most} million that are "
            "read: make it smaller",
            width=width,
            height=height,
            most=MAX_PIXELS // 10**6,
        )
    alpha = image.hasAlphaChannel()
    form = QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888
    depth = 4 if alpha else 3
    levels = np.empty((height, width, depth), np.uint8)
    step = max(1, _AT_ONCE // max(1, width))
    for top in range(0, height, step):
        band = image.copy(0, top, width, min(step, height - top)).convertToFormat(form)
        # Each line of a QImage begins at a multiple of four bytes.
        lines = np.frombuffer(band.constBits(), np.uint8).reshape(band.height(), -1)
        levels[top : top + step] = lines[:, : width * depth].reshape(band.height(), width, depth)
    return read.pixels_of(Image.fromarray(levels))
