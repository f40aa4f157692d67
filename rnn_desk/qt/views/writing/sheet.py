"""The ruled sheet: two lines to write between, and over the drawing how it could go on."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from rnn_desk.core.ruled import BOTTOM, TOP
from rnn_desk.qt.style.theme import Theme

_FAINT = 130
"""Opacity, of 255, of the lines."""


def paint_lines(painter: QPainter, sheet: QRectF, theme: Theme) -> None:
    """The lines of an exercise book: a digit stands between them, in the middle of the sheet."""
    colour = QColor(theme.muted)
    colour.setAlpha(_FAINT)
    top, bottom = (sheet.y() + part * sheet.height() for part in (TOP, BOTTOM))
    painter.setPen(QPen(colour, 1))
    for y in (top, bottom):
        painter.drawLine(QLineF(sheet.left() + 1, y, sheet.right() - 1, y))
    painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
    for part in (TOP, BOTTOM):
        x = sheet.x() + part * sheet.width()
        painter.drawLine(QLineF(x, top, x, bottom))


def paint_ghost(painter: QPainter, where: QRectF, ghost: QImage) -> None:
    """How the drawing could go on, softly."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(where, ghost)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
