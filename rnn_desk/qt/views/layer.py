"""The states and gates of one recurrent layer, row by row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QActionGroup, QColor, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.app.actions import point, show
from rnn_desk.app.state import Views
from rnn_desk.app.values import Unit
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.cells import quantity
from rnn_desk.core.cells.cell import Quantity
from rnn_desk.core.colour import ColourMap
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.ordering import ORDERS
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import add_action
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.heat_rows import HeatView
from rnn_desk.qt.views.mathematics import number, signed
from rnn_desk.qt.views.row_axis import Room, row_words

USUAL = 0.98
"""The part of a cell state's numbers that its colours tell apart."""


@frozen
class LayerFacts:
    """What is known of a layer before it has read anything."""

    name: str
    op: str
    units: int
    reverse: bool = False
    between: Refused | None = None
    """What lies between the states of two rows, where it is not one step."""


class LayerView(HeatView):
    """Layer number `index` of model number `model`: one line a row, one column a unit.

    Shows `h`, or `c`, or a gate; the units as they are stored, or in an order that shows more.
    """

    hidden_as = "states"
    title_opens_menu = True

    def __init__(
        self,
        model: int,
        index: int,
        facts: LayerFacts,
        store: QtStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(store, parent)
        self.model = model
        self.index = index
        self.facts = facts
        self.shown = store.state.views.layer(model, index)
        self.quantity = self.shown.quantity
        """What is shown: what was asked for, where the layer has it."""
        self._order: NDArray[np.intp] = np.arange(facts.units)
        self._in_order = "stored"
        """The order that the units are in: the one that is asked for once there is a reading."""
        self._limit = self._cells_limit = 1.0

    @property
    def columns(self) -> int:
        return self.facts.units

    def width_in(self, room: Room) -> None:
        return None

    def title(self) -> str:
        return f"{self.facts.name}: {self.quantity} ▾"

    def about(self) -> str:
        meant = quantity(self.facts.op, self.quantity)
        if meant.signed:
            told = tr("blue is below 0, orange above; the stronger, the farther from 0.")
        else:
            told = tr("a gate: 0 is shut, 1, full green, is open.")
        return tr(
            "{quantity} of {layer}: one column a unit, one line a row; {colours}\n"
            "click: another state or gate, another order of the units",
            quantity=" ".join(quantity_name(meant).split()),
            layer=self.facts.name,
            colours=told,
        )

    def titles(self) -> Sequence[str]:
        _, _, number = self.facts.name.partition(" ")
        return (self.title(), f"{number}: {self.quantity} ▾", f"{self.quantity} ▾")

    def subtitle(self) -> str:
        if self.facts.reverse:
            return tr("{units} units, from below", units=self.facts.units)
        return tr("{units} units", units=self.facts.units)

    def subtitles(self) -> Sequence[str]:
        return (self.subtitle(), str(self.facts.units))

    def show_quantity(self, quantity: str) -> None:
        """Show `h`, `c` or a gate by its letter."""
        self.store.do(show.layer_as, replace(self.shown, quantity=quantity))

    def order_by(self, name: str) -> None:
        """Put the units into an order of `core.ordering.ORDERS`, as this reading has it."""
        self._in_order = ""
        self.store.do(show.layer_as, replace(self.shown, order=name))
        self.show_trace(self.trace)

    def show_as(self, other: LayerView) -> None:
        """Show of the same layer what another view showed, in the same order."""
        self._order, self._in_order = other._order, other._in_order
        self._cells_limit = other._cells_limit
        self.show_trace(self.trace)

    def views_changed(self, views: Views) -> None:
        """Show what is asked for, in the order that is."""
        before, self.shown = self.shown, views.layer(self.model, self.index)
        if self.shown != before:
            self.show_trace(self.trace)

    def quantities(self) -> tuple[str, ...]:
        """What there is to show of this layer."""
        if self.trace is None:
            return ("h",)
        return tuple(self.trace.layers[self.index].quantities)

    def show_trace(self, trace: Trace | None) -> None:
        self.quantity = self.shown.quantity
        if trace is not None:
            layer = trace.layers[self.index]
            if self._in_order != self.shown.order:
                self._order, self._in_order = ORDERS[self.shown.order](layer.h), self.shown.order
            shown = layer.quantity(self.shown.quantity)
            if shown is None:
                self.quantity, shown = "h", layer.h
            if self.quantity == "c":  # never less, so that colours of two drawings can be compared
                self._cells_limit = max(self._cells_limit, limit_for(shown))
            self._limit = self._cells_limit if self.quantity == "c" else 1.0
        super().show_trace(trace)

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        shown = trace.layers[self.index].quantity(self.quantity)
        assert shown is not None  # since `show_trace`
        return shown[:, self._order]

    def colours(self) -> ColourMap:
        signed = quantity(self.facts.op, self.quantity).signed
        return self.theme.signed if signed else self.theme.single

    def limit(self) -> float:
        return self._limit

    def column_names(self) -> Sequence[str]:
        return [str(unit + 1) for unit in self._order]

    def fill_menu(self, menu: QMenu) -> None:
        """What is shown, and in which order."""
        shown = QActionGroup(menu)
        for name in self.quantities():
            action = add_action(shown, quantity_name(quantity(self.facts.op, name)))
            action.setCheckable(True)
            action.setChecked(name == self.quantity)
            action.triggered.connect(partial(self._quantity_chosen, name))
        menu.addActions(shown.actions())
        menu.addSeparator()
        orders = QActionGroup(menu)
        for name, words in (
            ("stored", tr("Units as stored")),
            ("peak", tr("Units by the row of their peak")),
            ("likeness", tr("Like units together")),
        ):
            action = add_action(orders, words)
            action.setCheckable(True)
            action.setChecked(name == self.shown.order)
            action.triggered.connect(partial(self._order_chosen, name))
        menu.addActions(orders.actions())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.store.do(point.hover, self.axis.row_at(event.position().y()), self._unit_at(event))

    def choose(self, row: int, event: QMouseEvent) -> None:
        """This row and the unit there; both once more lets both go."""
        unit = self._unit_at(event)
        again = (self.store.state.pointed.pinned, self.store.state.pointed.pinned_unit) == (
            row,
            unit,
        )
        self.store.do(point.pin, None if again else row)
        self.store.do(point.pin_unit, None if again else unit)

    def unread(self, row: int) -> range:
        return range(row) if self.facts.reverse else super().unread(row)

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """A pointer above and below the unit looked at."""
        unit = self.store.state.pointed.unit
        if unit is None or not self.has(unit):
            return
        column = self.column_of(unit)
        x = area.x() + (column + 0.5) * area.width() / self.facts.units
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        for y, way in ((area.top(), -5), (area.bottom() + 1, 5)):
            tip = [QPointF(x, y), QPointF(x - 4, y + way), QPointF(x + 4, y + way)]
            painter.drawPolygon(QPolygonF(tip))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def words_at(self, row: int, across: float) -> str:
        assert self.trace is not None
        layer = self.trace.layers[self.index]
        unit = int(self._order[self.column_at(across)])
        lines = [
            tr("{layer}, unit {unit}", layer=self.facts.name, unit=unit + 1),
            row_words(row, self.axis.rows),
            *(
                quantity_value(quantity(layer.op, name), float(values[row, unit]))
                for name, values in layer.quantities.items()
            ),
        ]
        if self.facts.between is not None:
            lines.append(sentence(self.facts.between))
        elif self.facts.reverse:
            lines.append(tr("this state has seen the rows below, not those above"))
        return "\n".join(lines)

    def has(self, unit: Unit) -> bool:
        """Whether this is the layer of that unit."""
        return (unit.model, unit.layer) == (self.model, self.index)

    def column_of(self, unit: Unit) -> int:
        """Where one of its units stands."""
        return int(np.flatnonzero(self._order == unit.unit)[0])

    def unit_in(self, column: int) -> Unit:
        """The unit that stands there; beyond either end, the last one."""
        column = max(0, min(len(self._order) - 1, column))
        return Unit(self.model, self.index, int(self._order[column]))

    def _unit_at(self, event: QMouseEvent) -> Unit | None:
        area = self.area()
        if not area.contains(event.position().toPoint()):
            return None
        column = self.column_at((event.position().x() - area.x()) / area.width())
        return self.unit_in(column)

    def _quantity_chosen(self, name: str, *_checked: bool) -> None:
        self.show_quantity(name)

    def _order_chosen(self, name: str, *_checked: bool) -> None:
        self.order_by(name)


def limit_for(values: NDArray[np.float32]) -> float:
    """A round limit that holds all values but the odd one, which alone would leave all others
    pale: a power of two, so that it seldom changes."""
    if not values.size:
        return 1.0
    # As `np.quantile`, which takes ten times as long for as few numbers as a unit has.
    part, below = math.modf(USUAL * (values.size - 1))
    at = int(below)
    above = min(at + 1, values.size - 1)
    sizes = np.partition(np.abs(values).ravel(), (at, above))
    usual = sizes[at] + part * (sizes[above] - sizes[at])
    return float(2 ** math.ceil(math.log2(max(float(usual), 1.0))))


def quantity_value(meant: Quantity, value: float) -> str:
    """The letter of a state or a gate with its number; a gate has no sign."""
    return f"{meant.letter} = {signed(value, 3) if meant.signed else number(value, 3)}"


def quantity_name(meant: Quantity) -> str:
    """The letter of a state or a gate, with its name."""
    return f"{meant.letter}   {tr(meant.name)}"
