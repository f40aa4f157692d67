"""A drawing of several digits: which stand apart, what they are told as, the picture made of it."""

import numpy as np
import pytest

from rnn_desk.core.apart import as_picture, read_apart, standing_apart
from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.references import other_drawings

DIGITS = tuple("0123456789")


@pytest.fixture(scope="module")
def two():
    return other_drawings()["two digits"]


def test_digits_side_by_side_stand_apart_and_one_digit_has_no_parts(two, own_drawings):
    assert len(standing_apart(two)) == 2
    assert not any(standing_apart(drawing) for drawing in own_drawings)  # 5's and 7's bars as well
    assert standing_apart(Drawing()) == ()


@pytest.mark.parametrize(
    "loose",
    [
        ([[100, 60], [100, 60]], [[100, 120], [100, 400]]),  # a 1 with a dot above
        ([[100, 60], [90, 200], [230, 200]], [[190, 130], [190, 400]]),  # an open 4
        ([[90, 60], [260, 60], [150, 400]], [[120, 230], [250, 230]]),  # a 7 with a bar
        ([[100, 90], [95, 190], [180, 200], [190, 330], [90, 360]], [[120, 60], [230, 60]]),  # 5
    ],
)
def test_a_loose_stroke_is_no_digit(loose):
    strokes = tuple(Stroke(np.array(points, float)) for points in loose)
    assert standing_apart(Drawing(strokes)) == ()


def test_a_scribble_of_many_parts_is_not_taken_for_digits(two):
    def copies(count):
        shifts = [np.array([k * two.size, 0]) for k in range(count)]
        moved = (Stroke(each.points + by) for by in shifts for each in two.strokes)
        return Drawing(tuple(moved), two.size)

    assert len(standing_apart(copies(3))) == 6
    assert standing_apart(copies(7)) == ()
    dense = tuple(Stroke(np.tile(stroke.points, (200, 1))) for stroke in two.strokes)
    assert standing_apart(Drawing(dense, two.size)) == ()


def test_told_are_digits_that_each_are_familiar(two):
    rasters = [part.raster() for part in standing_apart(two)]
    sure = np.eye(10, dtype=np.float32)[[2, 4]]
    told = read_apart(rasters, DIGITS, sure, np.array([0.9, 0.8]))
    assert told is not None
    assert told.names == ("2", "4")
    assert read_apart(rasters, DIGITS, sure, np.array([0.9, 0.4])) is None
    assert read_apart(rasters[:1], DIGITS, sure[:1], np.array([0.9])) is None
    assert read_apart(rasters, tuple("abcdefghij"), sure, np.array([0.9, 0.9])) is None


def test_the_picture_of_a_drawing_has_its_digits_where_they_were_drawn(two):
    picture = as_picture(two)
    scale = picture.grey.shape[0] / two.size
    found = [digit.box for digit in picture.found.digits]
    drawn = [part.box.moved(scale, 0, 0) for part in standing_apart(two)]
    assert len(found) == len(drawn) == 2
    for a, b in zip(found, drawn, strict=True):
        assert max(abs(a.left - b.left), abs(a.right - b.right), abs(a.top - b.top)) < 5
