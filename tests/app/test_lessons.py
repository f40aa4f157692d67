"""The lessons as data: complete, short, and naming nothing that is not there."""

import re

import numpy as np
import pytest

from rnn_desk import assets_door
from rnn_desk.app.codecs import EMPTY
from rnn_desk.app.lessons import lessons, read_lesson
from rnn_desk.app.values import Unit
from rnn_desk.assets_door import asset, bundled_lessons, catalogue, default_model
from rnn_desk.core.drawing import read_drawings
from rnn_desk.core.lab import Experiment, GateFactor
from rnn_desk.core.landmarks import ROWS, UNITS, kept_rows
from rnn_desk.core.references import other_drawings
from rnn_desk.core.trace import LayerTrace

ALL = [read_lesson(path) for path in bundled_lessons()]
STEPS = [
    pytest.param(step, id=f"{lesson.name}-{number}")
    for lesson in ALL
    for number, step in enumerate(lesson.steps, start=1)
]
LONGEST = 230
"""Letters that a class reads while the teacher speaks: two sentences or three."""


def known_models():
    named = {model.name for model in assets_door.CATALOGUE}
    return named | {f"learning/lstm-{steps:05}" for steps in (0, 60, 200, 550, 2200)}


@pytest.fixture(scope="module")
def digits():
    drawings = read_drawings(asset("reference", "digits.jsonl"))
    named = {f"{drawing.label} {drawing.extra['style']}" for drawing in drawings}
    return named | set(other_drawings())


@pytest.mark.parametrize("step", STEPS)
def test_a_step_names_what_there_is(step, digits):
    assert known_models().issuperset(step.models)
    assert step.record["digit"] in digits | {EMPTY}
    row = step.state.pointed.stays
    assert row is None or row in ROWS or 0 <= row < 28
    assert {layer.quantity for layer in step.state.views.layers} <= set("hcifgozrn")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_short(step):
    assert 20 < len(step.words) <= LONGEST
    assert step.words.endswith((".", "?"))
    assert len(re.findall(r"[.?](?: |$)", step.words)) <= 3


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.name)
def test_a_lesson_is_four_to_nine_steps_and_ends_with_something_to_try(lesson):
    assert 4 <= len(lesson.steps) <= 9
    assert lesson.steps[-1].words.startswith("Your turn: ")
    assert lesson.steps[0].record["digit"] != EMPTY


def test_lessons_have_names_and_titles_of_their_own():
    assert [lesson.name for lesson in ALL][:4] == ["rows", "rnn", "gates", "gradient"]
    assert len({lesson.name for lesson in ALL}) == len({lesson.title for lesson in ALL}) == len(ALL)


def test_a_lesson_is_read_with_everything_counted_from_0(tmp_path):
    path = tmp_path / "9-all-of-it.toml"
    path.write_text(
        'title = "T"\nmodel = "lstm"\ndigit = "4 open"\nrow = 3\n'
        '[[step]]\nwords = "One\\ntwo."\n'
        '[[step]]\nwords = "Three."\nmodel = "rnn"\ncompare = "cnn"\n'
        'unit = "2:31"\nrow = "settled"\n'
        'shows = ["c"]\n'
        "lab = { covered = [2, 4], shuffled = true, forget = [[1, 14]], "
        'gates = { "2:f" = 0.5 }, shift = [1, -2] }\n'
    )
    lesson = read_lesson(path)
    first, second = lesson.steps
    assert (lesson.name, lesson.title) == ("all-of-it", "T")
    assert (first.words, first.models) == ("One two.", ("lstm",))
    assert first.state.pointed.stays == 2
    assert first.state.pointed.unit_stays is None
    assert first.state.lab == Experiment()
    assert first.state.canvas.finished is second.state.canvas.finished
    assert first.state.canvas.finished.label == 4
    assert second.models == ("rnn", "cnn")
    assert second.state.pointed.stays == "settled"
    assert second.state.pointed.unit_stays == Unit(0, 1, 30)
    assert second.state.lab == Experiment(
        covered=frozenset({1, 2, 3}),
        shuffle=0,
        shift=(1, -2),
        gates=(GateFactor(1, "f", 0.5),),
        zeroed=frozenset({(0, 13)}),
    )
    assert lesson.models == ("lstm", "rnn", "cnn")


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    """Pretends that these models alone are bundled."""

    def pretend(*names):
        for name in names:
            path = tmp_path / "models" / f"{name}.onnx"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        monkeypatch.setattr(
            assets_door,
            "asset",
            lambda *parts: tmp_path.joinpath(*parts) if parts[0] == "models" else asset(*parts),
        )
        return lessons.__wrapped__()

    return pretend


def test_a_lesson_without_its_models_is_left_out(bundled):
    assert [lesson.name for lesson in bundled("lstm")] == ["rows", "gates", "sure"]


def test_a_step_without_its_model_is_left_out(bundled):
    given = {lesson.name: lesson for lesson in bundled("lstm", "rnn", "learning/lstm-00000",
                                                       "learning/lstm-00200")}  # fmt: skip
    assert [step.models[0] for step in given["learning"].steps] == [
        "learning/lstm-00000",
        "learning/lstm-00200",
        "lstm",
        "lstm",
    ]


def test_the_catalogue_is_in_the_order_of_a_list(bundled):
    bundled("cnn", "lstm", "mine", "champion", "learning/lstm-00060", "learning/lstm-00000")
    assert [model.name for model in catalogue()] == [
        "champion", "lstm", "cnn", "mine", "learning/lstm-00000", "learning/lstm-00060",
    ]  # fmt: skip
    assert [model.learned for model in catalogue()] == [None] * 4 + [0, 60]
    assert default_model().stem == "champion"
    groups = [model.group for model in catalogue()]
    assert groups == sorted(groups)


def test_every_model_that_is_there_is_in_the_catalogue_once():
    files = set(asset("models").rglob("*.onnx"))
    assert {model.path for model in catalogue()} == files
    assert len(catalogue()) == len(files)


# What is worth pointing at.


def layer(c, h=None):
    c = np.asarray(c, np.float32)
    return LayerTrace("L", "LSTM", "forward", np.zeros_like(c) if h is None else h, c)


def test_the_keeper_is_the_unit_that_holds_what_it_wrote():
    rows = np.arange(12)
    drifts = rows * 1.0
    keeps = np.where(rows < 3, 0.0, 1.5 + 0.01 * rows)
    small = np.full(12, 0.3)
    found = layer(np.stack([drifts, keeps, small], axis=1))
    assert kept_rows(found).tolist() == [2, 8, 0]
    assert UNITS["keeper"](found) == 1


def test_what_the_forget_gate_let_go_is_not_kept_though_it_was_written_again():
    c = np.full((8, 1), 1.0, np.float32)
    f = {"f": np.array([[1.0], [0.95], [0.95], [0.5], [1], [1], [1], [0.9]], np.float32)}
    gated = LayerTrace("L", "LSTM", "forward", np.zeros_like(c), c, f)
    assert kept_rows(layer(c)).tolist() == [7]
    assert kept_rows(gated).tolist() == [4]


def test_a_layer_without_cells_keeps_its_hidden_state():
    h = np.stack([np.linspace(-1, 1, 8), np.full(8, 0.9)], axis=1).astype(np.float32)
    plain = LayerTrace("L", "RNN", "forward", h)
    assert UNITS["keeper"](plain) == 1
    assert UNITS["liveliest"](plain) == 0
