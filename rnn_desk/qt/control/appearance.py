"""How the window looks, as the state has it: colours, language; and where everything is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication

from rnn_desk.app.actions import choose
from rnn_desk.app.values import SYSTEM
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.style.language import speak
from rnn_desk.qt.style.theme import theme_named
from rnn_desk.qt.style.themed import apply_theme
from rnn_desk.qt.window.focus import FocusRing
from rnn_desk.qt.window.window import Window


class Appearance(Control):
    """Applies the theme and the language whenever the state has others; puts everything where it
    was at the last end, and notes where it is at this one; presents."""

    spoken = Signal()
    """Another language is spoken from now on."""

    def __init__(
        self,
        window: Window,
        store: QtStore,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._shown = store.state.look
        self._actions = actions
        self.ring = FocusRing(self)
        store.look_changed.connect(self._look_changed)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._scheme_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10 and newer
            hints.accessibility().contrastPreferenceChanged.connect(self._scheme_changed)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        present = self._actions["present"]
        return {
            "present": lambda: self._window.present(present.isChecked()),
            "reset_layout": self._window.reset_layout,
        }

    def remember(self) -> None:
        """Remember where everything was."""
        self._store.do(choose.layout, *self._window.layout_words())

    def stop(self) -> None:
        """Follow the focus no longer."""
        self.ring.stop()

    def _look_changed(self) -> None:
        before, self._shown = self._shown, self._store.state.look
        if before.theme != self._shown.theme:
            self._dress()
        if before.language != self._shown.language:
            speak(self._shown.language)
            self._window.restyle()
            self.spoken.emit()

    def _dress(self) -> None:
        """Apply the theme that is chosen, or that the system has."""
        apply_theme(theme_named(self._shown.theme))

    def _scheme_changed(self) -> None:
        if self._shown.theme == SYSTEM:
            self._dress()
