import gzip
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.drawing import (
    MAX_POINTS,
    Drawing,
    Stroke,
    from_json,
    read_drawings,
    stroke,
    to_json,
    write_drawings,
)
from rnn_desk.core.errors import Refused
from tests.helpers.strategies import ANY_PEN, JSON, strokes

NAMES = st.none() | st.integers() | st.text(max_size=9)
SIZES = st.sampled_from([1e-3, 0.5, 1.0, 28.0, 500.0, 1920.0, 1e7])
EXTRAS = st.dictionaries(st.text(max_size=9), JSON, max_size=3)
KNOWN = {"label", "strokes", "writer", "width", "size", "tools", "pressure", "seconds"}


@st.composite
def any_drawings(draw):
    """Drawings of every kind that a file can hold."""
    tools = st.sampled_from(["ink", "eraser"])
    made = draw(st.lists(tools.flatmap(lambda t: strokes(t, ANY_PEN, pressed=True)), max_size=4))
    size = draw(SIZES)
    extra = {key: value for key, value in draw(EXTRAS).items() if key not in KNOWN}
    drawing = Drawing(tuple(made), label=draw(NAMES), writer=draw(NAMES), extra=extra)
    return drawing.resized(size)


def assert_same(one, other):
    assert (one.size, one.label, one.writer) == (other.size, other.label, other.writer)
    assert json.dumps(one.extra) == json.dumps(other.extra)  # as text a nan is itself
    assert len(one.strokes) == len(other.strokes)
    for a, b in zip(one.strokes, other.strokes, strict=True):
        assert (a.tool, a.width) == (b.tool, b.width)
        assert np.abs(a.points - b.points).max() <= 1e-6 * one.size
        assert (a.pressure is None) == (b.pressure is None)
        assert a.pressure is None or a.pressure == pytest.approx(b.pressure, abs=1e-4)


# --- the values ---


def test_a_stroke_is_frozen():
    made = stroke([[1, 2], [3, 4]], pressure=[0, 1])
    for array in (made.points, made.pressure):
        assert array.dtype == np.float64
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(AttributeError):
        made.tool = "eraser"


@pytest.mark.parametrize(
    "points",
    [
        [(1, 2), (3, 4)],
        [[1.0, 2.0], [3.0, 4.0]],
        np.array([[1, 2], [3, 4]], dtype=np.int64),
        np.array([[1, 2], [3, 4]], dtype=np.float32),
        ((x, x + 1) for x in (1, 3)),
    ],
)
def test_a_stroke_is_made_of_any_nested_numbers(points):
    assert stroke(points).points.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([], "at least one"),
        ([1, 2], "list of"),
        (7, "list of"),
        ([[1, 2], [3]], "list of"),
        ([[1, 2, 3]], "list of"),
        ([[]], "list of"),
        ([["1", "2"]], "list of"),
        (["12"], "list of"),
        ([[None, 1]], "list of"),
        ([[1j, 1]], "list of"),
        ([[[1], [2]]], "list of"),
        ([[math.nan, 1]], "ordinary"),
        ([[1, -math.inf]], "ordinary"),
        ([[1, 1.1e7]], "ordinary"),
        ([[10**400, 1]], "list of"),
    ],
)
def test_what_is_no_stroke_is_refused(points, reason):
    with pytest.raises(Refused, match=reason):
        stroke(points)


@pytest.mark.parametrize("width", [0, -1, math.nan, math.inf, 1e8])
def test_a_pen_has_a_width(width):
    with pytest.raises(Refused, match="width"):
        stroke([[1, 2]], width=width)


@pytest.mark.parametrize("seconds", [[], [0.5, 0.5], [math.inf], [math.nan], ["1"], [[1]], 1])
def test_seconds_are_one_number_a_point(seconds):
    with pytest.raises(Refused, match="seconds"):
        stroke([[1, 2]], seconds=seconds)


def test_seconds_come_back_from_a_file_and_never_run_backwards():
    drawing = Drawing((stroke([[1, 2], [3, 4]], seconds=[0.25, 1.5]), stroke([[5, 6]])))
    again = from_json(to_json(drawing))
    assert again.strokes[0].seconds.tolist() == [0.25, 1.5]
    assert again.strokes[1].seconds is None
    with pytest.raises(Refused, match="backwards"):
        stroke([[1, 2], [3, 4]], seconds=[1.0, 0.5])


def test_a_stroke_is_cut_with_all_that_belongs_to_its_points():
    made = stroke([[1, 2], [3, 4], [5, 6]], pressure=[0, 0.5, 1], seconds=[1, 2, 3])
    first, last = made.cut(2), made.cut(None, begin=1)
    assert first.points.tolist() == [[1, 2], [3, 4]]
    assert (first.pressure.tolist(), first.seconds.tolist()) == ([0, 0.5], [1, 2])
    assert last.points.tolist() == [[3, 4], [5, 6]]
    assert (last.pressure.tolist(), last.seconds.tolist()) == ([0.5, 1], [2, 3])


@pytest.mark.parametrize("pressure", [[], [0.5, 0.5], [1.1], [-0.1], [math.nan], ["1"], [[1]], 1])
def test_pressure_is_one_part_a_point(pressure):
    with pytest.raises(Refused, match="pressure"):
        stroke([[1, 2]], pressure=pressure)


def test_a_tool_is_ink_or_eraser():
    with pytest.raises(Refused, match="tool"):
        stroke([[1, 2]], tool="brush")


def test_a_drawing_grows_by_copies():
    empty = Drawing(label=7)
    one = empty.with_stroke(stroke([[1, 2]]))
    assert empty.strokes == ()
    assert (len(one.strokes), one.label) == (1, 7)


def test_moving_moves_points_and_keeps_pens_and_resizing_scales_both():
    drawing = Drawing((stroke([[1, 2], [3, 4]], width=5, pressure=[0, 1]),), label=7)
    moved, resized = drawing.moved(2, 10, -1), drawing.resized(1000)
    assert moved.strokes[0].points.tolist() == [[12, 3], [16, 7]]
    assert (moved.strokes[0].width, moved.size, moved.label) == (5, 500, 7)
    assert resized.strokes[0].points.tolist() == [[2, 4], [6, 8]]
    assert (resized.strokes[0].width, resized.size) == (10, 1000)
    assert resized.strokes[0].pressure.tolist() == [0, 1]


# --- one line of a file ---


def test_the_format_in_the_contract():
    drawing = from_json('{"label": 7, "strokes": [[[10, 20], [30.5, 40]], [[1, 2]]]}')
    assert (drawing.label, drawing.writer, drawing.size) == (7, None, 500)
    assert [s.points.tolist() for s in drawing.strokes] == [[[10, 20], [30.5, 40]], [[1, 2]]]
    assert {(s.tool, s.width, s.pressure) for s in drawing.strokes} == {("ink", None, None)}


def test_every_optional_field():
    drawing = from_json(
        '{"label": "seven", "writer": 3, "size": 28, "width": [2, null, 4],'
        ' "tools": ["ink", "eraser", "ink"], "pressure": [[0, 1], null, []],'
        ' "strokes": [[[1, 2], [3, 4]], [[5, 6]], []], "mood": {"good": true}}'
    )
    first, second = drawing.strokes  # the third has no points
    assert (first.tool, first.width, first.pressure.tolist()) == ("ink", 2, [0, 1])
    assert (second.tool, second.width, second.pressure) == ("eraser", None, None)
    assert (drawing.label, drawing.writer, drawing.size) == ("seven", 3, 28)
    assert drawing.extra == {"mood": {"good": True}}


def test_one_width_and_one_tool_may_stand_for_all():
    drawing = from_json('{"strokes": [[[1, 2]], [[3, 4]]], "width": 9, "tools": "eraser"}')
    assert [(s.width, s.tool) for s in drawing.strokes] == [(9, "eraser")] * 2


def test_no_strokes_are_a_drawing_too():
    assert from_json('{"strokes": []}').strokes == ()
    assert from_json('{"strokes": [[], []]}').strokes == ()


@given(any_drawings())
def test_written_and_read_again_it_is_the_same(drawing):
    line = to_json(drawing)
    assert "\n" not in line
    assert_same(from_json(line), drawing)
    assert to_json(from_json(line)) == line


def test_round_numbers_keep_the_line_short():
    assert '"strokes":[[[0.333,66.667]]]' in to_json(Drawing((stroke([[1 / 3, 200 / 3]]),)))


BAD_LINES = {
    "": "JSON",
    "no": "JSON",
    '{"strokes": [[[1, 2]]]': "JSON",
    "[" * 100_000: "JSON",
    '{"strokes": ' + "[" * 100_000 + "]" * 100_000 + "}": "JSON",
    "\0": "JSON",
    "[]": "list of strokes",
    "null": "list of strokes",
    "3": "list of strokes",
    '"strokes"': "list of strokes",
    "{}": "list of strokes",
    '{"strokes": null}': "list of strokes",
    '{"strokes": {"0": [[1, 2]]}}': "list of strokes",
    '{"strokes": "12"}': "list of strokes",
    '{"strokes": [1]}': "lists of",
    '{"strokes": [null]}': "lists of",
    '{"strokes": [[1, 2]]}': "list of",
    '{"strokes": [["12"]]}': "list of",
    '{"strokes": [{"1": 2}]}': "list of",
    '{"strokes": [[{"1": 1, "2": 2}]]}': "list of",
    '{"strokes": [[["1", "2"]]]}': "list of",
    '{"strokes": [[[1, 2], [3]]]}': "list of",
    '{"strokes": [[[NaN, 2]]]}': "ordinary",
    '{"strokes": [[[1, Infinity]]]}': "ordinary",
    '{"strokes": [[[1e300, 2]]]}': "ordinary",
    '{"strokes": [[[1e999, 2]]]}': "ordinary",
    '{"strokes": [[[1' + "0" * 400 + ", 2]]]}": "list of",
    '{"strokes": [[[1' + "0" * 9000 + ", 2]]]}": "JSON",
    '{"strokes": [[[1, 2]]], "size": 0}': "size",
    '{"strokes": [[[1, 2]]], "size": -1}': "size",
    '{"strokes": [[[1, 2]]], "size": 1e-320}': "size",
    '{"strokes": [[[1, 2]]], "size": NaN}': "size",
    '{"strokes": [[[1, 2]]], "size": Infinity}': "size",
    '{"strokes": [[[1, 2]]], "size": null}': "size",
    '{"strokes": [[[1, 2]]], "size": true}': "size",
    '{"strokes": [[[1, 2]]], "size": "500"}': "size",
    '{"strokes": [[[1, 2]]], "size": [500]}': "size",
    '{"strokes": [[[1, 2]]], "size": 1' + "0" * 400 + "}": "size",
    '{"strokes": [[[1, 2]]], "width": 0}': "width",
    '{"strokes": [[[1, 2]]], "width": "2"}': "width",
    '{"strokes": [[[1, 2]]], "width": {"a": 1}}': "width",
    '{"strokes": [[[1, 2]]], "width": [1, 2]}': "width",
    '{"strokes": [[[1, 2]]], "width": 1' + "0" * 400 + "}": "width",
    '{"strokes": [[[1, 2]]], "tools": null}': "tool",
    '{"strokes": [[[1, 2]]], "tools": "brush"}': "tool",
    '{"strokes": [[[1, 2]]], "tools": ["ink", "ink"]}': "tools",
    '{"strokes": [[[1, 2]]], "tools": [["ink"]]}': "tool",
    '{"strokes": [[[1, 2]]], "pressure": 0.5}': "pressure",
    '{"strokes": [[[1, 2]]], "pressure": [0.5]}': "pressure",
    '{"strokes": [[[1, 2]]], "pressure": [[2]]}': "pressure",
    '{"strokes": [[[1, 2]]], "pressure": [["0"]]}': "pressure",
    '{"strokes": [[[1, 2]]], "pressure": {"0": [0.5]}}': "pressure",
    '{"strokes": [[[1, 2]]], "pressure": []}': "pressure",
    '{"strokes": [[[1, 2]]], "label": 7.5}': "label",
    '{"strokes": [[[1, 2]]], "label": true}': "label",
    '{"strokes": [[[1, 2]]], "label": [7]}': "label",
    '{"strokes": [[[1, 2]]], "writer": {}}': "writer",
}


@pytest.mark.parametrize(("line", "reason"), BAD_LINES.items(), ids=lambda text: text[:60])
def test_a_bad_line_says_what_is_wrong(line, reason):
    with pytest.raises(Refused, match=reason) as caught:
        from_json(line)
    sentence = str(caught.value)
    assert len(sentence) < 90
    assert "numpy" not in sentence
    assert "float" not in sentence


def test_more_points_than_anybody_draws_are_refused():
    points = "[0,0]," * MAX_POINTS
    with pytest.raises(Refused, match="200000 points"):
        from_json(f'{{"strokes": [[{points}[0,0]]]}}')


LIKELY = st.fixed_dictionaries(
    {"strokes": st.lists(st.lists(st.lists(JSON, max_size=3) | JSON, max_size=3) | JSON)},
    optional=dict.fromkeys(
        ("label", "writer", "width", "size", "tools", "pressure", "seconds"), JSON
    ),
)


@given(JSON | LIKELY)
def test_any_json_is_a_drawing_or_refused(value):
    try:
        drawing = from_json(json.dumps(value))
    except Refused:
        return
    assert_same(from_json(to_json(drawing)), drawing)


@given(st.text())
def test_any_text_is_a_drawing_or_refused(text):
    with pytest.raises(Refused, match="it "):
        from_json(text)


# --- files ---

GOOD = '{"label": 1, "strokes": [[[1, 2]]]}'


@given(st.lists(any_drawings(), max_size=4))
def test_a_file_round_trip(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("drawings") / "class.jsonl"
    write_drawings(path, made)
    again = list(read_drawings(path))
    assert len(again) == len(made)
    for one, other in zip(again, made, strict=True):
        assert_same(one, other)
    packed = path.with_suffix(".jsonl.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert [to_json(d) for d in read_drawings(packed)] == [to_json(d) for d in again]


def test_words_stay_readable_in_the_file(tmp_path):
    path = tmp_path / "digits.jsonl"
    write_drawings(path, [Drawing(writer="林", extra={"half a character": "\ud800"})])
    assert "林" in path.read_text(encoding="utf-8")
    (again,) = read_drawings(path)
    assert again.extra == {"half a character": "\ud800"}


def test_bad_lines_are_named_by_number_and_the_others_answered(tmp_path):
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(f"\ufeff{GOOD}\r\nnonsense\n\n   \n{GOOD}\n{{}}\n\0\n{GOOD}".encode())
    answers = list(read_drawings(path))
    assert [isinstance(a, Drawing) for a in answers] == [True, False, True, False, False, True]
    refused = [str(a) for a in answers if isinstance(a, Refused)]
    assert refused[0] == (
        f"{path}, line 2: this is not a drawing, it is not JSON; correct or remove the line"
    )
    assert [f"line {n}:" in text for n, text in zip((2, 6, 7), refused, strict=True)] == [True] * 3


def test_an_empty_file_holds_no_drawings(tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"")
    assert list(read_drawings(path)) == []


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(Refused, match="does not exist"):
        list(read_drawings(tmp_path / "absent.jsonl"))


def test_a_file_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(Refused, match="is a folder"):
        write_drawings(tmp_path, [Drawing()])


def test_own_drawings_are_whole(own_drawings):
    assert all(isinstance(d.strokes[0], Stroke) for d in own_drawings)


@pytest.mark.shared_data
def test_real_drawings_survive_being_written(pen_drawings):
    assert len(pen_drawings) == 7494
    assert {d.writer for d in pen_drawings} >= set(range(1, 31))
    for drawing in pen_drawings[::50]:
        assert_same(from_json(to_json(drawing)), drawing)


def strokes_json(*strokes):
    """A line of JSON: tools and points by their numbers."""
    points = [[[100 + k % 7, 100 + k % 11] for k in range(count)] for _, count in strokes]
    return json.dumps({"strokes": points, "tools": [tool for tool, _ in strokes]})


@pytest.mark.parametrize(
    "strokes",
    [
        [("ink", 5000), ("eraser", 5000)],
        [("ink", 1)] * 2000 + [("eraser", 1)] * 2000,
    ],
)
def test_wiping_that_would_take_minutes_is_refused(strokes):
    with pytest.raises(Refused, match="too much ink"):
        from_json(strokes_json(*strokes))


def test_wiping_by_hand_is_not():
    by_hand = [("ink", 400), ("eraser", 300)] * 5
    assert len(from_json(strokes_json(*by_hand)).strokes) == 10
    assert from_json(strokes_json(("eraser", 5000), ("ink", 5000))).strokes  # nothing below it


def test_a_file_of_empty_lines_is_refused_before_long(tmp_path):
    path = tmp_path / "blank.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n" * 1_000_000))
    with pytest.raises(Refused, match="only empty lines"):
        next(read_drawings(path))
    path.write_bytes(gzip.compress(b"\n" * 500 + strokes_json(("ink", 3)).encode()))
    assert next(read_drawings(path)).strokes
