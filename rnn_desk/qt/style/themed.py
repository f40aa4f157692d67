"""The application's theme, and what a widget does when that changes while the program runs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from rnn_desk.app.values import SYSTEM
from rnn_desk.qt.style.theme import Theme, theme_named

_PROPERTY = "theme"
"""The application's property that holds the name of its theme."""

_PALETTE = QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange
"""What Qt tells a widget, and what it tells a window."""


def apply_theme(theme: Theme) -> None:
    """Give the whole application this theme, unless it has it.

    When this returns, every widget has been told, by Qt's PaletteChange event.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.property(_PROPERTY) == theme.name:
        return
    app.setProperty(_PROPERTY, theme.name)
    app.setPalette(theme.palette())
    # Qt itself tells the windows that have been shown, and once the event loop runs.
    for window in app.topLevelWidgets():
        app.sendEvent(window, QEvent(QEvent.Type.ApplicationPaletteChange))


def current_theme() -> Theme:
    """The theme that the application has; before it was given any, the desktop's."""
    app = QCoreApplication.instance()
    assert app is not None
    return theme_named(app.property(_PROPERTY) or SYSTEM)


class Themed:
    """Before `QWidget` among the bases of a class: knows the theme, and prepares in one method
    whatever it keeps in the theme's colours.

    What is painted anew each time needs no preparing: Qt paints all of it in another palette.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme = current_theme()
        """The application's theme, kept here: a painting asks for it some hundred times."""

    def theme_changed(self) -> None:
        """Prepare anew whatever is kept in the colours of the theme."""

    def changeEvent(self, event: QEvent) -> None:
        # One theme comes with several of these, as does a style sheet that is set again.
        if event.type() in _PALETTE and self.theme is not (now := current_theme()):
            self.theme = now
            self.theme_changed()
        super().changeEvent(event)  # type: ignore[misc]  # QWidget's
