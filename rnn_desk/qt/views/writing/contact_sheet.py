"""What was written as a sheet of its own, for slides and papers: all pictures, and how they were
asked for."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from rnn_desk.qt.style.theme import Theme
from rnn_desk.qt.views.view import MARGIN
from rnn_desk.qt.views.writing.tile import GAP, Tile, name_height, paint_tile

SIDE = 140
"""Pixels of a picture, at least: in large letters it has room for its name."""

_LINES = 7
"""Lines of the text that a picture is high, at least."""


class ContactSheet:
    """Its size, and how it is painted."""

    def __init__(self, tiles: Sequence[Tile], words: str, theme: Theme, font: QFont) -> None:
        """words: what stands above the pictures."""
        self._tiles, self._words, self._theme, self._font = tiles, words, theme, font
        metrics = QFontMetrics(font)
        side, columns = max(SIDE, _LINES * metrics.height()), columns_of(max(1, len(tiles)))
        wide = columns * side + (columns - 1) * GAP
        most = QRect(0, 0, wide, 4 * metrics.height())
        flags = int(Qt.TextFlag.TextWordWrap)
        self._title = QRect(MARGIN, MARGIN, wide, metrics.boundingRect(most, flags, words).height())
        top, high = self._title.bottom() + 1 + GAP, side + name_height(metrics) + GAP
        self._places = [
            QRect(MARGIN + column * (side + GAP), top + line * high, side, side)
            for line, column in (divmod(number, columns) for number in range(len(tiles)))
        ]
        lines = ceil(len(tiles) / columns)
        self.size = QSize(wide + 2 * MARGIN, top + lines * high - GAP + MARGIN)

    def paint(self, painter: QPainter, rows: int | None = None) -> None:
        """Paint it; of each picture so many rows, None for all."""
        painter.fillRect(QRect(QPoint(), self.size), QColor(self._theme.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(self._title, Qt.TextFlag.TextWordWrap, self._words)
        for tile, place in zip(self._tiles, self._places, strict=True):
            seen = tile.side if rows is None else rows
            paint_tile(painter, place, tile, self._theme, self._font, seen)


def columns_of(count: int) -> int:
    """How many stand side by side, so that all lines are full and it is about as high as wide."""
    return next(k for k in range(1, count + 1) if count % k == 0 and k * k >= count)
