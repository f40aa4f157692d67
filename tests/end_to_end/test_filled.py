"""Views that say that nothing is to be seen through them fill all of themselves."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget

from rnn_desk.app.actions import draw

LEFT = 0xFFFF00FF
"""A colour that no view has."""


def filling(desk):
    """The views that are seen now and fill themselves."""
    opaque = Qt.WidgetAttribute.WA_OpaquePaintEvent
    return [
        view
        for view in desk.window.findChildren(QWidget)
        if view.testAttribute(opaque)
        and view.isVisible()
        and type(view).__module__.startswith("rnn_desk")
    ]


@pytest.mark.parametrize("empty", [True, False])
def test_no_pixel_is_left_as_it_was(desk, settle, own_drawings, empty):
    if not empty:
        desk.store.do(draw.put, own_drawings[0])
        settle()
    views = filling(desk)
    assert len({type(view) for view in views}) >= 8
    for view in views:
        image = QImage(view.size(), QImage.Format.Format_RGB32)
        image.fill(LEFT)
        view.render(image, QPoint(), QRegion(), QWidget.RenderFlag(0))
        pixels = np.frombuffer(image.constBits(), np.uint32)
        assert not (pixels == LEFT).any(), view


def on_screen(view):
    """What the screen has where the view is."""
    window, corner = view.window(), view.mapTo(view.window(), QPoint())
    whole = window.screen().grabWindow(window.winId()).toImage()
    ratio = whole.devicePixelRatio()
    return whole.copy(QRect(corner * ratio, view.size() * ratio))


def test_ink_that_is_painted_as_it_comes_is_as_if_painted_at_once(desk, qtbot):
    canvas, window = desk.window.canvas, desk.window
    button, sheet = Qt.MouseButton.LeftButton, desk.window.canvas.sheet()
    for stroke in (((0.2, 0.2), (0.7, 0.3), (0.4, 0.8)), ((0.5, 0.1), (0.9, 0.9), (0.93, 0.91))):
        places = [(sheet.topLeft() + QPointF(x, y) * sheet.width()).toPoint() for x, y in stroke]
        qtbot.mousePress(canvas, button, pos=places[0])
        for place in places[1:]:
            qtbot.mouseMove(canvas, place)
            qtbot.waitUntil(lambda: on_screen(canvas) == window.grab(rect_of(canvas)).toImage())
        qtbot.mouseRelease(canvas, button, pos=places[-1])


def rect_of(view):
    """Where it is in its window."""
    return QRect(view.mapTo(view.window(), QPoint()), view.size())
