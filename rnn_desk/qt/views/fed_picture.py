"""A picture as a model gets it: black and white are the ends of its numbers, whatever ink is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.qt.style.painted import Painted
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.heat import paint_image, true_image

_SIDE = 196


class FedPicture(Themed, Painted, QWidget):
    """The picture, as large as there is room, its first row at the top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName(tr("What the model gets"))

    def show_seen(self, seen: Array | None) -> None:
        """Show a picture `[channels, rows, columns]` of 0..1, or none."""
        self.image = None if seen is None else true_image(_colours(seen))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        if self.image is not None:
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            area = QRect(0, 0, size.width(), size.height())
            area.moveCenter(self.rect().center())
            paint_image(painter, area, self.image)
        painter.setPen(QColor(self.theme.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _colours(seen: Array) -> NDArray[np.uint8]:
    """`[rows, columns, 3]`: three channels are colours, of any other number the mean is shown."""
    shown = seen[:3] if len(seen) in (3, 4) else np.repeat(seen.mean(axis=0)[None], 3, axis=0)
    if len(seen) == 4 and shown.std() < seen[3].std():
        shown = np.repeat(seen[3][None], 3, axis=0)  # the ink is in what is opaque
    return np.moveaxis((shown * 255).round().astype(np.uint8), 0, -1)
