"""The ruled sheet: what is drawn lies where it was drawn, and what was drawn elsewhere as it is
read elsewhere."""

import numpy as np
import pytest

from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.picture import Picture
from rnn_desk.core.raster import rasterise, rasterise_in_place
from rnn_desk.core.references import reference_digits
from rnn_desk.core.ruled import BOTTOM, TOP, between_lines, is_whole, raster_on, rows_begun


def line(*points, size=500.0, **said):
    return Drawing((Stroke(np.array(points, float) * size, **said),), size)


def test_ink_lies_where_it_was_drawn():
    raster = rasterise_in_place(line((0.5, TOP), (0.5, 0.5)))
    inked = np.argwhere(raster.pixels > 0.5)
    assert inked[:, 1].min() >= 12
    assert inked[:, 1].max() <= 15
    assert abs(inked[0, 0] - TOP * 28) <= 2
    assert abs(rows_begun(raster.pixels) - 15) <= 1
    assert (raster.scale, raster.offset) == (28 / 500, (0.0, 0.0))


def test_it_lies_there_on_a_sheet_of_any_size():
    small, large = (line((0.3, 0.2), (0.6, 0.4), size=size) for size in (1.0, 2000.0))
    assert np.allclose(rasterise_in_place(small).pixels, rasterise_in_place(large).pixels)


@pytest.mark.parametrize("drawing", reference_digits().drawings[:12])
def test_a_digit_laid_between_the_lines_is_read_as_on_a_plain_sheet(drawing):
    small = drawing.resized(500.0).moved(0.3, 300.0, 300.0)
    laid = between_lines(small)
    there = raster_on(laid, ruled=True).pixels
    assert np.abs(there - rasterise(small).pixels).max() < 0.02
    assert between_lines(small) is laid  # the same one, each time it is laid


@pytest.mark.parametrize(
    ("drawing", "stays"),
    [
        (line((0.4, TOP), (0.6, 0.4)), True),  # begun
        (line((0.4, TOP + 0.05), (0.6, BOTTOM)), True),  # whole
        (line((0.4, 0.5), (0.6, 0.7)), False),  # low
        (line((0.0, TOP), (0.0, BOTTOM)), False),  # at the edge
        (line((0.4, TOP), (0.6, 1.0)), False),  # beyond the lower line
        (Drawing(), True),
        (Picture(np.zeros((28, 28), np.uint8)), True),
    ],
)
def test_what_keeps_to_the_lines_stays(drawing, stays):
    assert (between_lines(drawing) is drawing) == stays


def test_a_whole_one_is_fitted_as_ever():
    whole = line((0.3, TOP), (0.3, 0.5), (0.35, BOTTOM))
    assert (raster_on(whole, ruled=True).pixels == rasterise(whole).pixels).all()


def test_what_was_erased_is_not_there():
    whole = line((0.4, 0.3), (0.6, 0.7))
    gone = whole.with_stroke(Stroke(np.array([[200.0, 150.0], [300.0, 350.0]]), "eraser"))
    assert between_lines(gone) is gone
    assert not raster_on(gone, ruled=True).pixels.any()
    assert not is_whole(gone)


def test_ink_that_was_cut_stays_cut():
    drawing = reference_digits().drawings[0].resized(500.0).moved(0.3, 300.0, 300.0)
    where = drawing.strokes[0].points[:4]
    cut = drawing.with_stroke(Stroke(where, "eraser", 6.0))
    there = raster_on(between_lines(cut), ruled=True).pixels
    assert np.abs(there - rasterise(cut).pixels).max() < 0.02


def test_how_much_is_begun():
    assert not is_whole(line((0.4, TOP), (0.6, 0.4)))
    assert is_whole(line((0.4, TOP), (0.6, BOTTOM)))
    assert is_whole(Picture(np.zeros((28, 28), np.uint8)))
    assert rows_begun(np.zeros((28, 28), np.float32)) == 0
