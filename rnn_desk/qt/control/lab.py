"""Behind the lab: what its actions do, and who is told of an experiment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.app.actions import intervene
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Accuracy, Experiment
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.reference_stats import ReferenceStats


class LabControl(Control):
    """Shows the experiment, how well the model reads under it, and what of it can be done."""

    def __init__(
        self,
        store: QtStore,
        models: LoadedModels,
        survey: ReferenceStats,
        window: Window,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._window = window
        self._model: Model | None = None
        self._panel = panel = window.panels.lab
        panel.use(actions)
        panel.tried.connect(store.doing(intervene.try_out))
        panel.layer.currentIndexChanged.connect(store.doing(intervene.change_layer))
        window.reading.rows.gutter.covered.connect(store.doing(intervene.cover))
        window.header.note.reset.connect(store.doing(intervene.reset))
        store.lab_changed.connect(self._show)
        models.changed.connect(self._models_changed)
        survey.judged.connect(self._judged)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"show_lab": lambda: self._window.docks.toggle("lab")}

    def _show(self) -> None:
        experiment = self._store.state.lab
        self._panel.show_experiment(experiment)
        self._window.reading.rows.show_covered(experiment.covered)
        names = () if self._model is None else tuple(each.name for each in self._model.layers)
        self._window.header.show_experiment(experiment, names)

    def _models_changed(self, models: tuple[Model, ...]) -> None:
        """What was done to the network is over where another one, with other units, has come."""
        before, self._model = self._model, models[0]
        if before is None or before.identity != self._model.identity:
            self._store.do(intervene.leave_network)

    def _judged(self, experiment: Experiment, accuracy: Accuracy | Refused) -> None:
        if experiment == self._store.state.lab:
            self._panel.show_accuracy(accuracy)
