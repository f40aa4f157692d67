"""One unit at one row: its cell's equations, with the numbers in them."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from rnn_desk.core.cells import CELLS, Term, UnitAt
from rnn_desk.core.trace import LayerTrace, Trace
from rnn_desk.qt.selection import Selection, Unit
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.rows import row_words
from rnn_desk.qt.words import tr

LINES = 10
"""Lines of text, with the space between them, that the longest cell's equations take."""

LARGEST = 26
"""Pixels that its letters are high at most."""


class InspectorView(Panel):
    """The unit looked at, or how to choose one."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(selection, theme, parent)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.addWidget(self.label)
        selection.changed.connect(self._refresh)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(400, round(LINES * 1.3 * self.fontMetrics().lineSpacing()))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, round(LINES * 1.1 * self.fontMetrics().lineSpacing()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as there is room for: these are lines to be read from the back row."""
        font = self.font()
        by_height = self.height() / LINES * 0.75
        by_width = self.width() / 42
        font.setPixelSize(int(max(font.pixelSize(), 13, min(by_height, by_width, LARGEST))))
        self.label.setFont(font)

    def set_words(self) -> None:
        self.setAccessibleName(tr("Unit looked at"))
        self._refresh()

    def show_traces(self, traces: tuple[Trace, ...]) -> None:
        super().show_traces(traces)
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._refresh()

    def _refresh(self) -> None:
        unit = self.selection.unit
        known = unit is not None and unit.model < len(self.traces)
        words = self._equations(unit) if unit is not None and known else self._hint()
        if words != self.label.text():
            self.label.setText(words)

    def _hint(self) -> str:
        words = tr("Point at a unit of a layer to see its equations with their numbers; click to "
                   "stay there.")  # fmt: skip
        return f"<span style='color:{self.theme.muted}'>{escape(words)}</span>"

    def _equations(self, unit: Unit) -> str:
        trace = self.traces[unit.model]
        layer = trace.layers[unit.layer]
        chosen = self.selection.row
        last = 0 if layer.direction == "reverse" else trace.rows - 1
        row = last if chosen is None else chosen
        title = tr(
            "{layer}, unit {unit}, {row}",
            layer=layer.name,
            unit=unit.unit + 1,
            row=row_words(row, trace.rows),
        )
        head = f"<p style='margin:0 0 4px 0'><b>{escape(title)}</b></p>"
        if layer.why_no_gates:
            why = tr("Its gates cannot be shown: {reason}.", reason=layer.why_no_gates)
            value = f"h<sub>t</sub> = {layer.h[row, unit.unit]:+.3f}"
            return f"{head}<p>{value}</p><p>{escape(why)}</p>"
        if layer.odd or layer.between:
            if layer.between:
                why = tr("Its equations lead from pixel to pixel: {reason}.", reason=layer.between)
            else:
                why = tr("Its equations are others: {reason}.", reason=layer.odd)
            values = ", ".join(
                f"{name}<sub>t</sub> = {numbers[row, unit.unit]:+.3f}"
                for name, numbers in layer.quantities.items()
            )
            return f"{head}<p>{values}</p><p>{escape(why)}</p>"
        terms = CELLS[layer.op].terms(unit_at(layer, row, unit.unit))
        lines = "".join(self._line(term) for term in terms)
        return f"{head}<table cellspacing='0' cellpadding='2'>{lines}</table>"

    def _line(self, term: Term) -> str:
        """A row of the table: name, symbol, formula, numbers, value."""
        formula = as_html(term.formula)
        if term.numbers:
            formula += f"&nbsp;= {escape(term.numbers)}"
        colour = self.theme.muted
        return (
            f"<tr><td style='color:{colour};padding-right:14px'>{escape(tr(term.name))}</td>"
            f"<td align='right'>{as_html(term.symbol)}</td>"
            f"<td>&nbsp;=&nbsp;</td><td style='padding-right:14px'>{formula}</td>"
            f"<td align='right'><b>{_number(term.value)}</b></td></tr>"
        )


def unit_at(layer: LayerTrace, row: int, unit: int) -> UnitAt:
    """The numbers of one unit at one row; before the first row every state is taken as 0."""
    before = layer.row_before(row)
    return UnitAt(
        h=float(layer.h[row, unit]),
        h_before=0.0 if before is None else float(layer.h[before, unit]),
        gates={name: float(values[row, unit]) for name, values in layer.gates.items()},
        c=0.0 if layer.c is None else float(layer.c[row, unit]),
        c_before=0.0 if layer.c is None or before is None else float(layer.c[before, unit]),
    )


def as_html(formula: str) -> str:
    """The formula with its letters slanted and what follows a `_` set below the line.

    >>> as_html("c_t + 1")
    '<i>c</i><sub>t</sub> + 1'
    """
    below = re.compile(r"_\{([^}]*)\}|_(\w)")
    parts = []
    last = 0
    for match in below.finditer(formula):
        parts.append(_slanted(formula[last : match.start()]))
        parts.append(f"<sub>{escape(match[1] or match[2]).replace('-', '−')}</sub>")
        last = match.end()
    parts.append(_slanted(formula[last:]))
    return "".join(parts)


def _slanted(text: str) -> str:
    """Single letters are variables; words such as tanh are functions and stay upright."""
    return re.sub(r"(?<![A-Za-z])([A-Za-z])(?![A-Za-z])", r"<i>\1</i>", escape(text))


def _number(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")
