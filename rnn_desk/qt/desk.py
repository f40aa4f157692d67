"""One desk: the window with everything behind it, connected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rnn_desk.assets_door import catalogue, yardsticks
from rnn_desk.core.errors import Refused
from rnn_desk.core.lesson import lessons
from rnn_desk.core.trace import Trace
from rnn_desk.core.unit import telling_row, telling_unit
from rnn_desk.qt.actions import action_table, connect_actions, make_actions
from rnn_desk.qt.control.files import FileCommands
from rnn_desk.qt.control.gradients import GradientChoice
from rnn_desk.qt.control.lab import LabControl
from rnn_desk.qt.control.lesson import LessonControl
from rnn_desk.qt.control.models import ModelFiles
from rnn_desk.qt.control.watching import WatchControl
from rnn_desk.qt.look.icons import set_icons
from rnn_desk.qt.look.language import LANGUAGES, speak
from rnn_desk.qt.look.theme import THEMES, system_theme
from rnn_desk.qt.sheets.about import AboutSheet
from rnn_desk.qt.sheets.sheet import Sheets
from rnn_desk.qt.sheets.shortcuts import ShortcutSheet
from rnn_desk.qt.state.document import Document
from rnn_desk.qt.state.recent import RecentModels
from rnn_desk.qt.state.reference_digits import ReferenceDigits
from rnn_desk.qt.state.replay import StrokePlayer
from rnn_desk.qt.state.selection import Selection, Unit
from rnn_desk.qt.state.settings import Remembered, Settings, as_text
from rnn_desk.qt.window.focus import FocusRing
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.devices import CPU, Devices
from rnn_desk.qt.work.model_cards import ModelCards
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.opening import ModelWish, Opening
from rnn_desk.qt.work.presenter import Presenter, Shown
from rnn_desk.qt.work.survey import Survey
from rnn_desk.qt.work.yardsticks import Yardsticks

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader

ROWS = 28
"""Rows that the views show until a model says how many it reads."""


class Desk(QObject):
    """Builds a window, its state and its actions; `stop` ends its threads.

    `settings_path` None remembers nothing, for pictures and tests. `language` is spoken in this run
    in place of the remembered one, if any; so is `device` used. `logs` are the files in which what
    goes wrong is written down.
    """

    mistaken = Signal(object)
    """A Refused that says of a mistake of ours, on whatever thread that happened."""

    def __init__(
        self,
        settings: Settings,
        settings_path: Path | None,
        device: str | None = None,
        language: str | None = None,
        logs: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self.remembered = Remembered(settings, settings_path)
        self.document = Document(self)
        self.selection = Selection(ROWS, self)
        self.player = StrokePlayer(self.document, self)
        self.opening = Opening(settings.limits, self)
        self.models = LoadedModels(self)
        self.yardsticks = Yardsticks(self)
        self.presenter = Presenter(self.models, self.yardsticks, settings.limits, self)
        self.survey = Survey(self.models, self)
        self.devices = Devices(
            device or settings.device, self.remembered.beside("speeds.json"), self
        )
        self.background = Background(self)
        self.digits = ReferenceDigits(self.document)
        self.model_files = ModelFiles(self, settings_path)
        self.watching = WatchControl(self)
        self.actions = make_actions(self, action_table())
        theme = THEMES.get(settings.theme) or system_theme()
        self._dressed = theme
        set_icons(self.actions, theme)  # first, as buttons are as large as their icons
        self.window = Window(
            self.document,
            self.selection,
            theme,
            self.actions,
            catalogue(),
        )
        self.files = FileCommands(
            self.document,
            self.selection,
            self.presenter,
            self.window,
            self.remembered,
            self.background,
            self,
        )
        self.sheets = Sheets(
            {
                "shortcuts": lambda: ShortcutSheet(self.window),
                "about": lambda: AboutSheet(settings_path, logs, self.window),
            }
        )
        self.ring = FocusRing(theme, self)
        self.gradient = GradientChoice(
            self.actions, self.window.reading.rows, self.presenter, self.yardsticks, yardsticks()
        )
        for answer in self.window.answers:
            answer.class_chosen.connect(self.gradient.ask_of)
            self.gradient.target_set.connect(answer.set_target)
        self.window.panels.unit.quantity_wanted.connect(self.window.reading.rows.show_quantity)
        self.recent = RecentModels(self.window.menus["recent"], settings.recent, self.open_model)
        self._connect()
        self.gradient.show_view(settings.gradient == "shown")
        self.gradient.show_overlay(settings.overlay)
        self.lab = LabControl(
            self.document, self.selection, self.models, self.survey, self.window, self.actions, self
        )
        self.lessons = LessonControl(self)
        self.lessons.changed.connect(self._show_lesson)
        self.cards = ModelCards(catalogue(), self)
        self.cards.known.connect(self.window.header.show_cards)
        self.survey.mapped.connect(self.cards.read)
        connect_actions(self.actions, (self._commands(), self.files.commands()))
        self.set_theme(settings.theme)
        self._check_language(language or settings.language)
        self.window.canvas_panel.set_pen_width(settings.pen_width)
        self.window.reading.set_speed(settings.speed)
        for answer in self.window.answers:
            answer.set_unsure_below(settings.unsure_limit)
        self.window.restoreGeometry(settings.bytes_of("geometry"))
        self.window.shared_out = self.window.restoreState(settings.bytes_of("panels"))
        self.window.restore_columns(settings.bytes_of("columns"))
        self._drawing_changed()

    @property
    def trace(self) -> Trace | None:
        """The first model's whole Trace that is shown, if any."""
        return self.presenter.trace

    def open_model(self, path: Path, place: int = 0) -> None:
        """Open a model, at place 1 beside the first; until it is ready, the old one answers."""
        self.opening.open(ModelWish(path, CPU, place, chosen=dict(self.model_files.choices)))

    def show_all(self) -> None:
        """The whole drawing, all rows of it: what is replayed, pinned or complained of is over."""
        self.window.banner.hide()
        self.player.stop()
        self.selection.pin(None)

    def set_device(self, name: str) -> None:
        """Run the models on the device of that name, and remember it."""
        self.remembered.change(device=name)
        self.devices.want(name, self.models.readers)

    def set_theme(self, name: str) -> None:
        """A theme of `THEMES`, or as the system has it."""
        self.remembered.change(theme=name)
        theme = THEMES.get(name) or system_theme()
        QApplication.setPalette(theme.palette())
        if theme is not self._dressed:
            self._dressed = theme
            set_icons(self.actions, theme)
        self.window.setStyleSheet(theme.style_sheet())
        self.window.set_theme(theme)
        self.ring.set_theme(theme)
        for choice in ("system", *THEMES):
            self.actions[_theme(choice)].setChecked(choice == name)

    def set_language(self, name: str) -> None:
        """Speak a language of `LANGUAGES`, or the system's where `name` is empty."""
        self.remembered.change(language=name)
        speak(name)
        # Below a widget with a style sheet, a new font and the names of the panels' buttons come
        # with the sheet only.
        self.set_theme(self.remembered.now.theme)
        self._check_language(name)
        self.model_files.reopen()
        self.watching.reopen()

    def refuse(self, refusal: Refused) -> None:
        """Say what could not be done; everything stays as it was."""
        self.window.banner.say(refusal)
        self.window.header.show_opening(None)

    def stop(self) -> None:
        """Remember what is to be remembered, and end the threads."""
        self.ring.stop()
        self.lessons.stop()
        self.cards.stop()
        self.opening.stop()
        self.models.give_up(for_good=True)
        self.presenter.stop()
        self.survey.stop()
        self.yardsticks.stop()
        self.model_files.stop()
        self.watching.stop()
        self.devices.stop()
        self.files.stop()
        self.background.stop()
        window = self.window
        self.remembered.change(
            geometry=as_text(window.saveGeometry().data()),
            panels=as_text(window.saveState().data()),
            columns=as_text(window.columns),
            pen_width=window.canvas_panel.pen_width,
            unsure_below=str(window.answer.unsure_below),
            speed=window.reading.speed,
            gradient="shown" if self.gradient.shown else "hidden",
            overlay=self.gradient.overlay,
            recent=self.recent.as_text,
        )
        self.remembered.save()

    def _commands(self) -> dict[str, Callable[[], object]]:
        return {
            "about_model": self.model_files.show_sheet,
            "tensors": self.watching.show_sheet,
            "next_digit": lambda: self.files.try_to(self.digits.show_next),
            "replay": lambda: self.files.try_to(self.player.toggle),
            "quit": lambda: self.window.close(),
            "undo": self.document.undo,
            "redo": self.document.redo,
            "clear": self.document.clear,
            "pen": lambda: self.window.canvas_panel.set_tool("ink"),
            "eraser": lambda: self.window.canvas_panel.set_tool("eraser"),
            "row_first": lambda: self.selection.pin(0),
            "row_up": lambda: self.selection.step(-1),
            "row_down": lambda: self.selection.step(1),
            "row_last": lambda: self.selection.pin(self.selection.rows - 1),
            "row_all": self.show_all,
            "unit_left": lambda: self.window.reading.rows.step_unit(-1),
            "unit_right": lambda: self.window.reading.rows.step_unit(1),
            "layer_before": lambda: self.window.reading.rows.step_layer(-1),
            "layer_after": lambda: self.window.reading.rows.step_layer(1),
            "play": lambda: self.window.reading.play(self.actions["play"].isChecked()),
            "slower": lambda: self.window.reading.change_speed(-1),
            "faster": lambda: self.window.reading.change_speed(1),
            "gradient": lambda: self.gradient.show_view(self.actions["gradient"].isChecked()),
            "gradient_cells": lambda: self.gradient.show_cells(
                self.actions["gradient_cells"].isChecked()
            ),
            "saliency": lambda: self.gradient.show_overlay(
                "saliency" if self.actions["saliency"].isChecked() else "none"
            ),
            "show_lab": lambda: self.lab.show(),
            "cover_row": lambda: self.lab.cover_row(),
            "shuffle_rows": lambda: self.lab.shuffle_rows(),
            "unit_off": lambda: self.lab.unit_off(),
            "forget_state": lambda: self.lab.forget_state(),
            "reset_lab": lambda: self.lab.reset(),
            **{_theme(name): partial(self.set_theme, name) for name in ("system", *THEMES)},
            **{
                f"lesson_{lesson.name}": partial(self._begin_lesson, lesson.name)
                for lesson in lessons()
            },
            "lesson_next": lambda: self.lessons.move(1),
            "lesson_back": lambda: self.lessons.move(-1),
            "lesson_close": lambda: self.lessons.end(),
            **{_language(name): partial(self.set_language, name) for name in ("", *LANGUAGES)},
            "present": lambda: self.window.present(self.actions["present"].isChecked()),
            "reset_layout": lambda: self.window.reset_layout(),
            "shortcuts": lambda: self.sheets.show("shortcuts"),
            "about": lambda: self.sheets.show("about"),
        }

    def _connect(self) -> None:
        self.document.changed.connect(self.presenter.show)
        self.document.tried.connect(self.presenter.try_out)
        self.document.tried.connect(self.survey.try_out)
        self.document.changed.connect(self._drawing_changed)
        self.document.tried.connect(self._drawing_changed)
        self.player.changed.connect(self._drawing_changed)
        self.presenter.shown.connect(self._show)
        self.models.changed.connect(self._models_changed)
        for source in (self.presenter, self.models, self.yardsticks, self.opening):
            source.refused.connect(self.refuse)
        self.mistaken.connect(self.refuse)
        self.window.canvas.refused.connect(self.refuse)
        self.opening.opened.connect(self.models.take)
        self.opening.began.connect(lambda wish: self.window.header.show_opening(wish.path.name))
        self.opening.stage.connect(self.window.header.show_stage)
        self.opening.cancelled.connect(lambda: self.window.header.show_opening(None))
        self.window.header.cancelled.connect(self.opening.cancel)
        self.window.header.chosen.connect(self.open_model)
        self.window.header.compared.connect(self.files.open_model)
        self.window.header.alone.connect(self.models.stop_comparing)
        self.window.header.devices.chosen.connect(self.set_device)
        self.window.header.devices.wondered.connect(self.devices.list)
        self.devices.listed.connect(self.window.header.devices.show_devices)
        self.devices.brought.connect(self.models.move)
        self.devices.explained.connect(self.window.header.explain_device)
        self.devices.refused.connect(self.refuse)
        self.devices.doubted.connect(self.refuse)
        self.models.moved.connect(self.window.show_device)
        self.files.model_chosen.connect(self.open_model)
        self.files.refused.connect(self.refuse)
        self.background.refused.connect(self.refuse)
        self.window.reading.rows.unwatch_wanted.connect(self.watching.unwatch)
        self.window.reading.rows.tensors_wanted.connect(self.watching.show_sheet)
        self.window.closing.connect(self.stop)
        speed, state_map = self.window.panels.speed, self.window.panels.map
        speed.asked.connect(lambda: self.devices.measure(self.models.readers[0]))
        self.devices.measured.connect(speed.show_figures)
        self.survey.mapped.connect(state_map.show_answer)
        state_map.chosen.connect(lambda drawing: self.document.replace(drawing))
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._scheme_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10 and newer
            hints.accessibility().contrastPreferenceChanged.connect(self._scheme_changed)

    def _models_changed(self, readers: tuple[Reader, ...]) -> None:
        self.window.banner.hide()
        self.selection.start(readers[0].card.side)
        self.window.show_readers(readers)
        self.devices.bring(readers)
        self.model_files.refresh()
        self.watching.refresh()
        self.recent.note(reader.origin.path for reader in readers)

    def _show(self, shown: Shown) -> None:
        if shown.glimpse and shown.traces:
            self.window.show_glimpses(shown.traces)
            return
        self.selection.suggest(self._telling_unit())
        self.window.show_traces(shown.traces, shown.beside)
        if shown.traces:
            self.window.header.show_time(shown.milliseconds)

    def _telling_unit(self) -> Unit | None:
        """The unit of the first layer that changes most where the answer is made."""
        trace = self.presenter.trace
        if trace is None or not trace.layers:
            return None
        before = self.selection.suggested
        told = None if before is None else before.unit
        return Unit(0, 0, telling_unit(trace.layers[0], telling_row(trace), told))

    def _begin_lesson(self, name: str) -> None:
        self.lessons.begin(name)

    def _show_lesson(self) -> None:
        lessons = self.lessons
        names = tuple(reader.card.name for reader in self.models.readers)
        self.window.lesson.show_step(lessons.lesson, lessons.number, () if lessons.waits else names)

    def _drawing_changed(self) -> None:
        self.actions["undo"].setEnabled(self.document.can_undo)
        self.actions["redo"].setEnabled(self.document.can_redo)
        self.actions["clear"].setEnabled(not self.document.drawing.is_empty)
        self.actions["save_drawing"].setEnabled(not self.document.finished.is_empty)
        self.actions["replay"].setEnabled(not self.document.finished.is_empty)
        self.actions["replay"].setChecked(self.player.running)

    def _scheme_changed(self) -> None:
        if self.remembered.now.theme == "system":
            self.set_theme("system")

    def _check_language(self, chosen: str) -> None:
        for name in ("", *LANGUAGES):
            self.actions[_language(name)].setChecked(name == chosen)


def _theme(name: str) -> str:
    """The name of the action that chooses a theme, or the system's."""
    return f"theme_{name}"


def _language(name: str) -> str:
    """The name of the action that chooses a language, or the system's."""
    return f"language_{name or 'system'}"
