"""One desk: the window with everything behind it, connected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rnn_desk.assets_door import bundled_models
from rnn_desk.core.errors import Refused
from rnn_desk.core.trace import Trace
from rnn_desk.qt.actions import action_table, make_actions
from rnn_desk.qt.document import Document
from rnn_desk.qt.files import FileCommands
from rnn_desk.qt.presenter import ModelWish, Presenter, Shown
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.settings import Settings, save
from rnn_desk.qt.theme import DARK, LIGHT, system_theme
from rnn_desk.qt.window import Window
from rnn_desk.qt.words import sentence, tr

ROWS = 28
"""Rows that the views show until a model says how many it reads."""


class Desk(QObject):
    """Builds a window, its state and its actions; `stop` ends its threads.

    `settings_path` None remembers nothing, for pictures and tests.
    """

    def __init__(self, settings: Settings, settings_path: Path | None, device: str = "cpu") -> None:
        super().__init__()
        self.settings = settings
        self.trace: Trace | None = None
        self._settings_path = settings_path
        self._device = device
        self._reader: object = None
        self.document = Document(self)
        self.selection = Selection(ROWS, self)
        self.presenter = Presenter(self)
        self.files = FileCommands(self)
        table = action_table()
        self.actions = make_actions(
            self,
            table,
            {
                "open_model": self.files.open_model,
                "open_drawing": self.files.open_drawing,
                "save_drawing": self.files.save_drawing,
                "save_trace": self.files.save_trace,
                "save_picture": self.files.save_picture,
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
                "row_all": lambda: self.selection.pin(None),
                "play": lambda: self.window.reading.play.toggle(),
                "theme_system": lambda: self.set_theme("system"),
                "theme_light": lambda: self.set_theme("light"),
                "theme_dark": lambda: self.set_theme("dark"),
                "present": lambda: self.window.present(self.actions["present"].isChecked()),
                "about": self.files.about,
            },
        )
        self.window = Window(
            self.document,
            self.selection,
            system_theme(),
            self.actions,
            table,
            bundled_models(),
        )
        self._connect()
        self.set_theme(settings.theme)
        self.window.canvas_panel.set_pen_width(settings.pen_width)
        self.window.restoreGeometry(settings.geometry_bytes)
        self.window.set_hints(tr("Draw a digit here"), tr("loading the model…"))
        self._drawing_changed()

    def open_model(self, path: Path) -> None:
        """Open a model; until it is ready, the one before it answers."""
        self.presenter.open(ModelWish(path, self._device))

    def set_theme(self, name: str) -> None:
        """Light, dark, or as the system has it."""
        self.settings = replace(self.settings, theme=name)
        theme = {"light": LIGHT, "dark": DARK}.get(name) or system_theme()
        QApplication.setPalette(theme.palette())
        self.window.setStyleSheet(theme.style_sheet())
        self.window.set_theme(theme)
        for choice in ("system", "light", "dark"):
            self.actions[f"theme_{choice}"].setChecked(choice == name)

    def refuse(self, refusal: Refused) -> None:
        """Say what could not be done; everything stays as it was."""
        self.window.banner.say(sentence(refusal))
        self.window.header.show_opening(None)

    def stop(self) -> None:
        """Remember what is to be remembered, and end the threads."""
        self.presenter.stop()
        if self._settings_path is not None:
            geometry = bytes(self.window.saveGeometry().toBase64().data()).decode("ascii")
            pen_width = self.window.canvas_panel.pen_width
            save(
                replace(self.settings, geometry=geometry, pen_width=pen_width),
                self._settings_path,
            )

    def _connect(self) -> None:
        self.document.changed.connect(self.presenter.show)
        self.document.changed.connect(self._drawing_changed)
        self.presenter.shown.connect(self._show)
        self.presenter.refused.connect(self.refuse)
        self.presenter.loading.connect(lambda wish: self.window.header.show_opening(wish.path.name))
        self.window.header.chosen.connect(self.open_model)
        self.window.dropped.connect(self.files.open)
        self.window.closing.connect(self.stop)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def _show(self, shown: Shown) -> None:
        reader = shown.reader
        if reader is not None and reader is not self._reader:
            self._reader = reader
            self.trace = None
            self.window.banner.hide()
            self.window.show_trace(None)
            self.selection.start(reader.card.side)
            self.window.reading.rows.set_layers(
                [(layer.name, layer.operator.units, layer.reverse) for layer in reader.layers]
            )
            self.window.show_model(reader.card, reader.device.label, reader.belief_kind)
        self.trace = shown.trace
        self.window.show_trace(shown.trace)
        if shown.trace is not None:
            self.window.header.show_time(shown.milliseconds)

    def _drawing_changed(self) -> None:
        self.actions["undo"].setEnabled(self.document.can_undo)
        self.actions["redo"].setEnabled(self.document.can_redo)
        self.actions["clear"].setEnabled(bool(self.document.drawing.strokes))
        self.actions["save_drawing"].setEnabled(bool(self.document.drawing.strokes))

    def _scheme_changed(self) -> None:
        if self.settings.theme == "system":
            self.set_theme("system")
