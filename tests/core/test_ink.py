import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.drawing import Drawing, Stroke, stroke
from rnn_desk.core.ink import (
    ERASER_WIDTH,
    NARROWEST,
    NOMINAL_WIDTH,
    WIDEST,
    Ink,
    erased,
    ink_of,
    visible_ink,
)
from rnn_desk.core.raster import rasterise
from tests.helpers.strategies import ANY_PEN, drawings, strokes

PEN = NOMINAL_WIDTH * 500
# No whole coordinates lie just at the rim of such an eraser, where rounding would decide.
ERASERS = strokes(tool="eraser", pens=st.sampled_from([3.7, 21.3, 61.9, 151.3]))


def length(lines):
    return sum(np.hypot(*np.diff(line.points, axis=0).T).sum() for line in lines)


def distance(points, path):
    """Of each point to the nearest of the path's segments."""
    nearest = np.full(len(points), np.inf)
    for a, b in zip(path[: max(1, len(path) - 1)], path[min(1, len(path) - 1) :], strict=True):
        square = max((b - a) @ (b - a), 1e-300)
        t = np.clip((points - a) @ (b - a) / square, 0, 1)
        nearest = np.minimum(nearest, np.hypot(*(points - a - t[:, None] * (b - a)).T))
    return nearest


def test_ink_is_the_stroke_and_one_pen_wide():
    line = ink_of(stroke([[1, 2], [3, 4]]), size=500)
    assert line.points.tolist() == [[1, 2], [3, 4]]
    assert line.weight.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("width", "size", "weight"),
    [
        (PEN, 500, 1),
        (1.5 * PEN, 500, 1.5),
        (0.056, 1, 1),
        (1e-9, 500, NARROWEST),
        (1e7, 500, WIDEST),
    ],
)
def test_a_pens_weight_is_its_width_beside_the_ordinary_pens(width, size, weight):
    assert ink_of(stroke([[0, 0]], width=width), size).weight == pytest.approx([weight])


def test_pressure_makes_the_pen_wider():
    line = ink_of(stroke([[0, 0], [1, 0], [2, 0]], pressure=[0, 0.5, 1]), 500)
    assert line.weight == pytest.approx([0.5, 1, 1.5])
    doubled = ink_of(stroke([[0, 0], [1, 0]], width=2 * PEN, pressure=[0, 1]), 500)
    assert doubled.weight == pytest.approx([1, WIDEST])


def test_the_middle_erased_leaves_two_lines_and_a_gap_as_wide_as_the_eraser():
    across = stroke([[0, 100], [200, 100]], pressure=[0.5, 0.5])
    lines = visible_ink(Drawing((across, stroke([[100, 50], [100, 150]], "eraser", width=30))))
    left, right = lines
    assert left.points == pytest.approx(np.array([[0, 100], [100 - 15 - PEN / 2, 100]]))
    assert right.points == pytest.approx(np.array([[100 + 15 + PEN / 2, 100], [200, 100]]))
    assert np.concatenate([left.weight, right.weight]) == pytest.approx(np.ones(4))


def test_the_weight_is_cut_with_the_line():
    pressed = stroke([[0, 0], [100, 0]], pressure=[0, 1])
    left, right = visible_ink(Drawing((pressed, stroke([[50, 0]], "eraser", width=20))))
    half = 10 + PEN / 2
    assert left.weight == pytest.approx([0.5, 0.5 + (50 - half) / 100])
    assert right.weight == pytest.approx([0.5 + (50 + half) / 100, 1.5])


@pytest.mark.parametrize("erasers", [[[[0, 0], [9, 9]]], [[[0, 0]], [[9, 9]]]])
def test_all_erased_is_a_blank_raster(erasers):
    ink = stroke([[0, 0], [5, 5], [9, 9]]), stroke([[4, 4]])
    rubbed = (stroke(points, "eraser") for points in erasers)
    drawing = Drawing((*ink, *rubbed))
    assert visible_ink(drawing) == ()
    assert rasterise(drawing).is_blank


@given(drawings(ANY_PEN), ERASERS)
def test_an_eraser_before_the_ink_touches_nothing(drawing, eraser):
    first = Drawing((eraser, *drawing.strokes))
    for line, again in zip(visible_ink(drawing), visible_ink(first), strict=True):
        assert np.array_equal(line.points, again.points)


def test_an_eraser_far_away_leaves_the_lines_as_they_are():
    lines = [Ink(np.array([[0.0, 0], [9, 9]]), np.ones(2))]
    assert erased(lines, stroke([[400, 400], [450, 0]], "eraser"), 500)[0] is lines[0]
    # Within the box around both, and yet beside the line.
    assert erased(lines, stroke([[-90, 90], [90, 90], [90, -90]], "eraser"), 500)[0] is lines[0]


def test_without_a_width_the_eraser_has_its_own():
    line = stroke([[0, 0], [500, 0]])
    lines = visible_ink(Drawing((line, stroke([[250, 0]], "eraser"))))
    assert 500 - length(lines) == pytest.approx(ERASER_WIDTH * 500 + PEN)


@given(drawings(ANY_PEN), ERASERS)
def test_what_is_left_lies_beside_the_eraser_and_on_the_line(drawing, eraser):
    for made in drawing.strokes:
        (line,) = visible_ink(Drawing((made,)))
        rim = eraser.width / 2 + line.weight[0] * PEN / 2
        left = erased([line], eraser, 500)
        fine = np.arange((len(line.points) - 1) * 500 + 1) / 500
        knots = np.arange(len(line.points))
        path = np.stack([np.interp(fine, knots, line.points[:, k]) for k in (0, 1)], axis=1)
        beside = distance((path[1:] + path[:-1]) / 2, eraser.points) >= rim
        steps = np.hypot(*np.diff(path, axis=0).T)
        # Each cut falls within one of the short steps, and its middle decides for all of it.
        cuts = np.count_nonzero(np.diff(beside)) + 2
        assert length(left) == pytest.approx(
            steps[beside].sum(), abs=cuts * steps.max(initial=0) + 1e-6
        )
        for part in left:
            halfway = (part.points[1:] + part.points[:-1]) / 2
            for points in (part.points, halfway):
                assert np.all(distance(points, eraser.points) >= rim - 1e-6)
                assert np.all(distance(points, line.points) <= 1e-6)


@given(drawings(ANY_PEN), ERASERS, st.floats(1e-2, 1e4))
def test_erasing_is_the_same_at_every_scale(drawing, eraser, size):
    drawing = drawing.with_stroke(eraser)
    small, large = visible_ink(drawing), visible_ink(drawing.resized(size))
    assert len(small) == len(large)
    for one, other in zip(small, large, strict=True):
        assert other.points * (500 / size) == pytest.approx(one.points, abs=1e-6)
        assert other.weight == pytest.approx(one.weight)
    same = rasterise(drawing).pixels - rasterise(drawing.resized(size)).pixels
    assert np.abs(same).max() <= 1e-6


@given(drawings(), ERASERS)
def test_erasing_backwards_or_twice_is_the_same(drawing, eraser):
    once = visible_ink(drawing.with_stroke(eraser))
    backwards = Stroke(eraser.points[::-1].copy(), "eraser", eraser.width)
    for more in (
        drawing.with_stroke(backwards),
        drawing.with_stroke(eraser).with_stroke(eraser),
    ):
        again = visible_ink(more)
        assert length(again) == pytest.approx(length(once), abs=1e-4)
        assert len(again) == len(once)


def test_a_thin_eraser_misses_no_line():
    """However far apart its points, and the line's."""
    grid = tuple(stroke([[0, y], [500, y]]) for y in range(0, 500, 100))
    cut = visible_ink(Drawing((*grid, stroke([[250, -9], [251, 509]], "eraser", width=1e-6))))
    assert len(cut) == 2 * len(grid)


def test_an_eraser_as_thin_as_nothing_takes_neither_time_nor_memory():
    line, thin = stroke([[0, 0], [1e7, 1e7]]), stroke([[0, 1e7], [1e7, 0]], "eraser", width=1e-9)
    assert len(visible_ink(Drawing((line, thin)))) == 2


def test_a_dot_goes_whole():
    dot = stroke([[10, 10]])
    rim = 5 + PEN / 2
    for away, left in ((rim - 0.1, 0), (rim + 0.1, 1)):
        eraser = stroke([[10 + away, 10], [10 + away, 10]], "eraser", width=10)
        assert len(visible_ink(Drawing((dot, eraser)))) == left


def test_new_ink_over_the_erased_place_stays():
    line, eraser = stroke([[0, 0], [9, 0]]), stroke([[4, 0]], "eraser", width=400)
    assert len(visible_ink(Drawing((line, eraser, line)))) == 1
