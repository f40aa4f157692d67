"""A lesson out of somebody's file: read as the program's own are, and believed nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.app.documents.lesson import (
    MAX_STEPS,
    MAX_TEXT,
    checked,
    lesson_text,
    open_lesson,
    read_lesson_file,
    unpack,
    unpacked_before,
    write_lesson,
)
from rnn_desk.app.values import Draft
from rnn_desk.assets_door import asset, bundled_lessons
from rnn_desk.core.drawing import Drawing, stroke, to_json
from rnn_desk.core.errors import Refused

STEP = '[[step]]\nwords = "Look."\n'


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.mark.parametrize("path", bundled_lessons(), ids=lambda path: path.stem)
def test_the_programs_own_are_such_files(path):
    lesson = open_lesson(path)
    assert lesson.name == str(path)
    assert lesson.steps
    assert all(step.words and step.state for step in lesson.steps)


def test_what_stands_at_the_top_holds_for_every_step(write):
    path = write(f'title = "Mine"\nmodel = "gru"\n{STEP}row = 3\n{STEP}model = "lstm"\n')
    lesson = open_lesson(path)
    assert lesson.title == "Mine"
    assert lesson.models == ("gru", "lstm")
    assert lesson.steps[0].state.pointed.pinned == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\xff\xfe", "is no lesson: it is not TOML"),
        ("title = ", "is no lesson: it is not TOML"),
        ("a = " + "[" * 5000, "is no lesson: it is not TOML"),
        ("", "is empty"),
        (STEP, "is no lesson: it needs a title and steps"),
        ('title = "Mine"', "is no lesson: it needs a title and steps"),
        ('title = "Mine"\nstep = 3', "is no lesson: it needs a title and steps"),
        ('title = "Mine"\nstep = [3]', "step 1: it needs words"),
        (f'title = "Mine"\n{STEP}[[step]]\nrow = 3', "step 2: it needs words"),
        (f'title = "Mine"\n{STEP}notes = 3', "step 1: notes in it is of no use"),
        (f'title = "Mine"\naim = 3\n{STEP}', "aim in it is of no use"),
        (f'title = "Mine"\nminutes = "10"\n{STEP}', "minutes in it is of no use"),
        (f'title = "Mine"\nminutes = -1\n{STEP}', "minutes in it is of no use"),
        (f'title = "Mine"\n{STEP}ask = {{kind = "yes"}}', "step 1: ask in it is of no use"),
        (f'title = "Mine"\n{STEP}row = "x"', "step 1: row in it is of no use"),
        (f'title = "Mine"\n{STEP}model = "../mine"', "step 1: ../mine is none of the program's"),
        (f'title = "Mine"\n{STEP}compare = "/a.onnx"', "step 1: /a.onnx is none of the program's"),
        (f'title = "Mine"\n{STEP}model = {{file = "//host/a"}}', "step 1: //host/a is none of"),
        (f'title = "Mine"\n{STEP}model = 3', "step 1: 3 is none of the program's own"),
        (f'title = "Mine"\n{STEP}language = "zh"', "step 1: language may not stand"),
        (f'title = "Mine"\n{STEP}digit = 1979-05-27', "step 1: digit in it is of no use"),
        ('title = "Mine"\n' + STEP * (MAX_STEPS + 1), f"has more than {MAX_STEPS} steps"),
        ("#" * (MAX_TEXT + 1), "holds more than a lesson can need"),
        (f'title = "Mine"\n{STEP}model = "inside:1"', "names the model inside:1, which is neither"),
    ],
)
def test_whatever_is_wrong_is_one_sentence(write, text, why):
    with pytest.raises(Refused) as refused:
        open_lesson(write(text))
    assert why in str(refused.value)
    assert "mine.toml" in str(refused.value)


# What is written.


FULL = {
    "words": 'Quotes " and \\\\ backslashes, \u4e2d\u6587, and words for more than one line. ' * 4,
    "notes": "Give them a minute.",
    "model": "gru",
    "row": "settled",
    "unit": "1:keeper",
    "shows": ["h"],
    "gradient": True,
    "lab": {"covered": [[3, 5]], "gates": {"1:f": 0.5}},
    "digit": {"label": 7, "strokes": [[[1.5, 2], [3, 4.25]]]},
    "ask": {"kind": "yes", "words": "Is it?", "answer": "sure", "then": "So it is."},
}


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "mine.toml"
    steps = ({**FULL, "words": " ".join(FULL["words"].split())}, {"words": "B", "model": "gru"})
    draft = Draft('My "own"', "An aim.", 7, steps)
    write_lesson(path, draft, {})
    assert read_lesson_file(path).draft == draft
    lesson = open_lesson(path)
    assert [step.models for step in lesson.steps] == [("gru",), ("gru",)]
    assert lesson.steps[0].state.teaching.ask.then == "So it is."
    assert 'model = "gru"' in path.read_text().split("[[step]]")[0]  # once, for every step


def test_a_drawing_of_strokes_by_hand_and_by_another_pen_is_read_again(tmp_path):
    path = tmp_path / "mine.toml"
    points = [[10.0, 10.0], [60.0, 80.0]]
    strokes = (stroke(points), stroke(points, "ink", 12.0, [0.5, 0.5], [0.0, 0.1]))
    record = json.loads(to_json(Drawing(strokes, 500.0)))
    write_lesson(path, Draft("T", steps=({"words": "Look.", "drawing": record},)), {})
    (step,) = open_lesson(path).steps
    first, second = step.state.canvas.finished.strokes
    assert (first.width, first.pressure, first.seconds) == (None, None, None)
    assert (second.width, second.pressure.tolist()) == (12.0, [0.5, 0.5])


@given(st.text(min_size=1, max_size=300))
def test_any_words_are_read_again_as_they_are(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("words") / "mine.toml"
    whole = words.encode("utf-8", "replace").decode()
    write_lesson(path, Draft("T", steps=({"words": whole, "notes": whole},)), {})
    (step,) = open_lesson(path).steps
    assert (step.words.split(), step.notes.split()) == (whole.split(), whole.split())


@pytest.mark.parametrize("path", bundled_lessons(), ids=lambda path: path.stem)
def test_the_programs_own_are_written_as_they_are_read(path, tmp_path):
    draft = read_lesson_file(path).draft
    again = tmp_path / "again.toml"
    write_lesson(again, draft, {})
    assert read_lesson_file(again).draft == draft
    assert checked(again).problems == ()


@pytest.fixture
def foreign(tmp_path):
    path = tmp_path / "their own.onnx"
    path.write_bytes(asset("models", "rnn.onnx").read_bytes())
    return path


@pytest.fixture
def handed_on(tmp_path, foreign):
    path = tmp_path / "mine.toml"
    steps = ({"words": "A", "model": "lstm"}, {"words": "B", "model": str(foreign)})
    write_lesson(path, Draft("Mine", steps=steps), {})
    return path


def test_a_foreign_model_goes_along_and_is_unpacked_only_when_asked(handed_on, foreign, tmp_path):
    file = read_lesson_file(handed_on)
    assert str(tmp_path) not in handed_on.read_text()
    assert [model.name for model in file.models] == [foreign.name]
    folder = tmp_path / "unpacked"
    assert unpacked_before(file, folder) == {}
    assert [step.words for step in open_lesson(handed_on).steps] == ["A"]
    there = unpack(file, folder)
    assert next(iter(there.values())).read_bytes() == foreign.read_bytes()
    lesson = open_lesson(handed_on, unpacked_before(file, folder))
    assert lesson.steps[1].models == tuple(map(str, there.values()))


def test_it_is_handed_on_from_there_as_it_was(handed_on, tmp_path):
    file = read_lesson_file(handed_on)
    draft = file.with_models(unpack(file, tmp_path / "unpacked"))
    assert lesson_text(draft, {}) == handed_on.read_text()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"[files]\n", b"[files]\nx", "is damaged"),
        (b"'CA", b"'AA", "is damaged"),
        (b'file = "models/', b'file = "../models/', "which is neither inside it"),
        (b'name = "their own', b'name = "../their own', "which is neither inside it"),
    ],
)
def test_a_file_that_somebody_has_tampered_with_is_refused(handed_on, tmp_path, old, new, why):
    data = handed_on.read_bytes()
    assert old in data
    handed_on.write_bytes(data.replace(old, new))
    with pytest.raises(Refused, match=why):
        unpack(read_lesson_file(handed_on), tmp_path / "unpacked")
    assert not list((tmp_path / "unpacked").glob("*/*.onnx"))


def test_what_is_not_written_yet_is_named_and_can_be_given_all_the_same(write):
    ask = 'ask = {kind = "row", words = ""}'
    path = write(f'title = "Mine"\n[[step]]\nwords = ""\n{ask}\n')
    assert [str(each).partition("step 1: ")[2] for each in checked(path).problems] == [
        "it has no words yet",
        "its question has no words yet",
    ]
    assert len(open_lesson(path).steps) == 1


def test_all_that_is_wrong_is_named_mistyped_fields_too(write):
    path = write(
        'titel = "x"\ntitle = "Mine"\n[[step]]\nwords = "A"\nunti = "1:3"\nrow = "x"\n'
        '[[step]]\nrow = 3\n[[step]]\nwords = "C"\nmodel = "/a.onnx"\n'
    )
    said = [str(each).partition("mine.toml")[2] for each in checked(path).problems]
    assert said == [
        ", step 1: row in it is of no use",
        ", step 2: it needs words, at most 2000 characters of them",
        ", step 3: /a.onnx is none of the program's own models, and not inside the file",
        ": there is no field titel: did you mean title?",
        ", step 1: there is no field unti: did you mean unit?",
    ]
