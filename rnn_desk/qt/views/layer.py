"""The hidden state of one recurrent layer, row by row."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class LayerFacts:
    """What is known of a layer before it has read anything."""

    name: str
    units: int
    reverse: bool = False


class LayerView(HeatView):
    """Layer number `index` of model number `model`: `h`, one line a row, one column a unit."""

    def __init__(
        self,
        model: int,
        index: int,
        facts: LayerFacts,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(selection, theme, parent)
        self.model = model
        self.index = index
        self.facts = facts

    @property
    def columns(self) -> int:
        return self.facts.units

    def title(self) -> str:
        return tr("{layer}: h", layer=self.facts.name)

    def subtitle(self) -> str:
        if self.facts.reverse:
            return tr("{units} units, from below", units=self.facts.units)
        return tr("{units} units", units=self.facts.units)

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
        if unit is None or (unit.model, unit.layer) != (self.model, self.index):
            return
        x = area.x() + (unit.unit + 0.5) * area.width() / self.facts.units
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
        column = self.column_at((event.position().x() - area.x()) / area.width())
        return Unit(self.model, self.index, column)

    def colours(self) -> ColourMap:
        return self.theme.signed

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.layers[self.index].h

    def words_at(self, row: int, across: float) -> str:
        assert self.trace is not None
        layer, unit = self.trace.layers[self.index], self.column_at(across)
        lines = [
            tr("{layer}, unit {unit}", layer=self.facts.name, unit=unit + 1),
            row_words(row, self.axis.rows),
            *_numbers(layer, row, unit),
        ]
        if self.facts.reverse:
            lines.append(tr("this state has seen the rows below, not those above"))
        return "\n".join(lines)


def _numbers(layer: LayerTrace, row: int, unit: int) -> list[str]:
    """h, c and the gates of one unit at one row, each on a line."""
    named = [("h", layer.h), *([] if layer.c is None else [("c", layer.c)]), *layer.gates.items()]
    return [f"{name} = {values[row, unit]:+.3f}" for name, values in named]
