"""A strip that tells how far something is that takes a while, and lets it be given up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.plain import ToolButton
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr

_WIDTH = 160


class ProgressStrip(Worded):
    """Hidden while nothing is under way."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(_WIDTH)
        self.button = ToolButton()
        self.button.clicked.connect(lambda *_: self.cancelled.emit())
        self._name = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 0, 0)  # no higher than the buttons beside it
        layout.addWidget(self.label)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.button)
        self.set_words()
        self.hide()

    def start(self, name: str) -> None:
        """A file of this name is being written."""
        self._name = name
        self.bar.setRange(0, 0)
        self.set_words()
        self.show()

    def show_steps(self, done: int, all_of_them: int) -> None:
        """So many steps are done."""
        self.bar.setRange(0, all_of_them)
        self.bar.setValue(done)

    def set_words(self) -> None:
        self.label.setText(tr("writing {name}…", name=self._name))
        self.bar.setAccessibleName(tr("How much of the file is written"))
        self.button.setText(tr("Cancel"))
