"""A lesson is made of states of the desk, and whatever is changed of its steps can be undone."""

from dataclasses import replace

import pytest

from rnn_desk.app.actions import author, draw, point, teach
from rnn_desk.app.lessons import Lesson, LessonStep, lesson_of
from rnn_desk.app.state import AppState, Models
from rnn_desk.app.values import Draft, ModelChoice
from rnn_desk.core.drawing import Drawing, stroke


@pytest.fixture
def state():
    return author.begin(AppState(), "mine.toml", Draft("Mine", steps=({"words": "One."},)))


def words(state):
    return [step["words"] for step in state.authoring.draft.steps]


def test_the_desk_as_it_stands_becomes_a_step_that_has_it_so(state):
    drawing = Drawing((stroke([[10, 20], [30, 40]]),))
    shown = point.pin(draw.put(state, drawing), 13)
    shown = replace(shown, models=Models(ModelChoice("/a/mine.onnx", ("w",))))
    state = author.say(author.add_step(shown), "words", "Two.")
    assert words(state) == ["One.", "Two."]
    assert state.authoring.step == 1
    (_, step) = lesson_of("", state.authoring.draft).steps
    assert step.models == ("/a/mine.onnx",)
    assert step.state.pointed.pinned == 13
    assert step.state.canvas.finished.strokes[0].points.tolist() == [[10, 20], [30, 40]]


def test_a_step_of_another_lesson_is_taken_without_its_question(state):
    ask = {"kind": "yes", "words": "Is it?", "answer": True}
    lesson = Lesson("other", "Other", (LessonStep("Look.", {"ask": ask, "row": 3}),))
    given = teach.put_up(teach.begin(state, lesson, 0), lesson.steps[0], ())
    step = author.add_step(given).authoring.now
    assert "ask" not in step
    assert step["row"] == 3


def test_another_desk_leaves_what_the_step_says(state):
    state = author.say(state, "ask", {"kind": "yes", "words": "Is it?", "answer": True})
    state = author.say(state, "notes", "Wait.")
    step = author.take_desk(point.pin(state, 4)).authoring.now
    assert (step["words"], step["notes"], step["row"]) == ("One.", "Wait.", 5)
    assert step["ask"]["words"] == "Is it?"


def test_steps_are_moved_and_left_out_and_all_of_it_is_undone(state):
    for name in ("Two.", "Three."):
        state = author.say(author.add_step(state), "words", name)
    moved = author.move(state, -2)
    assert words(moved) == ["Three.", "One.", "Two."]
    assert moved.authoring.step == 0
    left = author.remove(moved)
    assert words(left) == ["One.", "Two."]
    assert words(author.undo(author.undo(left))) == ["One.", "Two.", "Three."]
    assert author.move(state, 1) is state
    assert author.undo(author.begin(AppState(), "", Draft("T"))).authoring.draft == Draft("T")


def test_the_only_step_stays(state):
    assert author.remove(state) is state


def test_what_is_not_said_is_not_in_the_file(state):
    state = author.say(author.say(state, "notes", "Wait."), "notes", "")
    state = author.say(author.say(state, "ask", {"kind": "yes"}), "ask", None)
    assert state.authoring.now == {"words": "One."}


def test_without_a_lesson_nothing_happens():
    first = AppState()
    for act in (author.add_step, author.take_desk, author.remove, author.undo):
        assert act(first) is first
    assert author.say(first, "words", "x") is first


def test_what_is_edited_stays_while_the_lesson_is_given_and_after_it(state):
    lesson = lesson_of("mine.toml", state.authoring.draft)
    given = author.say(teach.begin(state, lesson, 0), "words", "Changed.")
    assert words(teach.end(given)) == ["Changed."]
