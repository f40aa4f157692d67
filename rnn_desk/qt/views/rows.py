"""What the row views share: one row axis, a title, a legend, the mark of the row looked at.

All row views stand side by side and get the same `RowAxis`, so that row lies against row. Time
runs downwards: rows below the one looked at have not been read yet, and are dimmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import Trace
from rnn_desk.qt.look.theme import Theme
from rnn_desk.qt.look.words import tr
from rnn_desk.qt.state.selection import Selection
from rnn_desk.qt.views.heat import heat_image, paint_image, strip_image
from rnn_desk.qt.views.view import View

STRIP = 8
"""Pixels that the legend's strip of colours is high, and what it keeps clear above it."""

MARKS = 7
"""Pixels above and below the rows that marks of a row view reach."""

LEGEND_GAPS = 16
"""Pixels between the words of a legend, both gaps together."""

DIMMED = 205
"""Opacity, of 255, of the veil over rows that have not been read."""


@dataclass(frozen=True)
class RowAxis:
    """Where the rows lie, in pixels of every row view alike.

    Above them are a title and a subtitle, below them the legend; `line` is how high their text is.
    """

    row_height: int
    rows: int
    line: int

    @property
    def top(self) -> int:
        """The upper edge of the first row."""
        return 2 * self.line + 12

    @property
    def height(self) -> int:
        """The height of a whole row view, title and legend included."""
        return self.bottom + 2 * STRIP + self.line + 2

    @property
    def bottom(self) -> int:
        """Just below the last row."""
        return self.top + self.rows * self.row_height

    def row_at(self, y: float) -> int | None:
        """The row at that height, if any."""
        row = int((y - self.top) // self.row_height)
        return row if 0 <= row < self.rows else None

    def y(self, row: int) -> int:
        """The upper edge of a row."""
        return self.top + row * self.row_height


Legend: TypeAlias = tuple[ColourMap, str, str, str]
"""A colour map with the words at its left end, its middle and its right end."""


class RowView(View):
    """A picture of rows with its title, legend and row mark. Subclasses say what the rows show."""

    title_opens_menu = False
    """Whether the menu of what can be shown comes by a click on the title, which then says so."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = selection
        self.theme = theme
        self.axis = RowAxis(14, selection.rows, self.fontMetrics().height())
        self.trace: Trace | None = None
        self.mark = ""
        """Which of two models compared this is, in front of the title."""
        self.setMouseTracking(True)
        self._said: object = None
        selection.changed.connect(self.update_rows)

    # What a subclass says.

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

    def subtitle(self) -> str:
        """Its size, or how it was had."""
        return ""

    def subtitles(self) -> Sequence[str]:
        """The same, then shorter, for where there is less room."""
        return (self.subtitle(),)

    def legend(self) -> Legend | None:
        """What the colours stand for, if there are any."""
        return None

    def show_trace(self, trace: Trace | None) -> None:
        """A new Trace, or none, is to be shown."""
        self.trace = trace
        self.set_words()
        said = (*self.titles(), self.subtitle(), self.legend())
        if said == self._said:
            self.update_rows()
        else:
            self._said = said
            self.update()

    def show_glimpse(self, trace: Trace) -> None:
        """A Trace without gates and gradients is to be shown, if it has all that this view needs;
        else what was shown stays until the next whole one, in a moment."""

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

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        self.theme = theme
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

    def focus_rect(self) -> QRect:
        return self.area()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.area()
        if not self._area_with_marks().contains(event.rect()):
            self._paint_words(painter)
        if self.trace is None:
            painter.fillRect(area, QColor(self.theme.panel))
        else:
            self.paint_rows(painter, area)
            self._paint_veil(painter, area)
        painter.setPen(QPen(QColor(self.theme.line), self.theme.stroke))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        if self.trace is not None:
            self.paint_over(painter, area)
        self._paint_mark(painter, area)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.selection.hover(self.row_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self.selection.hover(None)

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
        self.selection.pin(None if self.selection.pinned == row else row)

    def tooltip_words(self, at: QPoint) -> str:
        """What the tooltip says at this place; nothing beside the rows."""
        row = self.axis.row_at(at.y())
        area = self.area()
        if row is None or self.trace is None or not area.left() <= at.x() <= area.right():
            return ""
        return self.words_at(row, (at.x() - area.left()) / area.width())

    def unread(self, row: int) -> range:
        """The rows that have not been read when `row` has just been."""
        return range(row + 1, self.axis.rows)

    def _paint_veil(self, painter: QPainter, area: QRect) -> None:
        """Dim the rows that have not been read."""
        row = self.selection.row
        if row is not None and (unread := self.unread(row)):
            veil = QColor(self.theme.window)
            veil.setAlpha(DIMMED)
            top, height = self.axis.y(unread.start), len(unread) * self.axis.row_height
            painter.fillRect(QRect(area.x(), top, area.width(), height), veil)

    def _paint_mark(self, painter: QPainter, area: QRect) -> None:
        row = self.selection.row
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
        text = next((t for t in texts if metrics.horizontalAdvance(t) <= room), texts[-1])
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


class HeatView(RowView):
    """Rows of numbers as a heat map: one image, one pixel a number, scaled by Qt."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(selection, theme, parent)
        self.values: NDArray[np.float32] | None = None
        self.image: QImage | None = None
        self._some_beyond = False

    def colours(self) -> ColourMap:
        """The colour map that the numbers go through."""
        raise NotImplementedError

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        """The numbers of the Trace that this view shows, `[rows, n]`."""
        raise NotImplementedError

    def limit(self) -> float:
        """The number that gets the last colour."""
        return 1.0

    def legend(self) -> Legend | None:
        return legend_of(self.colours(), self.limit(), self._some_beyond)

    def show_trace(self, trace: Trace | None) -> None:
        self.values = None if trace is None else self.values_of(trace)
        self._some_beyond = self.values is not None and some_beyond(self.values, self.limit())
        self.make_image()
        super().show_trace(trace)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.make_image()

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        if self.image is not None:
            paint_image(painter, area, self.image)

    def numbers(self) -> NDArray[np.float32] | None:
        return self.values

    def make_image(self) -> None:
        """Make the image of the numbers, for all paintings until they change."""
        if self.values is not None:
            self.image = heat_image(self.values, self.colours(), self.limit())

    def column_at(self, across: float) -> int:
        """Which number of a row lies there."""
        count = 1 if self.values is None else self.values.shape[1]
        return max(0, min(count - 1, int(across * count)))


def legend_of(colours: ColourMap, limit: float, beyond: bool) -> Legend:
    """The legend of a map whose last colours stand for the limit, and for what is beyond it where
    there is anything."""
    low, high = ("≤ ", "≥ ") if beyond else ("", "")
    if colours.signed:
        return colours, f"{low}−{limit:.3g}", "0", f"{high}+{limit:.3g}"
    return colours, "0", "", f"{high}{limit:.3g}"


def some_beyond(values: NDArray[np.float32], limit: float) -> bool:
    """Whether any number is farther from 0 than the limit."""
    return bool(np.abs(values).max(initial=0.0) > limit)


def row_words(row: int, rows: int) -> str:
    """How a row is named to a person: counted from 1."""
    return tr("row {row} of {rows}", row=row + 1, rows=rows)
