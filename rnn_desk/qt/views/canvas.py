"""The paper: takes the pen, the finger or the mouse, and shows the ink, or a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QMargins, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.drawing import (
    Drawing,
)
from rnn_desk.core.ink import ERASER_WIDTH
from rnn_desk.core.picture import Picture
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import set_tip
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.canvas_hand import Hand
from rnn_desk.qt.views.canvas_ink import CORNER, CanvasInk, Paper
from rnn_desk.qt.views.canvas_marks import paint_frame, paint_unread, picture_on
from rnn_desk.qt.views.found_ink import paint_boxes
from rnn_desk.qt.views.view import View
from rnn_desk.qt.views.writing.ink import ghost_image

_VEILED = 242
"""Opacity, of 255, of what lies over the drawing while nothing is asked of it."""

_BLUR = QMargins(2, 2, 2, 2)
"""Pixels around ink into which its smoothed edge reaches."""


class CanvasView(View):
    """A square sheet in the middle of the widget, `CANVAS_SIZE` canvas units a side.

    The right mouse button and the other end of a stylus erase. A picture lies there until the pen
    begins a new sheet.
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
        self.hand = Hand(store, self.sheet, self.refused.emit)
        self.ink = CanvasInk(self)
        self.ink.spread.connect(self._ink_spread)
        self._button = Qt.MouseButton.NoButton
        self._hover: QPointF | None = None
        self._trace: Trace | None = None
        self._ghost: tuple[Array, int] | None = None  # endings, and how many rows are the drawing's
        self._ghost_image: QImage | None = None
        self._ghost_pixmap: QPixmap | None = None
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
            self.hand.down("tablet", event.position(), event.pressure(), erase=other_end)
        elif kind == QEvent.Type.TabletMove:
            self.hand.move("tablet", event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease:
            self.hand.up("tablet")
        event.accept()  # else Qt makes a mouse event of it, and the stroke comes twice

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            erase = event.button() == Qt.MouseButton.RightButton
            if not self.hand.draws:
                self._button = event.button()
            self.hand.down("mouse", event.position(), None, erase=erase)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The pen's: a dot is made quickly."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = event.position()
        if not (self.hand.draws or self.hand.drags):
            grip = self.hand.grip_at(event.position())
            self.setCursor(Qt.CursorShape.CrossCursor if grip is None else grip.cursor)
        if not event.buttons():  # its release went to a window that has come between
            self.hand.up("mouse")
        self.hand.move("mouse", event.position(), None)
        if self.store.state.look.tool == "eraser":
            self.update()  # its circle follows the pointer

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == self._button or not event.buttons():
            self.hand.up("mouse")

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
            self.hand.down("touch", where, None, erase=False)
        elif event.type() == QEvent.Type.TouchUpdate:
            self.hand.move("touch", where, None)
        elif event.type() == QEvent.Type.TouchEnd:
            self.hand.up("touch")
        else:
            self.hand.cancel("touch")
        event.accept()

    # Painting. Ink is painted onto a pixmap as it comes; paintEvent only lays that down.

    @property
    def _paper(self) -> Paper:
        ruled = self.store.state.writing.on
        return Paper(self.sheet().width(), self.devicePixelRatioF(), self.theme, ruled)

    @property
    def _is_dragged(self) -> bool:
        """Whether the box of the picture that is shown is being dragged."""
        canvas = self.store.state.canvas
        return canvas.shown is canvas.dragged

    def _drawing_changed(self) -> None:
        self.hand.follow()
        drawing = self.store.state.canvas.shown
        if isinstance(drawing, Picture) != bool(self.toolTip()):
            self._set_tip()
        if not self.ink.follow(drawing, self._paper, self._is_dragged):
            self.update()

    def _rule(self) -> None:
        """Lines to write between, or none."""
        if self.ink.paper != self._paper:
            self.update()

    def _ink_spread(self, reached: QRectF) -> None:
        """Of the widget, that part is painted anew in which there is more of the ink."""
        sheet = self.sheet()
        to_widget = sheet.width() / self.store.state.canvas.shown.size
        corner = sheet.topLeft() + reached.topLeft() * to_widget
        self.update(QRectF(corner, reached.size() * to_widget).toAlignedRect() + _BLUR)

    def paintEvent(self, event: QPaintEvent) -> None:
        state, theme, sheet = self.store.state, self.theme, self.sheet()
        drawing, dreams = state.canvas.shown, state.writing.dreams
        pixmap = self.ink.pixmap(drawing, self._paper, self._is_dragged)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.window))
        painter.drawPixmap(sheet.topLeft(), pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if drawing.is_empty and not dreams:
            painter.setPen(QColor(theme.muted))
            margin = sheet.width() * 0.15
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(sheet.adjusted(margin, 0, -margin, 0), flags, self.hint)
        raster = None if self._trace is None else self._trace.raster
        if isinstance(drawing, Picture) and raster is not None and not self.hand.drags:
            paint_frame(painter, sheet, drawing.size, raster, theme)
        if isinstance(drawing, Picture) and not drawing.as_it_is:
            paint_boxes(painter, drawing, sheet, theme)
        hidden = None if state.canvas.pen_is_down else state.unread_from
        row = state.pointed.row
        paint_unread(painter, sheet, drawing.size, self._trace, row, hidden, theme)
        if dreams and not drawing.is_empty:
            painter.fillRect(sheet, self._over_ink)
        seen = None if dreams else raster  # something else is dreamt than what was read
        self._paint_ghost(painter, picture_on(sheet, seen, drawing.size))
        self._paint_eraser(painter, sheet)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line), theme.stroke))
        painter.drawRoundedRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)

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

    def _paint_eraser(self, painter: QPainter, sheet: QRectF) -> None:
        erasable = isinstance(self.store.state.canvas.shown, Drawing)
        if self.store.state.look.tool != "eraser" or self._hover is None or not erasable:
            return
        radius = ERASER_WIDTH * sheet.width() / 2
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        painter.drawEllipse(self._hover, radius, radius)
