"""Two small pictures of a report: a bar with its part, and what is taken for what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.qt.style.painted import Painted
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.tooltip import Explained

_CELL = 26
_FAINTEST, _FULL = 60, 255
"""Opacity, of 255, of a cell with one digit and of one with the most."""


class PartBar(Painted, QWidget):
    """A part 0..1 as a bar."""

    def __init__(self, part: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self.setMinimumWidth(60)

    def show_part(self, part: float) -> None:
        """Another part is to be shown."""
        self.part = part
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = min(10, self.height())
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(track, 3, 3)
        track.setWidth(track.width() * self.part)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(track, 3, 3)


class ConfusionView(Explained):
    """How often the digit of a row was taken for that of a column; the diagonal is left faint."""

    def __init__(
        self, labels: Sequence[str], counts: NDArray[np.intp], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._labels = tuple(labels)
        self._counts: list[list[int]] = counts.tolist()
        wrong = counts - np.diag(np.diag(counts))
        self._most = max(1, int(wrong.max(initial=0)))
        self.setAccessibleName(tr("Confusion matrix"))
        said = [
            tr("{label} as {said}: {count}", label=labels[k], said=labels[j], count=count)
            for k, row in enumerate(self._counts)
            for j, count in enumerate(row)
            if k != j and count
        ]
        self.setAccessibleDescription(", ".join(said))

    def sizeHint(self) -> QSize:
        return QSize(_CELL, _CELL) * (len(self._labels) + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        bold = QFont(self.font())
        bold.setBold(True)
        middle = Qt.AlignmentFlag.AlignCenter
        text = palette.color(QPalette.ColorRole.WindowText)
        painter.setPen(text)
        painter.setFont(bold)
        for k, label in enumerate(self._labels):
            painter.drawText(self._cell(k, -1), middle, label)
            painter.drawText(self._cell(-1, k), middle, label)
        painter.setFont(self.font())
        for k, row in enumerate(self._counts):
            for j, count in enumerate(row):
                cell = self._cell(k, j).adjusted(0.5, 0.5, -0.5, -0.5)
                ground = palette.color(QPalette.ColorRole.Base)
                if count and k != j:
                    ground = QColor(palette.color(QPalette.ColorRole.Highlight))
                    share = (count - 1) / max(1, self._most - 1)
                    ground.setAlpha(round(_FAINTEST + (_FULL - _FAINTEST) * share))
                painter.fillRect(cell, ground)
                if count:
                    strong = k != j and ground.alpha() > (_FAINTEST + _FULL) / 2
                    role = QPalette.ColorRole.HighlightedText if strong else None
                    faint = palette.color(QPalette.ColorRole.PlaceholderText)
                    plain = faint if k == j else text
                    painter.setPen(palette.color(role) if role is not None else plain)
                    painter.drawText(cell, middle, str(count))

    def tooltip_words(self, at: QPoint) -> str:
        """What the cell there counts."""
        k, j = at.y() // _CELL - 1, at.x() // _CELL - 1
        if min(k, j) < 0 or max(k, j) >= len(self._labels):
            return ""
        return tr(
            "{label}, read as {said}: {count}",
            label=self._labels[k],
            said=self._labels[j],
            count=self._counts[k][j],
        )

    def _cell(self, row: int, column: int) -> QRectF:
        return QRectF((column + 1) * _CELL, (row + 1) * _CELL, _CELL, _CELL)
