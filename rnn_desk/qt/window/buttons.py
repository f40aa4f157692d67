"""Buttons that show an action's icon, and its words as a tooltip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from rnn_desk.qt.style.plain import ToolButton


def icon_button(action: QAction) -> ToolButton:
    """A button with the action's icon alone. It is reached by Tab; a click leaves the focus."""
    button = ToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setProperty("iconic", True)  # as wide as high: theme.py
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
