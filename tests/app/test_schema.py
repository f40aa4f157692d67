import json
import tomllib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.app import schema
from rnn_desk.app.actions import intervene, point
from rnn_desk.app.state import AppState, Canvas, Look, Models
from rnn_desk.app.text import Document
from rnn_desk.app.values import LayerShown, ModelChoice, RuledUnit, Unit
from rnn_desk.assets_door import asset, bundled_lessons
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment, GateFactor
from rnn_desk.core.picture import Picture

LINE = stroke([[0, 0], [10, 10.5]])


def there_and_back(state, document):
    text = json.dumps(schema.written(state, document))
    return schema.read(json.loads(text), document).over(AppState())


def same(a, b, document):
    return schema.written(a, document) == schema.written(b, document)


def lesson_steps():
    for path in bundled_lessons():
        record = tomllib.loads(path.read_text(encoding="utf-8"))
        steps = record.pop("step")
        yield from ({**record, **step} for step in steps)


@pytest.mark.parametrize("document", Document)
def test_a_first_start_is_nothing_to_write(document):
    assert schema.written(AppState(), document) == {}


@pytest.mark.parametrize("step", list(lesson_steps()))
def test_the_steps_of_the_lessons_are_read_and_written(step):
    patch = schema.read(step, Document.LESSON)
    assert patch.unknown.keys() <= {"title", "aim", "minutes", "words", "notes"}
    state = patch.over(AppState())
    assert same(there_and_back(state, Document.LESSON), state, Document.LESSON)


EXPERIMENTS = [
    Experiment(covered=frozenset({0, 1, 2, 7, 9, 10})),
    Experiment(shuffle=0),
    Experiment(shuffle=3, noise=0.25, noise_seed=2, shift=(1.5, -2.0), rotation=-12.0),
    Experiment(off=frozenset({(0, 3), (1, 191)}), zeroed=frozenset({(1, 14)})),
    Experiment(gates=(GateFactor(1, "f", 0.0), GateFactor(0, "i", 0.5))),
]


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_an_experiment_comes_back(experiment):
    state = intervene.try_out(AppState(), experiment)
    assert there_and_back(state, Document.DESK).lab == experiment


@pytest.mark.parametrize("row", [None, 0, 27, "settled"])
def test_a_row_comes_back(row):
    state = AppState()
    state = replace(state, pointed=replace(state.pointed, stays=row))
    assert there_and_back(state, Document.DESK).pointed.stays == row


def test_a_row_is_counted_from_1_in_a_document():
    assert schema.written(point.pin(AppState(), 4), Document.DESK) == {"row": 5}


@pytest.mark.parametrize("unit", [None, Unit(0, 1, 30), Unit(1, 0, 0), RuledUnit(1, "keeper")])
def test_a_unit_comes_back(unit):
    state = point.pin_unit(AppState(), unit)
    assert there_and_back(state, Document.DESK).pointed.unit_stays == unit


def test_a_drawing_comes_back():
    drawing = Drawing((LINE, replace(LINE, tool="eraser", width=30.0)), label=7)
    state = replace(AppState(), canvas=Canvas(drawing))
    again = there_and_back(state, Document.DESK).canvas.finished
    assert [each.tool for each in again.strokes] == ["ink", "eraser"]
    assert again.label == 7
    assert np.array_equal(again.strokes[0].points, LINE.points)


def test_a_picture_comes_back():
    grey = np.arange(60, dtype=np.uint8).reshape(6, 10)
    state = replace(AppState(), canvas=Canvas(Picture(grey, as_it_is=True)))
    again = there_and_back(state, Document.DESK).canvas.finished
    assert np.array_equal(again.grey, grey)
    assert again.as_it_is


def test_models_are_named_or_found_by_their_files(tmp_path):
    own = ModelChoice(str(asset("models", "gru.onnx")))
    other = ModelChoice(str(tmp_path / "mine.onnx"), ("attention",))
    state = replace(AppState(), models=Models(own, other))
    written = schema.written(state, Document.DESK)
    assert written["model"] == "gru"
    assert there_and_back(state, Document.DESK).models == state.models


def test_what_layers_show_comes_back():
    shown = (LayerShown(0, 1, "c", "stored"), LayerShown(1, 0, "h", "peak"))
    state = replace(AppState(), views=replace(AppState().views, layers=shown))
    assert there_and_back(state, Document.DESK).views.layers == shown


def test_views_are_each_a_field_of_their_own():
    patch = schema.read({"gradient": True, "saliency": False}, Document.LESSON)
    assert patch.over(AppState()).views.shown == {"gradient"}


def test_settings_of_older_versions_are_read():
    older = {
        "theme": "dark", "pen_width": "thin", "speed": "2", "unsure_below": "0.7",
        "geometry": "AQI=", "gradient": "hidden", "overlay": "saliency",
        "recent": "/a/b.onnx\n/c.onnx", "language": "zh",
        "examination_seconds": "40", "examination_mebibytes": "4096",
    }  # fmt: skip
    state = schema.read(older, Document.SETTINGS, lenient=True).over(AppState())
    assert state.look == Look("dark", "zh", pen_width="thin", speed="2", unsure_below=0.7)
    assert state.views.shown == {"saliency"}
    assert state.layout.geometry == b"\x01\x02"
    assert state.personal.recent == ("/a/b.onnx", "/c.onnx")
    assert (state.personal.limits.seconds, state.personal.limits.mebibytes) == (40, 4096)


@pytest.mark.parametrize("nonsense", ["nan", "", "too soon", None, [], {}])
def test_nonsense_in_settings_is_the_default(nonsense):
    fields = dict.fromkeys(("examination_seconds", "unsure_below", "geometry"), nonsense)
    state = schema.read({**fields, "speed": "2"}, Document.SETTINGS, lenient=True).over(AppState())
    assert state.personal == AppState().personal
    assert state.look == Look(speed="2")
    assert state.layout.geometry == b""


@pytest.mark.parametrize("name", ["recent", "folder", "theme", "examination_seconds", "recover"])
@pytest.mark.parametrize("document", [Document.LESSON, Document.DESK])
def test_what_a_document_may_not_carry_is_refused_by_name(name, document):
    with pytest.raises(Refused, match=name):
        schema.read({name: "x"}, document)


def test_what_the_program_does_not_know_is_kept():
    assert schema.read({"from_the_future": [1]}, Document.DESK).unknown == {"from_the_future": [1]}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(f.text.name for f in schema.carried_by(Document.DESK))), JSON)
def test_a_field_of_a_stranger_is_read_or_refused(name, value):
    try:
        state = schema.read({name: value}, Document.DESK).over(AppState())
    except Refused:
        return
    assert same(there_and_back(state, Document.DESK), state, Document.DESK)
