"""What was found in a picture, laid over it: ink, boxes, and what was left out."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.picture import Picture
from rnn_desk.core.scan.areas import Box
from rnn_desk.qt.style.theme import Theme

_READ, _OTHER, _LEFT_OUT, _CUT = 200, 90, 150, 165
"""Opacity, of 255: of the ink that is read, of other digits', of ink that was taken for something
else, and over what was cut away."""

_HALO = 190
"""Opacity beneath a line, so that it is seen whatever the picture holds."""

_HANDLE, _OF_THE_BOX = 3.5, 0.1
"""Half the side of a box's corners: pixels at the most, and that part of its shorter side, as they
would hide a small digit."""


def overlay(picture: Picture, theme: Theme, dragged: bool = False) -> QImage:
    """The tint of each of the picture's pixels, `Format_ARGB32`.

    dragged: its box is still being dragged, so that none of its ink is read.
    """
    rows, columns = picture.grey.shape
    tint = np.zeros((rows, columns, 4), np.uint8)  # blue, green, red, opacity
    found = picture.found
    cut = np.ones((rows, columns), bool)
    cut[found.sheet.pixels] = False
    _lay(tint, cut.astype(np.float64), theme.window, _CUT)
    _lay(tint, found.left_out.astype(np.float64), theme.muted, _LEFT_OUT)
    read = None if dragged else picture.digit
    for digit in found.digits:
        if read is None or digit.box != read.box:
            _lay_at(tint, digit.box, digit.ink, theme.accent, _OTHER)
    if read is not None:
        _lay_at(tint, read.box, read.ink, theme.accent, _READ)
    return QImage(tint.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32)


def place_of(box: Box, picture: Picture, sheet: QRectF) -> QRectF:
    """Where a box of the picture lies on the screen; sheet: where the canvas does."""
    to_pixels = sheet.width() / picture.size
    x, y = picture.corner
    at = box.moved(picture.scale, x, y).moved(to_pixels, sheet.x(), sheet.y())
    return QRectF(at.left, at.top, at.width, at.height)


def paint_boxes(painter: QPainter, picture: Picture, sheet: QRectF, theme: Theme) -> None:
    """The boxes of the digits; that of the one which is read with corners to take it by."""
    read = box_read(picture)
    accent = QColor(theme.accent)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for digit in picture.found.digits:
        if digit.box != read:
            _outline(painter, place_of(digit.box, picture, sheet), accent, theme, 1)
    if read is None:
        return
    where = place_of(read, picture, sheet)
    _outline(painter, where, accent, theme, 2)
    painter.setPen(QPen(accent, 1.5))
    painter.setBrush(QColor(theme.window))
    half = handle(where)
    for x in (where.left(), where.right()):
        for y in (where.top(), where.bottom()):
            painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def handle(where: QRectF) -> float:
    """Pixels: half the side of the corners of a box that lies there on the screen."""
    return min(_HANDLE, max(1.0, _OF_THE_BOX * min(where.width(), where.height())))


def box_read(picture: Picture) -> Box | None:
    """The box that is shown as the one which is read; the whole picture where nothing is found."""
    if picture.as_it_is:
        return None
    if picture.box is not None:
        return picture.box
    if picture.digit is not None:
        return picture.digit.box
    rows, columns = picture.grey.shape
    inset = 0.1 * min(rows, columns)
    return Box(inset, inset, columns - inset, rows - inset)


def _outline(painter: QPainter, where: QRectF, colour: QColor, theme: Theme, wide: int) -> None:
    halo = QColor(theme.window)
    halo.setAlpha(_HALO)
    for pen in (QPen(halo, wide + 2), QPen(colour, wide)):
        painter.setPen(pen)
        painter.drawRect(where)


def _lay_at(
    tint: NDArray[np.uint8], box: Box, ink: NDArray[np.float64], colour: str, opacity: int
) -> None:
    _lay(tint[box.pixels], ink, colour, opacity)


def _lay(tint: NDArray[np.uint8], part: NDArray[np.float64], colour: str, opacity: int) -> None:
    """Lay a colour on the pixels, as dense as they hold ink."""
    inked = part > 0
    shade = QColor(colour)
    tint[inked, :3] = (shade.blue(), shade.green(), shade.red())
    tint[inked, 3] = np.rint(part[inked] * opacity)
