"""What stays of a view while its numbers move."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtGui import QPaintEngine, QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Ground:
    """Painted once, for as long as neither the view's size, font or palette nor its `key` changes.

    It lies on the colour of the window, and covers the view: what is painted over it looks as if it
    had been painted at once.
    """

    def __init__(self) -> None:
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
            painter.fillRect(view.rect(), view.palette().window())
            paint(painter)
            return
        looks = view.font().key(), view.palette().cacheKey()
        key = key, view.width(), view.height(), ratio, *looks
        if key != self._key:
            pixmap = QPixmap(view.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(view.palette().window().color())
            own = QPainter(pixmap)
            try:
                paint(own)
            finally:
                own.end()
            self._key, self._pixmap = key, pixmap
        painter.drawPixmap(0, 0, self._pixmap)
