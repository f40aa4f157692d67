"""How fast the model is on each device: tables, a small chart, and the figures to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.core.errors import Refused
from rnn_desk.protocol.devices import DeviceFigures, overtaken, rows
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import Label, ToolButton
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.speed_chart import Chart
from rnn_desk.qt.views.speed_tables import Tables

HEAD = ("device", "load ms", "batch", "first run ms", "p50 ms", "p99 ms", "digits per second")
"""Of what is copied, which is for other programs and stays in English."""

Form = Callable[[Iterable[tuple[str, ...]]], str]
"""Turns a table into text."""

_WIDE = 760
"""Pixels from which on the chart stands beside the tables, not above them."""


class SpeedView(Panel):
    """Asks for the figures when its button is pressed, and shows them."""

    asked = Signal()
    """The model is to be measured on every device."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls have it
        self._figures: tuple[DeviceFigures, ...] = ()
        self._refusal: Refused | None = None
        self._busy = False
        self.measure = ToolButton()
        self.measure.setEnabled(False)
        self.measure.clicked.connect(self._ask)
        self.csv = ToolButton()
        self.csv.clicked.connect(lambda *_: self._copy(_csv))
        self.markdown = ToolButton()
        self.markdown.clicked.connect(lambda *_: self._copy(_markdown))
        self.words = Label()
        self.words.setWordWrap(True)
        self.tables = Tables()
        self.chart = Chart()
        buttons = QHBoxLayout()
        for button in (self.measure, self.csv, self.markdown):
            buttons.addWidget(button)
        buttons.addStretch(1)
        page = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, page)
        self._both.setContentsMargins(0, 0, 8, 0)
        self._both.setSpacing(14)
        self._both.addWidget(self.chart, 1)
        column = QVBoxLayout()
        column.addWidget(self.words)
        column.addWidget(self.tables)
        column.addStretch(1)
        self._both.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 4, 6, 8)
        layout.addLayout(buttons)
        layout.addWidget(scroll, 1)
        self.set_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        direction = QBoxLayout.Direction
        beside = self.width() >= _WIDE
        self._both.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        super().resizeEvent(event)

    def show_models(self, models: tuple[Model, ...]) -> None:
        self._figures, self._refusal = (), None
        self.measure.setEnabled(bool(models) and not self._busy)
        self._show()

    def show_figures(self, answer: tuple[DeviceFigures, ...] | Refused) -> None:
        """What was measured."""
        self._busy = False
        self.measure.setEnabled(True)
        if isinstance(answer, Refused):
            self._refusal = answer
        else:
            self._figures, self._refusal = answer, None
        self._show()

    def set_words(self) -> None:
        self.setAccessibleName(tr("Speed"))
        self.measure.setText(tr("Measure"))
        self.csv.setText(tr("Copy as CSV"))
        self.markdown.setText(tr("Copy as Markdown"))
        self._show()

    @property
    def has_numbers(self) -> bool:
        return bool(self._figures)

    def table(self) -> list[list[str]]:
        return [list(HEAD), *(list(row) for row in rows(self._figures))] if self._figures else []

    def _ask(self) -> None:
        self._busy = True
        self.measure.setEnabled(False)
        self._show()
        self.asked.emit()

    def _show(self) -> None:
        for button in (self.csv, self.markdown):
            button.setEnabled(bool(self._figures))
        self.words.setText("\n".join(self._lines()))
        self.tables.show_figures(self._figures)
        self.chart.show_figures(self._figures)

    def _lines(self) -> list[str]:
        if self._busy:
            return [tr("Measuring…")]
        if self._refusal is not None:
            return [sentence(self._refusal)]
        if not self._figures:
            return [
                tr("How many digits a second each device reads, one at a time and many at once.")
            ]
        cpu, *others = self._figures
        return [_against(cpu, other) for other in others] or [
            tr("No other device can be used here; `rnn-desk devices` says why.")
        ]

    def _copy(self, form: Form) -> None:
        QGuiApplication.clipboard().setText(form(tuple(row) for row in self.table()))
        self.copied.emit(tr("Copied the numbers: {name}", name=self.accessibleName()))


def _against(cpu: DeviceFigures, other: DeviceFigures) -> str:
    """Where another device overtakes the CPU."""
    batch, device = overtaken(cpu, other), tr(other.device.label)
    if batch is None:
        return tr(
            "{device} is slower than the CPU however many digits are read at once", device=device
        )
    return tr(
        "{device} overtakes the CPU from {batch} digits at once on", device=device, batch=batch
    )


def _csv(table: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(
        ",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in table
    )


def _markdown(table: Iterable[tuple[str, ...]]) -> str:
    head, *rest = table
    rule = ("---", *["---:"] * (len(head) - 1))
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rest))
