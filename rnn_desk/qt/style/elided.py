"""A line of words that gives way where there is no room, and says that it did."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from rnn_desk.qt.style.painted import Painted
from rnn_desk.qt.style.plain import Label, set_tip


class ElidedLabel(Painted, Label):
    """Ends in "…" where its words do not fit; its tooltip then has all of them."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_rest()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._say_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), middle, self._fitting)

    @property
    def _fitting(self) -> str:
        metrics = self.fontMetrics()
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _say_rest(self) -> None:
        set_tip(self, "" if self._fitting == self.text() else self.text())
