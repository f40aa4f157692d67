"""A small picture of a report: a bar with its part."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from rnn_desk.qt.style.painted import Painted


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
