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
from rnn_desk.core.scan.enclosing import Frames, frames_in, rims_of
from rnn_desk.core.scan.find import find, is_in_mnists_manner
from rnn_desk.core.scan.frame import sheet_of
from rnn_desk.core.scan.labels import labelled
from rnn_desk.core.scan.lines import without_lines
from rnn_desk.core.scan.order import reading_order
from rnn_desk.core.scan.paper import even_paper, local_paper
from rnn_desk.core.scan.parts import grouped, is_blob, is_shade, parts_of, sorted_parts
from rnn_desk.core.scan.words import words_in

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
    assert len(frames_in(boxed).thin) == 1
    assert frames_in(parts_of(mask_of(*ring(40, 20, 140, 130)))).thin == ()


def test_a_table_is_a_frame_though_its_digits_are_small_beside_it():
    lines = [(20, y, 182, y + 2) for y in (20, 60, 100, 140)]
    lines += [(x, 20, x + 2, 142) for x in (20, 60, 100, 140, 180)]
    table = parts_of(mask_of(*lines, (36, 30, 40, 50), (118, 72, 121, 92)))
    assert len(frames_in(table).thin) == 1
    assert len(frames_in(parts_of(mask_of(*lines))).thin) == 0
    shaded = parts_of(mask_of(*lines, (36, 30, 40, 50), (61, 60, 101, 101)))
    assert (len(frames_in(shaded).thin), len(frames_in(shaded).thick)) == (0, 1)


def test_a_loop_within_a_digit_makes_no_frame_of_it():
    zero, bit = ring(20, 20, 60, 60, 3), (35, 38, 46, 41)
    others = [(x, 20, x + 4, 62) for x in (100, 140)]
    boxes = [line for x in (85, 125) for line in ring(x, 10, x + 34, 72, 2)]
    frames = frames_in(parts_of(mask_of(*zero, bit, *others, *boxes)))
    assert len(frames.thin) == 2


def test_a_0_with_a_dot_in_it_is_no_frame_where_others_are_as_large():
    zero, dot = ring(20, 20, 60, 62, 5), (34, 36, 46, 46)
    others = [(x, 20, x + 4, 62) for x in (80, 110, 140)]
    assert frames_in(parts_of(mask_of(*zero, dot, *others))) == Frames((), ())
    assert frames_in(parts_of(mask_of(*zero, dot))) != Frames((), ())


def test_what_lies_all_round_the_sheet_is_what_it_lies_on_and_a_thin_border_is_not():
    digits = [(x, 80, x + 8, 110) for x in (60, 100, 140)]
    assert frames_in(parts_of(mask_of(*ring(0, 0, 200, 150, 14), *digits))) == Frames((), (0,))
    assert frames_in(parts_of(mask_of(*ring(0, 0, 200, 150, 3), *digits))).thick == ()


def test_a_box_that_its_digit_touches_is_one_where_others_of_a_form_are_as_large():
    form = [line for x in (5, 45, 85) for line in ring(x, 10, x + 34, 72, 2)]
    digits = [(x, 25, x + 4, 60) for x in (20, 60, 100)]
    touched = (*ring(125, 10, 159, 72, 2), (140, 25, 144, 72))
    parts = parts_of(mask_of(*form, *digits, *touched))
    frames = frames_in(parts)
    assert len(frames.thin) == 3
    rims = rims_of(parts, frames.thin)
    assert rims[40, 125:127].all()
    assert not rims[:, :125].any()
    assert not rims[30:60, 140:144].any()
    assert not rims_of(parts, frames.thin[:2]).any()


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


@pytest.mark.parametrize("tilt", [-0.08, 0.0, 0.08])
@pytest.mark.parametrize("shape", [(1, 5), (3, 5), (4, 6), (6, 2)])
def test_lines_that_rise_or_fall_and_are_not_kept_to_are_read_as_lines(shape, tilt):
    rng = np.random.default_rng(3)
    rows, columns = shape
    boxes = [
        Box(x, y, x + 25, y + 40)
        for row in range(rows)
        for column in range(columns)
        for x in [60 * column + rng.uniform(-9, 9)]
        for y in [90 * row + x * tilt + rng.uniform(-14, 14)]
    ]
    mixed = rng.permutation(len(boxes))
    order = reading_order([boxes[k] for k in mixed])
    assert [int(mixed[k]) for k in order] == list(range(len(boxes)))


def test_what_lies_below_the_arm_of_another_is_in_its_line():
    seven, one, below = Box(0, 0, 40, 50), Box(30, 12, 36, 50), Box(0, 70, 40, 120)
    assert reading_order([below, one, seven]) == [2, 1, 0]


def solid(boxes):
    """Ink that fills its box, as `words_in` asks for it."""
    return lambda number: np.ones((int(boxes[number].height), int(boxes[number].width)), bool)


def words(*boxes):
    return words_in(boxes, solid(boxes))


def test_low_letters_side_by_side_are_a_word_and_a_bar_and_a_dot_are_none():
    digit, letters = Box(20, 30, 60, 110), [Box(x, 14, x + 9, 26) for x in (10, 22, 34)]
    assert words(digit, *letters) == {1, 2, 3}
    assert words(digit, *letters[:2]) == set()
    bits = [Box(x, 24, x + 30, 28) for x in (20, 55, 90)]  # of the bar of a broad 7
    assert words(digit, *bits) == set()


def test_letters_that_run_into_one_another_are_a_word_and_short_ones_beside_such():
    digit, merged, short, bar = (
        Box(20, 30, 60, 110),
        Box(10, 10, 40, 22),
        Box(110, 10, 126, 22),
        Box(160, 18, 186, 22),
    )
    boxes = (digit, merged, short, bar)
    strokes = [np.ones((80, 40), bool)]
    for count, box in zip((4, 2, 1), boxes[1:], strict=True):
        ink = np.zeros((int(box.height), int(box.width)), bool)
        ink[:, :: int(box.width) // count] = True
        strokes.append(ink if count > 1 else np.ones_like(ink))
    assert words_in(boxes, strokes.__getitem__) == {1, 2}
    alone = (digit, short, bar)
    assert words_in(alone, [strokes[0], *strokes[2:]].__getitem__) == set()


def test_a_long_name_nearly_as_tall_as_the_digits_is_a_word():
    digit, name = Box(200, 30, 240, 110), Box(10, 40, 150, 100)
    letters = np.zeros((60, 140), bool)
    letters[:, ::20] = True
    ink = (np.ones((80, 40), bool), letters)
    assert words_in((digit, name), ink.__getitem__) == {1}
    assert words_in((digit, name), solid((digit, name))) == set()


def test_a_low_thing_across_a_corner_is_a_digits_own_where_it_is_a_bar():
    digit, bar, letters = Box(20, 30, 60, 110), Box(62, 22, 90, 27), Box(62, 10, 90, 26)
    assert grouped([digit, bar]) == [[0, 1]]
    assert grouped([digit, letters]) == [[0]]


def test_a_name_beside_a_digit_is_no_part_of_it():
    digit, letters = (80, 40, 90, 120), [(x, 26, x + 8, 38) for x in (60, 70, 80)]
    sort = sorted_parts(parts_of(mask_of(digit, *letters)))
    assert [len(group) for group in sort.digits] == [1]


def test_a_punched_hole_is_no_digit_and_a_dot_alone_is_all_there_is():
    y, x = np.mgrid[0:150, 0:200]
    hole = np.hypot(y - 75, x - 20) < 9
    alone = sorted_parts(parts_of(hole.astype(float)))
    beside = sorted_parts(parts_of(np.maximum(hole, mask_of((85, 40, 92, 110)))))
    assert (len(alone.digits), len(beside.digits)) == (1, 1)
    assert len(beside.digits[0]) == 1


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
