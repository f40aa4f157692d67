"""What is marked on the drawing: the row looked at, what is unread, what part the network sees."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import Trace
from rnn_desk.qt.style.theme import Theme

_VEIL = 150
"""Opacity, of 255, of what lies over rows that are still unread."""

_HALO = 190
"""Opacity, of 255, of what lies beneath a dashed line."""


def picture_on(sheet: QRectF, raster: Raster | None, size: float) -> QRectF:
    """Where the picture that the network sees lies on the sheet, in pixels; the sheet, where
    nothing is seen. size: of the sheet, in the drawing's units."""
    if raster is None or not raster.scale:
        return sheet
    to_pixels = sheet.width() / size / raster.scale
    left, top = (-each * to_pixels for each in raster.offset)
    side = raster.side * to_pixels
    return QRectF(sheet.x() + left, sheet.y() + top, side, side)


def paint_unread(
    painter: QPainter,
    sheet: QRectF,
    size: float,
    trace: Trace | None,
    row: int | None,
    hidden: int | None,
    theme: Theme,
) -> None:
    """The row looked at, where it lies on the drawing; what is below is still unread, and dimmed,
    or hidden, from row `hidden` on."""
    veil, paper = QColor(theme.window), QColor(theme.paper)
    veil.setAlpha(_VEIL)
    painter.setClipRect(sheet)
    if trace is None or not trace.raster.scale:
        if hidden is not None:  # where a row lies on it is not known
            painter.fillRect(sheet, paper)
    else:
        if row is not None:
            painter.fillRect(_below(row, trace, sheet, size), veil)
        if hidden is not None:
            painter.fillRect(_below(hidden - 1, trace, sheet, size), paper)
        if row is not None:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(_band(row, trace, sheet, size))
    painter.setClipping(False)


def paint_frame(
    painter: QPainter, sheet: QRectF, size: float, raster: Raster, theme: Theme
) -> None:
    """Around that part of a picture which the network sees."""
    if not raster.scale:
        return
    frame = picture_on(sheet, raster, size)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setClipRect(sheet)
    halo = QColor(theme.window)  # so that it is seen whatever the picture holds
    halo.setAlpha(_HALO)
    for pen in (QPen(halo, 3), QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawRect(frame)
    painter.setClipping(False)


def _band(row: int, trace: Trace, sheet: QRectF, size: float) -> QRectF:
    """Where a row that is read lies on the sheet; a column, where columns are read."""
    raster = trace.raster
    to_pixels = sheet.height() / size
    thick = to_pixels / raster.scale
    if trace.orientation.from_the_end:
        row = raster.side - 1 - row
    at = (row - raster.offset[0 if trace.turned else 1]) / raster.scale * to_pixels
    if trace.turned:
        return QRectF(sheet.x() + at, sheet.y() + 1, thick, sheet.height() - 2)
    return QRectF(sheet.x() + 1, sheet.y() + at, sheet.width() - 2, thick)


def _below(row: int, trace: Trace, sheet: QRectF, size: float) -> QRectF:
    """What of the sheet comes after it."""
    band, rest = _band(row, trace, sheet, size), QRectF(sheet)
    after = {
        (False, False): (rest.setTop, band.bottom),
        (False, True): (rest.setBottom, band.top),
        (True, False): (rest.setLeft, band.right),
        (True, True): (rest.setRight, band.left),
    }
    edge, end = after[trace.turned, trace.orientation.from_the_end]
    edge(end())
    return rest.intersected(sheet)
