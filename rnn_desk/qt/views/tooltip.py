"""A tooltip for widgets that paint their parts themselves, so that its words hang on the place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from rnn_desk.qt.style.painted import Painted
from rnn_desk.qt.style.plain import show_tip


class Explained(Painted, QWidget):
    """Says of each place what is there: a subclass knows the words."""

    def tooltip_words(self, at: QPoint) -> str | None:
        """What is said of this place, "" for nothing; None where Qt is to say the widget's own."""
        return None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.tooltip_words(event.pos())
            if words is not None:
                if words:
                    show_tip(event.globalPos(), words, self)
                else:
                    QToolTip.hideText()
                return True
        return super().event(event)
