"""What a hand does on the sheet, by pen, finger or mouse: it makes strokes, or drags a box."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from rnn_desk.app.actions import draw
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
from rnn_desk.core.picture import Picture
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.views.box_grip import Grip, grip_at
from rnn_desk.qt.views.found_ink import box_read, place_of

PEN_WIDTHS = {"thin": 0.6, "normal": 1.0, "thick": 1.6}
"""Multiples of the ordinary pen's width."""

MAX_STROKE_POINTS = 20_000
"""Points of one stroke; what is drawn after them is dropped until the pen is lifted."""


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


class Hand:
    """One stroke at a time, or one box, whatever else touches the sheet meanwhile.

    Every movement makes a new Stroke and gives it to the store at once. Places are the widget's
    pixels. sheet: where the sheet lies in the widget. refuse: hears why the pen or the eraser does
    nothing, or nothing more.
    """

    def __init__(
        self, store: QtStore, sheet: Callable[[], QRectF], refuse: Callable[[Refused], object]
    ) -> None:
        self._store = store
        self._sheet = sheet
        self._refuse = refuse
        self._pen: _Pen | None = None
        self._grip: Grip | None = None  # that of the picture's box, while it is dragged
        self._dragging = ""  # by which device
        self._began = time.monotonic()

    @property
    def draws(self) -> bool:
        """Whether a stroke is being made."""
        return self._pen is not None

    @property
    def drags(self) -> bool:
        """Whether the box round a picture's digit is being dragged."""
        return self._grip is not None

    def _to_canvas(self, position: QPointF) -> tuple[float, float]:
        """Widget pixels to canvas units; what lies outside is brought to the edge."""
        sheet = self._sheet()
        scale = CANVAS_SIZE / sheet.width()
        x, y = (position.x() - sheet.x()) * scale, (position.y() - sheet.y()) * scale
        return min(max(x, 0.0), CANVAS_SIZE), min(max(y, 0.0), CANVAS_SIZE)

    def grip_at(self, where: QPointF) -> Grip | None:
        """What of the box round the picture's digit lies there, if anything."""
        picture = self._store.state.canvas.shown
        box = box_read(picture) if isinstance(picture, Picture) else None
        if box is None or self._store.state.look.tool == "eraser":
            return None
        assert isinstance(picture, Picture)
        return grip_at(place_of(box, picture, self._sheet()), where.x(), where.y())

    def down(self, device: str, where: QPointF, pressure: float | None, erase: bool) -> None:
        """Begin a stroke, or take the box by what lies there. pressure: 0 to 1, None where the
        device feels none."""
        if self._pen is not None or self._grip is not None:
            return
        if not erase and (grip := self.grip_at(where)) is not None:
            self._grip, self._dragging = grip, device
            return
        tool: Tool = "eraser" if erase or self._store.state.look.tool == "eraser" else "ink"
        if tool == "eraser" and isinstance(self._store.state.canvas.shown, Picture):
            self._refuse(
                Refused("A picture cannot be erased in part: clear the canvas, or draw a new digit")
            )
            return
        width = None
        pen_width = self._store.state.look.pen_width
        if tool == "ink" and pen_width != "normal":
            width = PEN_WIDTHS[pen_width] * NOMINAL_WIDTH * CANVAS_SIZE
        most = self._room(tool)
        if most < 1:
            self._refuse(Refused("The sheet is full: clear it, or undo some strokes"))
            return
        self._pen = _Pen(tool, width, device, [], None if pressure is None else [], [], most)
        self._extend(self._pen, where, pressure)

    def move(self, device: str, where: QPointF, pressure: float | None) -> None:
        """Go on with what that device began, if it began anything."""
        if self._grip is not None and self._dragging == device:
            self._drag_box(self._grip, where)
        elif self._pen is not None and self._pen.device == device:
            self._extend(self._pen, where, pressure)

    def up(self, device: str) -> None:
        """End what that device began."""
        if self._grip is not None and self._dragging == device:
            self._grip = None
            self._store.do(draw.drop_box)
        elif self._pen is not None and self._pen.device == device:
            self._pen = None
            self._store.do(draw.finish)

    def cancel(self, device: str) -> None:
        """Take back what that device began: the system says that it meant none of it."""
        if self._grip is not None and self._dragging == device:
            self._grip = None
            self._store.do(draw.leave_box)
        elif self._pen is not None and self._pen.device == device:
            self._pen = None
            self._store.do(draw.abandon)

    def follow(self) -> None:
        """Let go of a stroke that was undone, or whose sheet is another one: what the hand goes on
        with is none."""
        if self._pen is not None and self._pen.points and self._store.state.canvas.live is None:
            self._pen = None

    def _room(self, tool: Tool) -> int:
        """Points that a stroke may have, so that no drawing is made that could not be read again;
        0 where there can be no other stroke."""
        done = self._store.state.canvas.finished
        strokes = done.strokes if isinstance(done, Drawing) else ()
        if len(strokes) >= MAX_STROKES:
            return 0
        most = min(MAX_STROKE_POINTS, MAX_POINTS - sum(len(each.points) for each in strokes))
        return min(most, room_to_wipe(strokes)) if tool == "eraser" else most

    def _drag_box(self, grip: Grip, where: QPointF) -> None:
        picture = self._store.state.canvas.shown
        if not isinstance(picture, Picture):
            self._grip = None  # something else lies there by now
            return
        box = box_read(picture)
        if box is not None:
            x, y = self._to_canvas(where)
            left, top = picture.corner
            to_picture = picture.size / CANVAS_SIZE / picture.scale
            x, y = x * to_picture - left / picture.scale, y * to_picture - top / picture.scale
            self._store.do(draw.drag_box, grip.moved(box, x, y, *picture.grey.shape))

    def _extend(self, pen: _Pen, where: QPointF, pressure: float | None) -> None:
        point = self._to_canvas(where)
        if pen.points and pen.points[-1] == point:
            return
        if len(pen.points) >= pen.most:
            if not pen.full:
                pen.full = True
                self._refuse(Refused("This stroke can take no more points: lift the pen"))
            return
        pen.points.append(point)
        if pen.pressure is not None:
            pen.pressure.append(min(max(pressure or 0.0, 0.0), 1.0))
        press = None if pen.pressure is None else np.array(pen.pressure)
        pen.seconds.append(time.monotonic() - self._began)
        seconds = np.array(pen.seconds)
        self._store.do(
            draw.show_live, Stroke(np.array(pen.points), pen.tool, pen.width, press, seconds)
        )
