"""Views that say that nothing is to be seen through them fill all of themselves."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
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
