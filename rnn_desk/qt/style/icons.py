"""The program's icons: drawn in one colour, which is the theme's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rnn_desk.assets_door import asset
from rnn_desk.qt.style.theme import Theme

SIZES = (24, 48)
"""Pixels; the next larger one is made smaller where none fits."""


def set_icons(actions: Mapping[str, QAction], theme: Theme) -> None:
    """Give every action for which there is a drawing its icon, on buttons and not in menus."""
    for name, action in actions.items():
        if asset("icons", f"{name}.svg").is_file():
            action.setIcon(icon(name, theme))
            action.setIconVisibleInMenu(False)


def icon(name: str, theme: Theme) -> QIcon:
    """The drawing of that name in the theme's colours: as it is, switched on, and not to be had."""
    drawing = asset("icons", f"{name}.svg").read_bytes()
    made = QIcon()
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, theme.text),
        (QIcon.Mode.Normal, QIcon.State.On, theme.on_accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, theme.off),
        (QIcon.Mode.Disabled, QIcon.State.On, theme.off),
    ):
        for size in SIZES:
            made.addPixmap(QPixmap.fromImage(_painted(drawing, colour, size)), mode, state)
    return made


def app_icon() -> QIcon:
    """The program's own, in its own colours."""
    made = QIcon()
    for size in (16, 32, 64, 128, 256):
        made.addPixmap(QPixmap.fromImage(app_picture(size)))
    return made


def app_picture(size: int) -> QImage:
    """The program's own icon, so many pixels wide."""
    return _painted(asset("icons", "app.svg").read_bytes(), "", size)


@lru_cache(maxsize=512)  # all icons in the colours of all themes: some 400, 2 MB
def _painted(drawing: bytes, colour: str, size: int) -> QImage:
    """Render an SVG once; an image, unlike a pixmap, may outlive the application."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.replace(b"currentColor", colour.encode()))).render(painter)
    painter.end()
    return image
