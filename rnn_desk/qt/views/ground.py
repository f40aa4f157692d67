"""What stays of a view while its numbers move."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Ground:
    """Painted once, for as long as neither the view's size or font nor its `key` changes."""

    def __init__(self, filled: bool = False) -> None:
        """filled: it is begun with the window's colour, for faint lines over one another, which
        come out too weak where they are painted on nothing first; else it is transparent where
        nothing is painted."""
        self._filled = filled
        self._key: Hashable = None
        self._pixmap = QPixmap()

    def paint(
        self, painter: QPainter, view: QWidget, key: Hashable, paint: Callable[[QPainter], None]
    ) -> None:
        """Paint it at the view's corner; `paint` does so, where nothing is kept that could be.

        key: all that decides what it looks like.
        """
        ratio = view.devicePixelRatioF()
        outlines = painter.paintEngine().type() != QPaintEngine.Type.Raster
        if outlines or painter.deviceTransform().m11() != ratio:  # a file, or another picture
            paint(painter)
            return
        key = key, view.width(), view.height(), ratio, view.font().key()
        if key != self._key:
            pixmap = QPixmap(view.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            colour = view.palette().window().color()
            pixmap.fill(colour if self._filled else Qt.GlobalColor.transparent)
            own = QPainter(pixmap)
            try:
                paint(own)
            finally:
                own.end()
            self._key, self._pixmap = key, pixmap
        painter.drawPixmap(0, 0, self._pixmap)
