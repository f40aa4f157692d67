"""How fast the model is on each device: a small chart, and the figures to copy."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from rnn_desk.core.errors import Refused
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.words import sentence, tr

if TYPE_CHECKING:
    from rnn_desk.engine.bench import DeviceFigures
    from rnn_desk.engine.reader import Reader

HEAD = ("device", "batch", "first run ms", "p50 ms", "p99 ms", "digits per second")
"""Of what is copied, which is for other programs and stays in English."""

Form = Callable[[Iterable[tuple[str, ...]]], str]
"""Turns a table into text."""

_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)


class SpeedView(Panel):
    """Asks for the figures when its button is pressed, and shows them."""

    asked = Signal()
    """The model is to be measured on every device."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(selection, theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls have it
        self._figures: tuple[DeviceFigures, ...] = ()
        self._refusal: Refused | None = None
        self._busy = False
        self.measure = QToolButton()
        self.measure.setEnabled(False)
        self.measure.clicked.connect(self._ask)
        self.csv = QToolButton()
        self.csv.clicked.connect(lambda *_: self._copy(_csv))
        self.markdown = QToolButton()
        self.markdown.clicked.connect(lambda *_: self._copy(_markdown))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.chart = Chart(theme)
        buttons = QHBoxLayout()
        for button in (self.measure, self.csv, self.markdown):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.addLayout(buttons)
        column.addWidget(self.words)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 8)
        layout.setSpacing(14)
        layout.addLayout(column, 1)
        layout.addWidget(self.chart, 1)
        self.set_words()

    def show_readers(self, readers: tuple[Reader, ...]) -> None:
        self._figures, self._refusal = (), None
        self.measure.setEnabled(bool(readers) and not self._busy)
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

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.chart.set_theme(theme)

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
        from rnn_desk.engine.bench import rows

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
        lines = [
            tr(
                "{device}: one digit {one:.2f} ms; {many} at once {rate} a second",
                device=tr(figures.device.label),
                one=figures.batches[0].spread.p50,
                many=figures.batches[-1].batch,
                rate=f"{figures.batches[-1].digits_per_second:,.0f}",
            )
            for figures in self._figures
            if figures.batches
        ]
        return lines + [_against(cpu, other) for other in others]

    def _copy(self, form: Form) -> None:
        from rnn_desk.engine.bench import rows

        QGuiApplication.clipboard().setText(form((HEAD, *rows(self._figures))))


class Chart(QWidget):
    """Digits per second against the batch, both by powers of ten: a line for each device."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: tuple[DeviceFigures, ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(360, 170)

    def show_figures(self, figures: tuple[DeviceFigures, ...]) -> None:
        """These figures, or none."""
        self._figures = figures
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        points = [[(b.batch, b.digits_per_second) for b in f.batches] for f in self._figures]
        every = [point for line in points for point in line]
        if not every:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self.fontMetrics().height()
        frame = QRectF(self.rect()).adjusted(high * 4, high * 2, -high * 2, -high * 1.5)
        low = math.floor(math.log10(min(rate for _, rate in every)))
        top = max(math.ceil(math.log10(max(rate for _, rate in every))), low + 1)
        last = max(math.log2(max(batch for batch, _ in every)), 1.0)

        def place(batch: int, rate: float) -> QPointF:
            across = math.log2(batch) / last
            up = (math.log10(rate) - low) / (top - low)
            return QPointF(
                frame.left() + across * frame.width(), frame.bottom() - up * frame.height()
            )

        painter.setPen(QColor(self._theme.muted))
        painter.drawText(QRectF(0, -2, self.width(), high), 0, tr("digits a second"))
        for power in range(low, top + 1):
            y = place(1, 10.0**power).y()
            words = QRectF(0, y - high / 2, frame.left() - 6, high)
            painter.setPen(QColor(self._theme.line))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight, f"{10.0**power:,.0f}")
        for batch in sorted({batch for batch, _ in every}):
            x = place(batch, 10.0**low).x()
            words = QRectF(x - 40, frame.bottom() + 4, 80, high)
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, f"{batch:,}")
        for number, (figures, line) in enumerate(zip(self._figures, points, strict=True)):
            colour = QColor(self._theme.accent if number == 0 else self._theme.text)
            painter.setPen(QPen(colour, 2, _STYLES[number % len(_STYLES)]))
            painter.drawPolyline([place(*point) for point in line])
            painter.setBrush(colour)
            for point in line:
                painter.drawEllipse(place(*point), 2.5, 2.5)
            if line:
                end = place(*line[-1])
                words = QRectF(end.x() - 220, end.y() - high - 6, 220, high)
                painter.drawText(words, Qt.AlignmentFlag.AlignRight, tr(figures.device.label))


def _against(cpu: DeviceFigures, other: DeviceFigures) -> str:
    """Where another device overtakes the CPU."""
    from rnn_desk.engine.bench import overtaken

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
