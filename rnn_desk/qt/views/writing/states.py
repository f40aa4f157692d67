"""The writer's own inside: its states and gates, and what it holds likely for the next row."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QMouseEvent, QPainter

from rnn_desk.app.values import Unit
from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import Trace
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.heat_rows import HeatView
from rnn_desk.qt.views.layer import LayerView
from rnn_desk.qt.views.row_axis import Room, row_words

WRITER = 2
"""The writer's number among models, after those that read: by it the state knows its layer."""


class WriterLayerView(LayerView):
    """The layer as any model's; no unit of it is pointed at, as the panel of the unit tells of the
    models that read."""

    def has(self, unit: Unit) -> bool:
        return False

    def choose(self, row: int, event: QMouseEvent) -> None:
        """Stay at this row; once more, let it go."""
        HeatView.choose(self, row, event)

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """No unit is marked."""

    def _unit_at(self, event: QMouseEvent) -> Unit | None:
        return None


class ChancesView(HeatView):
    """How likely each pixel of a row was to be ink, given the rows above it and what stands left
    of it: the distribution that the row was drawn from."""

    chances: Array | None = None

    def width_in(self, room: Room) -> int:
        return room.picture

    def title(self) -> str:
        return tr("next row: p(ink)")

    def titles(self) -> tuple[str, ...]:
        return (self.title(), "p(ink)")

    def subtitle(self) -> str:
        return tr("before it was drawn")

    def about(self) -> str:
        return tr(
            "What the writer held likely as it came to each row: full green, surely ink.\nEach "
            "pixel is then drawn by chance; the next one knows what became of it."
        )

    def colours(self) -> ColourMap:
        return self.theme.single

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return np.zeros_like(trace.raster.pixels) if self.chances is None else self.chances

    def show_chances(self, trace: Trace | None, chances: Array | None) -> None:
        """Of the picture of that Trace."""
        self.chances = chances
        self.show_trace(trace)

    def words_at(self, row: int, across: float) -> str:
        column = self.column_at(across)
        if self.chances is None:
            return row_words(row, self.axis.rows)
        return tr(
            "{row}, pixel {column}\nink: {part:.1%}",
            row=row_words(row, self.axis.rows),
            column=column + 1,
            part=float(self.chances[row, column]),
        )
