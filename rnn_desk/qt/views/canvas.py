"""The paper: takes the pen, the finger or the mouse, and shows the ink, or a picture."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QMargins, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QPolygonF,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.app.actions import draw
from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.drawing import (
    CANVAS_SIZE,
    MAX_POINTS,
    MAX_STROKES,
    NOMINAL_WIDTH,
    Drawing,
    Stroke,
    Tool,
    room_to_wipe,
)
from rnn_desk.core.errors import Refused
from rnn_desk.core.ink import ERASER_WIDTH, Ink, erased, ink_of, visible_ink
from rnn_desk.core.picture import Original, Picture, shows_the_same
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import set_tip
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.box_grip import Grip, grip_at
from rnn_desk.qt.views.found_ink import box_read, overlay, paint_boxes, place_of
from rnn_desk.qt.views.view import View
from rnn_desk.qt.views.writing.ink import ghost_image
from rnn_desk.qt.views.writing.sheet import paint_lines, paint_written

PEN_WIDTHS = {"thin": 0.6, "normal": 1.0, "thick": 1.6}
"""Multiples of the ordinary pen's width."""

MAX_STROKE_POINTS = 20_000
"""Points of one stroke; what is drawn after them is dropped until the pen is lifted."""

_CORNER = 4
"""Pixels: the radius of the sheet's corners."""

_LARGE_PIXEL = 4.0
"""Pixels of the screen; one of a picture that is as wide is shown as a square."""

_SLICE = 0.05
"""Seconds for which ink is painted before the window has its turn again."""

_VEILED = 242
"""Opacity, of 255, of what lies over the drawing while nothing is asked of it."""

_AT_ONCE = 200
"""Points of a line that are painted as one."""

_BLUR = QMargins(2, 2, 2, 2)
"""Pixels around ink into which its smoothed edge reaches."""

_HALO = 190
"""Opacity, of 255, of what lies beneath a dashed line."""


@dataclass
class _Pen:
    """The stroke being made: where it went, and with what."""

    tool: Tool
    width: float | None
    device: str
    points: list[tuple[float, float]]
    pressure: list[float] | None
    seconds: list[float]
    most: int
    full: bool = False


class CanvasView(View):
    """A square sheet in the middle of the widget, `CANVAS_SIZE` canvas units a side.

    Every movement makes a new Stroke and gives it to the store at once. The right mouse button
    and the other end of a stylus erase. A picture lies there until the pen begins a new sheet.
    """

    refused = Signal(object)
    """A Refused: why the pen or the eraser does nothing, or nothing more."""

    def __init__(
        self,
        store: QtStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.hint = ""
        self._pen: _Pen | None = None
        self._grip: Grip | None = None  # that of the picture's box, while it is dragged
        self._dragging = ""  # by which device
        self._button = Qt.MouseButton.NoButton
        self._hover: QPointF | None = None
        self._trace: Trace | None = None
        self._lines: list[Ink] = []  # the ink to be seen, the stroke being made included
        self._painted: Original | None = None  # what the pixmap shows
        self._ghost: tuple[Array, int] | None = None  # endings, and how many rows are the drawing's
        self._ghost_image: QImage | None = None
        self._ghost_pixmap: QPixmap | None = None
        self._pixmap = QPixmap()
        self._unpainted: Iterator[Ink] = iter(())
        self._is_ruled = store.state.writing.on
        self._goes_on = QTimer(self)
        self._goes_on.setSingleShot(True)
        self._goes_on.setInterval(0)
        self._goes_on.timeout.connect(self._paint_ink)
        self._began = time.monotonic()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_words()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        store.canvas_changed.connect(self._drawing_changed)
        store.pointed_changed.connect(self.update)
        store.writing_changed.connect(self._rule)
        store.look_changed.connect(self.update)
        store.teaching_changed.connect(self.update)

    # The sheet.

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def sheet(self) -> QRectF:
        """Where the sheet lies in the widget."""
        side = float(min(self.width(), self.height()))
        return QRectF((self.width() - side) / 2, 0, side, side)

    def to_canvas(self, position: QPointF) -> tuple[float, float]:
        """Widget pixels to canvas units; what lies outside is brought to the edge."""
        sheet = self.sheet()
        scale = CANVAS_SIZE / sheet.width()
        x, y = (position.x() - sheet.x()) * scale, (position.y() - sheet.y()) * scale
        return min(max(x, 0.0), CANVAS_SIZE), min(max(y, 0.0), CANVAS_SIZE)

    # What is shown beside the ink.

    def set_words(self) -> None:
        self.setAccessibleName(tr("Canvas"))
        self._set_tip()

    def _set_tip(self) -> None:
        """What is to be known of a picture; ink speaks for itself."""
        tip = tr(
            "The network sees what is in the dashed frame. Drag the box where it lies wrong; the "
            "pen begins a new drawing."
        )
        set_tip(self, tip if isinstance(self.store.state.canvas.shown, Picture) else "")

    def theme_changed(self) -> None:
        self._painted = None
        if self._ghost is not None:
            self.show_ghost(*self._ghost)

    def set_hint(self, hint: str) -> None:
        """What an empty sheet says."""
        self.hint = hint
        self.update()

    def show_ghost(self, endings: Array | None, begun: int) -> None:
        """How the drawing could go on, `[n, side, side]`, below so many rows; None for nothing."""
        self._ghost = None if endings is None else (endings, begun)
        self._ghost_pixmap = None
        self._ghost_image = None if endings is None else ghost_image(endings, begun, self.theme)
        self.update()

    def show_trace(self, trace: Trace | None) -> None:
        """The reading whose row mark is to lie over the ink."""
        self._trace = trace
        if self.store.state.pointed.row is not None or isinstance(
            self.store.state.canvas.shown, Picture
        ):
            self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key's alone: the right mouse button erases."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            super().contextMenuEvent(event)

    def numbers(self) -> NDArray[np.float32] | None:
        """Every point of every stroke: its stroke, counted from 1, and where it is; of a picture,
        its grey levels."""
        if isinstance(self.store.state.canvas.shown, Picture):
            return self.store.state.canvas.shown.grey.astype(np.float32)
        strokes = self.store.state.canvas.shown.strokes
        lines = [np.insert(s.points, 0, k, axis=1) for k, s in enumerate(strokes, start=1)]
        return np.concatenate(lines).astype(np.float32) if lines else None

    def column_names(self) -> Sequence[str]:
        if isinstance(self.store.state.canvas.shown, Picture):
            return super().column_names()
        return [tr("stroke"), "x", "y"]

    def line_kind(self) -> str:
        return (
            super().line_kind()
            if isinstance(self.store.state.canvas.shown, Picture)
            else tr("point")
        )

    # The pen.

    def tabletEvent(self, event: QTabletEvent) -> None:
        other_end = event.pointerType() == QPointingDevice.PointerType.Eraser
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._down("tablet", event.position(), event.pressure(), erase=other_end)
        elif kind == QEvent.Type.TabletMove:
            self._move("tablet", event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease:
            self._up("tablet")
        event.accept()  # else Qt makes a mouse event of it, and the stroke comes twice

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            erase = event.button() == Qt.MouseButton.RightButton
            if self._pen is None:
                self._button = event.button()
            self._down("mouse", event.position(), None, erase=erase)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The pen's: a dot is made quickly."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = event.position()
        if self._pen is None and self._grip is None:
            grip = self._grip_at(event.position())
            self.setCursor(Qt.CursorShape.CrossCursor if grip is None else grip.cursor)
        if not event.buttons():  # its release went to a window that has come between
            self._up("mouse")
        self._move("mouse", event.position(), None)
        if self.store.state.look.tool == "eraser":
            self.update()  # its circle follows the pointer

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == self._button or not event.buttons():
            self._up("mouse")

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger draws; further ones are the ball of the hand, and are left out."""
        if not event.points():
            return
        where = event.points()[0].position()
        if event.type() == QEvent.Type.TouchBegin:
            self._down("touch", where, None, erase=False)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._move("touch", where, None)
        elif event.type() == QEvent.Type.TouchEnd:
            self._up("touch")
        elif self._grip is not None and self._dragging == "touch":
            self._grip = None
            self.store.do(draw.leave_box)
        elif self._pen is not None and self._pen.device == "touch":
            self._pen = None
            self.store.do(draw.abandon)
        event.accept()

    def _down(self, device: str, where: QPointF, pressure: float | None, erase: bool) -> None:
        if self._pen is not None or self._grip is not None:
            return  # one stroke at a time, whatever else touches the sheet
        if not erase and (grip := self._grip_at(where)) is not None:
            self._grip, self._dragging = grip, device
            return
        tool: Tool = "eraser" if erase or self.store.state.look.tool == "eraser" else "ink"
        if tool == "eraser" and isinstance(self.store.state.canvas.shown, Picture):
            self.refused.emit(
                Refused("A picture cannot be erased in part: clear the canvas, or draw a new digit")
            )
            return
        width = None
        pen_width = self.store.state.look.pen_width
        if tool == "ink" and pen_width != "normal":
            width = PEN_WIDTHS[pen_width] * NOMINAL_WIDTH * CANVAS_SIZE
        # No drawing is made that could not be read again.
        done = self.store.state.canvas.finished
        strokes = done.strokes if isinstance(done, Drawing) else ()
        most = min(MAX_STROKE_POINTS, MAX_POINTS - sum(len(each.points) for each in strokes))
        if tool == "eraser":
            most = min(most, room_to_wipe(strokes))
        if most < 1 or len(strokes) >= MAX_STROKES:
            self.refused.emit(Refused("The sheet is full: clear it, or undo some strokes"))
            return
        self._pen = _Pen(tool, width, device, [], None if pressure is None else [], [], most)
        self._extend(where, pressure)

    def _move(self, device: str, where: QPointF, pressure: float | None) -> None:
        if self._grip is not None and self._dragging == device:
            self._drag_box(where)
        elif self._pen is not None and self._pen.device == device:
            self._extend(where, pressure)

    def _up(self, device: str) -> None:
        if self._grip is not None and self._dragging == device:
            self._grip = None
            self.store.do(draw.drop_box)
        elif self._pen is not None and self._pen.device == device:
            self._pen = None
            self.store.do(draw.finish)

    def _grip_at(self, where: QPointF) -> Grip | None:
        """What of the box round the picture's digit lies there, if anything."""
        picture = self.store.state.canvas.shown
        box = box_read(picture) if isinstance(picture, Picture) else None
        if box is None or self.store.state.look.tool == "eraser":
            return None
        assert isinstance(picture, Picture)
        return grip_at(place_of(box, picture, self.sheet()), where.x(), where.y())

    def _drag_box(self, where: QPointF) -> None:
        picture = self.store.state.canvas.shown
        if self._grip is None or not isinstance(picture, Picture):
            self._grip = None  # something else lies there by now
            return
        box = box_read(picture)
        if box is not None:
            x, y = self.to_canvas(where)
            left, top = picture.corner
            to_picture = picture.size / CANVAS_SIZE / picture.scale
            x, y = x * to_picture - left / picture.scale, y * to_picture - top / picture.scale
            self.store.do(draw.drag_box, self._grip.moved(box, x, y, *picture.grey.shape))

    def _extend(self, where: QPointF, pressure: float | None) -> None:
        pen = self._pen
        assert pen is not None
        point = self.to_canvas(where)
        if pen.points and pen.points[-1] == point:
            return
        if len(pen.points) >= pen.most:
            if not pen.full:
                pen.full = True
                self.refused.emit(Refused("This stroke can take no more points: lift the pen"))
            return
        pen.points.append(point)
        if pen.pressure is not None:
            pen.pressure.append(min(max(pressure or 0.0, 0.0), 1.0))
        press = None if pen.pressure is None else np.array(pen.pressure)
        pen.seconds.append(time.monotonic() - self._began)
        seconds = np.array(pen.seconds)
        self.store.do(
            draw.show_live, Stroke(np.array(pen.points), pen.tool, pen.width, press, seconds)
        )

    # Painting. Ink is painted onto a pixmap as it comes; paintEvent only lays that down.

    def _drawing_changed(self) -> None:
        if self._pen is not None and self._pen.points and self.store.state.canvas.live is None:
            self._pen = None  # undone, or another sheet: what the hand goes on with is no stroke
        drawing = self.store.state.canvas.shown
        before, self._painted = self._painted, drawing
        grown = False
        if isinstance(drawing, Picture) or isinstance(before, Picture):
            self._set_tip()
        if before is None:
            self._painted = None  # never painted yet, or another size: paintEvent starts anew
        elif not shows_the_same(drawing, before):
            added = _added(before, drawing)
            if added is None:
                self._repaint_anew()
            elif added.tool == "eraser":
                self._lines = erased(self._lines, added, drawing.size)
                self._repaint()
            else:
                grown = len(drawing.strokes) == len(before.strokes)
                self._add_ink(added, drawing, goes_on=grown)
        if not grown:
            self.update()

    def _add_ink(self, added: Stroke, drawing: Original, goes_on: bool) -> None:
        """Paint the new end of the last stroke, and nothing else."""
        if goes_on:
            self._lines.pop()
        self._lines.append(ink_of(drawing.strokes[-1], drawing.size))
        pieces = _pieces_of(ink_of(added, drawing.size))
        self._unpainted = iter([*self._unpainted, *pieces])  # a stroke from a file may be long
        self._paint_ink()

    def _repaint_anew(self) -> None:
        drawing = self.store.state.canvas.shown
        self._lines = list(visible_ink(drawing)) if isinstance(drawing, Drawing) else []
        self._repaint()

    def _repaint(self) -> None:
        drawing = self.store.state.canvas.shown
        ratio = self.devicePixelRatioF()
        side = max(1, round(self.sheet().width() * ratio))
        self._pixmap = QPixmap(side, side)
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(QColor(self.theme.paper))
        painter = self._pixmap_painter()
        if isinstance(drawing, Picture) and not (self._is_ruled and drawing.as_it_is):
            self._paint_picture(painter, drawing)
        elif self._is_ruled:
            if isinstance(drawing, Picture):
                paint_written(painter, drawing, self.theme)
            paint_lines(painter, drawing.size, self.theme)
        painter.end()
        self._unpainted = (piece for line in self._lines for piece in _pieces_of(line))
        self._paint_ink()

    def _paint_ink(self) -> None:
        """Paint what is left of the ink, for a moment; a dense scribble takes several. Of the
        widget, that part is painted anew in which there is more of it."""
        size, sheet = self.store.state.canvas.shown.size, self.sheet()
        until = time.monotonic() + _SLICE
        painter, reached = self._pixmap_painter(), QRectF()
        for piece in self._unpainted:
            _paint_line(painter, piece, size)
            reached |= _reach_of(piece, size)
            if time.monotonic() > until:
                self._goes_on.start()
                break
        painter.end()
        to_widget = sheet.width() / size
        corner = sheet.topLeft() + reached.topLeft() * to_widget
        self.update(QRectF(corner, reached.size() * to_widget).toAlignedRect() + _BLUR)

    def _paint_picture(self, painter: QPainter, picture: Picture) -> None:
        """Its own pixels, lying on the desk: seen one by one where they are large."""
        rows, columns = picture.grey.shape
        image = QImage(
            picture.grey.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8
        )
        to_pixels = painter.transform().m11() / self.devicePixelRatioF()
        large = picture.scale * to_pixels >= _LARGE_PIXEL
        where = QRectF(*picture.corner, columns * picture.scale, rows * picture.scale)
        radius = _CORNER / to_pixels
        sheet = QPainterPath()
        sheet.addRoundedRect(QRectF(0, 0, picture.size, picture.size), radius, radius)
        painter.save()
        painter.setClipPath(sheet)
        painter.fillRect(sheet.boundingRect(), QColor(self.theme.window))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=not large)
        painter.drawImage(where, image)
        if not picture.as_it_is:
            dragged = picture is self.store.state.canvas.dragged
            painter.drawImage(where, overlay(picture, self.theme, dragged))
        painter.setPen(QPen(QColor(self.theme.line), self.theme.stroke / to_pixels))
        painter.drawRect(where)
        painter.restore()

    def _pixmap_painter(self) -> QPainter:
        """A painter on the pixmap in canvas units."""
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.sheet().width() / self.store.state.canvas.shown.size
        painter.scale(scale, scale)
        painter.setPen(QPen(QColor(self.theme.ink), 1, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))  # fmt: skip
        return painter

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._painted = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._painted is None:
            self._repaint_anew()
            self._painted = self.store.state.canvas.shown
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.window))
        sheet = self.sheet()
        painter.drawPixmap(sheet.topLeft(), self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.store.state.canvas.shown.is_empty and not self.store.state.writing.dreams:
            painter.setPen(QColor(self.theme.muted))
            margin = sheet.width() * 0.15
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(sheet.adjusted(margin, 0, -margin, 0), flags, self.hint)
        self._paint_frame(painter, sheet)
        if isinstance(picture := self.store.state.canvas.shown, Picture) and not picture.as_it_is:
            paint_boxes(painter, picture, sheet, self.theme)
        self._paint_unread(painter, sheet)
        if self.store.state.writing.dreams and not self.store.state.canvas.shown.is_empty:
            painter.fillRect(sheet, self._over_ink)
        self._paint_ghost(painter, self._picture_on(sheet))
        self._paint_eraser(painter, sheet)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.line), self.theme.stroke))
        painter.drawRoundedRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)

    @property
    def _over_ink(self) -> QColor:
        """What lies over the drawing while something else is dreamt there."""
        veil = QColor(self.theme.paper)
        veil.setAlpha(_VEILED)
        return veil

    def _paint_ghost(self, painter: QPainter, where: QRectF) -> None:
        """How the drawing could go on, softly: enlarged once, as the ink is painted more often."""
        if self._ghost_image is None:
            return
        size = where.size().toSize() * self.devicePixelRatioF()
        if self._ghost_pixmap is None or self._ghost_pixmap.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            keep = Qt.AspectRatioMode.IgnoreAspectRatio
            self._ghost_pixmap = QPixmap.fromImage(self._ghost_image.scaled(size, keep, smooth))
            self._ghost_pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawPixmap(where.topLeft(), self._ghost_pixmap)

    def _rule(self) -> None:
        """Lines to write between, or none."""
        if self._is_ruled != self.store.state.writing.on:
            self._is_ruled, self._painted = self.store.state.writing.on, None
            self.update()

    def _picture_on(self, sheet: QRectF) -> QRectF:
        """Where the picture that the network sees lies on the sheet; the sheet, where nothing is
        seen, or something else is dreamt."""
        raster = None if self._trace is None else self._trace.raster
        if raster is None or not raster.scale or self.store.state.writing.dreams:
            return sheet
        to_pixels = sheet.width() / self.store.state.canvas.shown.size / raster.scale
        left, top = (-each * to_pixels for each in raster.offset)
        side = raster.side * to_pixels
        return QRectF(sheet.x() + left, sheet.y() + top, side, side)

    def _paint_unread(self, painter: QPainter, sheet: QRectF) -> None:
        """The row looked at, where it lies on the drawing; what is below is still unread, and
        dimmed, or hidden."""
        state, trace = self.store.state, self._trace
        row = state.pointed.row
        hidden = None if state.canvas.pen_is_down else state.unread_from
        veil, paper = QColor(self.theme.window), QColor(self.theme.paper)
        veil.setAlpha(150)
        painter.setClipRect(sheet)
        if trace is None or not trace.raster.scale:
            if hidden is not None:  # where a row lies on it is not known
                painter.fillRect(sheet, paper)
        else:
            if row is not None:
                painter.fillRect(self._below(row, trace, sheet), veil)
            if hidden is not None:
                painter.fillRect(self._below(hidden - 1, trace, sheet), paper)
            if row is not None:
                painter.setPen(QPen(QColor(self.theme.accent), 2))
                painter.drawRect(self._band(row, trace, sheet))
        painter.setClipping(False)

    def _band(self, row: int, trace: Trace, sheet: QRectF) -> QRectF:
        """Where a row that is read lies on the sheet; a column, where columns are read."""
        raster = trace.raster
        to_pixels = sheet.height() / self.store.state.canvas.shown.size
        thick = to_pixels / raster.scale
        if trace.orientation.from_the_end:
            row = raster.side - 1 - row
        at = (row - raster.offset[0 if trace.turned else 1]) / raster.scale * to_pixels
        if trace.turned:
            return QRectF(sheet.x() + at, sheet.y() + 1, thick, sheet.height() - 2)
        return QRectF(sheet.x() + 1, sheet.y() + at, sheet.width() - 2, thick)

    def _below(self, row: int, trace: Trace, sheet: QRectF) -> QRectF:
        """What of the sheet comes after it."""
        band, rest = self._band(row, trace, sheet), QRectF(sheet)
        after = {
            (False, False): (rest.setTop, band.bottom),
            (False, True): (rest.setBottom, band.top),
            (True, False): (rest.setLeft, band.right),
            (True, True): (rest.setRight, band.left),
        }
        edge, end = after[trace.turned, trace.orientation.from_the_end]
        edge(end())
        return rest.intersected(sheet)

    def _paint_frame(self, painter: QPainter, sheet: QRectF) -> None:
        """Around that part of a picture which the network sees."""
        if not isinstance(self.store.state.canvas.shown, Picture) or self._trace is None:
            return
        raster = self._trace.raster
        if raster.scale and self._grip is None:
            side = raster.side / raster.scale
            x, y = (-offset / raster.scale for offset in raster.offset)
            to_pixels = sheet.width() / self.store.state.canvas.shown.size
            frame = QRectF(x * to_pixels, y * to_pixels, side * to_pixels, side * to_pixels)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = frame.translated(sheet.topLeft())
            painter.setClipRect(sheet)
            halo = QColor(self.theme.window)  # so that it is seen whatever the picture holds
            halo.setAlpha(_HALO)
            for pen in (QPen(halo, 3), QPen(QColor(self.theme.accent), 1, Qt.PenStyle.DashLine)):
                painter.setPen(pen)
                painter.drawRect(frame)
            painter.setClipping(False)

    def _paint_eraser(self, painter: QPainter, sheet: QRectF) -> None:
        erasable = isinstance(self.store.state.canvas.shown, Drawing)
        if self.store.state.look.tool != "eraser" or self._hover is None or not erasable:
            return
        radius = ERASER_WIDTH * sheet.width() / 2
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        painter.drawEllipse(self._hover, radius, radius)


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
