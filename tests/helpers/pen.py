"""A pen for tests: real Qt events on the real canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.qt.views.canvas import CanvasView

LEFT = Qt.MouseButton.LeftButton


def on_widget(canvas: CanvasView, x: float, y: float) -> QPointF:
    """Canvas units as pixels of the widget: the other way than its hand's `_to_canvas`."""
    sheet = canvas.sheet()
    scale = sheet.width() / CANVAS_SIZE
    return QPointF(sheet.x() + x * scale, sheet.y() + y * scale)


def draw(canvas: CanvasView, drawing: Drawing, button: Qt.MouseButton = LEFT) -> None:
    """Every stroke of the drawing with the mouse: press, move, release, in whole pixels."""
    for stroke in drawing.strokes:
        draw_stroke(canvas, [tuple(point) for point in stroke.points], button)


def draw_stroke(
    canvas: CanvasView, points: list[tuple[float, float]], button: Qt.MouseButton = LEFT
) -> None:
    """One stroke through points in canvas units."""
    begin_stroke(canvas, points, button)
    end_stroke(canvas, points, button)


def begin_stroke(
    canvas: CanvasView, points: list[tuple[float, float]], button: Qt.MouseButton = LEFT
) -> None:
    """Likewise, and the pen is still down."""
    first, *others = (on_widget(canvas, x, y).toPoint() for x, y in points)
    QTest.mousePress(canvas, button, Qt.KeyboardModifier.NoModifier, first)
    for place in others:
        QTest.mouseMove(canvas, place)


def end_stroke(
    canvas: CanvasView, points: list[tuple[float, float]], button: Qt.MouseButton = LEFT
) -> None:
    """Lift the pen at the last point."""
    last = on_widget(canvas, *points[-1]).toPoint()
    QTest.mouseRelease(canvas, button, Qt.KeyboardModifier.NoModifier, last)


def hover(widget: QWidget, at: QPoint) -> None:
    """The mouse over a place of a widget, with no button pressed.

    QTest moves the screen's pointer instead, which tells nobody where it stands there already, or
    whichever window lies above.
    """
    where = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        widget.mapToGlobal(where),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def tablet(
    canvas: CanvasView,
    kind: QEvent.Type,
    at: QPointF,
    pressure: float,
    pointer: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
) -> None:
    """One event of a stylus, as Qt makes it of a driver's."""
    device = QPointingDevice(
        "stylus",
        1,
        QInputDevice.DeviceType.Stylus,
        pointer,
        QInputDevice.Capability.Pressure,
        1,
        1,
    )
    event = QTabletEvent(
        kind, device, at, canvas.mapToGlobal(at), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, LEFT, LEFT,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def place_of(canvas: CanvasView, x: float, y: float) -> QPoint:
    """Canvas units as a pixel of the widget."""
    return on_widget(canvas, x, y).toPoint()
