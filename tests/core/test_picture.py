"""A picture in place of a drawing: the raster it gives, and where it lies on the canvas."""

import numpy as np
import pytest

from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.picture import Picture, picture_of, raster_of, shows_the_same
from rnn_desk.core.raster import rasterise
from rnn_desk.core.scan.find import MOST_PIXELS, find, shrunk


@pytest.fixture
def page():
    """Paper, longer than wide, with a dark bar across and a dot below its left end."""
    grey = np.full((300, 200), 240, np.uint8)
    grey[100:110, 60:140] = 20
    grey[150:160, 60:70] = 20
    return grey


@pytest.mark.parametrize("side", [28, 32])
def test_it_gives_the_raster_of_its_ink_in_any_size(page, side):
    found = raster_of(picture_of(page), side)
    assert np.array_equal(found.pixels, find(page.astype(float)).digits[0].raster(side).pixels)


def test_a_drawing_gives_what_it_always_gave(own_drawings):
    found = raster_of(own_drawings[0])
    assert np.array_equal(found.pixels, rasterise(own_drawings[0]).pixels)


@pytest.mark.parametrize("size", [500, 7])
def test_the_raster_says_where_it_lies_on_the_canvas(page, size):
    """A page of 300 rows fills the canvas's height, with a sixth of it free on either side."""
    raster = raster_of(picture_of(page).resized(size))
    for x, y in ((135, 105), (65, 155)):
        on_canvas = np.array([(x + 50) / 300, y / 300]) * size
        column, row = on_canvas * raster.scale + raster.offset
        assert raster.pixels[int(row), int(column)] > 0.5


def test_a_large_picture_is_kept_no_larger_than_it_is_looked_at(page):
    large = np.kron(page, np.ones((10, 10), np.uint8))
    picture = picture_of(large)
    assert picture.grey.size <= MOST_PIXELS
    found = raster_of(picture).pixels
    assert np.abs(found - find(shrunk(large)).digits[0].raster().pixels).max() < 0.01


def test_what_is_known_to_be_mnists_is_taken_as_it_is():
    """A sleeve of Fashion-MNIST reaches the border, and nothing tells its ink from its paper."""
    grey = np.random.default_rng(0).integers(100, 256, (28, 28)).astype(np.uint8)
    kept = raster_of(Picture(grey, as_it_is=True))
    assert np.array_equal(kept.pixels, (grey / 255).astype(np.float32))
    assert not np.array_equal(raster_of(Picture(grey)).pixels, kept.pixels)
    assert raster_of(Picture(grey, as_it_is=True), 32).side == 32


def test_its_pixels_cannot_be_changed(page):
    with pytest.raises(ValueError, match="read-only"):
        picture_of(page).grey[0, 0] = 0


def test_pictures_are_the_same_where_they_are_one_and_drawings_where_their_strokes_are(page):
    picture = picture_of(page)
    line = stroke([[0, 0], [1, 1]])
    assert shows_the_same(picture, picture)
    assert not shows_the_same(picture, picture_of(page))
    assert not shows_the_same(picture, Drawing())
    assert shows_the_same(Drawing((line,)), Drawing((line,), label=3))
    assert not shows_the_same(Drawing((line,)), Drawing())


def test_a_picture_of_no_pixels_gives_a_blank_raster():
    assert raster_of(Picture(np.zeros((0, 0), np.uint8), as_it_is=True)).is_blank
