"""The ruled sheet: two lines to write between, and a picture as ink on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from rnn_desk.core.picture import Picture
from rnn_desk.core.ruled import BOTTOM, TOP
from rnn_desk.qt.style.theme import Theme
from rnn_desk.qt.views.writing.ink import written_image

_FAINT = 130
"""Opacity, of 255, of the lines."""


def paint_lines(painter: QPainter, size: float, theme: Theme) -> None:
    """The lines of an exercise book on a sheet of so many units: a digit stands between them, in
    the middle of the sheet."""
    colour = QColor(theme.muted)
    colour.setAlpha(_FAINT)
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    painter.save()
    painter.setPen(pen)
    for part in (TOP, BOTTOM):
        painter.drawLine(QLineF(0, part * size, size, part * size))
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    for part in (TOP, BOTTOM):
        painter.drawLine(QLineF(part * size, TOP * size, part * size, BOTTOM * size))
    painter.restore()


def paint_written(painter: QPainter, picture: Picture, theme: Theme) -> None:
    """A picture as a network gets it, in the colours of ink and paper: what was written goes on the
    sheet as if a pen had."""
    pixels = (picture.grey / 255).astype(np.float32)
    rows, columns = pixels.shape
    where = QRectF(*picture.corner, columns * picture.scale, rows * picture.scale)
    painter.drawImage(where, written_image(pixels, rows, theme))
