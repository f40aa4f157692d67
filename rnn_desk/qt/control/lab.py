"""Behind the lab: what its actions do, and who is told of an experiment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Accuracy, Experiment
from rnn_desk.protocol.model import Model
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.state.document import Document
from rnn_desk.qt.state.selection import Selection
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.survey import Survey


class LabControl(Control):
    """The experiment is the Document's, and so is its undo; this changes it and shows it."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        models: LoadedModels,
        survey: Survey,
        window: Window,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._selection = selection
        self._window = window
        self._actions = actions
        self._model: Model | None = None
        self._panel = panel = window.panels.lab
        panel.use(actions)
        panel.tried.connect(document.try_out)
        panel.layer.currentIndexChanged.connect(lambda _: self._set_actions())
        window.reading.rows.gutter.covered.connect(self._cover)
        window.header.note.reset.connect(self._reset)
        document.tried.connect(self._tried)
        models.changed.connect(self._models_changed)
        survey.judged.connect(self._judged)
        selection.changed.connect(self._set_actions)
        self._set_actions()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "show_lab": lambda: self._window.docks.toggle("lab"),
            "cover_row": self._cover_row,
            "shuffle_rows": self._shuffle_rows,
            "unit_off": self._unit_off,
            "forget_state": self._forget_state,
            "reset_lab": self._reset,
        }

    @property
    def _experiment(self) -> Experiment:
        """What is done now."""
        return self._document.experiment

    def _cover_row(self) -> None:
        """Cover the row looked at, or uncover it."""
        if self._selection.row is not None:
            self._cover(self._experiment.covered ^ {self._selection.row})

    def _shuffle_rows(self) -> None:
        """Put the rows into another order, always the same one; or back."""
        shuffle = 0 if self._experiment.shuffle is None else None
        self._document.try_out(replace(self._experiment, shuffle=shuffle))

    def _unit_off(self) -> None:
        """Switch off the unit looked at, or on again."""
        unit = self._selection.unit
        if unit is not None and unit.model == 0:
            off = self._experiment.off ^ {(unit.layer, unit.unit)}
            self._document.try_out(replace(self._experiment, off=off))

    def _forget_state(self) -> None:
        """Let the layer chosen forget everything after the row looked at; or not."""
        if self._selection.row is not None:
            zeroed = self._experiment.zeroed ^ {(self._panel.chosen_layer, self._selection.row)}
            self._document.try_out(replace(self._experiment, zeroed=zeroed))

    def _reset(self) -> None:
        """Nothing is done any more."""
        self._document.try_out(Experiment())

    def _cover(self, rows: frozenset[int], drag: str = "") -> None:
        self._document.try_out(replace(self._experiment, covered=rows), drag)

    def _tried(self, experiment: Experiment) -> None:
        self._panel.show_experiment(experiment)
        self._window.reading.rows.show_covered(experiment.covered)
        names = () if self._model is None else tuple(each.name for each in self._model.layers)
        self._window.header.show_experiment(experiment, names)
        self._set_actions()

    def _models_changed(self, models: tuple[Model, ...]) -> None:
        """Another network has other units: what was done to the one before is over."""
        before, self._model = self._model, models[0]
        if before is None or before.identity != self._model.identity:
            if self._experiment.changes_network:
                self._document.try_out(self._experiment.picture_alone())
            self._set_actions()

    def _judged(self, experiment: Experiment, accuracy: Accuracy | Refused) -> None:
        if experiment == self._experiment:
            self._panel.show_accuracy(accuracy)

    def _set_actions(self) -> None:
        """What can be done now, and what is done."""
        row, unit = self._selection.row, self._selection.unit
        e = self._experiment
        able = self._model is not None and self._panel.why_not is None
        mine = unit is not None and unit.model == 0
        for name, enabled, checked in (
            ("cover_row", row is not None, row in e.covered),
            ("shuffle_rows", True, e.shuffle is not None),
            (
                "unit_off",
                able and mine,
                unit is not None and mine and (unit.layer, unit.unit) in e.off,
            ),
            (
                "forget_state",
                able and row is not None,
                (self._panel.chosen_layer, row) in e.zeroed,
            ),
            ("reset_lab", e.on, False),
        ):
            self._actions[name].setEnabled(enabled)
            self._actions[name].setChecked(checked)
