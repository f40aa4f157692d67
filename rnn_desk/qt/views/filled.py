"""Views that fill themselves, so that Qt paints them alone.

Below a widget that may be seen through, Qt paints every widget that it lies in anew, up to the
window: while a pen moves, that took as long as the numbers.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


def fills_itself(view: QWidget) -> None:
    """Nothing is to be seen through this view: it begins each painting with `painter_on`."""
    view.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def painter_on(view: QWidget, event: QPaintEvent) -> QPainter:
    """A painter on the view, whose part that is to be painted has the window's colour."""
    painter = QPainter(view)
    painter.fillRect(event.rect(), view.palette().window())
    return painter
