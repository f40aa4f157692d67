"""What a widget looks like, as numbers."""

import numpy as np
from PySide6.QtGui import QImage


def pixels(widget) -> np.ndarray:
    """What the widget paints, `[height, width, 3]`."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
