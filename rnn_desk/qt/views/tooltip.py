"""A tooltip for widgets that paint their parts themselves, so that its words hang on the place."""

from __future__ import annotations

from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget


def show_tooltip(event: QHelpEvent, words: str, widget: QWidget) -> None:
    """Say these words where the pointer is; where there are none, nothing any more."""
    if words:
        QToolTip.showText(event.globalPos(), words, widget)
    else:
        QToolTip.hideText()
