"""What was found in a picture: shown on the canvas, picked from the strip, corrected by the box."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from rnn_desk.core.drawing import Drawing
from rnn_desk.core.picture import Picture
from rnn_desk.qt.views.found_ink import box_read, handle, place_of
from tests.end_to_end.test_pictures import answer, image_of, wait_for_picture
from tests.helpers import pen


@pytest.fixture
def pair(desk, settle, qtbot, own_drawings, tmp_path):
    """The desk with a picture of a 4 and a 5, in a frame."""
    four, five = (next(each for each in own_drawings if each.label == n) for n in (4, 5))
    page = np.hstack([np.asarray(image_of(each)) for each in (four, five)])
    path = tmp_path / "both.png"
    Image.fromarray(np.pad(page, 9, constant_values=0)).save(path)
    desk.files.open(path)
    wait_for_picture(desk, qtbot)
    settle()
    return desk


def picture(desk):
    shown = desk.store.state.canvas.shown
    assert isinstance(shown, Picture)
    return shown


def test_corners_of_a_small_box_leave_its_digit_to_be_seen():
    small, large = QRectF(0, 0, 14, 20), QRectF(0, 0, 140, 200)
    assert 4 * handle(small) < 0.5 * small.width()
    assert handle(large) > 2 * handle(small)


def test_each_digit_has_a_button_and_is_picked_by_it(pair, settle):
    strip = pair.window.canvas_panel.found
    assert not strip.isHidden()
    assert [button.isChecked() for button in strip.buttons] == [True, False]
    assert answer(pair) == "4"
    QTest.mouseClick(strip.buttons[1], Qt.MouseButton.LeftButton)
    settle()
    assert answer(pair) == "5"
    assert [button.isChecked() for button in strip.buttons] == [False, True]
    pair.actions["undo"].trigger()
    settle()
    assert answer(pair) == "4"
    assert [button.isChecked() for button in strip.buttons] == [True, False]


def test_it_is_said_what_was_found_and_what_was_left_out(pair):
    said = pair.window.canvas_panel.found.caption.text()
    assert "Dark ink on bright paper" in said
    assert "2 digits" in said
    assert "left out: the edges" in said


def test_over_a_drawing_nothing_is_said(pair):
    pair.actions["clear"].trigger()
    assert pair.window.canvas_panel.found.isHidden()


def drag(canvas, start, *way):
    """Take what lies at a place of the widget, and let it go at the last one."""
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for place in way:
        QTest.mouseMove(canvas, place.toPoint())
    yield
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=way[-1].toPoint())
    yield


def test_the_box_is_dragged_and_what_it_holds_is_read_when_it_is_let_go(pair, settle):
    canvas = pair.window.canvas
    before = picture(pair)
    where = place_of(box_read(before), before, canvas.sheet())
    beyond = place_of(before.found.digits[1].box, before, canvas.sheet())
    hand = drag(
        canvas,
        QPointF(where.right(), where.center().y()),
        where.topRight(),
        QPointF(beyond.right() + 4, where.center().y()),
    )
    next(hand)
    settle()
    assert pair.store.state.canvas.finished is before
    assert box_read(picture(pair)).width > 1.8 * box_read(before).width
    assert "digit" not in vars(picture(pair))  # its ink was not looked for
    assert answer(pair) == "4"
    seen = canvas.grab().toImage()
    next(hand)
    settle()
    wide = picture(pair).digit.box
    assert wide.width > 1.8 * before.digit.box.width  # both digits, as one
    assert canvas.grab().toImage() != seen
    assert pair.store.state.canvas.finished is picture(pair)
    assert not any(button.isChecked() for button in pair.window.canvas_panel.found.buttons)
    pair.actions["undo"].trigger()
    settle()
    assert picture(pair) is before
    assert answer(pair) == "4"


def test_the_pointer_says_what_it_would_take(pair):
    canvas = pair.window.canvas
    where = place_of(box_read(picture(pair)), picture(pair), canvas.sheet())
    for place, cursor in (
        (where.topLeft(), Qt.CursorShape.SizeFDiagCursor),
        (where.center(), Qt.CursorShape.CrossCursor),
    ):
        pen.hover(canvas, place.toPoint())
        assert canvas.cursor().shape() == cursor


def test_within_the_box_the_pen_begins_a_new_drawing(pair):
    before = picture(pair)
    where = place_of(box_read(before), before, pair.window.canvas.sheet())
    hand = drag(pair.window.canvas, where.center(), where.center() + QPointF(2, 12))
    list(hand)
    assert isinstance(pair.store.state.canvas.shown, Drawing)
