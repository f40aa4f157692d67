"""Views that fill themselves, so that Qt paints them alone.

Below a widget that may be seen through, Qt paints every widget that it lies in anew, up to the
window: while a pen moves, that took as long as the numbers.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


def fills_itself(view: QWidget) -> None:
    """Nothing is to be seen through this view: it begins each painting with `painter_on`, or with
    its `Ground`."""
    view.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def painter_on(view: QWidget, event: QPaintEvent, covered: QRect | None = None) -> QPainter:
    """A painter on the view, whose part that is to be painted has the window's colour.

    covered: what is painted over altogether, and need not have it: to fill as much takes as long as
    to lay an image there.
    """
    painter = QPainter(view)
    ground = view.palette().window()
    if covered is None:
        painter.fillRect(event.rect(), ground)
    else:
        for part in event.region().subtracted(covered):  # type: ignore[attr-defined]  # PySide6's
            painter.fillRect(part, ground)
    return painter
