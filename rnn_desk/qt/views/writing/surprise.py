"""How unusual each row is to the writer, as a column of bars on the row axis."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.colour import round_limit
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.row_axis import Room, row_words
from rnn_desk.qt.views.rows import RowView

LEAST_LIMIT = 10.0
"""Nats for which a bar is as long as the view is wide, at least: else the rows of a usual digit
would look unusual."""


NARROW = 0.75
"""Of the width that a view of few numbers usually has."""


class SurpriseView(RowView):
    """Nats of each row: the sum of its pixels' surprise, given all above them and left of them."""

    nats: Array | None = None
    """Of each pixel, `[side, side]`."""

    def width_in(self, room: Room) -> int:
        return round(room.usual * NARROW)

    def title(self) -> str:
        return tr("surprise")

    def titles(self) -> tuple[str, ...]:
        return (self.title(), tr("nats"))

    def about(self) -> str:
        return tr(
            "How unlike what the writer expected each row is, in nats: minus the logarithm of how "
            "likely it held it.\nA long bar: here the digit became unusual."
        )

    def subtitle(self) -> str:
        if self.nats is None:
            return tr("nats a row")
        return tr("{nats:.0f} nats in all", nats=float(self.nats.sum()))

    def subtitles(self) -> tuple[str, ...]:
        if self.nats is None:
            return (self.subtitle(), "nats")
        whole = float(self.nats.sum())
        return (self.subtitle(), f"{whole:.0f}")

    def show_nats(self, nats: Array | None) -> None:
        """These are the nats of each pixel, or none are known."""
        self.nats = nats
        self.show_trace(self.trace)

    def numbers(self) -> NDArray[np.float32] | None:
        return None if self.nats is None else self.nats.sum(1, keepdims=True)

    def column_names(self) -> tuple[str, ...]:
        return ("nats",)

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, QColor(self.theme.panel))
        if self.nats is None:
            return
        rows = self.nats.sum(1)
        limit = max(LEAST_LIMIT, round_limit(float(rows.max())))
        most = int(rows.argmax())
        height = self.axis.row_height
        for row, value in enumerate(rows.tolist()):
            length = round((area.width() - 2) * min(1.0, value / limit))
            colour = QColor(self.theme.signed.high)
            if row != most:
                colour.setAlpha(150)
            painter.fillRect(area.x() + 1, self.axis.y(row), length, max(1, height - 1), colour)

    def words_at(self, row: int, across: float) -> str:
        words = row_words(row, self.axis.rows)
        if self.nats is None:
            return words
        return tr("{row}\n{nats:.1f} nats", row=words, nats=float(self.nats[row].sum()))
