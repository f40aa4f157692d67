"""The row numbers, left of the row views: what is covered, and covering by dragging."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnn_desk.app.actions import point
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.filled import fills_itself, painter_on
from rnn_desk.qt.views.row_axis import RowAxis, row_words
from rnn_desk.qt.views.tooltip import Explained

_NARROWEST, _LINES = 30, 1.5
"""Pixels that it is wide at least, and in parts of a line of the text: two digits beside a
bar; and an arrow, where letters leave it room."""

BAR = 4
"""Pixels of the bar beside a covered row, and what it keeps clear of the views."""


def gutter_width(line: int) -> int:
    """Pixels that it is wide where a line of the text is so high."""
    return max(_NARROWEST, round(_LINES * line))


class Gutter(Themed, Explained):
    """The number of every seventh row, a pointer at the row looked at, a bar at covered rows.

    Dragging covers the rows passed over; begun on a covered one, it uncovers them.
    """

    covered = Signal(object, str)
    """The frozenset of covered rows that is wanted, and a name for the drag that it is part of."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.axis = RowAxis(14, store.state.pointed.rows, self.fontMetrics().height())
        self._covered: frozenset[int] = frozenset()
        self._begun: int | None = None
        self._before: frozenset[int] = frozenset()
        self._drags = 0
        fills_itself(self)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        store.pointed_changed.connect(self.update)

    def set_axis(self, axis: RowAxis) -> None:
        """The window has another size."""
        self.axis = axis
        self.update()

    def show_covered(self, rows: frozenset[int]) -> None:
        """These rows are covered."""
        self._covered = rows
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.axis.row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self._begun, self._before = row, self._covered
            self._drags += 1
            self._drag_to(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        y = event.position().y()
        if self._begun is None:
            self.store.do(point.hover, self.axis.row_at(y))
        else:
            inside = max(self.axis.top, min(self.axis.bottom - 1, int(y)))
            self._drag_to(self.axis.row_at(inside) or 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._begun = None

    def leaveEvent(self, event: QEvent) -> None:
        self.store.do(point.hover, None)

    def tooltip_words(self, at: QPoint) -> str:
        """What the tooltip says at this height; nothing beside the rows."""
        row = self.axis.row_at(at.y())
        if row is None:
            return ""
        words = row_words(row, self.axis.rows)
        if row in self._covered:
            return tr("{row}, covered\ndrag here to uncover rows", row=words)
        return tr("{row}\ndrag here to cover rows", row=words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, event)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        looked_at = self.store.state.pointed.row
        width = self.width()
        numbered = self.axis.numbered()
        for row in range(self.axis.rows):
            top, height = self.axis.y(row), self.axis.row_height
            if row in self._covered:
                bar = QRect(width - BAR - 1, top, BAR, height)
                painter.fillRect(bar, QBrush(QColor(self.theme.accent)))
            # Numbers are higher than a row may be.
            cell = QRect(0, top - 6, width - BAR - 3, height + 12)
            if row == looked_at:
                painter.setPen(QColor(self.theme.accent))
                words, room = f"▸{row + 1}", painter.fontMetrics()
                narrow = room.horizontalAdvance(words) > cell.width()  # in large letters
                painter.drawText(cell, right, str(row + 1) if narrow else words)
            elif row in numbered and (looked_at is None or not self.axis.touch(row, looked_at)):
                painter.setPen(QColor(self.theme.muted))
                painter.drawText(cell, right, str(row + 1))

    def _drag_to(self, row: int) -> None:
        """Cover, or uncover, the rows from where the drag began to this one."""
        assert self._begun is not None
        passed = frozenset(range(min(self._begun, row), max(self._begun, row) + 1))
        uncover = self._begun in self._before
        rows = self._before - passed if uncover else self._before | passed
        self.store.do(point.hover, None)  # while rows are covered, the whole reading is looked at
        self.covered.emit(rows, f"cover {self._drags}")
