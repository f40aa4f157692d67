"""The ink, or the picture, as a pixmap: what comes is painted onto it, and nothing twice."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing, Stroke
from rnn_desk.core.frozen import frozen
from rnn_desk.core.ink import Ink, erased, ink_of, visible_ink
from rnn_desk.core.picture import Original, Picture, shows_the_same
from rnn_desk.qt.style.theme import Theme
from rnn_desk.qt.views.found_ink import overlay
from rnn_desk.qt.views.writing.sheet import paint_lines, paint_written

CORNER = 4
"""Pixels: the radius of the sheet's corners."""

_LARGE_PIXEL = 4.0
"""Pixels of the screen; one of a picture that is as wide is shown as a square."""

_SLICE = 0.05
"""Seconds for which ink is painted before the window has its turn again."""

_AT_ONCE = 200
"""Points of a line that are painted as one."""


@frozen
class Paper:
    """What is painted on. side: of the sheet, in the widget's pixels. ratio: of the screen's pixels
    to them. is_ruled: whether it has lines to write between."""

    side: float
    ratio: float
    theme: Theme
    is_ruled: bool


class CanvasInk(QObject):
    """A drawing on paper; dragged: whether it is a picture whose box is being dragged."""

    spread = Signal(QRectF)
    """There is more ink in that part of the sheet, in the drawing's units."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Ink] = []
        """The ink that is seen, the stroke being made included."""
        self.paper: Paper | None = None
        """What it was painted on last."""
        self._painted: Original | None = None
        self._pixmap = QPixmap()
        self._unpainted: Iterator[Ink] = iter(())
        self._goes_on = QTimer(self)
        self._goes_on.setSingleShot(True)
        self._goes_on.setInterval(0)
        self._goes_on.timeout.connect(self._paint_lines)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is painted."""
        return not self._goes_on.isActive()

    def pixmap(self, drawing: Original, paper: Paper, dragged: bool) -> QPixmap:
        """The drawing on that paper, as far as it is painted."""
        if self._painted is None or paper != self.paper:
            self.paper = paper
            self._begin_anew(drawing, dragged)
        return self._pixmap

    def follow(self, drawing: Original, paper: Paper, dragged: bool) -> bool:
        """Paint what the drawing has more than before; whether that is only more of its last
        stroke. On other paper, nothing: it is painted when it is asked for."""
        before = self._painted
        if before is None or paper != self.paper:
            self._painted = None
            return False
        self._painted = drawing
        if shows_the_same(drawing, before):
            return False
        added = _added(before, drawing)
        if added is None:
            self._begin_anew(drawing, dragged)
            return False
        if added.tool == "eraser":
            self.lines = erased(self.lines, added, drawing.size)
            self._paint_anew(drawing, dragged)
            return False
        goes_on = len(drawing.strokes) == len(before.strokes)
        if goes_on:
            self.lines.pop()
        self.lines.append(ink_of(drawing.strokes[-1], drawing.size))
        pieces = _pieces_of(ink_of(added, drawing.size))
        self._unpainted = iter([*self._unpainted, *pieces])  # a stroke from a file may be long
        self._paint_lines()
        return goes_on

    def _begin_anew(self, drawing: Original, dragged: bool) -> None:
        self._painted = drawing
        self.lines = list(visible_ink(drawing)) if isinstance(drawing, Drawing) else []
        self._paint_anew(drawing, dragged)

    def _paint_anew(self, drawing: Original, dragged: bool) -> None:
        assert self.paper is not None
        theme, ratio = self.paper.theme, self.paper.ratio
        side = max(1, round(self.paper.side * ratio))
        self._pixmap = QPixmap(side, side)
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(QColor(theme.paper))
        painter = self._painter(drawing.size)
        is_ruled = self.paper.is_ruled
        if isinstance(drawing, Picture) and not (is_ruled and drawing.as_it_is):
            _paint_picture(painter, drawing, theme, ratio, dragged)
        elif is_ruled:
            if isinstance(drawing, Picture):
                paint_written(painter, drawing, theme)
            paint_lines(painter, drawing.size, theme)
        painter.end()
        self._unpainted = (piece for line in self.lines for piece in _pieces_of(line))
        self._paint_lines()

    def _paint_lines(self) -> None:
        """Paint what is left of the ink, for a moment; a dense scribble takes several."""
        assert self._painted is not None
        size = self._painted.size
        until = time.monotonic() + _SLICE
        painter, reached = self._painter(size), QRectF()
        for piece in self._unpainted:
            _paint_line(painter, piece, size)
            reached |= _reach_of(piece, size)
            if time.monotonic() > until:
                self._goes_on.start()
                break
        painter.end()
        self.spread.emit(reached)

    def _painter(self, size: float) -> QPainter:
        """A painter on the pixmap in the drawing's units."""
        assert self.paper is not None
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.paper.side / size
        painter.scale(scale, scale)
        painter.setPen(QPen(QColor(self.paper.theme.ink), 1, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))  # fmt: skip
        return painter


def _paint_picture(
    painter: QPainter, picture: Picture, theme: Theme, ratio: float, dragged: bool
) -> None:
    """Its own pixels, lying on the desk: seen one by one where they are large."""
    rows, columns = picture.grey.shape
    image = QImage(picture.grey.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
    to_pixels = painter.transform().m11() / ratio
    large = picture.scale * to_pixels >= _LARGE_PIXEL
    where = QRectF(*picture.corner, columns * picture.scale, rows * picture.scale)
    radius = CORNER / to_pixels
    sheet = QPainterPath()
    sheet.addRoundedRect(QRectF(0, 0, picture.size, picture.size), radius, radius)
    painter.save()
    painter.setClipPath(sheet)
    painter.fillRect(sheet.boundingRect(), QColor(theme.window))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=not large)
    painter.drawImage(where, image)
    if not picture.as_it_is:
        painter.drawImage(where, overlay(picture, theme, dragged))
    painter.setPen(QPen(QColor(theme.line), theme.stroke / to_pixels))
    painter.drawRect(where)
    painter.restore()


def _added(before: Original, after: Original) -> Stroke | None:
    """What `after` has more than `before`: a new stroke, or the new end of the last one.

    The end begins with the last point that was there before. None where they differ otherwise.
    """
    if isinstance(before, Picture):
        return None
    old, new = before.strokes, after.strokes
    if new[: len(old)] == old and len(new) == len(old) + 1:
        return new[-1]
    if not old or len(new) != len(old) or new[:-1] != old[:-1]:
        return None
    first, longer = old[-1], new[-1]
    count = len(first.points)
    if (first.tool, first.width) != (longer.tool, longer.width) or len(longer.points) < count:
        return None
    if not np.array_equal(longer.points[:count], first.points):
        return None
    return longer.cut(None, begin=count - 1)


def _pieces_of(line: Ink) -> Iterator[Ink]:
    """A line in pieces that are quickly painted: what crosses itself often takes ever longer."""
    for k in range(0, max(1, len(line.points) - 1), _AT_ONCE):
        part = slice(k, k + _AT_ONCE + 1)
        yield Ink(line.points[part], line.weight[part])


def _reach_of(line: Ink, size: float) -> QRectF:
    """What it covers, in canvas units."""
    left, top = line.points.min(axis=0).tolist()
    right, bottom = line.points.max(axis=0).tolist()
    half = float(line.weight.max()) * NOMINAL_WIDTH * size / 2
    return QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-half, -half, half, half)


def _paint_line(painter: QPainter, line: Ink, size: float) -> None:
    """One line of ink, its width where it is even at once, else piece by piece."""
    points = [QPointF(x, y) for x, y in line.points]
    pen = painter.pen()
    if len(points) == 1:
        pen.setWidthF(line.weight[0] * NOMINAL_WIDTH * size)
        painter.setPen(pen)
        painter.drawPoint(points[0])
    elif np.ptp(line.weight) == 0:
        pen.setWidthF(line.weight[0] * NOMINAL_WIDTH * size)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
    else:
        for k, weight in enumerate((line.weight[1:] + line.weight[:-1]) / 2):
            pen.setWidthF(weight * NOMINAL_WIDTH * size)
            painter.setPen(pen)
            painter.drawLine(points[k], points[k + 1])
