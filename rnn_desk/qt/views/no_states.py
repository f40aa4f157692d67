"""In place of what a network does not give, states or an answer: a sentence."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnn_desk.core.errors import Refused
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.row_axis import Room
from rnn_desk.qt.views.rows import RowView

EDGE = 16
"""Pixels between the frame and the words."""

NARROWEST = 90
"""Pixels below which a line of words does not fit; then the tooltip has them."""

SENTENCE = 190
"""Pixels in which the sentence is read, beside another model."""


class SentenceView(RowView):
    """An empty frame with a sentence in it; it follows the rows as the other views do."""

    def words(self) -> str:
        """The whole sentence."""
        raise NotImplementedError

    def width_in(self, room: Room) -> int | None:
        return None if room.models == 1 else min(SENTENCE, room.whole // 4)

    def tooltip_words(self, at: QPoint) -> str:
        return self.words()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(self.theme.muted))
        inside = self.area().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if inside.width() >= NARROWEST:
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inside, middle, self.words())

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, QColor(self.theme.panel))

    def words_at(self, row: int, across: float) -> str:
        return self.words()


class NoStatesView(SentenceView):
    """In place of the layers."""

    def __init__(self, why: Refused, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.why = why

    def title(self) -> str:
        return tr("states: none")

    def words(self) -> str:
        return tr(
            "No hidden states can be shown of this network: {reason}. "
            "Its answer after each row is shown all the same.",
            reason=self.why,
        )


class NoAnswerView(SentenceView):
    """In place of the belief, where a file gives states and no answer."""

    def width_in(self, room: Room) -> int | None:
        return min(SENTENCE, room.whole // 4)

    def title(self) -> str:
        return tr("belief: none")

    def words(self) -> str:
        return tr("This file gives states and no answer, so there is nothing that it believes.")
