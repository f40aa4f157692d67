"""How a network learned: its loss and the part that it reads, over the steps of its training."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnn_desk.assets_door import asset
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.filled import fills_itself, painter_on
from rnn_desk.qt.views.panel import Panel

_MARGIN = 14
"""Pixels beside the numbers of an axis."""
_BEFORE, _AFTER = 0.5, 0.5
"""Powers of ten between the untrained network and the first moment, and from the last to the end:
neither has a place of its own on such an axis."""

_DOT, _HERE = 3.0, 6.0
"""Pixels of a moment, and of the one that reads now."""


@frozen
class Moment:
    """A network stopped on its way, after so many steps, or at its end, where that is None: what it
    reads and loses of the reference digits."""

    file: str
    steps: int | None
    accuracy: float
    loss: float


@cache
def moments() -> tuple[Moment, ...]:
    """Every moment that ships, the first one first."""
    told = json.loads(asset("lessons", "learning.json").read_text(encoding="utf-8"))
    return tuple(Moment(**each) for each in told)


class LearningView(Panel):
    """Two curves side by side, over steps that grow tenfold; the model that reads is marked."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self._here = ""
        fills_itself(self)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(520, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 150)

    def set_words(self) -> None:
        self.setAccessibleName(tr("Learning"))
        here = next((m for m in moments() if m.file == self._here), None)
        self.setAccessibleDescription("" if here is None else _words(here))

    def serves(self, models: tuple[Model, ...]) -> bool:
        return not models or any(model.path.name == m.file for model in models for m in moments())

    def show_models(self, models: tuple[Model, ...]) -> None:
        self._here = models[0].path.name
        self.set_words()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, event)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.width() / 2
        most = max(m.loss for m in moments())
        read, lost = tr("of 240 reference digits, read"), tr("loss, the mean of −log p (the digit)")
        for left, title, value, top, tick in (
            (0.0, read, lambda m: m.accuracy, 1.0, "{:.0%}"),
            (half, lost, lambda m: m.loss, most, "{:.1f}"),
        ):
            self._curve(painter, QRectF(left, 0, half, self.height()), title, value, top, tick)

    def _curve(
        self,
        painter: QPainter,
        room: QRectF,
        title: str,
        value: Callable[[Moment], float],
        top: float,
        tick: str,
    ) -> None:
        """One curve, with its title and its axes."""
        line = self.fontMetrics().height()
        margin = self.fontMetrics().horizontalAdvance("100%") + _MARGIN
        frame = room.adjusted(margin, line * 1.6, -line, -line * 1.4)
        known = [math.log10(m.steps) for m in moments() if m.steps]
        first, last = min(known) - _BEFORE, max(known) + _AFTER

        def place(moment: Moment) -> QPointF:
            at = last if moment.steps is None else first
            if moment.steps:
                at = math.log10(moment.steps)
            across = (at - first) / (last - first)
            up = value(moment) / top
            return QPointF(
                frame.left() + across * frame.width(), frame.bottom() - up * frame.height()
            )

        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(room.x() + 8, 0, room.width(), line), title)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for part in (0.0, 1.0):
            y = frame.bottom() - part * frame.height()
            painter.setPen(QColor(self.theme.line))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(QColor(self.theme.muted))
            cell = QRectF(room.x(), y - line / 2, margin - 6, line)
            painter.drawText(cell, right, tick.format(part * top))
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        painter.drawPolyline([place(moment) for moment in moments()])
        for moment in moments():
            at, here = place(moment), moment.file == self._here
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.setBrush(QColor(self.theme.accent if here else self.theme.window))
            radius = _HERE if here else _DOT
            painter.drawEllipse(at, radius, radius)
            painter.setPen(QColor(self.theme.text if here else self.theme.muted))
            cell = QRectF(at.x() - 40, frame.bottom() + 3, 80, line)
            painter.drawText(cell, Qt.AlignmentFlag.AlignHCenter, _steps(moment))


def _steps(moment: Moment) -> str:
    return tr("end") if moment.steps is None else f"{moment.steps:,}"


def _words(moment: Moment) -> str:
    return tr(
        "steps: {steps}; {accuracy:.0%} are read, loss {loss:.2f}",
        steps=_steps(moment),
        accuracy=moment.accuracy,
        loss=moment.loss,
    )
