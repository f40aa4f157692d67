"""Pictures whose pixels count ink, as scikit-learn's 8 x 8 digits were made."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_desk.core.counted import counted
from rnn_desk.core.picture import picture_of, raster_of
from rnn_desk.core.raster import Frame, rasterise
from rnn_desk.core.references import reference_digits

EIGHT = Frame(8, 1.0, counted=True)


def slanted(by, high=48, wide=6):
    """A bar, each row of it so much further to the right than the one before."""
    picture = np.zeros((64, 64), np.float32)
    for row in range(high):
        start = round(28 + by * (row - high / 2))
        picture[8 + row, start : start + wide] = 1
    return picture


def test_each_pixel_counts_the_ink_of_its_block():
    found = counted(np.pad(np.ones((20, 20), np.float32), 10), 8)
    assert found.shape == (8, 8)
    assert (found[:, 2:6] == 1).all()  # 20 of 32 columns, and one more to each side
    assert np.allclose(found[:, [1, 6]], 0.75)
    assert not found[:, [0, 7]].any()
    assert set(np.unique(16 * counted(slanted(0.3), 8)) % 1) == {0.0}


@pytest.mark.parametrize("by", [-0.6, 0.4])
def test_a_slanted_digit_stands_upright(by):
    assert np.abs(counted(slanted(by), 8) - counted(slanted(0.0), 8)).max() < 0.3


def test_a_narrow_digit_stays_narrow_and_no_ink_stays_none():
    assert (counted(slanted(0.0), 8).any(axis=0)).sum() <= 4
    assert not counted(np.zeros((64, 64), np.float32), 8).any()


def test_a_drawing_and_a_picture_of_it_are_counted_alike():
    digit = reference_digits().drawings[50]
    drawn = rasterise(digit, *EIGHT)
    large = rasterise(digit, 60).pixels
    seen = raster_of(picture_of((255 * (1 - np.pad(large, 20))).astype(np.uint8)), *EIGHT)
    assert drawn.pixels.shape == seen.pixels.shape == (8, 8)
    assert np.abs(drawn.pixels - seen.pixels).mean() < 0.1


def test_rows_lie_where_they_lie_on_the_canvas():
    digit = reference_digits().drawings[0]
    raster = rasterise(digit, *EIGHT)
    points = np.concatenate([stroke.points for stroke in digit.strokes])
    rows = points[:, 1] * raster.scale + raster.offset[1]
    assert 0 <= rows.min() < 1
    assert 7 < rows.max() <= 8
