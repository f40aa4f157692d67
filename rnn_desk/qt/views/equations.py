"""A unit's equations at one row, set as mathematics, every number under what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from rnn_desk.core.equations import Equation, Source, Sum, UnitAt
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.style.theme import Theme
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.filled import fills_itself
from rnn_desk.qt.views.formulas import AROUND, Spot, spots_of, what_is_set, width_of
from rnn_desk.qt.views.ground import Ground
from rnn_desk.qt.views.mathematics import number, piece, signed
from rnn_desk.qt.views.tooltip import Explained

SMALLEST, LARGEST = 8.0, 40.0
"""Pixels of the formulas' letters, at least and at most."""

SMALLEST_FONT = 6
"""Pixels of the letters of words and numbers at least. None is ever cut: a number that has lost a
digit is another number."""

# In parts of the formulas' letters.
LINE = 2.2
BASE, BRACE, BELOW = 0.9, 0.42, 1.12
NAMES, NUMBERS, SMALL, PLACES, VALUES = 0.86, 0.86, 0.74, 0.56, 0.92
COLUMN, SYMBOL = 0.7, 0.95

INDENT = 9
"""Pixels left of the names, for the mark of the gate looked at."""


EQUALS, VALUE = 0.66, 3.5
"""What the sign and the value take, in parts of the formulas' letters."""

TERMS = 2
"""How many inputs, and how many units, are named beside each gate."""

TERMS_BELOW = 5
"""How many of each are named below the equation where there is but one."""

TERMS_SPACE = 1.3
"""What their heading takes, between the equation and them, in parts of the letters."""

PRODUCTS: Mapping[Source, str] = {"x": "Wx", "h": "Uh"}
"""What a term is, in TeX, its place left out: a number alone would be taken for the pixel's."""

TERM_WIDTH = 5.6
"""What one of them takes, in parts of the formulas' letters."""


@frozen
class _Columns:
    """Where the columns of all lines begin, in pixels."""

    symbols: float = 0.0
    formulas: float = 0.0
    values: float = 0.0
    terms: float = 0.0


class _Letters:
    """A font, and how wide its words are: of the numbers, which have few digits, most have been
    asked for before."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self._widths: dict[str, int] = {}

    def width(self, words: str) -> int:
        """Pixels."""
        known = self._widths.get(words)
        if known is None:
            known = self._widths[words] = self._metrics.horizontalAdvance(words)
        return known


@frozen(eq=False)
class _Written:
    """Texts in the same letters and colour, with where each begins on its line."""

    font: QFont
    colour: str
    texts: list[tuple[QPointF, str]] = field(default_factory=list)


class EquationsView(Themed, Explained):
    """A line an equation: its name, the formula with its numbers, the value, the largest terms.

    The marked line, `line` by its letter, is that of the gate whose weights are shown, and hence of
    the gate pointed at. What does not change with
    the numbers is painted once, on a picture that lies below them.
    """

    gate_chosen = Signal(str)
    quantity_chosen = Signal(str)
    """The letter of what a clicked line defines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.equations: tuple[Equation, ...] = ()
        self.line = ""
        self._at: UnitAt | None = None
        self._layout: tuple[object, ...] = ()
        self._size = 16.0
        self._split = False
        self._terms = True
        self._spots: list[list[Spot]] = []
        self._widest = 0.0
        self._columns = _Columns()
        self._ground = Ground()
        self._arranged = 0  # how often what stays while the numbers move was another
        self._written: list[_Written] | None = None  # what moves; worked out when it is painted
        self._letters: dict[float, _Letters] = {}  # by their size, in parts of the formulas'
        fills_itself(self)
        self.setMouseTracking(True)

    def show_unit(self, equations: tuple[Equation, ...], at: UnitAt | None, line: str) -> bool:
        """These equations, and what the gates of the unit weigh; whether they are other formulas,
        not just other numbers. Without a unit, the formulas alone."""
        others = what_is_set(equations) != what_is_set(self.equations)
        layout = _layout_of(at)
        if others or line != self.line or layout != self._layout:
            self._arranged += 1
        self.equations, self._at, self.line, self._layout = equations, at, line, layout
        self._written = None
        if others:
            self._spots = [spots_of(equation) for equation in equations]
            self._widest = max((width_of(equation) for equation in equations), default=0.0)
            self._columns = self._columns_at(self._size)
        self.update()
        return others

    def theme_changed(self) -> None:
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self.set_size(self._size)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def split_below(self, least: float, room: QSize) -> None:
        """Set the lines in two columns, without terms, where letters would be smaller than `least`
        in one, and are larger in two: in a lesson, they are read from the last row of seats."""
        before, terms = self._split, self._terms
        self._terms = self._split = False
        size = self.size_for(room.height(), room.width())
        if size < least and len(self.equations) > 2:
            self._split = True
            self._split = self.size_for(room.height(), room.width()) > size
        self._terms = terms
        if self._split != before:
            self._arrange()

    def show_terms(self, shown: bool) -> None:
        """Name the largest terms behind the lines, or do not."""
        if shown != self._terms:
            self._terms = shown
            self._arrange()

    def width_at(self, size: float) -> float:
        """How wide the lines are where letters have that size."""
        columns = self._columns_at(size)
        if self._split:
            return 2 * columns.terms
        if not self._terms or self._at is None or not self._at.sums:
            return columns.terms
        if self._terms_below:
            return max(columns.terms, INDENT + TERMS_BELOW * TERM_WIDTH * size)
        return columns.terms + TERMS * TERM_WIDTH * size

    @property
    def _terms_below(self) -> bool:
        """Whether the terms stand below the equation: a plain RNN has but one."""
        return len(self.equations) == 1

    @property
    def _lines(self) -> int:
        """How many lines a column has."""
        return -(-len(self.equations) // 2) if self._split else len(self.equations)

    def size_for(self, height: float, width: float) -> float:
        """The largest letters with which all lines have room."""
        below = self._terms and self._terms_below
        lines = 2 * LINE + TERMS_SPACE if below else LINE * self._lines
        size = min(LARGEST, height / max(LINE, lines))
        while size > SMALLEST and self.width_at(size) > width:
            size -= 0.25
        return max(SMALLEST, size)

    def set_size(self, size: float) -> None:
        """Letters of so many pixels."""
        self._size = size
        self._columns = self._columns_at(size)
        self._arrange()

    def _arrange(self) -> None:
        """Something else is to be painted, or elsewhere."""
        self._arranged += 1
        self._written = None
        self._letters = {}
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        equation = self._equation_at(event.position())
        shape = (
            Qt.CursorShape.ArrowCursor if equation is None else Qt.CursorShape.PointingHandCursor
        )
        self.setCursor(shape)
        if equation is not None and equation.gate not in ("", self.line):
            self.gate_chosen.emit(equation.gate)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        equation = self._equation_at(event.position())
        if equation is not None and event.button() == Qt.MouseButton.LeftButton:
            self.quantity_chosen.emit(letter_of(equation))

    def tooltip_words(self, at: QPoint) -> str:
        """What the line there means, and what a click on it does."""
        equation = self._equation_at(QPointF(at))
        if equation is None:
            return ""
        lines = [tr(equation.meaning)] if equation.meaning else []
        if equation.gate:
            lines.append(tr("x: what comes in at this row; h: the units after the row before"))
        lines.append(tr("click to see it of all units of the layer"))
        return "\n".join(lines)

    def _equation_at(self, at: QPointF) -> Equation | None:
        line = int(at.y() // (LINE * self._size))
        if not 0 <= line < self._lines:
            return None
        place = line + self._lines * (self._split and at.x() >= self._columns.terms)
        return self.equations[place] if place < len(self.equations) else None

    def _corner(self, place: int) -> QPointF:
        """The upper left corner of an equation's line."""
        column, line = divmod(place, max(1, self._lines))
        return QPointF(column * self._columns.terms, line * LINE * self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground.paint(painter, self, self._arranged, self._paint_ground)
        if self._at is None:
            return
        if self._written is None:
            self._written = self._numbers()
        for written in self._written:
            painter.setFont(written.font)
            painter.setPen(QColor(written.colour))
            for at, words in written.texts:
                painter.drawText(at, words)

    def _paint_ground(self, painter: QPainter) -> None:
        """Names, formulas, and under each part that has a number a brace's flat cousin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, columns, colour = self._size, self._columns, self.theme.text
        painter.setFont(self._font(NAMES * size))
        for place, (equation, spots) in enumerate(zip(self.equations, self._spots, strict=True)):
            corner = self._corner(place)
            left, base = corner.x(), corner.y() + BASE * size
            chosen = self.line == letter_of(equation)
            if chosen and len(self.equations) > 1:
                mark = QRectF(left, base - 0.7 * size, 3, 1.5 * size)
                painter.fillRect(mark, QColor(self.theme.accent))
            painter.setPen(QColor(colour if chosen else self.theme.muted))
            painter.drawText(QPointF(left + INDENT, base), tr(equation.name))
            symbols, equals = left + columns.symbols, piece("=", colour)
            piece(equation.symbol, colour).paint(painter, QPointF(symbols, base), size)
            equals.paint(painter, QPointF(symbols + SYMBOL * size, base), size)
            if self._at is not None:
                equals.paint(painter, QPointF(left + columns.values, base), size)
            painter.setPen(QPen(QColor(self.theme.muted), 1))
            for spot in spots:
                part = piece(spot.tex, colour)
                x = left + columns.formulas + spot.middle * size
                part.paint(painter, QPointF(x - part.advance * size / 2, base), size)
                if spot.has_number:
                    y, half = base + BRACE * size, max(part.advance * size / 2 - 1, 4)
                    painter.drawLines([QLineF(x - half, y, x + half, y)])
            total = self._total_of(equation)
            if total is not None:
                self._paint_letters(painter, total, corner.y())

    def _numbers(self) -> list[_Written]:
        """What moves: the numbers under the parts and at the lines' ends, and the terms; those in
        the same letters together, as to change letters takes as long as to write a number."""
        size, columns = self._size, self._columns
        numbers, below = self._letters_of(NUMBERS), self._letters_of(PLACES)
        small = _Written(numbers.font, self.theme.text)
        bold = self._letters_of(VALUES, QFont.Weight.Bold).font
        values = _Written(bold, self.theme.text)
        gates = _Written(bold, self.theme.accent)
        places = _Written(below.font, self.theme.muted)
        terms = [
            _Written(self._letters_of(SMALL).font, sign_colour(self.theme, sign).name())
            for sign in (0, 1, -1)
        ]
        for place, (equation, spots) in enumerate(zip(self.equations, self._spots, strict=True)):
            corner = self._corner(place)
            left, base = corner.x(), corner.y() + BASE * size
            for part, spot in zip(equation.parts, spots, strict=True):
                if part.number is not None:
                    words = number(part.number)
                    middle = left + columns.formulas + spot.middle * size
                    x = middle - numbers.width(words) / 2
                    small.texts.append((QPointF(x, base + BELOW * size), words))
            value_x = left + columns.values + (EQUALS + AROUND) * size
            at_end = gates if equation.gate else values
            at_end.texts.append((QPointF(value_x, base), number(equation.value, 3)))
            total = self._total_of(equation)
            if total is None:
                continue
            start, count, sources = self._terms_at(corner.y())
            for source, y in sources:
                letter = piece(PRODUCTS[source], self.theme.muted).advance
                x = start + (letter * 0.85 + 0.04) * size
                for index, value in total.strongest(source, count):
                    words = str(index + 1)
                    places.texts.append((QPointF(x, y + 0.2 * size), words))
                    behind = x + below.width(words) + 0.2 * size
                    sign = (value > 0) - (value < 0)
                    terms[sign].texts.append((QPointF(behind, y), signed(value)))
                    x += TERM_WIDTH * size
        return [small, values, gates, places, *terms]

    def _letters_of(self, part: float, weight: QFont.Weight = QFont.Weight.Normal) -> _Letters:
        """The letters of that part of the formulas' size, for all numbers until they are others."""
        if part not in self._letters:
            self._letters[part] = _Letters(self._font(part * self._size, weight))
        return self._letters[part]

    def _total_of(self, equation: Equation) -> Sum | None:
        """What the equation's gate weighs, where its terms are shown."""
        if self._split or not self._terms or self._at is None:
            return None
        return self._at.sums.get(equation.gate)

    def _terms_at(self, top: float) -> tuple[float, int, tuple[tuple[Source, float], ...]]:
        """Where the terms begin, how many there are at most, and the base line of each source's:
        inputs in a line's upper half, units in its lower one."""
        start, count = self._columns.terms, TERMS
        if self._terms_below:
            start, count, top = INDENT, TERMS_BELOW, top + (LINE + TERMS_SPACE) * self._size
        return start, count, (("x", top + 0.85 * self._size), ("h", top + 1.75 * self._size))

    def _paint_letters(self, painter: QPainter, total: Sum, top: float) -> None:
        """What stays of the terms while the numbers move."""
        size = self._size
        if self._terms_below:
            painter.setFont(self._font(NAMES * size))
            painter.setPen(QColor(self.theme.muted))
            heading = top + (LINE + 0.75 * TERMS_SPACE) * size
            painter.drawText(QPointF(INDENT, heading), tr("largest terms"))
        start, count, sources = self._terms_at(top)
        for source, y in sources:
            letter = piece(PRODUCTS[source], self.theme.muted)
            for rank in range(min(count, total.count(source))):
                at = QPointF(start + rank * TERM_WIDTH * size, y)
                letter.paint(painter, at, 0.85 * size)

    def _columns_at(self, size: float) -> _Columns:
        """Where the columns begin, with letters of that size."""
        metrics = QFontMetricsF(self._font(NAMES * size))
        names = (metrics.horizontalAdvance(tr(equation.name)) for equation in self.equations)
        symbols = INDENT + max(names, default=0.0) + COLUMN * size
        formulas = symbols + (SYMBOL + EQUALS + AROUND) * size
        values = formulas + (self._widest + AROUND) * size
        return _Columns(
            symbols, formulas, values, values + (EQUALS + AROUND + VALUE + COLUMN) * size
        )

    def _font(self, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(SMALLEST_FONT, int(pixels)))
        font.setWeight(weight)
        return font


def _layout_of(at: UnitAt | None) -> tuple[object, ...]:
    """What of a unit's numbers decides where anything stands."""
    if at is None:
        return ()
    counts = ((total.count("x"), total.count("h")) for total in at.sums.values())
    return (True, *at.sums, *((min(x, TERMS_BELOW), min(h, TERMS_BELOW)) for x, h in counts))


def letter_of(equation: Equation) -> str:
    """The letter of what an equation defines."""
    return equation.symbol.removesuffix("_t")


def sign_colour(theme: Theme, value: float) -> QColor:
    """The end of the signed map on that side; the sign itself is written as well."""
    if value == 0:
        return QColor(theme.muted)
    return QColor.fromRgb(*theme.signed.colours[-1 if value > 0 else 1].tolist())
