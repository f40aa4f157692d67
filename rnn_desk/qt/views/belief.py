"""What the network would say after each row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.colour import ColourMap, contrast
from rnn_desk.core.trace import BeliefKind, Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.doubt import UNSURE, is_doubted
from rnn_desk.qt.views.heat_rows import HeatView
from rnn_desk.qt.views.row_axis import row_words

LEGIBLE = 10
"""Pixels of a row from which on a digit in each can be told from the next one's."""


class BeliefView(HeatView):
    """The probabilities after each row, one column a class, the winner of each row named."""

    def __init__(
        self,
        kind: BeliefKind,
        store: QtStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(store, parent)
        self.kind = kind
        self._was_doubted = False
        store.canvas_changed.connect(self._doubt_anew)

    @property
    def _is_doubted(self) -> bool:
        return is_doubted(self.trace, self.store.state.canvas)

    def _doubt_anew(self) -> None:
        if self._is_doubted != self._was_doubted:
            self._was_doubted = self._is_doubted
            self.update()

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
        shown = (
            self.axis.rows
            if self.store.state.pointed.row is None
            else self.store.state.pointed.row + 1
        )
        width = area.width() / len(self.trace.classes)
        font = QFont(self.font())
        room = max(self.axis.row_height - 2, LEGIBLE - 2)  # over the next row too, where it is low
        font.setPixelSize(max(1, min(room, int(width * 1.3), 2 * LEGIBLE)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        doubted = self._is_doubted
        classes = [UNSURE if doubted else name for name in self.trace.classes]
        middle = Qt.AlignmentFlag.AlignCenter
        height, top, across = self.axis.row_height, self.axis.y(0), round(width)
        low = 3 if height < LEGIBLE else 0
        pens = [QPen(QColor(colour)) for colour in self._letter_colours]
        before, pen = -1, -1
        for row, winner in enumerate(self._winners[:shown]):
            again, before = winner == before, winner
            if again and low:
                continue  # one below the other they would run into one another
            if self._letters[row] != pen:
                pen = self._letters[row]
                painter.setPen(pens[pen])
            x, y = round(area.x() + winner * width), top + row * height
            cell = QRect(x - low, y - low, across + 2 * low, height + 2 * low)
            painter.drawText(cell, middle, classes[winner])
        if not doubted and self._settled is not None and 0 < self._settled < shown:
            painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
            y = self.axis.y(self._settled)
            painter.drawLine(area.left(), y, area.right(), y)

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
