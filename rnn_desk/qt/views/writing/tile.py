"""One picture that was written, in its frame, with what the reader takes it for below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from rnn_desk.app.written import Written
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.style.theme import Theme
from rnn_desk.qt.views.heat import paint_image
from rnn_desk.qt.views.writing.ink import written_images

GAP = 10
"""Pixels between two pictures."""

BELOW = 6
"""Pixels of a name's line beside its letters."""

_CORNER = 5


@frozen(eq=False)
class Tile:
    """side: rows of the picture. begun: how many of them were given, 0 where that is not marked.
    name, part: of the class that the reader takes it for; "" where it has not read it yet."""

    image: QImage
    side: int
    begun: int
    name: str = ""
    part: str = ""


def tiles_of(written: Written, classes: tuple[str, ...], theme: Theme) -> list[Tile]:
    """A tile for each picture."""
    pictures, read = written.pictures, written.read
    images = written_images(pictures.pixels, pictures.begun, theme)
    side = pictures.pixels.shape[1]
    begun = pictures.begun if pictures.begun < side else 0
    if read is None:
        return [Tile(image, side, begun) for image in images]
    return [
        Tile(image, side, begun, classes[int(parts.argmax())], f"{parts.max():.0%}")
        for image, parts in zip(images, read, strict=True)
    ]


def name_height(metrics: QFontMetrics) -> int:
    """Pixels that the line below a picture takes."""
    return metrics.height() + BELOW


def paint_tile(
    painter: QPainter,
    place: QRect,
    tile: Tile,
    theme: Theme,
    font: QFont,
    rows: int,
    marked: bool = False,
) -> None:
    """Paint so many of its rows, and what it is read as once all are there. marked: looked at."""
    paint_image(painter, place, tile.image)
    if rows < tile.side:
        veil = QRect(place)
        veil.setTop(place.top() + place.height() * rows // tile.side)
        painter.fillRect(veil, QColor(theme.paper))
    if tile.begun:
        y = round(place.top() + place.height() * tile.begun / tile.side)
        painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(place.left(), y, place.right(), y)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line = QPen(QColor(theme.line), theme.stroke)
    painter.setPen(QPen(QColor(theme.accent), 2 + theme.stroke) if marked else line)
    painter.drawRoundedRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5), _CORNER, _CORNER)
    if tile.name and rows >= tile.side:
        _paint_name(painter, place, tile, theme, font)


def _paint_name(painter: QPainter, place: QRect, tile: Tile, theme: Theme, font: QFont) -> None:
    """What the reader takes it for, and how sure it is."""
    plain, bold = QFontMetrics(font), QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    name = QFontMetrics(bold).horizontalAdvance(tile.name)
    gap = 2 * plain.horizontalAdvance(" ")
    part, wide = tile.part, name + gap + plain.horizontalAdvance(tile.part)
    if wide > place.width():  # in large letters, below small pictures
        part, wide = "", name
    below = QRect(place.left(), place.bottom() + 2, wide, name_height(plain) - 2)
    below.moveLeft(place.left() + (place.width() - wide) // 2)
    painter.setFont(bold)
    painter.setPen(QColor(theme.text))
    painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, tile.name)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(below, right, part)
