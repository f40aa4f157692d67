"""A pointer that is seen from the back row: a ring around the place that it points at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from rnn_desk.qt.style.theme import Theme

_RING = 4.0
"""Pixels that the ring is wide; its light edge is as wide again."""

_DOT = 3.0


def ring_cursor(theme: Theme, size: int) -> QCursor:
    """A ring of that many pixels across, its middle the place that is pointed at."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = QRectF(pixmap.rect()).adjusted(_RING, _RING, -_RING, -_RING)
    middle = QPointF(size / 2, size / 2)
    for colour, width in ((theme.panel, 2 * _RING), (theme.accent, _RING)):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(middle, _DOT * width / _RING, _DOT * width / _RING)
    painter.end()
    return QCursor(pixmap)
