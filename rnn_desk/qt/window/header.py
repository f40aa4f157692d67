"""The strip along the top: which model reads, where it runs, how long it took."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from rnn_desk.assets_door import BundledModel
from rnn_desk.core.card import InputReading, ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.plain import one_line
from rnn_desk.protocol.devices import Placement
from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.input_words import departures
from rnn_desk.qt.style.plain import Action, ToolButton, set_tip
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.window.device_menu import DeviceMenu
from rnn_desk.qt.window.experiment_note import ExperimentNote
from rnn_desk.qt.window.model_menu import ModelMenu
from rnn_desk.qt.window.progress import ProgressStrip
from rnn_desk.qt.window.status_note import StatusNote

log = logging.getLogger(__name__)

_WIDEST_MS = 888.8

_TIME_MS = 250
"""Milliseconds for which a time is shown at the least: its button is laid out and painted anew for
each, with all that it lies on."""

_LONGEST_NAME = 40
"""Characters of usual width that a model's name on its button has room for."""


class Header(Worded):
    """The model's name opens a menu of the models at hand; on the right the device and the time."""

    chosen = Signal(object, int)
    """The Path of a model from a menu, and where it is to read: 0 here, 1 beside the other."""
    compared = Signal(int)
    """A model from a file is to read beside the other."""
    alone = Signal()
    """The second model is to go."""
    cancelled = Signal()
    """The model that is being opened is not wanted any longer."""

    def __init__(
        self,
        models: Sequence[BundledModel],
        for_models: Sequence[QAction],
        for_lessons: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = ToolButton()
        self.model.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.model.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.models = ModelMenu(models, for_models, self.model)
        self.models.chosen.connect(lambda path: self.chosen.emit(path, 0))
        self.model.setMenu(self.models)
        self.compare = ToolButton()
        self.compare.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._compare_file, self._alone = Action(parent=self), Action(parent=self)
        self._compare_file.triggered.connect(lambda *_: self.compared.emit(1))
        self._alone.triggered.connect(lambda *_: self.alone.emit())
        self._alone.setEnabled(False)
        self.compared_with = ModelMenu(models, (self._compare_file, self._alone), self.compare)
        self.compared_with.chosen.connect(lambda path: self.chosen.emit(path, 1))
        self.compare.setMenu(self.compared_with)
        self.lessons = ToolButton()
        self.lessons.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.lessons.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lessons.setMenu(QMenu(self.lessons))
        self.lessons.menu().addActions(list(for_lessons))
        self.accuracy = ElidedLabel()
        self.accuracy.setObjectName("muted")
        self.cancel = ToolButton()
        self.cancel.clicked.connect(lambda *_: self.cancelled.emit())
        self.cancel.hide()
        self.device = ToolButton()
        self.device.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.device.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.devices = DeviceMenu(self.device)
        self.device.setMenu(self.devices)
        self.note = ExperimentNote()
        self.progress = ProgressStrip()
        self.passing = StatusNote()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.model)
        layout.addWidget(self.compare)
        layout.addWidget(self.lessons)
        layout.addWidget(self.accuracy)
        layout.addWidget(self.cancel)
        layout.addStretch(1)
        layout.addWidget(self.note)
        layout.addWidget(self.progress)
        layout.addWidget(self.passing)
        layout.addStretch(1)
        layout.addWidget(self.device)
        self._names: tuple[str, ...] = ()
        self._accuracy: float | None = None
        self._on_references: float | None = None
        self._reading = InputReading()
        self._is_checked, self._reads_letters = True, False
        self._opening: str | None = None
        self._stage = ""
        self._device = ""
        self._placement: Placement | None = None
        self._why: Refused | None = None
        self._milliseconds: float | None = None
        self._time_shown = QTimer(self)
        self._time_shown.setSingleShot(True)
        self._time_shown.setInterval(_TIME_MS)
        self._time_shown.timeout.connect(self._set_time)
        self.set_words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._show_names()  # letters are of another size
            self._show_device()

    def set_words(self) -> None:
        self.model.setAccessibleName(tr("Model"))
        self.cancel.setText(tr("Cancel"))
        self.device.setAccessibleName(tr("Device"))
        self.devices.set_words()
        self.models.set_words()
        self.compared_with.set_words()
        self.lessons.setText(tr("Lesson") + "  ▾")
        set_tip(self.lessons, tr("Explain it to a class, step by step"))
        self._compare_file.setText(tr("Open model…"))
        self._alone.setText(tr("Stop comparing"))
        self._show_names()
        self.accuracy.setText(self._about_model())
        self._show_device()

    def show_cards(self, cards: Mapping[Path, ModelCard]) -> None:
        """The cards of the models that ship are known."""
        self.models.show_cards(cards)
        self.compared_with.show_cards(cards)

    def show_opening(self, name: str | None) -> None:
        """This model is being opened, or none is; until it is there, the one before reads."""
        self._opening, self._stage = name, ""
        self.cancel.setVisible(name is not None)
        self._show_accuracy()

    def show_stage(self, stage: str) -> None:
        """How far the opening has come; stages as the engine names them."""
        self._stage = stage
        self.accuracy.setText(self._about_model())

    def show_models(
        self,
        names: tuple[str, ...],
        accuracy: float | None,
        on_references: float | None,
        reading: InputReading,
        is_checked: bool = True,
        reads_letters: bool = False,
    ) -> None:
        """These models read, one or two; `accuracy` 0..1 of the first on MNIST's test set if that
        is known, and on the reference digits where it was tried on those, or letters; how it is
        fed, and whether anything could tell that this is right."""
        log.info("reading with %s", " and ".join(one_line(name) for name in names))
        self._names, self._accuracy, self._on_references = names, accuracy, on_references
        self._reading, self._is_checked = reading, is_checked
        self._reads_letters = reads_letters
        self._alone.setEnabled(len(names) > 1)
        self.set_words()

    def show_files(self, files: tuple[Path, ...]) -> None:
        """The models that read, one or two, are of these files."""
        first, second = (*files, None)[:2]
        self.models.show_files(first)
        self.compared_with.show_files(second, left_out=first)

    def show_experiment(self, experiment: Experiment, layers: tuple[str, ...]) -> None:
        """This is done to the first model, whose layers have these names: what it reads rightly
        otherwise does not hold now."""
        self.note.show_experiment(experiment, layers)
        self._show_accuracy()

    def show_device(self, name: str, label: str, placement: Placement | None) -> None:
        """The models run on this device; `placement` of the first, where there is one to tell."""
        self._device, self._placement, self._milliseconds = label, placement, None
        self._why = None
        self.devices.show_current(name)
        self._show_device()

    def explain_device(self, why: Refused | None) -> None:
        """Why this device was chosen; None where a person chose it."""
        self._why = why
        self._show_device()

    def show_time(self, milliseconds: float) -> None:
        """How long a reading takes, from the drawing to every state."""
        if self._milliseconds is None:
            self._time_shown.stop()
        self._milliseconds = milliseconds
        if not self._time_shown.isActive():
            self._set_time()
            self._time_shown.start()

    def _set_time(self) -> None:
        self.device.setText(self._device_words(self._milliseconds))

    def _show_names(self) -> None:
        """The models that read, on the buttons that open their menus."""
        marks = ("A – ", "B – ") if len(self._names) > 1 else ("", "")  # as the views of each
        first, second = (*self._names, "", "")[:2]
        _name(self.model, marks[0], first or tr("Model"))
        tip = tr("Let a second model read the same drawing")
        _name(self.compare, marks[1], second or tr("Compare"), tip)

    def _show_accuracy(self) -> None:
        """What is known of the model; while something is done to it, that another is opened."""
        self.accuracy.setText(self._about_model())
        self.accuracy.setHidden(self.note.on and self._opening is None)

    def _about_model(self) -> str:
        if self._opening is not None:
            return self._about_opening(self._opening)
        if not self._names:
            return tr("no model yet")
        told = self._how_well()
        return f"A – {told}" if told and len(self._names) > 1 else told

    def _how_well(self) -> str:
        """How well the first model reads, and how it is fed where that is not as usual."""
        if self._accuracy is not None:
            return tr("reads {part:.2%} of MNIST's test set", part=self._accuracy)
        if self._on_references is not None:
            told = (
                tr("reads {part:.1%} of the reference letters", part=self._on_references)
                if self._reads_letters
                else tr("reads {part:.1%} of the reference digits", part=self._on_references)
            )
            return "  ·  ".join((told, *departures(self._reading)))
        unchecked = () if self._is_checked else (tr("input settings not checked"),)
        return "  ·  ".join((*unchecked, *departures(self._reading)))

    def _about_opening(self, name: str) -> str:
        words = {
            "reading": tr("reading the file"),
            "checking": tr("checking the network"),
            "opening": tr("starting the network"),
            "trying": tr("finding its input settings"),
            "searching": tr("trying settings that are less usual"),
        }
        if self._stage not in words:
            return tr("opening {name}…", name=name)
        return tr("opening {name}: {stage}…", name=name, stage=words[self._stage])

    def _show_device(self) -> None:
        """The device and the time, in a button that keeps its size while the time changes: else Qt
        would lay the whole window out anew each time."""
        self.device.setText(self._device_words(_WIDEST_MS))
        self.device.setFixedSize(self.device.sizeHint())
        self.device.setText(self._device_words(self._milliseconds))
        set_tip(self.device, self._about_device())

    def _device_words(self, time: float | None) -> str:
        device = tr(self._device) or tr("Device")
        if time is None:
            return f"{device}  ▾"
        return tr("{device}  ·  {time:.1f} ms", device=device, time=time) + "  ▾"

    def _about_device(self) -> str:
        """How much of the network really runs there, and what does not."""
        told = tr("Where the network runs")
        if self._why is not None:
            told += "\n" + sentence(self._why)
        there = self._placement
        if there is None:
            return told
        told += "\n" + tr(
            "{granted} of {nodes} nodes run on it",
            granted=there.granted,
            nodes=there.nodes,
        )
        if there.share_of_time is not None:
            told += "\n" + tr(
                "{part:.0%} of the time in nodes is spent there", part=there.share_of_time
            )
        if there.left:
            told += "\n" + tr("On the CPU: {nodes}", nodes=", ".join(there.left))
        return "\n".join([told, *_about_forms(there), *_about_exactness(there)])


def _name(button: ToolButton, mark: str, name: str, tip: str = "") -> None:
    """Put a model's name on a button, and in its tooltip where there is no room for all of it."""
    metrics = button.fontMetrics()
    room = _LONGEST_NAME * metrics.averageCharWidth()
    shortened = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
    button.setText(f"{mark}{shortened}  ▾")
    set_tip(button, tip if shortened == name else "\n".join(filter(None, (name, tip))))


def _about_forms(there: Placement) -> list[str]:
    """In which form the recurrence runs, where there was a choice."""
    if there.forms is None:
        return []
    told = {
        "operators": ", ".join(there.forms.operators),
        "plain": there.forms.written_out_ms,
        "operator": there.forms.operator_ms,
    }
    if there.forms.written_out:
        return [
            tr(
                "It has no {operators}: written out in plain operations, {plain:.1f} ms a digit in "
                "place of {operator:.1f} ms",
                **told,
            )
        ]
    return [
        tr(
            "It has no {operators}: the CPU helps out, {operator:.1f} ms a digit; written out in "
            "plain operations it would be {plain:.1f} ms",
            **told,
        )
    ]


def _about_exactness(there: Placement) -> list[str]:
    """How far its numbers are from the CPU's, if that was looked at."""
    if there.deviation is None:
        return []
    return [
        tr(
            "Next to the CPU, probabilities differ by up to {probabilities:.0e}, hidden states by "
            "up to {states:.0e}",
            probabilities=there.deviation.probabilities,
            states=there.deviation.states,
        )
    ]
