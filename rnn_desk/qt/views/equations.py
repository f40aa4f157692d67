"""A unit's equations at one row, set as mathematics, every number under what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnn_desk.core.equations import Equation, Source, UnitAt
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.mathematics import advance, number, piece, signed
from rnn_desk.qt.words import tr

SMALLEST, LARGEST = 12.0, 30.0
"""Pixels of the formulas' letters, at least and at most."""

# In parts of the formulas' letters.
LINE = 2.2
BASE, BRACE, BELOW = 0.9, 0.42, 1.12
NAMES, NUMBERS, SMALL = 0.82, 0.78, 0.74
AROUND, THIN, COLUMN, DIGIT = 0.26, 0.1, 0.7, 0.46

EQUALS, VALUE = 0.66, 3.0
"""What the sign and the value take, in parts of the formulas' letters."""

TERMS = 2
"""How many inputs, and how many units, are named beside each gate."""

TERM_WIDTH = 4.8
"""What one of them takes, in parts of the formulas' letters."""


@dataclass(frozen=True)
class _Spot:
    """A part of a formula, and where it stands: its middle and its width, in parts of a letter."""

    tex: str
    middle: float
    width: float
    number: str


class EquationsView(QWidget):
    """A line an equation: its name, the formula with its numbers, the value, the largest terms.

    The gate whose line is pointed at is the one whose weights are shown.
    """

    gate_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.equations: tuple[Equation, ...] = ()
        self.gate = ""
        self._at: UnitAt | None = None
        self._size = 16.0
        self._lines: list[tuple[Equation, list[_Spot]]] = []
        self.setMouseTracking(True)

    def show_unit(self, equations: tuple[Equation, ...], at: UnitAt, gate: str) -> None:
        """These equations, and what the gates of the unit weigh."""
        self.equations, self._at, self.gate = equations, at, gate
        self._lines = [(each, _spots(each)) for each in equations]
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        self.theme = theme
        self.update()

    def width_at(self, size: float) -> float:
        """How wide the lines are where letters have that size."""
        terms = 0.0 if self._at is None or not self._at.sums else TERMS * TERM_WIDTH * size
        return self._terms_x(size) + terms

    def size_for(self, height: float, width: float) -> float:
        """The largest letters with which all lines have room."""
        size = min(LARGEST, height / (LINE * max(1, len(self.equations))))
        while size > SMALLEST and self.width_at(size) > width:
            size -= 0.25
        return max(SMALLEST, size)

    def set_size(self, size: float) -> None:
        """Letters of so many pixels."""
        self._size = size
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        line = int(event.position().y() // (LINE * self._size))
        if 0 <= line < len(self.equations) and self.equations[line].gate not in ("", self.gate):
            self.gate_chosen.emit(self.equations[line].gate)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._size
        symbol = self._names(size)
        for place, (equation, spots) in enumerate(self._lines):
            top = place * LINE * size
            base = top + BASE * size
            chosen = equation.gate != "" and equation.gate == self.gate
            if chosen and len(self._lines) > 1:
                mark = QRectF(0, top + 0.2 * size, 3, 1.5 * size)
                painter.fillRect(mark, QColor(self.theme.accent))
            painter.setPen(QColor(self.theme.text if chosen else self.theme.muted))
            painter.setFont(self._font(NAMES * size))
            painter.drawText(QPointF(9, base), tr(equation.name))
            colour = self.theme.text
            piece(equation.symbol, colour).paint(painter, QPointF(symbol, base), size)
            start = symbol + 0.95 * size
            piece("=", colour).paint(painter, QPointF(start, base), size)
            start += (EQUALS + AROUND) * size
            self._paint_formula(painter, spots, QPointF(start, base), size)
            self._paint_value(painter, equation, QPointF(self._values_x(size), base))
            if equation.gate and self._at is not None:
                self._paint_terms(painter, equation.gate, top)

    def _paint_formula(
        self, painter: QPainter, spots: list[_Spot], at: QPointF, size: float
    ) -> None:
        """The pieces; under each that has a number a brace's flat cousin, and the number."""
        painter.setFont(self._font(NUMBERS * size))
        for spot in spots:
            set_piece = piece(spot.tex, self.theme.text)
            x = at.x() + spot.middle * size
            left = x - set_piece.advance * size / 2
            set_piece.paint(painter, QPointF(left, at.y()), size)
            if not spot.number:
                continue
            painter.setPen(QPen(QColor(self.theme.muted), 1))
            y, half = at.y() + BRACE * size, max(set_piece.advance * size / 2 - 1, 4)
            painter.drawLines([QLineF(x - half, y, x + half, y)])
            painter.setPen(QColor(self.theme.text))
            width = painter.fontMetrics().horizontalAdvance(spot.number)
            painter.drawText(QPointF(x - width / 2, at.y() + BELOW * size), spot.number)

    def _paint_value(self, painter: QPainter, equation: Equation, at: QPointF) -> None:
        piece("=", self.theme.text).paint(painter, at, self._size)
        painter.setFont(self._font(0.92 * self._size, QFont.Weight.Bold))
        painter.setPen(QColor(self.theme.accent if equation.gate else self.theme.text))
        painter.drawText(
            QPointF(at.x() + (EQUALS + AROUND) * self._size, at.y()), number(equation.value, 3)
        )

    def _paint_terms(self, painter: QPainter, gate: str, top: float) -> None:
        """Inputs in the line's upper half, units in its lower one: letter, place, number."""
        total = self._at.sums.get(gate) if self._at is not None else None
        if total is None:
            return
        size = self._size
        sources: tuple[tuple[Source, float], ...] = (("x", 0.85), ("h", 1.75))
        for source, down in sources:
            y = top + down * size
            for rank, (place, value) in enumerate(total.strongest(source, TERMS)):
                x = self._terms_x(size) + rank * TERM_WIDTH * size
                letter = piece(source, self.theme.muted)
                letter.paint(painter, QPointF(x, y), 0.85 * size)
                x += (letter.advance * 0.85 + 0.04) * size
                painter.setFont(self._font(0.56 * size))
                painter.setPen(QColor(self.theme.muted))
                below = str(place + 1)
                painter.drawText(QPointF(x, y + 0.2 * size), below)
                x += painter.fontMetrics().horizontalAdvance(below) + 0.2 * size
                painter.setFont(self._font(SMALL * size))
                painter.setPen(sign_colour(self.theme, value))
                painter.drawText(QPointF(x, y), signed(value))

    # Where the columns begin, in pixels.

    def _names(self, size: float) -> float:
        metrics = QFontMetricsF(self._font(NAMES * size))
        names = (metrics.horizontalAdvance(tr(equation.name)) for equation in self.equations)
        return 9 + max(names, default=0.0) + COLUMN * size

    def _values_x(self, size: float) -> float:
        longest = max((_end(spots) for _, spots in self._lines), default=0.0)
        return self._names(size) + (0.95 + EQUALS + AROUND + longest + AROUND) * size

    def _terms_x(self, size: float) -> float:
        return self._values_x(size) + (EQUALS + AROUND + VALUE + COLUMN) * size

    def _font(self, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(9, round(pixels)))
        font.setWeight(weight)
        return font


def sign_colour(theme: Theme, value: float) -> QColor:
    """The end of the signed map on that side; the sign itself is written as well."""
    return QColor.fromRgb(*theme.signed.colours[-1 if value > 0 else 1].tolist())


def _spots(equation: Equation) -> list[_Spot]:
    """Lay the parts out from left to right: a number may be wider than its piece."""
    spots = []
    x = 0.0
    for part in equation.parts:
        text = "" if part.number is None else number(part.number)
        room = AROUND if part.tex in _OPERATORS else 0.0
        width = max(advance(part.tex), DIGIT * len(text)) + 2 * room
        spots.append(_Spot(part.tex, x + width / 2, width, text))
        x += width + (THIN if part.tex == r"\tanh" else 0.0)
    return spots


_OPERATORS = ("+", r"\odot", r"\cdot")


def _end(spots: list[_Spot]) -> float:
    return spots[-1].middle + spots[-1].width / 2 if spots else 0.0
