"""What another program offers, by its clipboard or by a drop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def offered(data: QMimeData) -> tuple[Path | QImage | None, int]:
    """The first file on this machine, else the picture, None where there is neither; and how many
    files there are beside it."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files[0], len(files) - 1
    image = data.imageData() if data.hasImage() else None
    return (image if isinstance(image, QImage) and not image.isNull() else None), 0
