"""What the network says, large, and how sure it is of each class."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.core.trace import Trace
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.rows import row_words
from rnn_desk.qt.worded import Worded
from rnn_desk.qt.words import tr

_MARGIN = 4


class AnswerView(Worded):
    """The most probable class as a large digit, its probability, and a bar a class.

    While a row is looked at, the answer is the belief after that row, and says so.
    """

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.selection = selection
        self.trace: Trace | None = None
        self.classes: tuple[str, ...] = tuple("0123456789")
        self.hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        selection.changed.connect(self._refresh)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(190, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 320)

    def set_words(self) -> None:
        self.setAccessibleName(tr("Answer"))
        self._refresh()

    def show_trace(self, trace: Trace | None) -> None:
        """A new Trace, or none, is to be shown."""
        self.trace = trace
        self._refresh()

    def set_model(self, classes: tuple[str, ...]) -> None:
        """The classes of the model."""
        self.classes = classes
        self.update()

    def set_hint(self, hint: str) -> None:
        """What to say where there is no answer."""
        self.hint = hint
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        self.theme = theme
        self.update()

    def answer_words(self) -> tuple[str, str, str]:
        """The class, its probability and what it is the answer to, as they are painted."""
        if self.trace is None:
            return "", "", self.hint
        row = self.selection.row
        parts = self.trace.probabilities if row is None else self.trace.belief[row]
        winner = int(parts.argmax())
        when = (
            tr("all rows read")
            if row is None
            else tr("after {row}", row=row_words(row, self.trace.rows))
        )
        return self.trace.classes[winner], f"{float(parts[winner]):.1%}", when

    def _refresh(self) -> None:
        digit, part, when = self.answer_words()
        self.setAccessibleDescription(f"{digit} {part} {when}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        digit, part, when = self.answer_words()
        width = self.width()
        size = max(56, min(width - 20, self.height() // 4, 200))
        middle = Qt.AlignmentFlag.AlignCenter
        top = QRect(0, 0, width, size)
        painter.setPen(QColor(self.theme.accent if self.trace else self.theme.line))
        painter.setFont(self._font(int(size * 0.9), QFont.Weight.Bold))
        painter.drawText(top, middle, digit or "–")
        painter.setPen(QColor(self.theme.text))
        painter.setFont(self._font(22, QFont.Weight.DemiBold))
        painter.drawText(QRect(0, size, width, 30), middle, part)
        painter.setPen(QColor(self.theme.muted))
        painter.setFont(self.font())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRect(0, size + 32, width, 44), flags, when)
        self._paint_bars(painter, QRect(0, size + 80, width, self.height() - size - 84))

    def _paint_bars(self, painter: QPainter, area: QRect) -> None:
        """One bar a class: its name, the bar, the number; the winner in the accent's colour."""
        row = self.selection.row
        parts = None
        if self.trace is not None:
            parts = self.trace.probabilities if row is None else self.trace.belief[row]
        step = min(area.height() / len(self.classes), 2.2 * self.fontMetrics().height())
        largest = int(self.fontMetrics().height() * 0.9)
        font = self._font(max(9, min(largest, int(step) - 3)), QFont.Weight.Medium)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        names = max(metrics.horizontalAdvance(name) for name in self.classes) + 3 * _MARGIN
        numbers = metrics.horizontalAdvance("100.0%") + _MARGIN
        room = area.width() - names - numbers
        winner = -1 if parts is None else int(parts.argmax())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for index, name in enumerate(self.classes):
            y = area.y() + index * step
            line = QRectF(0, y, names - _MARGIN, step)
            painter.setPen(QColor(self.theme.text if index == winner else self.theme.muted))
            painter.drawText(QRectF(_MARGIN, y, names, step), left, name)
            bar = QRectF(line.right(), y + step * 0.2, room, step * 0.6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.line))
            painter.drawRoundedRect(bar, 3, 3)
            if parts is None:
                continue
            part = float(parts[index])
            bar.setWidth(room * part)
            painter.setBrush(QColor(self.theme.accent if index == winner else self.theme.muted))
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(QColor(self.theme.text if index == winner else self.theme.muted))
            painter.drawText(QRectF(area.right() - numbers, y, numbers, step), right, f"{part:.1%}")

    def _font(self, pixels: int, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setWeight(weight)
        return font
