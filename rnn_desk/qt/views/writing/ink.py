"""Written pictures as images: what was given in the colour of ink, what was written in another."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage

from rnn_desk.core.arrays import Array
from rnn_desk.qt.style.theme import Theme
from rnn_desk.qt.views.heat import true_image

CLOUD = 0.62
"""How opaque the mean of several endings is where all of them have ink."""

ONE = 0.8
"""Likewise one ending by itself."""


def written_image(pixels: Array, begun: int, theme: Theme) -> QImage:
    """A picture `[side, side]` on paper; its rows from `begun` on in the colour of what was
    written."""
    (image,) = written_images(pixels[None], begun, theme)
    return image


def written_images(pixels: Array, begun: int, theme: Theme) -> list[QImage]:
    """Likewise several, `[n, side, side]`."""
    count, side, _ = pixels.shape
    paper, ink, written = (_rgb(each) for each in (theme.paper, theme.ink, theme.accent))
    colour = np.where(np.arange(side)[:, None, None] < begun, ink, written)
    mixed = paper + pixels[..., None] * (colour - paper)
    whole = true_image(np.rint(mixed).astype(np.uint8).reshape(count * side, side, 3))
    return [whole.copy(0, number * side, side, side) for number in range(count)]


def ghost_image(pixels: Array, begun: int, theme: Theme) -> QImage:
    """What lies over the drawing of some endings `[n, side, side]`: a cloud of all of them, clear
    where the drawing is."""
    accent = QColor(theme.accent)
    there = pixels.mean(0) * (CLOUD if len(pixels) > 1 else ONE)
    there[:begun] = 0
    alpha = np.rint(there * 255).astype(np.uint32)
    # Premultiplied, as the image is drawn in larger pixels that run into one another.
    parts = [
        np.rint(there * part).astype(np.uint32)
        for part in (accent.red(), accent.green(), accent.blue())
    ]
    words = alpha << 24 | parts[0] << 16 | parts[1] << 8 | parts[2]
    rows, width = words.shape
    data = np.ascontiguousarray(words)
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(data.data, width, rows, 4 * width, kind).copy()


def _rgb(colour: str) -> Array:
    return np.array(QColor(colour).getRgb()[:3], np.float32)  # type: ignore[index]  # four ints
