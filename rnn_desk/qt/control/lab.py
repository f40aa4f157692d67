"""Behind the lab: what its actions do, and who is told of an experiment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.qt.state.document import Document
from rnn_desk.qt.state.selection import Selection
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.survey import Survey

if TYPE_CHECKING:
    from rnn_desk.engine.reading.lab import Accuracy
    from rnn_desk.engine.reading.reader import Reader


class LabControl(QObject):
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
        self._reader: Reader | None = None
        self.panel = panel = window.panels.lab
        panel.use(actions)
        panel.tried.connect(document.try_out)
        panel.layer.currentIndexChanged.connect(lambda _: self._set_actions())
        window.reading.rows.gutter.covered.connect(self._cover)
        window.header.note.reset.connect(self.reset)
        document.tried.connect(self._tried)
        models.changed.connect(self._models_changed)
        survey.judged.connect(self._judged)
        selection.changed.connect(self._set_actions)
        self._set_actions()

    @property
    def experiment(self) -> Experiment:
        """What is done now."""
        return self._document.experiment

    def show(self) -> None:
        """Open the panel, before those whose place it shares."""
        self._window.show_panel("lab")

    def cover_row(self) -> None:
        """Cover the row looked at, or uncover it."""
        if self._selection.row is not None:
            self._cover(self.experiment.covered ^ {self._selection.row})

    def shuffle_rows(self) -> None:
        """Put the rows into another order, always the same one; or back."""
        shuffle = 0 if self.experiment.shuffle is None else None
        self._document.try_out(replace(self.experiment, shuffle=shuffle))

    def unit_off(self) -> None:
        """Switch off the unit looked at, or on again."""
        unit = self._selection.unit
        if unit is not None and unit.model == 0:
            off = self.experiment.off ^ {(unit.layer, unit.unit)}
            self._document.try_out(replace(self.experiment, off=off))

    def forget_state(self) -> None:
        """Let the layer chosen forget everything after the row looked at; or not."""
        if self._selection.row is not None:
            zeroed = self.experiment.zeroed ^ {(self.panel.chosen_layer, self._selection.row)}
            self._document.try_out(replace(self.experiment, zeroed=zeroed))

    def reset(self) -> None:
        """Nothing is done any more."""
        self._document.try_out(Experiment())

    def _cover(self, rows: frozenset[int], drag: str = "") -> None:
        self._document.try_out(replace(self.experiment, covered=rows), drag)

    def _tried(self, experiment: Experiment) -> None:
        self.panel.show_experiment(experiment)
        self._window.reading.rows.gutter.show_covered(experiment.covered)
        names = () if self._reader is None else tuple(each.name for each in self._reader.layers)
        self._window.header.note.show_experiment(experiment, names)
        self._set_actions()

    def _models_changed(self, readers: tuple[Reader, ...]) -> None:
        """Another network has other units: what was done to the one before is over."""
        before, self._reader = self._reader, readers[0]
        if before is None or before.identity != self._reader.identity:
            if self.experiment.changes_network:
                self._document.try_out(self.experiment.picture_alone())
            self._set_actions()

    def _judged(self, experiment: Experiment, accuracy: Accuracy | Refused) -> None:
        if experiment == self.experiment:
            self.panel.show_accuracy(accuracy)

    def _set_actions(self) -> None:
        """What can be done now, and what is done."""
        row, unit = self._selection.row, self._selection.unit
        e = self.experiment
        able = self._reader is not None and self.panel.why_not is None
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
                (self.panel.chosen_layer, row) in e.zeroed,
            ),
            ("reset_lab", e.on, False),
        ):
            self._actions[name].setEnabled(enabled)
            self._actions[name].setChecked(checked)
