"""The note that an experiment is on: unmistakable, and one click from gone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rnn_desk.core.lab import Experiment
from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.experiments import joined, said
from rnn_desk.qt.style.plain import ToolButton, set_tip
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr


class ExperimentNote(Worded):
    """Hidden while nothing is done; otherwise says all of it, as far as there is room."""

    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = ElidedLabel()
        self.label.setMinimumWidth(60)
        self.button = ToolButton()
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

    @property
    def on(self) -> bool:
        """Whether anything is done."""
        return self._experiment.on

    def set_words(self) -> None:
        words = tr("Experiment on: {what}", what=joined(said(self._experiment, self._layers)))
        self.label.setText(words)
        self.button.setText(tr("Reset"))
        set_tip(self.button, tr("Undo everything that is done in the lab"))
        self.setVisible(self._experiment.on)
