"""Reading a picture file as grey levels. Needs no window, and no application object."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular

MAX_PIXELS = 64_000_000
"""Pixels of one picture; a scan of a page at 600 dots an inch has 35 million."""

MAX_FILE = 512 * 2**20
"""Bytes; a BMP of `MAX_PIXELS` with 8 bytes a pixel."""

_AT_ONCE = 2**20
"""Pixels made grey in one step: Qt keeps Python's lock meanwhile, and the pen would wait."""

_FORMATS = ("png", "jpeg", "bmp", "gif", "webp")
_ALLOCATION = 640
"""MiB that one decoded picture may take: 8 bytes for each of `MAX_PIXELS`, and some over."""


def read_picture(path: Path) -> NDArray[np.uint8]:
    """The picture as `[rows, columns]` grey levels 0..255, turned as its camera says.

    Where it is transparent there is white paper. The content decides what the file is, not its
    suffix; the size is looked at before anything is decoded. Raises Refused.
    """
    data = QByteArray(read_regular(path, MAX_FILE))
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if reader.format().toStdString() not in _FORMATS:
        raise Refused("{file} is not a PNG, JPEG, BMP, GIF or WebP picture", file=path)
    _check_size(reader.size(), path)
    before = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(_ALLOCATION)
    try:
        image = reader.read()
    finally:
        QImageReader.setAllocationLimit(before)
    if image.isNull():
        raise Refused(
            "{file} cannot be read as a picture, it is damaged: get it again ({reason})",
            file=path,
            reason=reader.errorString(),
        )
    return grey_levels(image)


def grey_of(image: QImage) -> NDArray[np.uint8]:
    """A picture that another program offers as `read_picture` has a file's. Raises Refused."""
    if image.width() * image.height() > MAX_PIXELS:
        raise Refused(
            "The picture has {width} x {height} pixels, more than the {most} million that are "
            "read: make it smaller",
            width=image.width(),
            height=image.height(),
            most=MAX_PIXELS // 10**6,
        )
    return grey_levels(image)


def grey_levels(image: QImage) -> NDArray[np.uint8]:
    """A picture in memory as `[rows, columns]` grey levels on white."""
    grey = np.empty((image.height(), image.width()), np.uint8)
    step = max(1, _AT_ONCE // max(1, image.width()))
    for top in range(0, image.height(), step):
        rows = min(step, image.height() - top)
        grey[top : top + rows] = _grey_band(image.copy(0, top, image.width(), rows))
    return grey


def _grey_band(image: QImage) -> NDArray[np.uint8]:
    if image.hasAlphaChannel():
        paper = QImage(image.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.end()
        image = paper
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    # Each line of a QImage begins at a multiple of four bytes.
    lines = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return lines[:, : grey.width()].copy()


def _check_size(size: QSize, path: Path) -> None:
    if size.isValid() and size.width() * size.height() > MAX_PIXELS:
        raise Refused(
            "{file} has {width} x {height} pixels, more than the {most} million that are read: "
            "make it smaller",
            file=path,
            width=size.width(),
            height=size.height(),
            most=MAX_PIXELS // 10**6,
        )
