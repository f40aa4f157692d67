"""What lies on the ruled sheet, with what was written below it, and the pixels that surprise."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.heat import paint_image, true_image
from rnn_desk.qt.views.heat_rows import HeatView
from rnn_desk.qt.views.row_axis import Room, row_words
from rnn_desk.qt.views.writing.ink import written_image

MARKED = 8
"""The most surprising pixels, which get a frame."""

LEAST_MARKED = 1.0
"""Nats below which no pixel is framed: it was more likely than not about as it is."""

FULL = 4.0
"""Nats from which on a pixel is covered by its colour."""


class WrittenView(HeatView):
    """The picture row by row: what is given as ink, what was written in another colour."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.begun = 0
        self.nats: Array | None = None
        self.told = ""
        """What the writer was told, in words."""
        self._framed: list[tuple[int, int]] = []

    def width_in(self, room: Room) -> int:
        return room.picture

    def title(self) -> str:
        return tr("picture: x")

    def titles(self) -> tuple[str, ...]:
        return (self.title(), "x")

    def subtitle(self) -> str:
        if self._framed:
            return tr("orange: surprising")
        return self.told

    def subtitles(self) -> tuple[str, ...]:
        return (self.subtitle(), "")

    def about(self) -> str:
        return tr(
            "The picture, one row after the other, from the top: yours in the colour of ink, what "
            "the writer added in another.\nOrange, and framed: pixels that it did not expect."
        )

    def show_picture(self, trace: Trace | None, begun: int, nats: Array | None) -> None:
        """Show the picture of this Trace; its rows from `begun` on were written."""
        self.begun, self.nats = begun, nats
        self._framed = [] if nats is None else _most_surprising(nats)
        self.show_trace(trace)

    def colours(self) -> ColourMap:
        return self.theme.picture

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.raster.pixels

    def legend(self) -> None:
        """None: ink is ink."""

    def make_image(self) -> None:
        if self.values is None:
            return
        image = written_image(self.values, self.begun, self.theme)
        if self.nats is not None and self.nats.shape == self.values.shape:
            image = _laid_over(image, self.nats, self.theme.signed.high)
        self.image = image

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        if self.image is not None:
            paint_image(painter, area, self.image)
        across = area.width() / max(1, self.axis.rows)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.signed.high), 2))
        for row, column in self._framed:
            x, y = area.x() + column * across, self.axis.y(row)
            painter.drawRect(QRectF(x, y, across, self.axis.row_height))

    def words_at(self, row: int, across: float) -> str:
        column = self.column_at(across)
        words = row_words(row, self.axis.rows)
        if self.nats is None:
            return words
        return tr(
            "{row}, pixel {column}\n{nats:.2f} nats",
            row=words,
            column=column + 1,
            nats=float(self.nats[row, column]),
        )


def _most_surprising(nats: Array) -> list[tuple[int, int]]:
    """The rows and columns of the pixels that were least expected."""
    order = np.argsort(nats, axis=None)[::-1][:MARKED]
    places = (divmod(int(each), nats.shape[1]) for each in order)
    return [place for place in places if nats[place] >= LEAST_MARKED]


def _laid_over(image: QImage, nats: Array, colour: str) -> QImage:
    """The picture with each pixel covered by a colour as far as it surprises."""
    width, height = image.width(), image.height()
    words = np.frombuffer(bytes(image.constBits()), np.uint32).reshape(height, width)
    base = np.stack([words >> 16 & 255, words >> 8 & 255, words & 255], -1).astype(np.float32)
    over = np.array(QColor(colour).getRgb()[:3], np.float32)  # type: ignore[index]  # four ints
    part = np.clip(nats / FULL, 0, 1)[..., None]
    return true_image(np.rint(base + part * (over - base)).astype(np.uint8))
