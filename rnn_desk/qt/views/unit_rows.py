"""One unit through all rows: its states and gates side by side, time downwards as everywhere."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from rnn_desk.app.actions import point
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.cells import quantity
from rnn_desk.core.cells.cell import Quantity
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.views.filled import fills_itself
from rnn_desk.qt.views.ground import Ground
from rnn_desk.qt.views.layer import limit_for, quantity_value
from rnn_desk.qt.views.mathematics import piece, short
from rnn_desk.qt.views.row_axis import row_words
from rnn_desk.qt.views.tooltip import Explained

HEAD, FOOT = 1.25, 1.6
"""What the letters above the columns and the limits below them take, in parts of their own size."""

LETTERS, LIMITS = (0.7, 16, 1.3), (0.45, 10, 0.85)
"""How large they are: in parts of a column, but at least so many pixels, and at most in parts of
the text's letters. Letters are never smaller than the text's."""

READABLE = 0.7
"""Of the text's letters, the size below which there are no limits: nobody would read them."""

SPACE = 7
"""Pixels between two columns."""


class UnitRowsView(Themed, Explained):
    """A column a quantity, a bar a row: from 0 to the left or right where it has a sign."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.row = 0
        self._values: dict[str, NDArray[np.float32]] = {}
        self._meant: dict[str, Quantity] = {}
        self._limits: dict[str, float] = {}
        self._bars: dict[str, tuple[list[QRectF], list[QRectF]]] = {}
        self._columns: dict[str, QRect] = {}
        self._rows, self._head, self._foot, self._row_height = 1, 0, 0, 1.0
        self._ground = Ground()
        self._arranged = 0  # how often what stays while the numbers move was another
        fills_itself(self)
        self.setMouseTracking(True)

    def set_row(self, row: int) -> None:
        """This row is looked at."""
        self.row = row
        self.update()

    def show_unit(self, op: str, quantities: Mapping[str, NDArray[np.float32]]) -> None:
        """The numbers `[rows]` of a unit of such a layer by their letter."""
        self._meant = {name: quantity(op, name) for name in quantities}
        limits = {
            name: limit_for(values) if name == "c" else 1.0 for name, values in quantities.items()
        }
        rows = max((len(values) for values in quantities.values()), default=1)
        others = limits != self._limits or rows != self._rows
        self._values, self._limits = dict(quantities), limits
        if others:
            self._arrange()
        else:
            self._make_bars()

    @property
    def names(self) -> tuple[str, ...]:
        """The letters of what is shown; none where there is no unit."""
        return tuple(self._values)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.store.do(point.hover, self._row_at(event.position().y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.store.do(point.pin, None if self.store.state.pointed.pinned == row else row)

    def leaveEvent(self, event: QEvent) -> None:
        self.store.do(point.hover, None)

    def tooltip_words(self, at: QPoint) -> str:
        """All numbers of the row at that height."""
        row, unread = self._row_at(at.y()), self.store.state.unread_from
        if row is None or (unread is not None and row >= unread):
            return ""
        numbers = (
            quantity_value(self._meant[name], float(v[row])) for name, v in self._values.items()
        )
        return "\n".join([row_words(row, self._rows), *numbers])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground.paint(painter, self, self._arranged, self._paint_ground)
        unread = self.store.state.unread_from
        for name, column in self._columns.items():
            signed = self._meant[name].signed
            colours = (self.theme.signed if signed else self.theme.single).colours
            painter.setPen(Qt.PenStyle.NoPen)
            for bars, colour in zip(self._bars[name], (colours[1], colours[-1]), strict=True):
                painter.setBrush(QColor.fromRgb(*colour.tolist()))
                painter.drawRects(bars if unread is None else self._above(bars, unread))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.line), 1))
            if signed:
                painter.drawLine(column.center().x(), column.top(), column.center().x(),
                                 column.bottom())  # fmt: skip
            painter.drawRect(column.adjusted(0, 0, -1, -1))
        if self._values:
            height = self._row_height
            painter.setPen(QPen(QColor(self.theme.accent), 1.5))
            first, *_, last = (*self._columns.values(), *self._columns.values())
            whole = first.united(last)
            top = self._head + self.row * height
            painter.drawRect(QRectF(whole.x() - 1, top, whole.width() + 1, max(3.0, height)))

    def _above(self, bars: list[QRectF], row: int) -> list[QRectF]:
        """Those of the rows above that one."""
        bottom = self._head + (row - 0.5) * self._row_height
        return [bar for bar in bars if bar.top() < bottom]

    def _paint_ground(self, painter: QPainter) -> None:
        """What stays while the numbers move: the columns, and the words above and below them."""
        for name, column in self._columns.items():
            painter.fillRect(column, QColor(self.theme.panel))
            self._paint_letter(painter, name, column)
            if size := self._limits_at(column.width()):
                small = QFont(self.font())
                small.setPixelSize(size)
                painter.setFont(small)
                self._paint_limits(painter, name, column)

    def _paint_letter(self, painter: QPainter, name: str, column: QRect) -> None:
        """The letter above a column."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letter, size = piece(name, self.theme.text), self._letters_at(column.width())
        middle = column.center().x() + 0.5
        start = QPointF(middle - letter.advance * size / 2, self._head - 0.43 * size)
        letter.paint(painter, start, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_limits(self, painter: QPainter, name: str, column: QRect) -> None:
        """The limits below it: both ends where there are two."""
        painter.setPen(QColor(self.theme.muted))
        limit = short(self._limits[name])
        words = f"±{limit}" if self._meant[name].signed else f"0–{limit}"
        wider, top = column.width() + 2 * SPACE, column.bottom() + 2
        below = QRectF(column.x() - SPACE, top, wider, self._foot)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, words)

    def _arrange(self) -> None:
        """Where the columns stand, and what is above and below them."""
        self._arranged += 1
        self._rows = max((len(values) for values in self._values.values()), default=1)
        count = max(1, len(self._values))
        width = (self.width() - SPACE * (count + 1)) // count  # words reach beyond the outer ones
        self._head = round(HEAD * self._letters_at(width))
        self._foot = round(FOOT * self._limits_at(width))
        self._row_height = max(1.0, (self.height() - self._head - self._foot) / self._rows)
        height = int(self._rows * self._row_height)
        self._columns = {
            name: QRect(SPACE + place * (width + SPACE), self._head, width, height)
            for place, name in enumerate(self._values)
        }
        self._make_bars()

    def _make_bars(self) -> None:
        """The bars' places, for all paintings until something changes."""
        self._bars = {}
        height = self._row_height
        tops = [self._head + row * height for row in range(self._rows)]
        for name, values in self._values.items():
            column = self._columns[name]
            zero = column.x() + (column.width() / 2 if self._meant[name].signed else 0)
            reach = column.width() / (2 if self._meant[name].signed else 1) / self._limits[name]
            long = (np.minimum(np.maximum(values, -1e6), 1e6) * reach).tolist()
            bars = list(zip(tops, long, strict=False))
            self._bars[name] = (
                [QRectF(zero + value, top, -value, height) for top, value in bars if value < 0],
                [QRectF(zero, top, value, height) for top, value in bars if value > 0],
            )
        self.update()

    def _letters_at(self, width: int) -> int:
        """Pixels of the letters above columns of that width."""
        part, least, most = LETTERS
        text = QFontInfo(self.font()).pixelSize()
        return max(least, text, int(min(part * width, most * text)))

    def _limits_at(self, width: int) -> int:
        """Pixels of the limits below columns of that width; 0 where there are none."""
        part, least, most = LIMITS
        text = QFontInfo(self.font()).pixelSize()
        size = max(least, int(min(part * width, most * text)))
        return size if size >= READABLE * text else 0

    def _row_at(self, y: float) -> int | None:
        row = int((y - self._head) // self._row_height)
        return row if self._values and 0 <= row < self._rows else None
