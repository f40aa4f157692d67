"""What another program offers, by its clipboard or by a drop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def offered(data: QMimeData | None) -> Path | QImage | None:
    """The first file on this machine, else the picture; None where there is neither, and where
    there is no clipboard, or nothing was ever on it."""
    if data is None:
        return None
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    image = data.imageData() if data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None
