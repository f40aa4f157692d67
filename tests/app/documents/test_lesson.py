"""A lesson out of somebody's file: read as the program's own are, and believed nothing."""

import pytest

from rnn_desk.app.documents.lesson import MAX_BYTES, MAX_STEPS, open_lesson
from rnn_desk.assets_door import bundled_lessons
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
        ("#" * (MAX_BYTES + 1), "is larger than 1 MiB"),
    ],
)
def test_whatever_is_wrong_is_one_sentence(write, text, why):
    with pytest.raises(Refused) as refused:
        open_lesson(write(text))
    assert why in str(refused.value)
    assert "mine.toml" in str(refused.value)
