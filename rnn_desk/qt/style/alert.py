"""What is said to those who do not see the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def alert(widget: QWidget) -> None:
    """Have a screen reader say by what name the widget goes now."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # many enums, which no start needs

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
