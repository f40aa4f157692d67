"""What stays of a view while its numbers move."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Ground:
    """Painted once, for as long as neither the view's size or font nor its `key` changes."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._pixmap = QPixmap()

    def paint(
        self, painter: QPainter, view: QWidget, key: Hashable, paint: Callable[[QPainter], None]
    ) -> None:
        """Paint it at the view's corner; `paint` does so, where nothing is kept that could be.

        key: all that decides what it looks like.
        """
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:  # a file of outlines
            paint(painter)
            return
        ratio = view.devicePixelRatioF()
        key = key, view.width(), view.height(), ratio, view.font().key()
        if key != self._key:
            self._key = key
            self._pixmap = QPixmap(view.size() * ratio)
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            own = QPainter(self._pixmap)
            paint(own)
            own.end()
        painter.drawPixmap(0, 0, self._pixmap)
