"""What the network would say after each row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPen
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.colour import ColourMap, contrast
from rnn_desk.core.trace import BeliefKind, Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.doubt import UNSURE, is_doubted
from rnn_desk.qt.views.heat_rows import HeatView
from rnn_desk.qt.views.row_axis import Room, row_words

LEGIBLE = 10
"""Pixels of the names' letters at least."""

_LOW = 0.75
"""Of the text's letters, what rows have room for at least to be named each; else fewer of them are,
in letters like the text's."""

_ACROSS = 1.6
"""Of a cell's width, the letters within it at most; a digit is narrower than it is high."""

NARROWEST_NAMED = 6
"""Pixels of a cell to each letter of a name below which no name stands within it."""

NARROWEST_CLASS = 3.4
"""Pixels of a class at least, where they are too many for a name in each cell."""

AGAIN = 7
"""Rows after which a name is told again, where it stands beside its cell."""

_HEAD = 9
"""Pixels of the letters above the classes."""

_WIDEST = 0.24
"""The part of all views' width that so many classes may take."""

_PLATE = 215
"""Opacity, of 255, of what a name beside its cell stands on."""


class BeliefView(HeatView):
    """The probabilities after each row, one column a class, the winner of each row named."""

    hidden_as = "belief"

    def __init__(
        self,
        kind: BeliefKind,
        classes: Sequence[str],
        store: QtStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(store, parent)
        self.kind = kind
        self._heads = _heads(classes)
        self._classes = len(classes)
        self._was_doubted = False
        store.canvas_changed.connect(self._doubt_anew)

    @property
    def _is_doubted(self) -> bool:
        return is_doubted(self.trace, self.store.state.canvas)

    def _doubt_anew(self) -> None:
        if self._is_doubted != self._was_doubted:
            self._was_doubted = self._is_doubted
            self.update()

    def width_in(self, room: Room) -> int:
        """The usual; more classes than that has room for want to be told apart."""
        wide = min(NARROWEST_CLASS * self._classes, _WIDEST * room.whole / room.models)
        return max(room.usual, int(wide))

    def title(self) -> str:
        return tr("belief")

    def about(self) -> str:
        if self.kind == "said":
            how = tr("it says so itself")
        elif self.kind == "head":
            how = tr("by its own output layer, as if the picture ended there")
        else:
            how = tr("to the picture with the rows below covered")
        return tr(
            "What the network answers after each row: {how}.\n"
            "One column a class; the most probable one of each row is named, by ? where the "
            "drawing is unlike anything that was learnt.\n"
            "From the dashed line on the answer stays the same, and more than half probable.",
            how=how,
        )

    def subtitle(self) -> str:
        if self.kind == "covered":
            return tr("rest covered")
        return tr("if it stopped here")

    def subtitles(self) -> Sequence[str]:
        return (self.subtitle(), tr("covered") if self.kind == "covered" else tr("so far"))

    def colours(self) -> ColourMap:
        return self.theme.single

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.belief

    def show_trace(self, trace: Trace | None) -> None:
        if trace is not None:
            self._winners = trace.belief.argmax(axis=1).tolist()
            self._settled = trace.settled_row
        super().show_trace(trace)
        self._was_doubted = self._is_doubted
        self._choose_letters()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._choose_letters()

    def column_names(self) -> Sequence[str]:
        return [] if self.trace is None else self.trace.classes

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """Name the winner in each row that was read; a line where the answer settles."""
        assert self.trace is not None
        row, hidden = self.store.state.pointed.row, self.store.state.unread_from
        shown = min(
            self.axis.rows if row is None else row + 1, self.axis.rows if hidden is None else hidden
        )
        doubted = self._is_doubted
        names = [UNSURE if doubted else name for name in self.trace.classes]
        if area.width() < NARROWEST_NAMED * len(names) * max(map(len, names)):
            self._name_beside(painter, area, names, shown)
        else:
            self._name_within(painter, area, names, shown)
        if not doubted and self._settled is not None and 0 < self._settled < shown:
            painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
            y = self.axis.y(self._settled)
            painter.drawLine(area.left(), y, area.right(), y)

    def _name_within(
        self, painter: QPainter, area: QRect, names: Sequence[str], shown: int
    ) -> None:
        """In each row the winner's name, within its cell. Where rows are lower than letters that
        are read from afar, where another class wins, and every few rows, on the cell's colour."""
        assert self.trace is not None
        width, height, top = area.width() / len(names), self.axis.row_height, self.axis.y(0)
        text, fits = QFontInfo(self.font()).pixelSize(), height - 2
        low = fits < max(LEGIBLE - 2, _LOW * text)
        most = width * (_ACROSS if low else 1.3)
        letters = max(1, min(int(most), max(text, LEGIBLE) if low else min(fits, 2 * LEGIBLE)))
        painter.setFont(self._bold(letters))
        tall = letters + 2 if low else height
        pens = [QPen(QColor(colour)) for colour in self._letter_colours]
        shades = self.colours()
        free: dict[int, int] = {}
        named, at, below, pen = -1, 0, area.top(), -1
        for row, winner in enumerate(self._winners[:shown]):
            x, middle = round(area.x() + winner * width), top + row * height + height // 2
            y = max(area.top(), min(middle - tall // 2, area.bottom() + 1 - tall))
            again = winner == named and row < at + AGAIN
            if low and (again or y < max(below, free.get(winner, y))):
                continue  # they would run into one another
            named, at, below, free[winner] = winner, row, y + tall // 2, y + tall
            cell = QRect(x, y, round(width), tall)
            if low:
                shade = shades.colours[shades.indices(self.trace.belief[row, winner])]
                painter.fillRect(cell, QColor.fromRgb(*shade.tolist()))
            if self._letters[row] != pen:
                pen = self._letters[row]
                painter.setPen(pens[pen])
            over = cell.adjusted(-letters, -2, letters, 2)  # so that nothing of a letter is cut
            painter.drawText(over, Qt.AlignmentFlag.AlignCenter, names[winner])

    def _name_beside(
        self, painter: QPainter, area: QRect, names: Sequence[str], shown: int
    ) -> None:
        """Where another class wins than in the row before, and every few rows, its name beside its
        cell: cells are narrower than letters."""
        width, height = area.width() / len(names), self.axis.row_height
        painter.setFont(self._bold(max(LEGIBLE + 1, min(height - 1, self.axis.line - 4))))
        metrics = painter.fontMetrics()
        plate = QColor(self.theme.window)
        plate.setAlpha(_PLATE)
        most, line, free = area.width() // 3, metrics.height() - 2, area.top()
        before, named = -1, 0
        for row, winner in enumerate(self._winners[:shown]):
            again, before = winner == before and row < named + AGAIN, winner
            y = self.axis.y(row) + (height - line) // 2
            if again or y < free:
                continue
            free, named = y + line, row
            name = metrics.elidedText(names[winner], Qt.TextElideMode.ElideRight, most)
            across = metrics.horizontalAdvance(name) + 4
            left = round(area.x() + winner * width)
            right = round(area.x() + (winner + 1) * width)
            x = right + 1 if right + 1 + across < area.right() else left - 1 - across
            beside = QRect(x, y, across, line)
            painter.fillRect(beside, plate)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, name)

    def _bold(self, pixels: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.Bold)
        return font

    def paint_above(self, painter: QPainter) -> None:
        """Where cells are too narrow for names, the first of the digits, and of the letters."""
        area = self.area()
        if area.width() >= NARROWEST_NAMED * self._classes:
            return
        font = QFont(self.font())
        font.setPixelSize(_HEAD)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        for column, name in self._heads:
            x = area.x() + column * area.width() // self._classes
            painter.drawText(x, area.y() - 2, name)

    def _choose_letters(self) -> None:
        """For each row the colour of letters that stands out from the winner's cell."""
        if self.trace is None:
            return
        colours = self.colours()
        choices = _standing_out(colours, self._letter_colours)
        self._letters = choices[colours.indices(self.trace.belief.max(axis=1))].tolist()

    @property
    def _letter_colours(self) -> tuple[str, str]:
        return self.theme.ink, self.theme.paper

    def words_at(self, row: int, across: float) -> str:
        assert self.trace is not None
        column = self.column_at(across)
        lines = [
            tr(
                "after {row}\n{name}: {part:.1%}",
                row=row_words(row, self.axis.rows),
                name=self.trace.classes[column],
                part=self.trace.belief[row, column],
            )
        ]
        if self._is_doubted:
            lines.append(tr("the drawing is unlike anything it has learnt"))
        elif row == self._settled:
            lines.append(tr("from here on the answer stays"))
        return "\n".join(lines)


@lru_cache(maxsize=16)
def _standing_out(colours: ColourMap, letters: tuple[str, ...]) -> NDArray[np.intp]:
    """For each of the map's 256 colours the number of the letters' colour that stands out most."""
    of_letters = [QColor(letter).getRgb()[:3] for letter in letters]  # type: ignore[index]
    apart = contrast(colours.colours, np.array(of_letters, np.uint8)[:, None])
    return np.asarray(apart.argmax(axis=0))


def _heads(classes: Sequence[str]) -> list[tuple[int, str]]:
    """The first class of each kind: digits, capitals, small letters; none where names are words."""
    kinds = [next((k for k, is_of in enumerate(_KINDS) if is_of(name)), -1) for name in classes]
    starts = [0, *(k for k in range(1, len(kinds)) if kinds[k] != kinds[k - 1])]
    if len(starts) > len(_KINDS) + 1 or any(len(name) > 1 for name in classes):
        return []
    return [(start, classes[start]) for start in starts if kinds[start] >= 0]


_KINDS = (str.isdigit, str.isupper, str.islower)
