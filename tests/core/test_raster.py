"""The raster against what its contract says, and against a slow and plain one written apart.

Tolerances, in parts of full ink unless said otherwise. What mathematics says is the same, is the
same to `ROUNDING`. The centre of mass is where it belongs to 0.1 pixels, found in three rounds
(0.01 for digits; 0.25 where the pixels are so few that the pen is one of them wide). An edge's
coverage is an estimate, exact for edges along the pixels: to 0.15 for a straight line; where
strokes meet in one pixel the larger part counts and not the sum, which can cost 0.4 in that pixel
of a digit, 0.75 between dots that nearly touch, and 0.007 in a digit's mean.
"""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rnn_desk.core.drawing import Drawing, Stroke, stroke
from rnn_desk.core.ink import Ink, visible_ink
from rnn_desk.core.raster import BOX, PEN, Raster, rasterise, rasterise_ink
from tests.helpers.strategies import ANY_PEN, drawings
from tests.helpers.truth import supersampled

ROUNDING = 1e-6
CENTRE = 0.1  # pixels
SIDES = st.sampled_from([8, 14, 20, 28, 32, 64])


def pixels(drawing, side=28):
    return rasterise(drawing, side).pixels.astype(float)


def of(*strokes, **kwargs):
    return pixels(Drawing(tuple(stroke(points) for points in strokes)), **kwargs)


def same(one, other, tolerance=ROUNDING):
    assert np.abs(one - other).max() <= tolerance


def mass_at(picture):
    middle = np.arange(len(picture)) + 0.5
    return np.array([picture.sum(axis=0) @ middle, picture.sum(axis=1) @ middle]) / picture.sum()


def reach(picture):
    """Width and height of what is not blank, in whole pixels."""
    return np.ptp(np.nonzero(picture), axis=1) + 1


def extent(picture):
    """Width and height of the ink in pixels, its faint edge counted in part."""
    return np.array([picture.max(axis=0).sum(), picture.max(axis=1).sum()])


# --- what does not change it ---


@given(drawings(ANY_PEN, pressed=True), st.floats(0.02, 200), *[st.floats(-5000, 5000)] * 2)
def test_position_and_size_do_not_matter(drawing, scale, dx, dy):
    same(pixels(drawing), pixels(drawing.moved(scale, dx, dy)))


@given(drawings(ANY_PEN, pressed=True), st.randoms(use_true_random=False))
def test_order_of_the_strokes_does_not_matter(drawing, random):
    shuffled = list(drawing.strokes)
    random.shuffle(shuffled)
    same(pixels(drawing), pixels(Drawing(tuple(shuffled))))


@given(drawings(ANY_PEN, pressed=True))
def test_direction_of_the_strokes_does_not_matter(drawing):
    backwards = [
        Stroke(
            s.points[::-1].copy(), s.tool, s.width, None if s.pressure is None else s.pressure[::-1]
        )
        for s in drawing.strokes
    ]
    same(pixels(drawing), pixels(Drawing(tuple(backwards))))


@given(drawings(ANY_PEN))
def test_doing_it_twice_does_not_matter(drawing):
    same(pixels(drawing), pixels(Drawing(drawing.strokes * 2)))


@given(drawings(pressed=True) | drawings(ANY_PEN), st.integers(2, 9))
def test_more_points_along_the_same_path_do_not_matter(drawing, times):
    def finer(values):
        knots = np.arange(len(values))
        return np.interp(np.arange((len(values) - 1) * times + 1) / times, knots, values)

    fine = [
        Stroke(
            np.stack([finer(s.points[:, 0]), finer(s.points[:, 1])], axis=1),
            s.tool,
            s.width,
            None if s.pressure is None else finer(s.pressure),
        )
        for s in drawing.strokes
    ]
    same(pixels(drawing), pixels(Drawing(tuple(fine))))


@pytest.mark.parametrize(("count", "tolerance"), [(24, 0.1), (48, 0.03), (200, 0.002)])
def test_a_curve_needs_few_points(count, tolerance):
    """A pen at 60 reports a second gives some forty points a digit."""

    def loop(n):
        angle = np.linspace(0, 2 * np.pi, n)
        return of(np.stack([np.cos(angle), 1.4 * np.sin(angle)], axis=1))

    same(loop(count), loop(5000), tolerance)


@given(drawings(ANY_PEN))
def test_rows_and_columns_are_treated_alike(drawing):
    turned = [Stroke(s.points[:, ::-1].copy(), s.tool, s.width) for s in drawing.strokes]
    same(pixels(drawing).T, pixels(Drawing(tuple(turned))))


def test_the_canvas_a_centimetre_wide_and_the_whole_screen(own_drawings):
    for drawing in own_drawings[::7]:
        same(pixels(drawing), pixels(drawing.moved(1e-3, 499, 499)))
        same(pixels(drawing), pixels(drawing.moved(1e4, -9e5, 1e4)))


# --- where the ink is ---


@given(drawings(ANY_PEN, pressed=True), SIDES)
def test_ink_is_a_part_and_fills_the_box(drawing, side):
    raster = rasterise(drawing, side)
    assert raster.pixels.dtype == np.float32
    assert raster.pixels.shape == (side, side)
    assert np.all((raster.pixels >= 0) & (raster.pixels <= 1))
    assert not raster.is_blank
    if any(np.ptp(s.points, axis=0).any() for s in drawing.strokes):
        # Half a pixel at each end is faint: a length of n reaches into n or up to n + 2 pixels.
        assert -1 < reach(raster.pixels).max() - side * BOX < 2


@given(drawings(ANY_PEN, pressed=True), SIDES)
def test_the_ink_with_its_pens_is_just_as_long_as_the_box(drawing, side):
    raster = rasterise(drawing, side)
    at, radius = placed(drawing, raster)
    assume(np.ptp(at, axis=0).max() > 0.01)  # dots are as long as a pen, whatever the scale
    assert np.ptp(np.concatenate([at - radius, at + radius]), axis=0).max() == pytest.approx(
        side * BOX, abs=1e-6
    )


def test_a_wide_dot_within_a_thin_line_counts_only_if_it_reaches_further():
    """Scaled down for the line alone, the pen of the dot, which does not shrink, sticks out."""
    line, dots = stroke([[0, 0], [100, 0]], width=1), stroke([[9.5, 0]], width=99)
    drawing = Drawing((line, dots, stroke([[90.5, 0]], width=99)))
    at, radius = placed(drawing, rasterise(drawing))
    assert (at + radius).max() - (at - radius).min() == pytest.approx(20, abs=1e-6)


@given(drawings(ANY_PEN, pressed=True), SIDES)
def test_its_mass_is_where_mnists_is(drawing, side):
    raster = rasterise(drawing, side)
    assume(free(drawing, raster) > 0.01)  # at the edge it stays, and does not fall off
    off = np.abs(mass_at(raster.pixels.astype(float)) - side / 2 - 0.5).max()
    # In a smaller picture a pixel is a larger part of it, and two dots may lie a third of one off.
    assert off < (CENTRE if side >= 28 else 0.35)


def placed(drawing, raster):
    """Every point where the raster says it lies, and the pen's radius there, in pixels."""
    lines = visible_ink(drawing)
    at = np.concatenate([line.points for line in lines]) * raster.scale + raster.offset
    weight = np.concatenate([line.weight for line in lines])[:, None]
    return at, np.maximum(weight * PEN * raster.side, 1) / 2


def free(drawing, raster):
    """Pixels left between the ink and the nearest edge of the picture."""
    at, radius = placed(drawing, raster)
    return min((at - radius).min(), (raster.side - at - radius).min())


def test_a_digits_mass_is_there_to_a_hundredth_of_a_pixel(own_drawings):
    for drawing in own_drawings:
        assert mass_at(pixels(drawing)) == pytest.approx([14.5, 14.5], abs=0.01), drawing.extra


def test_lopsided_ink_is_not_pushed_over_the_edge():
    block, tail = [[x, y] for x in range(0, 60, 10) for y in (0, 300)], [[0, 150], [300, 150]]
    picture = of(block, tail)
    assert picture[:, -1].max() > 0
    assert reach(picture).max() == pytest.approx(21, abs=1)
    assert mass_at(picture)[0] < 14


@pytest.mark.shared_data
def test_real_drawings_lie_as_mnists_do(pen_drawings, mnist_test):
    images = mnist_test[0].astype(float) / 255
    drawn = np.stack([pixels(drawing) for drawing in pen_drawings[::25]])
    mnist_centre = np.mean([mass_at(image) for image in images], axis=0)
    drawn_centre = np.mean([mass_at(image) for image in drawn], axis=0)
    assert np.abs(mnist_centre - drawn_centre).max() < 0.1
    longest = [max(np.ptp(np.nonzero(image > 0.1), axis=1)) + 1 for image in images]
    drawn_longest = [max(np.ptp(np.nonzero(image > 0.1), axis=1)) + 1 for image in drawn]
    assert np.median(drawn_longest) == pytest.approx(np.median(longest), abs=1)
    assert drawn.sum(axis=(1, 2)).mean() == pytest.approx(images.sum(axis=(1, 2)).mean(), rel=0.15)


@given(st.floats(0.05, 1), st.booleans())
def test_the_aspect_is_kept(narrow, upright):
    corners = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]) * [narrow, 1]
    width, height = extent(of(corners if upright else corners[:, ::-1]))
    long, short = (height, width) if upright else (width, height)
    pen = 28 * PEN
    assert long == pytest.approx(20, abs=0.6)
    assert short == pytest.approx((20 - pen) * narrow + pen, abs=0.6)


@given(drawings(ANY_PEN), st.floats(0.1, 10))
def test_the_mapping_of_the_canvas_is_told(drawing, scale):
    """A point of the canvas lies where the raster says, and there is ink."""
    moved = drawing.moved(scale, 20, -30)
    raster = rasterise(moved)
    for line in moved.strokes:
        for column, row in np.floor(line.points * raster.scale + raster.offset).astype(int):
            assert raster.pixels[row, column] > 0.2


# --- plain shapes ---


@pytest.mark.parametrize("side", [8, 28, 64])
@pytest.mark.parametrize("drawing", [Drawing(), Drawing((stroke([[1, 1]], tool="eraser"),))])
def test_nothing_gives_zeros(drawing, side):
    raster = rasterise(drawing, side)
    assert raster.is_blank
    assert raster.pixels.shape == (side, side)
    assert raster.scale == 0


@pytest.mark.parametrize("points", [[[250, 250]], [[3, 499]] * 5, [[0, 0], [1e-320, 0]]])
def test_a_dot_is_as_wide_as_the_pen_and_lies_in_the_middle(points):
    picture = of(points)
    assert extent(picture) == pytest.approx([28 * PEN] * 2, abs=0.6)
    assert picture.sum() == pytest.approx(np.pi * (28 * PEN / 2) ** 2, rel=0.1)
    assert mass_at(picture) == pytest.approx([14.5, 14.5], abs=CENTRE)


@given(st.sampled_from([0.0, 1e-300, 1e-9, 250.0, 9e6]), st.sampled_from([1e-320, 1e-9, 1e-3]))
def test_a_speck_is_a_picture_too(at, size):
    raster = rasterise(Drawing((stroke([[at, at], [at + size, at]]),)))
    assert np.all(np.isfinite(raster.pixels))
    assert not raster.is_blank


def test_a_line_across_and_a_line_down():
    across, down = of([[100, 250], [400, 250]]), of([[250, 100], [250, 400]])
    assert extent(across) == pytest.approx([20, 28 * PEN], abs=0.3)
    same(across.T, down)
    # 2.4 pixels about 14.5: one row full, and 0.7 of the row above and of the row below.
    assert across[13:16, 14] == pytest.approx([0.7, 1, 0.7], abs=CENTRE)
    assert across[:12].max() == 0
    assert across[17:].max() == 0


@given(st.floats(0.7, 1.9), st.floats(0, np.pi))
def test_twice_the_pen_is_twice_the_ink(times, angle):
    """Nearly: a stick has its round ends, and a wider one is shorter, the box being 20."""
    stick = [[0, 0], [300 * np.cos(angle), 300 * np.sin(angle)]]

    def area(width):
        wide = width / 28 * 2.4
        long = (20 - wide) / max(abs(np.cos(angle)), abs(np.sin(angle)))
        return wide * long + np.pi * wide**2 / 4

    for width in (28.0, 28.0 * times):
        picture = pixels(Drawing((stroke(stick, width=width),)))
        assert picture.sum() == pytest.approx(area(width), rel=0.08)


def test_pressure_widens_the_line_along_it():
    pressed = Drawing((stroke([[0, 0], [0, 300]], pressure=[0, 1]),))
    widths = pixels(pressed).sum(axis=1)[8:21]
    assert np.all(np.diff(widths) > 0)
    assert widths[0] == pytest.approx(28 * PEN * 0.75, abs=0.3)
    assert widths[-1] == pytest.approx(28 * PEN * 1.35, abs=0.3)
    same(pixels(Drawing((stroke([[0, 0], [9, 4]], pressure=[0.5, 0.5]),))), of([[0, 0], [9, 4]]))


def test_ten_thousand_points_stay_within_the_box():
    scribble = np.random.default_rng(5).uniform(0, 500, (10_000, 2))
    picture = of(scribble)
    assert picture.max() == 1
    assert extent(picture) == pytest.approx([20, 20], abs=1)


def test_many_pieces_are_painted_as_few_are():
    """Painted in parts, lest a scribble fill the memory; the parts' seams do not show."""
    path = np.random.default_rng(6).uniform(0, 500, (700, 2))
    whole = [Ink(path, np.ones(len(path)))]
    halves = [Ink(path[:350], np.ones(350)), Ink(path[349:], np.ones(351))]
    same(
        rasterise_ink(tuple(whole)).pixels.astype(float),
        rasterise_ink(tuple(halves)).pixels.astype(float),
    )


def test_the_pixels_are_frozen():
    raster = rasterise(Drawing((stroke([[1, 2], [3, 4]]),)))
    with pytest.raises(ValueError, match="read-only"):
        raster.pixels[0, 0] = 1
    assert raster.side == 28
    assert Raster(np.zeros((8, 8), np.float32)).is_blank


# --- against an independent truth ---


@given(st.tuples(*[st.floats(0, 500)] * 4), st.sampled_from([14.0, 28.0, 56.0]))
def test_a_straight_line_is_the_true_one(ends, width):
    line = Drawing((stroke(np.reshape(ends, (2, 2)), width=width),))
    assume(np.ptp(line.strokes[0].points, axis=0).max() > 1)
    wrong = np.abs(pixels(line) - supersampled(visible_ink(line)))
    assert wrong.max() <= 0.15
    assert wrong.mean() <= 0.005


@pytest.mark.parametrize(("side", "mean"), [(14, 0.018), (28, 0.007), (64, 0.003)])
def test_digits_are_the_true_ones(own_drawings, side, mean):
    for drawing in own_drawings[:: 3 if side == 28 else 12]:
        made, true = pixels(drawing, side), supersampled(visible_ink(drawing), side, 448 // side)
        wrong = np.abs(made - true)
        assert wrong.max() <= 0.4, drawing.extra
        assert wrong.mean() <= mean, drawing.extra
        assert made.sum() == pytest.approx(true.sum(), rel=0.02 if side >= 28 else 0.05)


@given(drawings(ANY_PEN, pressed=True))
def test_any_ink_is_the_true_one(drawing):
    wrong = np.abs(pixels(drawing) - supersampled(visible_ink(drawing), samples=8))
    assert wrong.max() <= 0.75
    assert wrong.mean() <= 0.03
