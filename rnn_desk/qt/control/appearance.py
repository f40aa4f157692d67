"""How the window looks: its colours, its language, its layout; and that it comes back so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication

from rnn_desk.qt.control.control import Control
from rnn_desk.qt.look.icons import set_icons
from rnn_desk.qt.look.language import LANGUAGES, speak
from rnn_desk.qt.look.theme import SYSTEM, THEMES, Theme, theme_named
from rnn_desk.qt.state.settings import Remembered, as_text
from rnn_desk.qt.window.focus import FocusRing
from rnn_desk.qt.window.window import Window


class Appearance(Control):
    """Dresses the window as the settings have it; the person chooses otherwise by the menu."""

    spoken = Signal()
    """Another language is spoken from now on."""

    def __init__(
        self,
        window: Window,
        dressed: Theme,
        language: str,
        remembered: Remembered,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        """dressed: the theme that the window was built with. language: the one that is spoken."""
        super().__init__(parent)
        self._window = window
        self._dressed = dressed
        self._remembered = remembered
        self._actions = actions
        self.ring = FocusRing(dressed, self)
        settings = remembered.now
        self._set_theme(settings.theme)
        self._check_language(language)
        window.restoreGeometry(settings.bytes_of("geometry"))
        window.shared_out = window.restoreState(settings.bytes_of("panels"))
        window.restore_columns(settings.bytes_of("columns"))
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._scheme_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10 and newer
            hints.accessibility().contrastPreferenceChanged.connect(self._scheme_changed)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        present = self._actions["present"]
        return {
            **{_theme(name): partial(self._set_theme, name) for name in (SYSTEM, *THEMES)},
            **{_language(name): partial(self._set_language, name) for name in ("", *LANGUAGES)},
            "present": lambda: self._window.present(present.isChecked()),
            "reset_layout": self._window.reset_layout,
        }

    def remember(self) -> None:
        """Remember where everything was."""
        self._remembered.change(
            geometry=as_text(self._window.saveGeometry().data()),
            panels=as_text(self._window.saveState().data()),
            columns=as_text(self._window.columns),
        )

    def stop(self) -> None:
        """Follow the focus no longer."""
        self.ring.stop()

    def _set_theme(self, name: str) -> None:
        """A theme of `THEMES`, or as the system has it."""
        self._remembered.change(theme=name)
        theme = theme_named(name)
        QApplication.setPalette(theme.palette())
        if theme is not self._dressed:
            self._dressed = theme
            set_icons(self._actions, theme)
        self._window.setStyleSheet(theme.style_sheet())
        self._window.set_theme(theme)
        self.ring.set_theme(theme)
        for choice in (SYSTEM, *THEMES):
            self._actions[_theme(choice)].setChecked(choice == name)

    def _set_language(self, name: str) -> None:
        """A language of `LANGUAGES`, or the system's where `name` is empty."""
        self._remembered.change(language=name)
        speak(name)
        # Below a widget with a style sheet, a new font and the names of the panels' buttons come
        # with the sheet only.
        self._set_theme(self._remembered.now.theme)
        self._check_language(name)
        self.spoken.emit()

    def _scheme_changed(self) -> None:
        if self._remembered.now.theme == SYSTEM:
            self._set_theme(SYSTEM)

    def _check_language(self, chosen: str) -> None:
        for name in ("", *LANGUAGES):
            self._actions[_language(name)].setChecked(name == chosen)


def _theme(name: str) -> str:
    """The name of the action that chooses a theme, or the system's."""
    return f"theme_{name}"


def _language(name: str) -> str:
    """The name of the action that chooses a language, or the system's."""
    return f"language_{name or 'system'}"
