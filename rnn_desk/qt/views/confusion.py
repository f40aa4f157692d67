"""What is taken for what: a matrix of those classes that occur, whose cells can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.protocol.judged import occurring
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.tooltip import Explained

_CELL, _SMALL_CELL = 26, 18
"""Pixels of a cell's side, and of one's where there are more than `_MANY` classes."""

_FEW = 12
"""Classes that are all shown, whether they occur or not."""

_MANY = 16

_FAINTEST, _FULL = 60, 255
"""Opacity, of 255, of a cell with one digit and of one with the most."""


class ConfusionView(Explained):
    """How often the digit of a row was taken for that of a column; the diagonal is left faint. A
    cell with digits in it can be clicked, or chosen by the arrow keys and Enter."""

    chosen = Signal(int, int)
    """The row and the column of a cell, by the places of their classes."""

    def __init__(
        self, labels: Sequence[str], counts: NDArray[np.int64], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        few = len(labels) <= _FEW
        self._shown = list(range(len(labels))) if few else occurring(counts)
        self._labels = [labels[k] for k in self._shown]
        self._counts: list[list[int]] = counts[np.ix_(self._shown, self._shown)].tolist()
        wrong = counts - np.diag(np.diag(counts))
        self._most = max(1, int(wrong.max(initial=0)))
        self._side = _CELL if len(self._shown) <= _MANY else _SMALL_CELL
        self._at: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Confusion matrix"))
        said = [
            tr("{label} as {said}: {count}", label=self._labels[k], said=self._labels[j], count=n)
            for k, row in enumerate(self._counts)
            for j, n in enumerate(row)
            if k != j and n
        ]
        self.setAccessibleDescription(", ".join(said))

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side) * (len(self._labels) + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._choose(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().toPoint())
        full = cell is not None and self._counts[cell[0]][cell[1]] > 0
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if full else arrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._labels:
            super().keyPressEvent(event)
            return
        last = len(self._labels) - 1
        row, column = self._at or (0, 0)
        self._choose(max(0, min(last, row + step[0])), max(0, min(last, column + step[1])))

    def _choose(self, row: int, column: int) -> None:
        self._at = row, column
        self.update()
        self.chosen.emit(self._shown[row], self._shown[column])

    def cell_at(self, at: QPoint) -> tuple[int, int] | None:
        """The row and the column there, among those that are shown."""
        row, column = at.y() // self._side - 1, at.x() // self._side - 1
        inside = min(row, column) >= 0 and max(row, column) < len(self._labels)
        return (row, column) if inside else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        bold, plain = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        if self._side == _SMALL_CELL:
            for font in (bold, plain):
                font.setPixelSize(11)
        middle = Qt.AlignmentFlag.AlignCenter
        text = palette.color(QPalette.ColorRole.WindowText)
        painter.setPen(text)
        painter.setFont(bold)
        metrics = painter.fontMetrics()
        for k, label in enumerate(self._labels):
            short = metrics.elidedText(label, Qt.TextElideMode.ElideRight, self._side)
            painter.drawText(self._cell(k, -1), middle, short)
            painter.drawText(self._cell(-1, k), middle, short)
        painter.setFont(plain)
        for k, row in enumerate(self._counts):
            for j, count in enumerate(row):
                self._paint_cell(painter, k, j, count)
        if self._at is not None:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._cell(*self._at).adjusted(1, 1, -1, -1))

    def _paint_cell(self, painter: QPainter, row: int, column: int, count: int) -> None:
        palette = self.palette()
        cell = self._cell(row, column).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = palette.color(QPalette.ColorRole.Base)
        if count and row != column:
            ground = QColor(palette.color(QPalette.ColorRole.Highlight))
            share = (count - 1) / max(1, self._most - 1)
            ground.setAlpha(round(_FAINTEST + (_FULL - _FAINTEST) * share))
        painter.fillRect(cell, ground)
        if not count:
            return
        strong = row != column and ground.alpha() > (_FAINTEST + _FULL) / 2
        role = QPalette.ColorRole.WindowText
        if row == column:
            role = QPalette.ColorRole.PlaceholderText
        elif strong:
            role = QPalette.ColorRole.HighlightedText
        painter.setPen(palette.color(role))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))

    def tooltip_words(self, at: QPoint) -> str:
        """What the cell there counts."""
        cell = self.cell_at(at)
        if cell is None:
            return ""
        row, column = cell
        return tr(
            "{label}, read as {said}: {count}",
            label=self._labels[row],
            said=self._labels[column],
            count=self._counts[row][column],
        )

    def _cell(self, row: int, column: int) -> QRectF:
        side = self._side
        return QRectF((column + 1) * side, (row + 1) * side, side, side)
