"""The window's picture as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtWidgets import QWidget

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole


def save_window(widget: QWidget, path: Path) -> None:
    """Write what the widget looks like as PNG, or as SVG, by the file's suffix. Raises Refused."""
    suffix = path.suffix.lower()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix == ".svg":
        from PySide6.QtSvg import QSvgGenerator  # a library of its own, rarely needed

        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(widget.size())
        generator.setViewBox(widget.rect())
        generator.setTitle(widget.windowTitle())
        widget.render(generator)
    elif suffix == ".png":
        widget.grab().save(buffer, "PNG")
    else:
        raise Refused("{file} should end in .png or .svg", file=path)
    write_whole(path, bytes(data.data()))
