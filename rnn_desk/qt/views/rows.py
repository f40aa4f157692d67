"""What the row views share: one row axis, a title, a legend, the mark of the row looked at.

All row views stand side by side and get the same `RowAxis`, so that row lies against row. Time
runs downwards: rows below the one looked at have not been read yet, and are dimmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from rnn_desk.app.actions import point
from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.filled import fills_itself, painter_on
from rnn_desk.qt.views.heat import paint_image, strip_image
from rnn_desk.qt.views.row_axis import STRIP, Room, RowAxis
from rnn_desk.qt.views.view import View

MARKS = 7
"""Pixels above and below the rows that marks of a row view reach."""

BESIDE = 6
"""Pixels between the numbers of the rows and the rows, in a figure."""

LEGEND_GAPS = 16
"""Pixels between the words of a legend, both gaps together."""

DIMMED = 205
"""Opacity, of 255, of the veil over rows that have not been read."""


Legend: TypeAlias = tuple[ColourMap, str, str, str]
"""A colour map with the words at its left end, its middle and its right end."""


class RowView(View):
    """A picture of rows with its title, legend and row mark. Subclasses say what the rows show."""

    hidden_as = ""
    """As what a lesson's step hides it, of `core.questions.HIDEABLE`."""

    title_opens_menu = False
    """Whether the menu of what can be shown comes by a click on the title, which then says so."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.axis = RowAxis(14, store.state.pointed.rows, self.fontMetrics().height())
        self.trace: Trace | None = None
        self.mark = ""
        """Which of two models compared this is, in front of the title."""
        self._alone = False
        fills_itself(self)
        self.setMouseTracking(True)
        self._said: object = None
        store.pointed_changed.connect(self.update_rows)
        store.teaching_changed.connect(self.update)

    # What a subclass says.

    def width_in(self, room: Room) -> int | None:
        """Pixels that suffice; None for a share, by `columns`, of what the others leave."""
        return room.usual

    def wide_alone(self, axis: RowAxis, room: int) -> int:
        """Pixels that it takes where it is shown alone, of those that there are."""
        return room

    def title(self) -> str:
        """What this is, in a word or two."""
        raise NotImplementedError

    def titles(self) -> Sequence[str]:
        """The title, then shorter ones, for where there is less room."""
        return (self.title(),)

    @property
    def columns(self) -> int:
        """How many numbers a row has: what the view's width is shared out by."""
        return 1

    def about(self) -> str:
        """What is to be seen here and how to read it, for who sees it for the first time."""
        return ""

    def subtitle(self) -> str:
        """Its size, or how it was had."""
        return ""

    def subtitles(self) -> Sequence[str]:
        """The same, then shorter, for where there is less room."""
        return (self.subtitle(),)

    def legend(self) -> Legend | None:
        """What the colours stand for, if there are any."""
        return None

    def said(self) -> tuple[object, ...]:
        """What the words around the rows are made of: they are painted anew where it changes."""
        return self.mark, *self.titles(), self.subtitle(), self.legend()

    def show_trace(self, trace: Trace | None) -> None:
        """A new Trace, or none, is to be shown."""
        self.trace = trace
        said = self.said()
        if said == self._said:
            self.update_rows()
        else:
            self._said = said
            self.set_words()
            self.update()

    def set_words(self) -> None:
        """Tell those who do not see it what it is."""
        name = f"{self.mark} {self.title()}".strip(" ▾")
        if name != self.accessibleName():
            self.setAccessibleName(name)
        if self.subtitle() != self.accessibleDescription():
            self.setAccessibleDescription(self.subtitle())

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        """Paint all rows into `area`; row r of n lies r/n from its top."""
        raise NotImplementedError

    @property
    def covers_rows(self) -> bool:
        """Whether `paint_rows` leaves nothing to be seen of what lies below."""
        return False

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """Paint what lies above the veil and the row mark, if anything."""

    def words_at(self, row: int, across: float) -> str:
        """The numbers under the pointer, for the tooltip; `across` runs 0..1 from left to right."""
        raise NotImplementedError

    # What all have in common.

    def set_axis(self, axis: RowAxis) -> None:
        """The window has another size."""
        self.axis = axis
        self.update()

    def area(self) -> QRect:
        """Where the rows are painted."""
        return QRect(0, self.axis.top, self.width(), self.axis.bottom - self.axis.top)

    def row_at(self, at: QPoint) -> int | None:
        """The row that is pointed at there, if any."""
        return self.axis.row_at(at.y())

    def update_rows(self) -> None:
        """The rows are to be painted anew, and the words around them are as they were."""
        self.update(self._area_with_marks())

    def _area_with_marks(self) -> QRect:
        return self.area().adjusted(0, -MARKS, 0, MARKS)

    def model_file(self) -> str:
        return "" if self.trace is None else self.trace.model.file

    def room_beside(self) -> int:
        return self.fontMetrics().horizontalAdvance(str(self.axis.rows)) + BESIDE

    def paint_alone(self, painter: QPainter, corner: QPoint) -> None:
        """All rows as they are when all have been read, with their numbers."""
        self._alone = True
        try:
            with self.store.looking_at(None):
                super().paint_alone(painter, corner)
        finally:
            self._alone = False
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.muted))
        width, line = self.room_beside(), self.axis.line
        for row in self.axis.numbered():
            middle = corner.y() + self.axis.y(row) + self.axis.row_height // 2
            cell = QRect(corner.x() - width, middle - line // 2, width - BESIDE, line)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(cell, right, str(row + 1))

    def focus_rect(self) -> QRect:
        return self.area()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.area()
        painter = painter_on(self, event, area if self.covers_rows else None)
        if not self._area_with_marks().contains(event.rect()):
            self._paint_words(painter)
        self.paint_above(painter)
        if self.trace is None or self.is_hidden:
            painter.fillRect(area, QColor(self.theme.panel))
            self._paint_hidden(painter, area)
        else:
            self.paint_rows(painter, area)
            self._paint_veil(painter, area)
        painter.setPen(QPen(QColor(self.theme.line), self.theme.stroke))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        if self.trace is not None and not self.is_hidden:
            self.paint_over(painter, area)
        self._paint_mark(painter, area)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.store.do(point.hover, self.row_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self.store.do(point.hover, None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A row is pinned, or let go; a title that opens the menu does."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        row = self.row_at(event.position().toPoint())
        if row is not None:
            self.choose(row, event)
        elif self.title_opens_menu and event.position().y() < self.axis.top:
            self.menu().popup(event.globalPosition().toPoint())

    def choose(self, row: int, event: QMouseEvent) -> None:
        """This row was clicked: stay at it; once more, let it go."""
        self.store.do(point.pin, None if self.store.state.pointed.pinned == row else row)

    def tooltip_words(self, at: QPoint) -> str:
        """What the tooltip says at this place: above and below the rows, what they show."""
        row = self.axis.row_at(at.y())
        area = self.area()
        if row is None:
            return self.about()
        if self.trace is None or not area.left() <= at.x() <= area.right():
            return ""
        if self.is_hidden or row in self._hidden_rows():
            return tr("a lesson asks for it first")
        return self.words_at(row, (at.x() - area.left()) / area.width())

    def unread(self, row: int) -> range:
        """The rows that have not been read when `row` has just been."""
        return range(row + 1, self.axis.rows)

    @property
    def is_hidden(self) -> bool:
        """Whether a lesson's step hides it, till its question is answered."""
        return self.store.state.hides(self.hidden_as)

    @property
    def has_numbers(self) -> bool:
        return not self.is_hidden and not self._hidden_rows() and super().has_numbers

    def _hidden_rows(self) -> range:
        """The rows that are not read yet, and hidden till then."""
        first = self.store.state.unread_from
        return range(0) if first is None else self.unread(first - 1)

    def _paint_veil(self, painter: QPainter, area: QRect) -> None:
        """Dim the rows that have not been read; or hide them."""
        row, hidden = self.store.state.pointed.row, self._hidden_rows()
        veil = QColor(self.theme.window)
        veil.setAlpha(DIMMED)
        if row is not None:
            self._fill_rows(painter, area, self.unread(row), veil)
        self._fill_rows(painter, area, hidden, QColor(self.theme.window))

    def _fill_rows(self, painter: QPainter, area: QRect, rows: range, colour: QColor) -> None:
        if rows:
            top, height = self.axis.y(rows.start), len(rows) * self.axis.row_height
            painter.fillRect(QRect(area.x(), top, area.width(), height), colour)

    def _paint_hidden(self, painter: QPainter, area: QRect) -> None:
        """In place of what a lesson asks for, a question mark."""
        if self.is_hidden:
            font = QFont(self.font())
            font.setPixelSize(max(12, min(area.width() // 2, area.height() // 3)))
            painter.setFont(font)
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "?")

    def _paint_mark(self, painter: QPainter, area: QRect) -> None:
        row = self.store.state.pointed.row
        if row is None:
            return
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        y, height = self.axis.y(row), self.axis.row_height
        painter.drawRect(QRectF(area.x() + 1, y, area.width() - 2, height))

    def _paint_words(self, painter: QPainter) -> None:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        left = Qt.AlignmentFlag.AlignLeft
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.text))
        line = self.axis.line
        titles = list(self.titles())
        if self._alone:  # there is no menu to be opened
            titles = [title.rstrip(" ▾") for title in titles]
        if self.mark:
            shortest = titles[-1].strip(" ▾")
            titles = [*(f"{self.mark} – {title}" for title in titles), f"{self.mark} {shortest}"]
        room = self.width()
        painter.drawText(QRect(0, 0, room, line), left, self._fitting(painter, titles))
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(
            QRect(0, line + 2, room, line), left, self._fitting(painter, self.subtitles())
        )
        self.paint_legend(painter)

    def paint_above(self, painter: QPainter) -> None:
        """What stands above the rows where marks of other views do: painted with the rows."""

    def paint_legend(self, painter: QPainter) -> None:
        """Below the rows, what the colours stand for."""
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignHCenter
        line = self.axis.line
        legend = self.legend()
        if legend is None:
            return
        colours, low, centre, high = legend
        # The strip holds the 256 colours themselves; a signed map's number 0 is not used.
        strip = QRect(0, self.axis.bottom + STRIP, min(self.width(), 150), STRIP)
        paint_image(painter, strip, strip_image(colours))
        painter.setPen(QColor(self.theme.line))
        painter.drawRect(strip.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(self.theme.muted))
        words = QRect(strip.x(), strip.bottom() + 2, strip.width(), line)
        metrics = painter.fontMetrics()
        ends = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high)
        painter.drawText(words, right, high)
        if ends + 4 <= strip.width():
            painter.drawText(words, left, low)
        if ends + metrics.horizontalAdvance(centre) + LEGEND_GAPS <= strip.width():
            painter.drawText(words, middle, centre)

    def _fitting(self, painter: QPainter, texts: Sequence[str]) -> str:
        """The first of these that there is room for; else as much of the last one as there is."""
        room, metrics = self.width(), painter.fontMetrics()
        shown = [metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) for text in texts]
        whole = (text for text, part in zip(texts, shown, strict=True) if part == text)
        return next(whole, shown[-1])
