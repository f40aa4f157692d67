"""What strangers write into a document: refused, or brought within what the program can show."""

import base64
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.app import schema
from rnn_desk.app.codecs import DRAWING, LAB, MODEL, MOST_PLACES, RECENT, ROW, UNIT, model_name
from rnn_desk.app.state import AppState
from rnn_desk.app.text import LONGEST, Document, many, number
from rnn_desk.app.values import LayerShown, ModelChoice, RuledUnit, Unit
from rnn_desk.app.view_table import VIEWS
from rnn_desk.assets_door import asset
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment, GateFactor, GateHeld
from rnn_desk.core.scan.areas import Box

GREY = base64.b64encode(bytes(6)).decode()
PICTURE = {"shape": [2, 3], "grey": GREY, "as_it_is": False}

NOT_PLACES = [0, -1, 2**31 + 1, 10**30, 1.0, True, math.nan, "1", [], {}]
"""Not counted from 1, or not at all."""

NO_VALUES = {
    "row": [*NOT_PLACES[:-3], "keeper", "", []],
    "target": [*NOT_PLACES, None, "nobody"],
    "unit": ["0:1", "1:0", "1", "1:2:3:4", "-1:2", "1:-2", "1:nobody", "a:b", f"1:{2**32}", True, 7,
             1.5, math.nan, [1, 2], {"1": 2}, "1:2:" + "9" * 5000],
    "layers": [None, 1, "hc", {}, [1], [None], [[1, 1, "h"]], [[1, 1, "h", "nobody"]],
               [[1, 1, 3, "stored"]], [[0, 1, "h", "stored"]], [[1, True, "h", "stored"]],
               ["h"] * (MOST_PLACES + 1), ["h" * (LONGEST + 1)]],
    "line": [None, 1, "x" * (LONGEST + 1)],
    "columns": [None, 0, 1, "yes", []],
    "gradient": [None, 0, 1, 1.0, "perhaps", []],
    "panel": [None, 1, []],
    "model": [1, True, [], {"file": "gru"}, {"watched": []}, {"file": 1, "watched": []},
              {"file": "gru", "watched": "w"}, {"file": "gru", "watched": [1]},
              {"file": "gru", "watched": ["w"] * (MOST_PLACES + 1)}, "x" * (LONGEST + 1)],
    "drawing": [None, 1, "a digit that is not there", [], {}, {"strokes": 1},
                {"strokes": [[[math.nan, 1]]]}, {"strokes": [[[1e300, 1]]]},
                {"strokes": [[[1, 2]]], "size": 0}, {"strokes": [[[1, 2]]], "size": -5},
                {"strokes": [[[1, 2]]], "size": math.nan}, {**PICTURE, "shape": [3, 3]},
                {**PICTURE, "shape": [6]}, {**PICTURE, "shape": [-2, -3]},
                {**PICTURE, "shape": [2.0, 3]}, {**PICTURE, "shape": [True, 6]},
                {**PICTURE, "shape": [0, 0], "grey": ""}, {**PICTURE, "grey": 6},
                {**PICTURE, "grey": "#"}, {**PICTURE, "shape": [5000, 1], "grey": GREY},
                {"grey": GREY, "shape": [2, 3]}],
    "lab": [None, 1, "noise", [], {"nobody": 1}, {"noise": math.nan}, {"noise": math.inf},
            {"noise": 1e9}, {"noise": True}, {"noise": "0.5"}, {"noise_seed": -1},
            {"noise_seed": 2**40}, {"shuffled": -1}, {"shuffled": 1.5}, {"shuffled": None},
            {"shift": [1]}, {"shift": [1, 2, 3]}, {"shift": [True, 1]}, {"shift": "12"},
            {"rotation": [1]}, {"covered": [0, 3]}, {"covered": [[1, 2, 3]]}, {"covered": 3},
            {"covered": None}, {"covered": [[True, 3]]}, {"covered": {"1": 2}},
            {"covered": [[1, 2]] * (MOST_PLACES + 1)}, {"covered": [[1, 3000]] * 2},
            {"off": [[1, 0]]}, {"off": [1, 2]},
            {"off": [[1, 1]] * (MOST_PLACES + 1)}, {"off": None}, {"forget": [[1, True]]},
            {"gates": []}, {"gates": {"f": 1}}, {"gates": {"0:f": 1}}, {"gates": {"1:f": math.nan}},
            {"gates": {"1:f": 0.5, "01:f": 0.2}}, {"gates": {" 1:f": 0.5}},
            {"gates": {f"{k}:f": 0 for k in range(1, MOST_PLACES + 2)}}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, all_ in NO_VALUES.items() for value in all_]
)
def test_what_is_no_value_of_a_field_is_refused_by_its_name(name, value):
    with pytest.raises(Refused, match=name):
        schema.read({name: value}, Document.DESK)


@pytest.mark.parametrize(
    "value", ["name", ["name"], ["name", 0], ["name", True], [1, 1], ["a", "b"], [], {}, 3]
)
def test_what_is_no_place_in_a_lesson_is_refused(value):
    with pytest.raises(Refused, match="lesson"):
        schema.read({"lesson": value}, Document.RECOVERY)


def test_rows_and_units_are_counted_from_1_in_documents():
    assert (ROW.read(1), ROW.write(0)) == (0, 1)
    assert (UNIT.read("2:31"), UNIT.write(Unit(0, 1, 30))) == (Unit(0, 1, 30), "2:31")
    assert (UNIT.read("2:1:31"), UNIT.write(Unit(1, 0, 30))) == (Unit(1, 0, 30), "2:1:31")
    assert UNIT.write(RuledUnit(1, "liveliest")) == "2:liveliest"
    assert ROW.read(2**31) == 2**31 - 1


def test_rows_are_covered_no_farther_than_any_picture_goes():
    assert LAB.read({"covered": [[4, 2**31]]}).covered == set(range(3, MOST_PLACES))
    assert LAB.read({"covered": [2, 4]}) == LAB.read({"covered": [[2, 3], [4, 4]]})
    assert LAB.write(LAB.read({"covered": [[2, 3], [4, 4], [9, 9]]})) == {
        "covered": [[2, 4], [9, 9]]
    }


def test_noise_has_no_sign():
    assert LAB.read({"noise": -0.25}).noise == 0.25


def test_seeds_are_flags_or_numbers():
    assert LAB.read({"shuffled": True}).shuffle == 0
    assert LAB.read({"shuffled": False}).shuffle is None
    assert LAB.read({"shuffled": 7}).shuffle == 7
    assert LAB.write(Experiment(shuffle=7)) == {"shuffled": 7}


def test_what_layers_show_may_be_said_in_a_word_each_for_all_models():
    (field,) = (each for each in schema.carried_by(Document.LESSON) if each.text.name == "layers")
    assert field.text.codec.read(["c", "f"]) == (
        LayerShown(0, 0, "c"),
        LayerShown(1, 0, "c"),
        LayerShown(0, 1, "f"),
        LayerShown(1, 1, "f"),
    )


def test_a_bundled_model_goes_by_its_name_however_its_path_is_written(monkeypatch):
    monkeypatch.chdir(asset())
    assert model_name("models/gru.onnx") == "gru"
    assert MODEL.write(ModelChoice("models/learning/lstm-00060.onnx")) == "learning/lstm-00060"
    assert MODEL.read("learning/lstm-00060").path == str(
        asset("models", "learning", "lstm-00060.onnx")
    )


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_model_and_no_unit_are_told_in_two_ways(nothing):
    assert MODEL.read(nothing) is None
    assert UNIT.read(nothing) is None


def test_numbers_are_brought_within_their_range():
    codec = number(1, 10)
    assert [codec.read(told) for told in (0, 5, "7.5", 1e300)] == [1, 5, 7.5, 10]
    for told in (True, None, [], math.inf, "nan", "much", 10**400):
        with pytest.raises((ValueError, TypeError, OverflowError)):
            codec.read(told)


def test_a_list_is_read_and_written_value_by_value():
    codec = many(ROW, 3)
    assert codec.read([1, None, "settled"]) == (0, None, "settled")
    assert codec.write((0, None, "settled")) == [1, None, "settled"]
    for told in ((1, 2), [1] * 4, "12"):
        with pytest.raises(ValueError):  # noqa: PT011  it says nothing
            codec.read(told)


def test_files_opened_lately_may_be_lines_of_a_text_as_older_settings_have_them():
    assert RECENT.read("/a\n\n/b") == RECENT.read(["/a", "/b"]) == ("/a", "/b")
    assert len(RECENT.read([f"/{k}" for k in range(20)])) == 8
    for told in (None, 3, {"/a": 1}, [1], ["x" * (LONGEST + 1)]):
        with pytest.raises((ValueError, TypeError, KeyError)):
            RECENT.read(told)


# Views that are options of others.


@pytest.mark.parametrize("document", [Document.LESSON, Document.DESK, Document.RECOVERY])
def test_a_view_that_is_an_option_brings_the_view_along(document):
    state = schema.read({"cells": True}, document).over(AppState())
    assert state.views.shown == {"cells", "gradient"}
    hidden = schema.read({"gradient": False}, document).over(state)
    assert hidden.views.shown == set()


@given(st.lists(st.tuples(st.sampled_from([spec.name for spec in VIEWS]), st.booleans())))
def test_no_option_is_ever_shown_without_its_view(told):
    state = AppState()
    for name, on in told:
        state = schema.read({name: on}, Document.DESK).over(state)
        assert (name in state.views.shown) is on
        for spec in VIEWS:
            assert spec.within in (state.views.shown | {""}) or spec.name not in state.views.shown


PLACES = st.integers(0, 200)


@given(
    st.builds(
        Experiment,
        covered=st.frozensets(st.integers(0, 60)),
        shuffle=st.none() | PLACES,
        noise=st.floats(0, 2),
        noise_seed=PLACES,
        shift=st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
        rotation=st.floats(-180, 180),
        off=st.frozensets(st.tuples(PLACES, PLACES), max_size=5),
        zeroed=st.frozensets(st.tuples(PLACES, PLACES), max_size=5),
        gates=st.lists(
            st.builds(GateFactor, PLACES, st.sampled_from("if"), st.floats(0, 2)),
            max_size=4,
            unique_by=lambda each: (each.layer, each.gate),
        ).map(tuple),
        held=st.lists(
            st.builds(GateHeld, PLACES, st.sampled_from("go"), st.floats(0, 2) | st.just("mean")),
            max_size=4,
            unique_by=lambda each: (each.layer, each.gate),
        ).map(tuple),
    )
)
def test_any_experiment_comes_back(experiment):
    assert LAB.read(LAB.write(experiment)) == experiment


def test_a_large_picture_is_shrunk_with_its_box():
    """Its ink is looked for on the window's thread."""
    grey = base64.b64encode(bytes([255]) * 2048 * 1024).decode()
    value = {"shape": [2048, 1024], "grey": grey, "as_it_is": False, "box": [300, 600, 900, 1800]}
    picture = DRAWING.read(value)
    assert picture.grey.shape == (683, 342)
    assert picture.box == Box(100, 200, 300, 600)
    assert DRAWING.read(DRAWING.write(picture)).box == picture.box
