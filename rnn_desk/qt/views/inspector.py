"""One unit at one row: its cell's equations with their numbers, what they weigh, its past."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from rnn_desk.app.actions import point, show
from rnn_desk.app.values import Unit
from rnn_desk.core.cells import CELLS, quantity
from rnn_desk.core.cells.cell import CellSpec
from rnn_desk.core.cells.one_unit import equations as equations_of
from rnn_desk.core.equations import Equation, UnitAt, without_numbers
from rnn_desk.core.trace import LayerTrace, Trace
from rnn_desk.core.unit import telling_row, unit_at
from rnn_desk.protocol.model import Layer, Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.plain import Label
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.equations import EquationsView, letter_of
from rnn_desk.qt.views.layer import quantity_value
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.row_axis import row_words
from rnn_desk.qt.views.unit_rows import UnitRowsView
from rnn_desk.qt.views.weighted_inputs import WeightedInputsView

EDGE, SPACE = 14, 18
"""Pixels around the views, and between two of them."""

COLUMN_WIDTH = (24, 60)
"""Pixels that a state or gate of the unit's rows takes at least, and at most beside the weights."""

NARROWEST = 54
"""Pixels that they take at least together."""

WEIGHING_WIDTH = (200, 700)
"""Likewise what a gate weighs."""

READABLE, LEGIBLE = 1.03, 0.62
"""The equations' letters below which they get the weights' room, and below which the columns', in
parts of the text's letters."""

_Beside = tuple[QWidget, int, int]
"""A view beside the equations, its least and its greatest width."""

HINT_SPACE = 10
"""Pixels between the heading and what is said behind it."""

WORDS_WIDTH = 260
"""Pixels that a sentence takes where there are no equations."""


class InspectorView(Panel):
    """The unit looked at: equations, weights and rows, as many of them as there is room for."""

    takes_turns = True

    quantity_wanted = Signal(int, int, str)
    """Which model's which layer is to show which of its states or gates, by its letter."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.line = ""
        self._views = store.state.views
        self._rows_of: tuple[Trace, Unit] | None = None
        self._placed = False
        self._layers: tuple[tuple[Layer, ...], ...] = ()
        self.heading = Label(parent=self)
        self.heading.setObjectName("name")
        self.hint = ElidedLabel(parent=self)
        self.hint.setObjectName("muted")
        self.words = Label(parent=self)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.equations = EquationsView(self)
        self.weighing = WeightedInputsView(self)
        self.rows = UnitRowsView(store, self)
        self.equations.gate_chosen.connect(self._choose_gate)
        self.equations.quantity_chosen.connect(self._want_quantity)
        self.weighing.unit_chosen.connect(self._choose_term)
        store.pointed_changed.connect(self._refresh)
        store.views_changed.connect(self._views_changed)
        store.teaching_changed.connect(self._refresh)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(760, 230)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 170)  # in any language, so that a change of it moves nothing

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()  # letters are of another size
        super().changeEvent(event)

    def _views_changed(self) -> None:
        """Mark the equation that is asked for, or the first gate's; and show what the unit was row
        by row alone, as large as there is room for, or with all else."""
        before, self._views = self._views, self.store.state.views
        if (before.line, before.columns) != (self._views.line, self._views.columns):
            self._placed = False
            self._refresh()

    def set_words(self) -> None:
        self.setAccessibleName(tr("Unit looked at"))
        self._placed = False  # names in another language are of another length
        self._refresh()

    def serves(self, models: tuple[Model, ...]) -> bool:
        return not models or any(model.layers for model in models)

    def show_models(self, models: tuple[Model, ...]) -> None:
        self._layers = tuple(model.layers for model in models)
        self.traces = ()
        self._refresh()

    def prepare(self, traces: tuple[Trace, ...]) -> None:
        unit = self.store.state.pointed.unit
        if unit is not None and unit.model < len(traces) and self.isVisibleTo(self.window()):
            layers = traces[unit.model].layers
            if unit.layer < len(layers):
                layers[unit.layer].came_in  # noqa: B018  it is kept, as are the gates behind it

    def show_traces(self, traces: tuple[Trace, ...]) -> None:
        self.traces = traces  # what shows them is painted, and nothing around it
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh()  # while it is hidden, it is not kept up
        super().showEvent(event)

    def _refresh(self) -> None:
        if not self.isVisibleTo(self.window()):
            return
        unit = self.store.state.pointed.unit
        known = unit is not None and unit.model < min(len(self.traces), len(self._layers))
        if unit is not None and known and unit.layer < len(self.traces[unit.model].layers):
            self._show_unit(unit)
        else:
            self._show_hint()

    def _show_unit(self, unit: Unit) -> None:
        trace = self.traces[unit.model]
        layer, facts = trace.layers[unit.layer], self._layers[unit.model][unit.layer]
        pointed, unread = self.store.state.pointed.row, self.store.state.unread_from
        row = telling_row(trace) if pointed is None else pointed
        if unread is not None:
            row = max(0, min(row, unread - 1))
        self._set_title(trace, layer, unit, row)
        at = unit_at(layer, facts.weights, row, unit.unit)
        why = self._why_none(layer)
        if why:
            values = ", ".join(
                quantity_value(quantity(layer.op, name), float(numbers[row, unit.unit]))
                for name, numbers in layer.quantities.items()
            )
            self.words.setText(f"{values}\n{why}")
            others = self.equations.show_unit((), at, "")
        else:
            self.words.clear()
            equations = equations_of(_cell(facts), at)
            lines = [letter_of(each) for each in equations]
            self.line = self._views.line
            if self.line not in lines:
                self.line = lines[0]
            others = self.equations.show_unit(equations, at, self.line)
        weighed = self.weighing.total is not None
        self._show_weighing(unit, at, row)
        others |= weighed != (self.weighing.total is not None)
        quantities = layer.quantities
        if (trace, unit) != self._rows_of:
            self._rows_of = (trace, unit)
            of_unit = {name: v[:, unit.unit] for name, v in quantities.items()}
            self.rows.show_unit(layer.op, of_unit)
        self.rows.set_row(row)
        self.setAccessibleDescription(
            ", ".join(
                quantity_value(quantity(layer.op, name), float(v[row, unit.unit]))
                for name, v in quantities.items()
            )
        )
        if others or why or not self._placed:
            self._place()

    def _show_weighing(self, unit: Unit, at: UnitAt, row: int) -> None:
        layers = self._layers[unit.model]
        first = layers[unit.layer].number == layers[0].number
        inputs = (
            tr("pixel {place} of the row, as the layer gets it")
            if first
            else tr("input {place}, of the layer below")
        )
        ink = self.traces[unit.model].seen[row] if first else None
        self.weighing.show_sum(at.sums.get(self.line), self.line, inputs, ink)

    def _show_hint(self) -> None:
        words = tr("Draw a digit to see the numbers of a unit in its equations.")
        if self._layers and not any(self._layers):
            words = tr("This network has no recurrent layers, and so no units to look into.")
        self._set_heading("", words)
        self.words.clear()
        self.equations.show_unit(self._formulas(), None, "")
        self.weighing.show_sum(None, "", "")
        self.rows.show_unit("", {})
        self._rows_of = None
        self.setAccessibleDescription("")
        self._place()
        self._placed = False

    def _formulas(self) -> tuple[Equation, ...]:
        """Those of the first layer, for as long as there are no numbers."""
        first = next((layers[0] for layers in self._layers if layers), None)
        if first is None or first.weights is None or first.nonstandard is not None:
            return ()
        cell = _cell(first)
        equations = equations_of(cell, UnitAt(0.0, 0.0, dict.fromkeys(cell.gates, 0.0)))
        return tuple(without_numbers(equation) for equation in equations)

    def _want_quantity(self, name: str) -> None:
        unit = self.store.state.pointed.unit
        if unit is not None:
            self.quantity_wanted.emit(unit.model, unit.layer, name)

    def _set_title(self, trace: Trace, layer: LayerTrace, unit: Unit, row: int) -> None:
        title = tr(
            "{layer}, unit {unit}, {row}",
            layer=layer.name,
            unit=unit.unit + 1,
            row=row_words(row, trace.rows),
        )
        state, told = self.store.state, ""
        tells = any(map(state.hides, ("answer", "belief"))) or state.unread_from is not None
        if state.pointed.row is None and not tells:
            told = tr("where the states change most")
            if trace.classes:
                name = trace.classes[trace.answer]
                told = tr("where the belief in {name} rises most", name=name)
            if state.pointed.suggested_unit == unit:
                told += tr(", this unit changes most")
        if layer.between:
            told = tr("the last step of the row: {reason}", reason=layer.between)
        mark = "AB"[unit.model] + " – " if len(self.traces) > 1 else ""
        self._set_heading(mark + title, told)

    def _set_heading(self, title: str, hint: str) -> None:
        """What is looked at, and behind it why."""
        if (title, hint) == (self.heading.text(), self.hint.text()):
            return
        self.heading.setText(title)
        self.hint.setText(hint)
        self._place_heading()

    def _place_heading(self) -> None:
        height, room = self.fontMetrics().height() + 2, self.width() - 2 * EDGE
        width = min(room, self.heading.sizeHint().width()) if self.heading.text() else 0
        self.heading.setGeometry(EDGE, 2, width, height)
        left = width + HINT_SPACE if width else 0
        self.hint.setGeometry(EDGE + left, 2, max(0, room - left), height)

    def _why_none(self, layer: LayerTrace) -> str:
        """Why there are no equations, in a sentence; "" where there are."""
        if layer.why_no_gates:
            return tr("Its gates cannot be shown: {reason}.", reason=layer.why_no_gates)
        if layer.nonstandard:
            return tr("Its equations are different: {reason}.", reason=layer.nonstandard)
        return ""

    def _place(self) -> None:
        """The equations first; beside them the weights and the rows, where there is room."""
        self._placed = True
        self._place_heading()
        top = self.fontMetrics().height() + 10
        room = QRect(EDGE, top, self.width() - 2 * EDGE, self.height() - top - 4)
        formulas = bool(self.equations.equations)
        if self._views.columns and formulas and self.rows.names:
            self._show_only(self.rows)
            self.rows.setGeometry(room.adjusted(0, -2, 0, 0))
            return
        self.equations.split_below(READABLE * self._letters, room.size())
        beside = self._beside(room.width())
        fixed = sum(least + SPACE for _, least, _ in beside)
        if formulas:
            size = self.equations.size_for(room.height(), room.width() - fixed)
            self.equations.set_size(size)
            taken = math.ceil(self.equations.width_at(size))
        else:
            taken = room.width() - sum(most + SPACE for _, _, most in beside)
            self.words.setGeometry(room.adjusted(0, 0, taken - room.width(), 0))
        self.equations.setGeometry(room.x(), top, min(taken, room.width()), room.height())
        spare = room.width() - taken - fixed
        left = room.x() + taken
        for view, least, most in beside:
            width = min(most, least + max(0, spare))
            spare -= width - least
            view.setGeometry(left + SPACE, top - 2, width, room.height() + 2)
            left += SPACE + width
        self._show_only(self.equations if formulas else self.words, *(v for v, _, _ in beside))

    def _show_only(self, *shown: QWidget) -> None:
        for view in (self.equations, self.words, self.weighing, self.rows):
            view.setVisible(view in shown)

    @property
    def _letters(self) -> int:
        """Pixels of the text's letters."""
        return QFontInfo(self.font()).pixelSize()

    def _beside(self, width: int) -> list[_Beside]:
        """What stands beside the equations, with its least and its greatest width. Where there is
        no room for all, the terms give way first, as the weights say more; then the weights."""
        weights: list[_Beside] = []
        columns: list[_Beside] = []
        if self.weighing.total is not None:
            weights.append((self.weighing, *WEIGHING_WIDTH))
        if self.rows.names:
            least, most = (len(self.rows.names) * width for width in COLUMN_WIDTH)
            columns.append((self.rows, max(NARROWEST, least), max(NARROWEST, most)))
        for views, terms, size in (
            (weights + columns, True, READABLE),
            (weights + columns, False, READABLE),
            (columns, True, READABLE),
            (columns, False, LEGIBLE),
            ([], True, READABLE),
        ):
            self.equations.show_terms(terms)
            if self._taken_at(size) + sum(least + SPACE for _, least, _ in views) <= width:
                return views if len(views) > 1 else [(v, least, width) for v, least, _ in views]
        self.equations.show_terms(False)
        return []

    def _taken_at(self, size: float) -> float:
        """What the equations, or the words in their place, take in letters of that size."""
        if not self.equations.equations:
            return WORDS_WIDTH
        return self.equations.width_at(size * self._letters)

    def _choose_gate(self, gate: str) -> None:
        self.store.do(show.equation, gate)

    def _choose_term(self, source: str, place: int) -> None:
        """Go to the unit that was clicked: one of this layer, or of the one below."""
        unit = self.store.state.pointed.unit
        if unit is None:
            return
        layers = self._layers[unit.model]
        if source == "h":
            self.store.do(point.pin_unit, Unit(unit.model, unit.layer, place))
            return
        operators = [layer.number for layer in layers]
        below = operators.index(operators[unit.layer]) - 1
        if below < 0:
            return
        first = operators.index(operators[below])
        index, number = divmod(place, layers[first].units)
        if first + index <= below:
            self.store.do(point.pin_unit, Unit(unit.model, first + index, number))


def _cell(layer: Layer) -> CellSpec:
    """The layer's cell, in its variant where the weights are known."""
    cell = CELLS[layer.op]
    return cell if layer.weights is None else cell.of(layer.weights)
