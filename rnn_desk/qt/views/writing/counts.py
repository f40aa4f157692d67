"""Both at once: what the reader believes so far, beside what becomes of it when it is ended."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.app.actions import write
from rnn_desk.app.written import Counted
from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.ground import Ground
from rnn_desk.qt.views.view import View

_BESIDE = 4
"""Pixels between a bar and the class on its left, and half of those before the number."""

_AFTER_MARK = 5
"""Pixels between a colour and what it is."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_TALLEST = 2.2
"""Lines that a class takes at most."""

_LOWEST = 0.95
"""Lines that a class takes at least; where there is less room, they stand in two columns."""

_BETWEEN = 14
"""Pixels between two columns."""


class CountsView(View):
    """For each class two bars: the reader's belief after the last row that is there, and the part
    of the endings that the reader takes for it. A click on a class has endings of that one."""

    can_be_alone = False

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.classes: tuple[str, ...] = ()
        self.belief: Array | None = None
        self.counted: Counted | None = None
        self._ground = Ground()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        store.writing_changed.connect(self.update)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(240, 11 * self.fontMetrics().height() + 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 6 * self.fontMetrics().height() + 6)

    def set_words(self) -> None:
        self.setAccessibleName(tr("Reader and writer"))
        self.update()

    def show_belief(self, belief: Array | None, classes: tuple[str, ...]) -> None:
        """What the reader believes, `[classes]`."""
        self.belief, self.classes = belief, classes
        self.update()

    def show_counted(self, counted: Counted | None) -> None:
        """What endings are read as."""
        self.counted = counted
        self.update()

    def numbers(self) -> NDArray[np.float32] | None:
        if not self.classes:
            return None
        none = np.zeros(len(self.classes), np.float32)
        shares = none if self.counted is None else self.counted.shares
        return np.stack([none if self.belief is None else self.belief, shares], 1)

    def column_names(self) -> Sequence[str]:
        return (tr("reader"), tr("endings"))

    def line_names(self) -> Sequence[str]:
        return self.classes

    def line_kind(self) -> str:
        return tr("class")

    def tooltip_words(self, at: QPoint) -> str:
        """The numbers of the class there."""
        number = self._class_at(QPointF(at))
        if number is None:
            return ""
        words = [tr("click: endings as a {name}", name=self.classes[number])]
        if self.belief is not None:
            words.append(tr("the reader so far: {part:.1%}", part=float(self.belief[number])))
        if self.counted is not None:
            words.append(self._count_words(number))
        return "\n".join(words)

    def mousePressEvent(self, event: object) -> None:
        number = self._class_at(event.position())  # type: ignore[attr-defined]
        if number is not None:
            self.store.do(write.as_class, number)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        told = self.store.state.writing.label
        looks = (self.classes, self._words, told, self._most, self.theme.name)
        self._ground.paint(painter, self, looks, self._paint_ground)
        for number, track in enumerate(self._tracks()[: len(self.classes)]):
            self._paint_numbers(painter, number, track)

    def _paint_ground(self, painter: QPainter) -> None:
        """What the colours are, the classes, and where their bars lie."""
        self._paint_words(painter, self.fontMetrics().height())
        names = self.fontMetrics().horizontalAdvance("00")
        for number, (name, track) in enumerate(zip(self.classes, self._tracks(), strict=False)):
            told = self.store.state.writing.label == number
            painter.setFont(self._bold if told or number == self._most else self.font())
            painter.setPen(QColor(self.theme.accent if told else self.theme.text))
            left = track.left() - _BESIDE - names
            cell = QRect(left, track.top() - 1, names, track.height() + 2)
            painter.drawText(cell, _RIGHT, name)
            painter.fillRect(track, QColor(self.theme.track))
            if self.theme.stroke > 1:  # in high contrast a ground alone is not seen
                painter.setPen(QColor(self.theme.line))
                painter.drawRect(track.adjusted(0, 0, -1, -1))

    def _paint_numbers(self, painter: QPainter, number: int, track: QRect) -> None:
        """The bars of a class, and how many endings are read as it."""
        half = max(2, track.height() // 2)
        if self.belief is not None:
            wide = round(track.width() * float(self.belief[number]))
            painter.fillRect(track.left(), track.top(), wide, half, QColor(self.theme.muted))
        if self.counted is not None:
            share = float(self.counted.shares[number])
            wide = round(track.width() * share)
            below = QRect(track.left(), track.top() + half, wide, track.height() - half)
            painter.fillRect(below, QColor(self.theme.accent))
            cell = QRect(track.right() + 1, track.top() - 1, self._beside, track.height() + 2)
            painter.setPen(QColor(self.theme.text if share else self.theme.muted))
            painter.setFont(self._bold if number == self._most else self.font())
            painter.drawText(cell, _RIGHT, str(round(share * self.counted.count)))

    def _paint_words(self, painter: QPainter, line: int) -> None:
        """What the two colours are, side by side where there is room."""
        painter.setFont(self.font())
        x = y = 0
        for colour, words in zip((self.theme.muted, self.theme.accent), self._words, strict=True):
            painter.fillRect(QRect(x, y + line // 4, line // 2, line // 2), QColor(colour))
            painter.setPen(QColor(self.theme.text))
            left = x + line // 2 + _AFTER_MARK
            room = QRect(left, y, self.width() - left, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, words)
            if self._lines > 1:
                y += line
            else:
                x = left + self.fontMetrics().horizontalAdvance(words) + 12

    @property
    def _most(self) -> int | None:
        """The class that most endings are read as."""
        return None if self.counted is None else int(self.counted.shares.argmax())

    @property
    def _bold(self) -> QFont:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.Bold)
        return bold

    @property
    def _words(self) -> tuple[str, str]:
        """What the bars are."""
        counted = self.counted
        if counted is None:
            return tr("the reader so far"), tr("endings")
        return tr("the reader so far"), tr("of {count} endings", count=counted.count)

    @property
    def _lines(self) -> int:
        """How many lines these words take."""
        metrics = self.fontMetrics()
        mark = metrics.height() // 2 + _AFTER_MARK
        wide = sum(mark + metrics.horizontalAdvance(words) for words in self._words) + 12
        return 1 if wide <= self.width() else 2

    def _count_words(self, number: int) -> str:
        assert self.counted is not None
        return tr(
            "{part} of {count} endings are read as {name}",
            part=round(float(self.counted.shares[number]) * self.counted.count),
            count=self.counted.count,
            name=self.classes[number],
        )

    def _tracks(self) -> list[QRect]:
        """Where the bars of each class lie."""
        metrics, count = self.fontMetrics(), max(1, len(self.classes))
        top = self._lines * metrics.height() + 6
        columns = 1 if (self.height() - top) / count >= _LOWEST * metrics.height() else 2
        deep = ceil(count / columns)
        height = max(4, min((self.height() - top) // deep, round(_TALLEST * metrics.height())))
        names, counts = (metrics.horizontalAdvance(each) for each in ("00", "200"))
        wide = (self.width() - (columns - 1) * _BETWEEN) // columns
        places = (divmod(number, deep) for number in range(count))
        return [
            QRect(
                column * (wide + _BETWEEN) + names + _BESIDE,
                top + line * height + 1,
                wide - names - _BESIDE - counts - 2 * _BESIDE,
                height - 2,
            )
            for column, line in places
        ]

    def _class_at(self, at: QPointF) -> int | None:
        number = self.fontMetrics().horizontalAdvance("00") + _BESIDE
        for place, track in enumerate(self._tracks()[: len(self.classes)]):
            if track.adjusted(-number, -1, self._beside, 1).contains(at.toPoint()):
                return place
        return None

    @property
    def _beside(self) -> int:
        """Pixels for the number beside a bar."""
        return self.fontMetrics().horizontalAdvance("200") + 2 * _BESIDE
