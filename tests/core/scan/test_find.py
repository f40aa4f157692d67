"""Pictures of digits, of whatever size, paper and light, against the raster of the same strokes.

The pictures are drawn by the slow raster of tests.helpers.truth at many pixels a side, and so are
known exactly. Differences are the mean over all pixels, in parts of full ink: two rasters of a
digit whose strokes are a quarter of a pixel apart differ by 0.02.
"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_desk.core.ink import visible_ink
from rnn_desk.core.picture import picture_of, raster_of
from rnn_desk.core.raster import rasterise
from rnn_desk.core.scan.find import find, shrunk
from tests.helpers.truth import supersampled

SAME = 0.002
ALIKE = 0.01
SIMILAR = 0.02

LARGE = 140
EXAMPLES = slice(3, None, 24)  # ten digits, one of each kind


def scanned(picture, **kwargs):
    assert picture.dtype == np.uint8
    return raster_of(picture_of(picture), **kwargs).pixels.astype(float)


def off(one, other):
    return np.abs(one - other).mean()


def shows_several(picture):
    return len(find(shrunk(picture)).digits) > 1


def painted(drawing, side=LARGE):
    """The drawing as a clean picture `[side, side]`."""
    cover = supersampled(visible_ink(drawing), side, samples=2 + 280 // side)
    return np.rint(255 - cover * 255).astype(np.uint8)


def on_paper(picture, above=0, below=0, left=0, right=0):
    """The picture with more of its paper around it."""
    return np.pad(picture, ((above, below), (left, right)), constant_values=picture[0, 0])


@pytest.fixture(scope="module")
def drawings(own_drawings):
    chosen = own_drawings[EXAMPLES]
    assert sorted(int(drawing.label) for drawing in chosen) == list(range(10))
    return chosen


@pytest.fixture(scope="module")
def pictures(drawings):
    return [painted(drawing) for drawing in drawings]


ONE = st.integers(0, 9)
MARGIN = st.integers(0, 150)


# --- it is the raster of the digit ---


@pytest.mark.parametrize(("side", "most"), [(40, 0.012), (56, ALIKE), (140, 0.005), (401, 0.005)])
def test_a_picture_is_the_raster_of_its_strokes(drawings, side, most):
    for drawing in drawings:
        assert off(scanned(painted(drawing, side)), rasterise(drawing).pixels) < most


@pytest.mark.parametrize("side", [20, 32])
def test_a_raster_can_have_another_side(drawings, side):
    expected = rasterise(drawings[2], side).pixels
    found = scanned(painted(drawings[2], 10 * side), side=side)
    assert found.shape == (side, side)
    assert off(found, expected) < ALIKE


def test_a_raster_is_float32_in_0_to_1(pictures):
    raster = raster_of(picture_of(pictures[0]))
    assert raster.pixels.dtype == np.float32
    assert raster.pixels.min() == 0
    assert raster.pixels.max() == 1


@pytest.mark.parametrize("enlarged", [1, 5])
def test_a_raster_says_where_on_the_canvas_each_of_its_rows_lies(enlarged):
    """A bar with a dot below it: in the raster they are where scale and offset say."""
    picture = np.full((300, 200), 255, np.uint8)
    picture[100:110, 60:140] = 0
    picture[150:160, 60:70] = 0
    lying = picture_of(np.kron(picture, np.ones((enlarged, enlarged), np.uint8)))
    raster = raster_of(lying)
    to_canvas = lying.size / 300
    for x, y in ((135, 105), (65, 155)):
        column, row = np.array([x + 50, y]) * to_canvas * raster.scale + raster.offset
        assert raster.pixels[int(row), int(column)] > 0.5
    first, last = np.flatnonzero(raster.pixels.any(axis=1))[[0, -1]]
    top = 100 * to_canvas * raster.scale + raster.offset[1]
    bottom = 160 * to_canvas * raster.scale + raster.offset[1]
    assert (first, last) == (int(top), int(np.ceil(bottom - 1e-6)) - 1)


# --- what does not change it ---


@settings(max_examples=25)
@given(ONE, MARGIN, MARGIN, MARGIN, MARGIN)
def test_place_on_the_paper_does_not_matter(pictures, which, above, below, left, right):
    picture = pictures[which]
    found = scanned(on_paper(picture, above, below, left, right))
    assert off(found, scanned(picture)) < SAME


@settings(max_examples=20)
@given(ONE, st.integers(2, 5))
def test_size_does_not_matter(pictures, which, times):
    picture = pictures[which]
    larger = np.kron(picture, np.ones((times, times), np.uint8))
    assert off(scanned(larger), scanned(picture)) < ALIKE


def test_polarity_does_not_matter(pictures):
    for picture in pictures:
        assert off(scanned(255 - picture), scanned(picture)) < SAME / 10


@settings(max_examples=50)
@given(ONE, st.integers(0, 255), st.integers(0, 255))
def test_ink_of_any_colour_on_paper_of_any_other(pictures, which, ink, paper):
    cover = 1 - pictures[which] / 255
    found = scanned(np.rint(paper + cover * (ink - paper)).astype(np.uint8))
    if abs(ink - paper) < 7:
        assert not found.any()  # no more than paper's own structure
    elif abs(ink - paper) > 8:
        assert off(found, scanned(pictures[which])) < ALIKE


def test_ink_that_touches_the_edges_is_found(drawings, pictures):
    for drawing, picture in zip(drawings, pictures, strict=True):
        inked = picture < 128
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        cut = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        assert off(scanned(cut), rasterise(drawing).pixels) < SIMILAR


# --- photographs ---


@pytest.fixture(scope="module")
def light():
    """Brightness over a page lit from one side, with a darker corner, `[LARGE, LARGE]`."""
    along = np.linspace(0, 1, LARGE)
    return 0.55 + 0.45 * along[None, :] - 0.2 * (along[:, None] * along[None, :]) ** 2


def test_uneven_light_does_not_matter(pictures, light):
    for picture in pictures:
        lit = np.rint((picture * 0.7 + 60) * light).astype(np.uint8)
        assert off(scanned(lit), scanned(picture)) < SAME


def test_noise_hardly_matters(pictures, light):
    random = np.random.default_rng(0)
    for picture in pictures:
        noisy = (picture * 0.7 + 60) * light + random.normal(0, 8, picture.shape)
        found = scanned(np.clip(noisy, 0, 255).astype(np.uint8))
        assert off(found, scanned(picture)) < ALIKE / 2


def test_specks_are_no_ink(pictures):
    for picture in pictures:
        speckled = on_paper(picture, 40, 40, 40, 40)
        speckled[3:6, 5:8] = speckled[-9:-7, -30:-26] = speckled[100:103, 4:6] = 0
        assert off(scanned(speckled), scanned(picture)) < SAME


def test_a_detached_stroke_is_ink():
    """A 5's bar may stand apart from its bowl; only what is much smaller is a speck."""
    picture = np.full((140, 140), 255, np.uint8)
    picture[30:110, 60:70] = 0  # a post
    picture[20:26, 80:100] = 0  # a bar beside its head, a seventh of its ink
    found = scanned(picture)
    without = picture.copy()
    without[20:26, 80:100] = 255
    assert off(found, scanned(without)) > 0.03


def test_paper_alone_is_blank(light):
    random = np.random.default_rng(0)
    for deviation in (0, 2, 6):
        noise = random.normal(0, deviation, light.shape)
        paper = np.clip(230 * light + noise, 0, 255).astype(np.uint8)
        assert raster_of(picture_of(paper)).is_blank


def test_a_thin_line_is_as_dark_as_a_pens():
    """A line a hundredth of the digit wide would leave a fifth of the ink in each pixel."""
    picture = np.full((400, 400), 255, np.uint8)
    picture[100:300, 199:201] = 0
    found = scanned(picture)
    assert found.max() == 1
    assert np.count_nonzero(found > 0.9) >= 18


# --- MNIST's own ---


def test_a_picture_in_mnists_manner_is_taken_as_it_is(drawings):
    for drawing in drawings:
        grey = np.rint(rasterise(drawing).pixels * 255).astype(np.uint8)
        assert np.array_equal(raster_of(picture_of(grey)).pixels, (grey / 255).astype(np.float32))


def test_mnist_itself_is_taken_as_it_is(mnist_test):
    images = mnist_test[0]
    kept = [np.array_equal(raster_of(picture_of(i)).pixels * 255, i) for i in images[::10]]
    assert np.mean(kept) == 1


def test_a_picture_of_that_size_in_another_manner_is_not(drawings):
    grey = np.rint(rasterise(drawings[4]).pixels * 255).astype(np.uint8)
    assert off(scanned(255 - grey), grey / 255) < SIMILAR
    off_centre = np.roll(255 - grey, 3, axis=0)
    assert off(scanned(off_centre), grey / 255) < SIMILAR


# --- whatever comes ---

SHAPES = [(1, 1), (1, 2), (2, 1), (1, 50), (50, 1), (3, 3), (28, 27), (0, 5), (5, 0), (7, 1000)]


@pytest.mark.parametrize("shape", SHAPES)
def test_any_shape_gives_a_raster(shape):
    random = np.random.default_rng(0)
    one_pixel = np.zeros(shape, np.uint8)
    if one_pixel.size:
        one_pixel[shape[0] // 2, shape[1] // 2] = 255
    for picture in (
        np.zeros(shape, np.uint8),
        np.full(shape, 255, np.uint8),
        random.integers(0, 256, shape).astype(np.uint8),
        one_pixel,
        255 - one_pixel,
    ):
        found = scanned(picture)
        assert found.shape == (28, 28)
        assert found.min() >= 0
        assert found.max() <= 1


@pytest.mark.parametrize("level", [0, 1, 127, 255])
@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (40, 30)])
def test_a_constant_picture_is_blank(shape, level):
    assert raster_of(picture_of(np.full(shape, level, np.uint8))).is_blank


def test_a_picture_of_a_hundred_million_pixels_is_read(drawings):
    small = painted(drawings[1], 100)
    huge = np.repeat(np.repeat(small, 100, axis=0), 100, axis=1)
    assert off(scanned(huge), scanned(small)) < SIMILAR


def test_a_line_of_a_hundred_thousand_pixels_is_read():
    picture = np.zeros((1, 100_000), np.uint8)
    picture[0, 500:60_000] = 255
    assert not raster_of(picture_of(picture)).is_blank


def test_a_picture_that_is_given_is_not_changed(pictures):
    before = pictures[0].copy()
    raster_of(picture_of(pictures[0]))
    assert np.array_equal(pictures[0], before)


# --- more than one digit ---


def test_several_digits_are_told_from_one(pictures):
    for k, picture in enumerate(pictures):
        other = pictures[(k + 1) % len(pictures)]
        assert not shows_several(picture)
        assert not shows_several(on_paper(picture, above=300, left=50))
        assert shows_several(np.hstack([picture, other]))
        assert shows_several(np.vstack([picture, other]))


def test_a_digit_in_parts_is_one():
    """A 5 whose bar was drawn apart, and a 4 whose strokes do not meet."""
    five = np.full((200, 200), 255, np.uint8)
    five[20:30, 60:140] = 0
    five[45:110, 60:70] = five[100:110, 60:140] = five[110:180, 130:140] = 0
    four = np.full((200, 200), 255, np.uint8)
    four[20:100, 50:60] = four[100:110, 50:115] = four[20:180, 130:140] = 0
    for picture in (five, four):
        assert raster_of(picture_of(picture)).pixels.any()
        assert not shows_several(picture)


def test_paper_alone_shows_not_even_one():
    assert not shows_several(np.full((90, 90), 200, np.uint8))


def test_mnists_digits_are_one_and_two_beside_one_another_several(mnist_test):
    images, _ = mnist_test
    enlarged = np.kron(images[:200], np.ones((1, 4, 4), np.uint8))
    ones = [shows_several(image) for image in enlarged]
    pairs = [shows_several(np.hstack([a, b])) for a, b in pairwise(enlarged)]
    assert np.mean(ones) < 0.02
    assert np.mean(pairs) > 0.98
