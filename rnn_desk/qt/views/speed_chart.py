"""Digits per second against how many are read at once, a line for each device."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnn_desk.protocol.devices import DeviceFigures
from rnn_desk.qt.style.painted import Painted
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.words import tr

_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_MARK = 3.0
_SAMPLE = 28.0
"""Pixels of a line in the legend."""


class Chart(Themed, Painted, QWidget):
    """Both axes by powers: of ten upwards, of two across. Lines differ in their stroke as well as
    in their colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[DeviceFigures, ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(340, self.fontMetrics().height() * 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().height() * 8)

    def show_figures(self, figures: tuple[DeviceFigures, ...]) -> None:
        """These figures, or none: then there is no chart."""
        self._figures = figures
        self.setVisible(bool(figures))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        lines = [[(b.batch, b.digits_per_second) for b in f.batches] for f in self._figures]
        points = [point for line in lines for point in line]
        if not points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self.fontMetrics().height()
        low = math.floor(math.log10(min(rate for _, rate in points)))
        top = max(math.ceil(math.log10(max(rate for _, rate in points))), low + 1)
        last = max(math.log2(max(batch for batch, _ in points)), 1.0)
        margin = self.fontMetrics().horizontalAdvance(f"{10.0**top:,.0f}") + 10
        frame = QRectF(self.rect()).adjusted(margin, high * 2.5, -2 * high, -high * 1.3)

        def place(batch: int, rate: float) -> QPointF:
            up = (math.log10(rate) - low) / (top - low)
            across = math.log2(batch) / last
            return QPointF(
                frame.left() + across * frame.width(), frame.bottom() - up * frame.height()
            )

        def words(at: QRectF, align: Qt.AlignmentFlag, text: str) -> None:
            painter.drawText(at, align | Qt.AlignmentFlag.AlignVCenter, text)

        right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
        muted, grid = QColor(self.theme.muted), QColor(self.theme.line)
        for power in range(low, top + 1):
            y = place(1, 10.0**power).y()
            painter.setPen(grid)
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(muted)
            words(QRectF(0, y - high / 2, margin - 6, high), right, f"{10.0**power:,.0f}")
        for batch in sorted({batch for batch, _ in points}):
            x = place(batch, 10.0**low).x()
            words(QRectF(x - 40, frame.bottom() + 2, 80, high), middle, f"{batch:,}")
        title = tr("digits a second, by how many are read at once")
        words(QRectF(0, 0, self.width(), high), Qt.AlignmentFlag.AlignLeft, title)
        room = (self.width() - margin) / len(self._figures)
        for number, (figures, line) in enumerate(zip(self._figures, lines, strict=True)):
            colour = QColor(self.theme.accent if number == 0 else self.theme.text)
            pen = QPen(colour, 2, _STYLES[number % len(_STYLES)])
            row = QRectF(margin + number * room, high * 1.1, room, high)
            sample = [QPointF(row.left() + k * _SAMPLE, row.center().y()) for k in (0.0, 1.0)]
            for run in (sample, [place(*point) for point in line]):
                painter.setPen(pen)
                painter.drawPolyline(run)
                painter.setPen(QPen(colour, 2))
                painter.setBrush(colour if number == 0 else QColor(self.theme.window))
                for point in run if run is not sample else ():
                    painter.drawEllipse(point, _MARK, _MARK)
            painter.setPen(QColor(self.theme.text))
            name = self.fontMetrics().elidedText(
                tr(figures.device.label),
                Qt.TextElideMode.ElideMiddle,
                int(row.width() - _SAMPLE - 16),
            )
            words(row.adjusted(_SAMPLE + 8, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, name)
