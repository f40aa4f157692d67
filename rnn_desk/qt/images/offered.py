"""What another program offers, by its clipboard or by a drop."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from rnn_desk.core.errors import Refused

_ADDRESS = re.compile(r"(?!file:)[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
"""An address as browsers copy it: as mere text."""


def is_for_us(data: QMimeData) -> bool:
    """Whether there is an answer to it, be it a refusal; quickly, as it is asked while it is still
    being dragged."""
    return data.hasUrls() or data.hasImage() or _address_in(data.text()) is not None


def files_in(data: QMimeData | None) -> tuple[Path, ...]:
    """The files on this machine that are offered."""
    urls = [] if data is None else data.urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


def offered(data: QMimeData | None) -> Path | QImage | Refused | None:
    """The first file on this machine, else the picture, else why an address is not opened; None
    where there is none of these, and where there is no clipboard, or nothing was ever on it."""
    if data is None:
        return None
    for path in files_in(data):
        return path
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return image
    for url in data.urls():
        return _elsewhere(url.toDisplayString())  # without a password that is in it
    address = _address_in(data.text())
    return None if address is None else _elsewhere(address)


def _address_in(text: str) -> str | None:
    match = _ADDRESS.fullmatch(text.strip())
    return match and match[0]


def _elsewhere(address: str) -> Refused:
    return Refused(
        "{address} is no file on this machine, and this program opens nothing from elsewhere: "
        "save it here first, then open that file",
        address=address,
    )
