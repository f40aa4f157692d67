"""Pictures as files: the window's, a view's, or one that was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRect, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.qt.style.figure import Figure, as_it_stands

_DOTS = 96
"""Pixels of the screen that make an inch of a page."""


def save_picture(widget: QWidget, path: Path) -> None:
    """Write what the widget looks like, in the form that the suffix names. Raises Refused."""
    write_whole(path, picture_file(as_it_stands(widget), path))


def picture_file(figure: Figure, path: Path) -> bytes:
    """The file of that figure, in the form that the suffix names. Raises Refused."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise Refused("{file} should end in .png, .svg or .pdf", file=path)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    form(figure, buffer)
    return bytes(data.data())


def grey_file(grey: NDArray[np.uint8], path: Path) -> bytes:
    """The file of a picture `[rows, columns]` of grey levels, as PNG. Raises Refused."""
    if path.suffix.lower() != ".png":
        raise Refused("{file} should end in .png: a picture has no strokes to be saved", file=path)
    rows, columns = grey.shape
    image = QImage(grey.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


def _png(figure: Figure, out: QBuffer) -> None:
    figure.pixmap().save(out, "PNG")


def _svg(figure: Figure, out: QBuffer) -> None:
    generator = QSvgGenerator()
    generator.setOutputDevice(out)
    generator.setSize(figure.size)
    generator.setViewBox(QRect(QPoint(), figure.size))
    generator.setResolution(figure.dots)  # letters as large as on the screen
    generator.setTitle(figure.title)
    painter = QPainter(generator)
    figure.paint(painter)
    painter.end()


def _pdf(figure: Figure, out: QBuffer) -> None:
    """One page as large as the figure, for slides and papers."""
    writer = QPdfWriter(out)
    writer.setResolution(_DOTS)
    writer.setTitle(figure.title)
    points = QSizeF(figure.size) * (72 / _DOTS)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", exact))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    figure.paint(painter)
    painter.end()


_FORMS: Mapping[str, Callable[[Figure, QBuffer], None]] = {
    ".png": _png,
    ".svg": _svg,
    ".pdf": _pdf,
}
