"""A picture of one thing by itself: how large it is, and how it is painted, on whatever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from rnn_desk.core.frozen import frozen


@frozen
class Figure:
    """title: what is shown. size: pixels; of them, `dots` are an inch, and each is `ratio` of the
    screen's wide."""

    title: str
    size: QSize
    dots: int
    ratio: float
    paint: Callable[[QPainter], None] = field(repr=False)

    def pixmap(self) -> QPixmap:
        """As sharp as on the screen."""
        pixmap = QPixmap(self.size * self.ratio)
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill()
        painter = QPainter(pixmap)
        self.paint(painter)
        painter.end()
        return pixmap


def as_it_stands(widget: QWidget) -> Figure:
    """All of a widget, with what is in it."""
    return Figure(
        widget.windowTitle() or widget.accessibleName(),
        widget.size(),
        widget.logicalDpiX(),
        widget.devicePixelRatioF(),
        lambda painter: widget.render(painter, QPoint()),
    )
