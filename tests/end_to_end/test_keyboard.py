"""Everything can be reached by the keyboard, is seen to be reached, and has a name."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider, QToolButton, QWidget

from rnn_desk.app.actions import draw, point
from rnn_desk.app.values import Unit
from rnn_desk.core.errors import Refused
from rnn_desk.qt.style.theme import THEMES
from rnn_desk.qt.views.view import View
from tests.helpers import pen
from tests.helpers.engine import reader_of


@pytest.fixture
def full(desk, settle, own_drawings):
    """A desk with a reading, and every panel that there is."""
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 3))
    settle()
    desk.actions["gradient"].trigger()
    settle()
    return desk


def by_tab(window):
    """Every widget that Tab reaches, in order, from the canvas on until it is there again."""
    window.canvas.setFocus()
    reached = []
    while window.canvas not in reached:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() not in reached, "Tab goes in a circle that leaves things out"
        reached.append(window.focusWidget())
    return reached


def raise_each_panel(window):
    for name, dock in window.docks.items():
        dock.show()
        dock.raise_()
        QApplication.processEvents()
        yield name


def focusable(window):
    """What a person may want to reach: every control, and every view."""
    for widget in window.findChildren(QWidget):
        wanted = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QToolButton)
        if wanted and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            yield widget


def test_tab_reaches_every_control_and_every_view(full):
    for name in raise_each_panel(full.window):
        reached = set(by_tab(full.window))
        missed = [
            (name, type(w).__name__, w.objectName(), w.accessibleName() or w.toolTip())
            for w in focusable(full.window)
            if w not in reached and w.parent().metaObject().className() not in _QTS_OWN
        ]
        assert missed == []


_QTS_OWN = {"QTabBar", "QDockWidget", "QMenuBar"}
"""Whose buttons have keys of their own: Ctrl+Tab, the View menu, Alt."""


def test_everything_that_is_reached_has_a_name(full):
    for _ in raise_each_panel(full.window):
        for widget in by_tab(full.window):
            told = QAccessible.queryAccessibleInterface(widget)
            assert told.text(QAccessible.Text.Name).strip(), widget


def test_every_view_has_a_name(full):
    for _ in raise_each_panel(full.window):
        views = [view for view in full.window.findChildren(View) if view.isVisible()]
        assert len(views) >= 7
        assert [view for view in views if not view.accessibleName()] == []


def picture(widget):
    """The widget with what is around it, as it stands in its window."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    assert not place.isEmpty(), (widget, place)
    image = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()].reshape(
        image.height(), image.width(), 4
    )[..., 2::-1].astype(float)  # fmt: skip


def luminance(pixels):
    """Relative luminance of WCAG 2.2."""
    part = pixels / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_is_seen_in_every_theme(full, name):
    """As WCAG 2.2 asks: a change of contrast of 3 to 1, over as much as a line around it."""
    full.actions[f"theme_{name}"].trigger()
    QApplication.processEvents()
    for widget in by_tab(full.window):
        other = full.window.header.model
        (full.window.header.compare if widget is other else other).setFocus()
        before = luminance(picture(widget))
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        after = luminance(picture(widget))
        ratio = (np.maximum(before, after) + 0.05) / (np.minimum(before, after) + 0.05)
        around = 2 * (min(widget.width(), widget.height()))  # a slider's groove may be under it
        assert (ratio >= 3).sum() >= around, (name, widget, widget.accessibleName())


def test_the_frame_follows_the_size_and_is_one(full):
    view = full.window.answer
    view.setFocus(Qt.FocusReason.TabFocusReason)
    full.window.resize(1600, 900)
    QApplication.processEvents()
    assert full.appearance.ring.frame.geometry() == view.rect()
    full.window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert full.appearance.ring.frame.parentWidget() is full.window.canvas


def test_units_are_reached_by_keys(full):
    window = full.window
    full.store.do(point.pin_unit, Unit(0, 0, 0))
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert full.store.state.pointed.unit == Unit(0, 0, 2)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert full.store.state.pointed.unit == Unit(0, 0, 1)
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert full.store.state.pointed.unit == Unit(0, 1, 1)
    QTest.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert full.store.state.pointed.unit == Unit(0, 0, 1)


def test_in_another_order_the_next_unit_is_the_one_beside_it(full):
    view = full.window.reading.rows.views()[1]
    view.order_by("peak")
    full.store.do(point.pin_unit, Unit(0, 0, int(view._order[0])))
    for _ in range(2):
        QTest.keyClick(full.window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert full.store.state.pointed.unit == Unit(0, 0, int(view._order[2]))


def test_digits_come_onto_the_canvas_one_after_the_other(full, settle, qtbot):
    """For whoever has no pen."""
    before = full.store.state.canvas.shown
    for label in (*range(10), 0, 1):
        with qtbot.waitSignal(full.store.canvas_changed):
            QTest.keyClick(full.window, Qt.Key.Key_D)
        assert full.store.state.canvas.shown.label == label
    settle()
    expected = reader_of(full.models.loaded[0]).read_drawing(full.store.state.canvas.shown)
    assert full.trace.answer == expected.answer
    for _ in range(12):
        full.store.do(draw.undo)
    assert full.store.state.canvas.shown is before


def test_a_slider_that_has_the_focus_is_moved_by_its_keys(full):
    full.window.docks["lab"].show()
    full.window.docks["lab"].raise_()
    slider = next(s for s in full.window.panels.lab.findChildren(QSlider) if s.isEnabled())
    slider.setFocus()
    before = slider.value()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == before + 1


def test_a_message_is_reached_and_closed_by_keys(full):
    banner = full.window.banner
    banner.say(Refused("no"))
    assert banner.close_button in by_tab(full.window)
    QTest.keyClick(full.window, Qt.Key.Key_Escape)
    assert banner.isHidden()
    banner.say(Refused("no"))
    banner.close_button.setFocus()
    QTest.keyClick(banner.close_button, Qt.Key.Key_Space)
    assert banner.isHidden()


def test_a_click_into_a_view_draws_no_frame_around_it(full):
    QTest.mouseClick(full.window.answer, Qt.MouseButton.LeftButton)
    assert full.window.answer.hasFocus()
    assert full.appearance.ring.frame is None
