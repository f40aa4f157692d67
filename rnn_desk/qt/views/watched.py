"""Tensors that are no recurrent layer's states: numbers beside the rows, and feature maps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.colour import ColourMap, round_limit
from rnn_desk.core.frozen import frozen
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.model import Watchable
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import add_action
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.heat import paint_image
from rnn_desk.qt.views.heat_rows import HeatView
from rnn_desk.qt.views.mathematics import significant
from rnn_desk.qt.views.row_axis import Room, row_words

MAPS_SHARE = 48
"""Units that a view of maps counts for where the width is shared out among the views."""

_GAP = 3
_LEAST_CELL = 36
"""Pixels a side below which no edge is seen in a map; those that find no place are left out, till
the view is shown alone."""

_MARK = 150
"""Opacity, of 255, of the row's mark in a map, which lies over what it marks."""

_LEAST_LIMIT = 0.01

_USUAL = 0.99
"""The part of the maps' numbers that their colours tell apart: the few that are far greater would
leave all others pale."""

FEW = 16
"""Numbers a row up to which the view is no wider than they need."""

BOLDER = 1.15
"""How much wider a title is than the same words in plain letters: it wants to be read."""


class WatchedView(HeatView):
    """Tensor number `index` of a Trace's watched ones, as a heat map: a line a row."""

    title_opens_menu = True
    hidden_as = "weights"

    hidden_wanted = Signal(object)
    """A Watchable that nobody wants to see any longer."""
    others_wanted = Signal()
    """The list of all that could be watched is to be opened."""

    def __init__(
        self,
        index: int,
        facts: Watchable,
        store: QtStore,
        parent: QWidget | None = None,
    ) -> None:
        self.index = index
        self.facts = facts
        self._signed = False
        self._limit = 1.0
        super().__init__(store, parent)

    @property
    def columns(self) -> int:
        return self.facts.shape[1]

    def width_in(self, room: Room) -> int | None:
        if self.columns > FEW:
            return None
        title = int(BOLDER * self.fontMetrics().horizontalAdvance(self.title()))
        return max(title, min(room.usual, self.columns * room.row_height))

    def title(self) -> str:
        return f"{self.facts.label} ▾"

    def about(self) -> str:
        if self.facts.weights:
            return tr(
                "{name}: how much of each row's state the network takes for its answer; all rows "
                "together are 1",
                name=self.facts.label,
            )
        return tr("{name}: the tensor's numbers, a line a row", name=self.facts.label)

    def subtitle(self) -> str:
        if self.facts.weights:
            return tr("sums to 1")
        return tr("{count} numbers a row", count=self.facts.shape[1])

    def colours(self) -> ColourMap:
        return self.theme.signed if self._signed else self.theme.single

    def limit(self) -> float:
        return self._limit

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.watched[self.index].values

    def show_trace(self, trace: Trace | None) -> None:
        if trace is not None and self.index < len(trace.watched):
            values = trace.watched[self.index].values
            self._signed = self._signed or bool(values.min(initial=0) < 0)
            self._limit = round_limit(max(self._largest(values), _LEAST_LIMIT))
        super().show_trace(trace)

    def _largest(self, values: NDArray[np.float32]) -> float:
        """The number that is to be told from smaller ones by its colour."""
        return float(np.abs(values).max(initial=0))

    def fill_menu(self, menu: QMenu) -> None:
        add_action(menu, tr("Do not show this any more")).triggered.connect(
            lambda *_: self.hidden_wanted.emit(self.facts)
        )
        add_action(menu, tr("Other tensors…")).triggered.connect(
            lambda *_: self.others_wanted.emit()
        )

    def words_at(self, row: int, across: float) -> str:
        assert self.values is not None
        column = self.column_at(across)
        return "\n".join(
            (
                tr("{name}, number {column}", name=self.facts.label, column=column + 1),
                row_words(row, self.axis.rows),
                significant(float(self.values[row, column]), 4),
            )
        )


@frozen
class _Grid:
    """Where the maps lie: `shown` of them, `across` in a line, each `width` x `height` pixels."""

    shown: int
    across: int
    width: int
    height: int

    def cell(self, number: int, area: QRect) -> QRect:
        down, over = divmod(number, self.across)
        return QRect(
            area.x() + _GAP + over * (self.width + _GAP),
            area.y() + _GAP + down * (self.height + _GAP),
            self.width,
            self.height,
        )

    def at(self, pos: QPoint, area: QRect) -> tuple[int, float, float] | None:
        """Which map lies there, and where in it, 0..1 down and across."""
        for number in range(self.shown):
            cell = self.cell(number, area)
            if cell.contains(pos):
                down = (pos.y() - cell.y()) / cell.height()
                return number, down, (pos.x() - cell.x()) / cell.width()
        return None


class MapsView(WatchedView):
    """The maps of one tensor as small pictures, each with the row looked at marked in it.

    A map is not read row after row: no row of it is unread.
    """

    number = 1
    """Which of the views of maps this is, from the picture on."""

    @property
    def columns(self) -> int:
        return MAPS_SHARE

    def title(self) -> str:
        return self.titles()[0]

    def titles(self) -> Sequence[str]:
        number = self.number
        return (
            tr("feature maps {number}", number=number) + " ▾",
            tr("maps {number}", number=number) + " ▾",
            str(number),
        )

    def about(self) -> str:
        told = tr(
            "Feature maps, the tensor {name}: where in the picture each filter found its pattern.\n"
            "They have no order of rows: all of them are worked out at once.",
            name=self.facts.label,
        )
        return "\n".join((told, tr("double click: all of them, large")))

    def subtitle(self) -> str:
        count, height, width = self.facts.shape
        shown = self._grid(self.area()).shown
        size = f"{height} × {width}"
        if shown < count:
            return tr("{shown} of {count} maps of {size}", shown=shown, count=count, size=size)
        return tr("{count} maps of {size}", count=count, size=size)

    def subtitles(self) -> Sequence[str]:
        count, height, width = self.facts.shape
        size = f"{height} × {width}"
        shortest = f"{height}²" if height == width else size.replace(" ", "")
        fewer = tr("{count} maps", count=count)
        return (self.subtitle(), fewer, size, size.replace(" ", ""), shortest)

    def _largest(self, values: NDArray[np.float32]) -> float:
        return float(np.quantile(np.abs(values), _USUAL)) if values.size else 0.0

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        """The maps one below the other."""
        maps = trace.watched[self.index].values
        return maps.reshape(-1, maps.shape[2])

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, QColor(self.theme.window))
        if self.image is None:
            return
        _, height, width = self.facts.shape
        grid = self._grid(area)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        for number in range(grid.shown):
            cell = grid.cell(number, area)
            paint_image(painter, cell, self.image.copy(0, number * height, width, height))
            painter.drawRect(cell.adjusted(-1, -1, 0, 0))

    @property
    def is_hidden(self) -> bool:
        """Also where rows are hidden that are not read yet: a map has seen all of them."""
        return super().is_hidden or self.store.state.unread_from is not None

    def _paint_veil(self, painter: QPainter, area: QRect) -> None:
        """Nothing is dimmed."""

    def _paint_mark(self, painter: QPainter, area: QRect) -> None:
        row, rows = self.store.state.pointed.row, self.axis.rows
        if row is None or self.image is None:
            return
        mark = QColor(self.theme.accent)
        mark.setAlpha(_MARK)
        grid = self._grid(area)
        for number in range(grid.shown):
            cell = QRectF(grid.cell(number, area))
            upper, part = cell.y() + row / rows * cell.height(), cell.height() / rows
            painter.fillRect(QRectF(cell.x() - 1, upper, cell.width() + 1, max(part, 1.5)), mark)

    def tooltip_words(self, at: QPoint) -> str:
        found = self._grid(self.area()).at(at, self.area())
        if found is None or self.trace is None:
            return self.about()
        number, down, across = found
        count, height, width = self.facts.shape
        row, column = int(down * height), int(across * width)
        return "\n".join(
            (
                tr("{name}, map {number} of {count}", name=self.facts.label, number=number + 1,
                   count=count),
                tr("its row {row}, column {column}", row=row + 1, column=column + 1),
                significant(float(self.trace.watched[self.index].values[number, row, column]), 4),
            )
        )  # fmt: skip

    def row_at(self, pos: QPoint) -> int | None:
        found = self._grid(self.area()).at(pos, self.area())
        return None if found is None else int(found[1] * self.axis.rows)

    def _grid(self, area: QRect) -> _Grid:
        """The largest maps that all find a place, their shape kept; or as many as find one."""
        count, height, width = self.facts.shape
        best = _Grid(0, 1, 0, 0)
        for across in range(1, count + 1):
            down = ceil(count / across)
            unit = min(
                (area.width() - _GAP * (across + 1)) / across / width,
                (area.height() - _GAP * (down + 1)) / down / height,
            )
            cell = replace(
                best, shown=count, across=across, width=int(unit * width), height=int(unit * height)
            )
            if cell.width > best.width:
                best = cell
        if min(best.width, best.height) >= _LEAST_CELL or not count:
            return best
        least = _LEAST_CELL * width / min(width, height)
        across = max(1, int((area.width() - _GAP) // (least + _GAP)))
        unit = max(_LEAST_CELL / 2, (area.width() - _GAP * (across + 1)) / across) / width
        cell = replace(best, width=int(unit * width), height=int(unit * height))
        down = max(1, (area.height() - _GAP) // (cell.height + _GAP))
        return replace(cell, shown=min(count, across * down), across=across)
