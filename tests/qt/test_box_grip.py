"""The box round a digit, taken by a side or a corner."""

import pytest
from PySide6.QtCore import QRectF, Qt

from rnn_desk.core.scan.areas import Box
from rnn_desk.qt.views.box_grip import Grip, grip_at

BOX = QRectF(100, 50, 60, 80)


@pytest.mark.parametrize(
    ("x", "y", "sides", "cursor"),
    [
        (100, 90, {"left"}, Qt.CursorShape.SizeHorCursor),
        (163, 90, {"right"}, Qt.CursorShape.SizeHorCursor),
        (130, 47, {"top"}, Qt.CursorShape.SizeVerCursor),
        (130, 130, {"bottom"}, Qt.CursorShape.SizeVerCursor),
        (98, 52, {"left", "top"}, Qt.CursorShape.SizeFDiagCursor),
        (160, 128, {"right", "bottom"}, Qt.CursorShape.SizeFDiagCursor),
        (160, 50, {"right", "top"}, Qt.CursorShape.SizeBDiagCursor),
    ],
)
def test_a_side_or_a_corner_is_taken_from_near_it(x, y, sides, cursor):
    grip = grip_at(BOX, x, y)
    assert grip.sides == sides
    assert grip.cursor == cursor


@pytest.mark.parametrize(("x", "y"), [(130, 90), (80, 90), (130, 160), (110, 60)])
def test_within_and_away_from_it_the_pen_draws(x, y):
    assert grip_at(BOX, x, y) is None


def test_a_box_can_be_taken_however_small_it_is():
    assert grip_at(QRectF(10, 10, 3, 3), 11, 11).sides == {"right", "bottom"}


def test_what_is_taken_moves_and_nothing_else():
    box = Box(10, 20, 50, 70)
    corner = Grip(frozenset({"right", "top"}))
    assert corner.moved(box, 90, 5, rows=100, columns=120) == Box(10, 5, 90, 70)
    assert corner.moved(box, 999, -9, rows=100, columns=120) == Box(10, 0, 120, 70)


def test_a_box_is_never_turned_inside_out():
    moved = Grip(frozenset({"left", "bottom"})).moved(Box(10, 20, 50, 70), 80, 3, 100, 120)
    assert moved.width > 0
    assert moved.height > 0
