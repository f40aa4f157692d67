"""The steps by which digits are found, each by itself."""

import time

import numpy as np
import pytest

from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.scan.areas import Box, averaged_by_blocks, box_of, grown, smoothed
from rnn_desk.core.scan.card import card_in
from rnn_desk.core.scan.channel import grey_levels
from rnn_desk.core.scan.contrast import even_ink
from rnn_desk.core.scan.drawn import parts_of as drawn_parts
from rnn_desk.core.scan.find import find, is_in_mnists_manner
from rnn_desk.core.scan.frame import sheet_of
from rnn_desk.core.scan.labels import labelled
from rnn_desk.core.scan.lines import without_lines
from rnn_desk.core.scan.paper import even_paper, local_paper
from rnn_desk.core.scan.parts import frames_in, grouped, is_blob, is_shade, parts_of, sorted_parts

WHOLE = Box(0, 0, 200, 150)


def sheet(level=240.0):
    return np.full((150, 200), level)


def ink_on(paper):
    return even_ink(paper, even_paper(paper))


# --- areas and labels ---


def test_blocks_are_averaged_in_colour_as_in_grey():
    colours = np.arange(7 * 5 * 3, dtype=np.uint8).reshape(7, 5, 3)
    each = [averaged_by_blocks(colours[..., k], 4) for k in range(3)]
    assert np.allclose(averaged_by_blocks(colours, 4), np.stack(each, axis=-1))


def test_a_mask_grows_as_far_as_it_is_told():
    mask = np.zeros((21, 21), bool)
    mask[10, 10] = True
    for by in range(8):
        assert box_of(grown(mask, by)) == Box(10 - by, 10 - by, 11 + by, 11 + by)
        assert np.count_nonzero(grown(mask, by)) == (2 * by + 1) ** 2


def test_smoothing_keeps_the_mean_of_an_even_picture():
    assert np.allclose(smoothed(np.full((9, 12), 7.0), 2), 7)


@pytest.mark.parametrize("corners", [True, False])
def test_parts_are_those_of_a_flood(corners):
    random = np.random.default_rng(0)
    for share in (0.2, 0.5, 0.8):
        mask = random.random((40, 30)) < share
        number, count = labelled(mask, corners)
        assert (number > 0).tolist() == mask.tolist()
        assert count == number.max()
        assert _flooded(mask, corners) == {
            frozenset(map(tuple, np.argwhere(number == k + 1))) for k in range(count)
        }


def _flooded(mask, corners):
    steps = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if corners or not (y and x)]
    left, parts = set(map(tuple, np.argwhere(mask))), set()
    while left:
        part, edge = set(), [left.pop()]
        while edge:
            y, x = edge.pop()
            part.add((y, x))
            near = {(y + dy, x + dx) for dy, dx in steps} & left
            left -= near
            edge += near
        parts.add(frozenset(part))
    return parts


# --- channel ---


@pytest.mark.parametrize(
    ("paper", "ink"), [((255, 255, 255), (255, 240, 80)), ((70, 150, 60), (229, 42, 42))]
)
def test_ink_of_papers_own_brightness_is_told_by_its_colour(paper, ink):
    colours = np.full((60, 60, 3), paper, np.uint8)
    colours[20:40, 28:32] = ink
    grey = grey_levels(colours)
    assert grey[0, 0] - grey[30, 30] > 60


def test_where_brightness_tells_it_is_taken():
    colours = np.full((60, 60, 3), 255, np.uint8)
    colours[20:40, 28:32] = (200, 30, 30)
    assert np.allclose(grey_levels(colours), colours @ [0.299, 0.587, 0.114])


# --- frame ---


@pytest.mark.parametrize("wide", [1, 2, 12, 40])
@pytest.mark.parametrize("level", [0, 130])
def test_a_border_of_any_width_is_not_the_sheet(wide, level):
    page = np.pad(sheet(), wide, constant_values=level)
    page[60:90, 100:104] = 20
    assert sheet_of(page) == WHOLE.moved(1, wide, wide)


def test_a_band_along_one_edge_is_not_the_sheet():
    page = sheet()
    page[:20] = np.linspace(60, 200, 20)[:, None]
    assert sheet_of(page).top == 20


def test_the_bar_of_a_7_that_is_cut_closely_is_no_border():
    seven = np.full((60, 40), 250.0)
    seven[:6] = 10
    seven[:, 30:36] = 10
    assert sheet_of(seven) == Box(0, 0, 40, 60)


# --- paper ---


def test_a_shadows_edge_stays_where_it_is_in_the_local_paper():
    page = sheet()
    page[:, 120:] = 130
    page[40:110, 60:66] = 60
    page[70:76, 90:150] = 40
    paper = local_paper(page, dark=True)
    assert np.allclose(paper[:, :120], 240)
    assert np.allclose(paper[:, 120:], 130)


# --- contrast ---


@pytest.mark.parametrize("by", [-8, 8])
def test_faint_ink_on_clean_paper_is_ink(by):
    page = sheet(120)
    page[40:110, 60:66] += by
    ink = ink_on(page)
    assert ink.dark == (by < 0)
    assert np.array_equal(ink.clear > 0.5, page != 120)


def test_noise_alone_is_none():
    random = np.random.default_rng(0)
    for deviation in (1, 4, 12):
        assert ink_on(sheet(150) + random.normal(0, deviation, (150, 200))) is None


# --- lines ---


@pytest.mark.parametrize("level", [200, 120, 60, 25])
def test_a_grid_of_any_darkness_is_taken_away_and_the_stroke_left(level):
    page = sheet()
    page[5::20] = page[:, 9::20] = level
    stroke_at = (slice(30, 122), slice(95, 103))
    page[stroke_at] = 20
    lines = without_lines(ink_on(page))
    assert lines.several
    left = lines.ink > 0.5
    assert left[stroke_at].mean() > 0.9
    left[stroke_at] = False
    assert left.mean() < 0.01


def test_a_stroke_from_edge_to_edge_is_no_line():
    page = sheet()
    page[:, 95:103] = 20
    assert without_lines(ink_on(page)) is None


# --- card ---


def test_a_card_is_found_with_what_is_on_it():
    page = sheet(60)
    page[30:120, 40:160] = 230
    page[50:100, 95:103] = 20
    parts = parts_of(ink_on(page).clear)
    card = card_in(page, parts, int(parts.mass.argmax()))
    assert 25 < card.box.top < 40
    assert card.levels.max() == 230
    assert np.count_nonzero(card.levels == 20) == 50 * 8


# --- parts ---


def mask_of(*boxes):
    ink = np.zeros((150, 200))
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = 1
    return ink


def ring(left, top, right, bottom, wide=4):
    return (
        (left, top, right, top + wide),
        (left, bottom - wide, right, bottom),
        (left, top, left + wide, bottom),
        (right - wide, top, right, bottom),
    )


def test_a_box_round_ink_is_a_frame_and_an_empty_ring_is_a_zero():
    boxed = parts_of(mask_of(*ring(40, 20, 140, 130), (85, 40, 92, 110)))
    assert len(frames_in(boxed)) == 1
    assert frames_in(parts_of(mask_of(*ring(40, 20, 140, 130)))) == ()


def test_what_comes_in_over_the_edge_is_a_remain():
    parts = parts_of(mask_of((85, 40, 92, 110), (192, 50, 200, 80)))
    sort = sorted_parts(parts)
    assert [len(group) for group in sort.digits] == [1]
    assert len(sort.remains) == 1


def test_a_digit_that_touches_the_edge_alone_is_a_digit():
    sort = sorted_parts(parts_of(mask_of((85, 0, 92, 110))))
    assert (len(sort.digits), sort.remains) == (1, ())


def test_digits_are_in_reading_order():
    boxes = [Box(x, y, x + 20, y + 40) for x, y in ((90, 4), (10, 0), (50, 70), (12, 66), (50, 2))]
    assert grouped(boxes) == [[1], [4], [0], [3], [2]]


def test_a_bar_that_stands_apart_belongs_to_its_digit():
    assert grouped([Box(10, 20, 40, 80), Box(14, 5, 44, 12), Box(90, 5, 120, 80)]) == [[0, 1], [2]]


def dabs(count: int) -> list[Box]:
    """So many bits of ink anywhere on a sheet."""
    rng = np.random.default_rng(count)
    corners, sides = rng.uniform(0, 250, (count, 2)), rng.uniform(2, 14, (count, 2))
    return [Box(*corner, *(corner + side)) for corner, side in zip(corners, sides, strict=True)]


def test_hundreds_of_bits_of_ink_are_put_together_in_a_moment():
    began = time.process_time()
    groups = grouped(dabs(400))
    assert time.process_time() - began < 1.5  # pair by pair it takes a minute
    assert groups
    assert len({k for group in groups for k in group}) == sum(map(len, groups))


def test_a_texture_is_not_put_together_bit_by_bit():
    assert grouped(dabs(401)) == [list(range(401))]


def test_solid_things_are_no_strokes():
    disc = np.hypot(*np.mgrid[-20:21, -20:21]) < 20
    assert is_blob(disc)
    assert not is_blob(disc & (np.hypot(*np.mgrid[-20:21, -20:21]) > 14))
    assert not is_blob(np.ones((60, 20), bool))


def test_a_broad_thing_along_an_edge_is_a_shade():
    parts = parts_of(mask_of((120, 0, 200, 150), (40, 30, 46, 100)))
    band = int(parts.mass.argmax())
    assert is_shade(parts, band)
    assert not is_shade(parts, 1 - band)


# --- all of it ---


def test_what_was_left_out_is_said():
    page = sheet()
    page[5::20] = 150
    page[30:122, 95:103] = 20
    page = np.pad(page, 10, constant_values=0)
    found = find(page)
    assert found.dark
    assert found.because == {"lines"}
    assert found.sheet == WHOLE.moved(1, 10, 10)
    assert len(found.digits) == 1
    assert found.left_out.any()


def test_what_a_person_drew_a_box_round_is_one_digit():
    page = sheet()
    page[30:120, 50:56] = page[30:120, 140:146] = 20
    assert len(find(page).digits) == 2
    [one] = find(page, as_one=True).digits
    assert one.box.width > 90


def test_a_small_digit_in_a_corner_is_not_mnists():
    grey = np.zeros((28, 28), np.uint8)
    grey[4:24, 13:16] = 255
    assert is_in_mnists_manner(grey)
    small = np.zeros((28, 28), np.uint8)
    small[2:12, 2:4] = 255
    assert not is_in_mnists_manner(small)


def test_a_drawing_of_two_digits_has_two_and_a_4_of_two_strokes_is_one():
    bar = stroke([[50, 100], [50, 300]])
    other = stroke([[350, 100], [350, 300]])
    four = (stroke([[150, 100], [120, 220], [260, 220]]), stroke([[220, 120], [220, 320]]))
    assert [len(each.lines) for each in drawn_parts(Drawing((other, bar)))] == [1, 1]
    assert [each.box.left < 100 for each in drawn_parts(Drawing((other, bar)))] == [True, False]
    assert [len(each.lines) for each in drawn_parts(Drawing(four))] == [2]
    assert [each.box for each in drawn_parts(Drawing())] == [None]


def test_every_reference_digit_is_one(own_drawings):
    assert [len(drawn_parts(drawing)) for drawing in own_drawings] == [1] * len(own_drawings)
