"""The note that an experiment is on: unmistakable, and one click from gone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from rnn_desk.core.lab import Experiment
from rnn_desk.qt.look.experiments import joined, said
from rnn_desk.qt.look.worded import Worded
from rnn_desk.qt.look.words import tr


class ExperimentNote(Worded):
    """Hidden while nothing is done; otherwise says all of it, as far as there is room."""

    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = _Elided()
        self.button = QToolButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.reset)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 0, 0)  # no higher than the buttons beside it
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        self._experiment = Experiment()
        self._layers: tuple[str, ...] = ()
        self.set_words()

    def show_experiment(self, experiment: Experiment, layers: tuple[str, ...]) -> None:
        """This is done, to a model whose layers have these names."""
        self._experiment, self._layers = experiment, layers
        self.set_words()

    def set_words(self) -> None:
        words = tr("Experiment on: {what}", what=joined(said(self._experiment, self._layers)))
        self.label.setText(words)
        self.label.setToolTip(words)
        self.button.setText(tr("Reset"))
        self.button.setToolTip(tr("Undo everything that is done in the lab"))
        self.setVisible(self._experiment.on)


class _Elided(QLabel):
    """A line of text that is cut where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
