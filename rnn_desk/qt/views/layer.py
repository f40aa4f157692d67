"""The hidden state of one recurrent layer, row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import LayerTrace, Trace
from rnn_desk.qt.selection import Selection, Unit
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.rows import HeatView, row_words
from rnn_desk.qt.words import tr


class LayerView(HeatView):
    """Layer number `index` of the Trace: `h`, one line a row, one column a unit.

    `name`, `units` and `reverse` are the layer's own, so that the view can say what it is before
    anything was drawn.
    """

    def __init__(
        self,
        index: int,
        name: str,
        units: int,
        reverse: bool,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(selection, theme, parent)
        self.index = index
        self.name = name
        self.units = units
        self.reverse = reverse

    def title(self) -> str:
        return tr("{layer}: h", layer=self.name)

    def subtitle(self) -> str:
        if self.reverse:
            return tr("{units} units, from below", units=self.units)
        return tr("{units} units", units=self.units)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.selection.hover(self.axis.row_at(event.position().y()), self._unit_at(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the unit as well as the row; both once more lets both go."""
        unit, row = self._unit_at(event), self.axis.row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            again = (self.selection.pinned, self.selection.pinned_unit) == (row, unit)
            self.selection.pin(None if again else row)
            self.selection.pin_unit(None if again else unit)

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """A pointer above and below the unit looked at."""
        unit = self.selection.unit
        if unit is None or unit.layer != self.index:
            return
        x = area.x() + (unit.unit + 0.5) * area.width() / self.units
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        for y, way in ((area.top(), -5), (area.bottom() + 1, 5)):
            tip = [QPointF(x, y), QPointF(x - 4, y + way), QPointF(x + 4, y + way)]
            painter.drawPolygon(QPolygonF(tip))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _unit_at(self, event: QMouseEvent) -> Unit | None:
        area = self.area()
        if not area.contains(event.position().toPoint()):
            return None
        return Unit(self.index, self.column_at((event.position().x() - area.x()) / area.width()))

    def colours(self) -> ColourMap:
        return self.theme.signed

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.layers[self.index].h

    def words_at(self, row: int, across: float) -> str:
        assert self.trace is not None
        layer, unit = self.trace.layers[self.index], self.column_at(across)
        lines = [
            tr("{layer}, unit {unit}", layer=self.name, unit=unit + 1),
            row_words(row, self.axis.rows),
            *_numbers(layer, row, unit),
        ]
        if self.reverse:
            lines.append(tr("this state has seen the rows below, not those above"))
        return "\n".join(lines)


def _numbers(layer: LayerTrace, row: int, unit: int) -> list[str]:
    """h, c and the gates of one unit at one row, each on a line."""
    named = [("h", layer.h), *([] if layer.c is None else [("c", layer.c)]), *layer.gates.items()]
    return [f"{name} = {values[row, unit]:+.3f}" for name, values in named]
