"""Buttons that show an action's icon, and its words as a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction

from rnn_desk.qt.style.plain import ToolButton

_ICON = 16
"""Pixels of an icon at the least, which is as large as the letters around it are high."""


def icon_button(action: QAction) -> ToolButton:
    """A button with the action's icon alone. It is reached by Tab; a click leaves the focus."""
    button = _IconButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setProperty("iconic", True)  # as wide as high: theme.py
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class _IconButton(ToolButton):
    """Its icon grows with the letters, for those who sit at the back."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            side = max(_ICON, self.fontMetrics().ascent())
            if self.iconSize().width() != side:
                self.setIconSize(QSize(side, side))
