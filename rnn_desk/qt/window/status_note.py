"""A word in passing: that something was copied or saved. It goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from rnn_desk.qt.style.alert import alert
from rnn_desk.qt.style.elided import ElidedLabel

SHOWN_MS = 5000
"""Milliseconds that it is shown."""


class StatusNote(ElidedLabel):
    """Hidden until there is something to say, and again a while after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_MS)
        self.timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str) -> None:
        """Show this, in place of what is shown."""
        self.setText(words)
        self.setAccessibleName(words)
        self.show()
        self.timer.start()
        alert(self)
