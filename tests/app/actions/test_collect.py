"""Drawings are kept with what they were meant to be, evenly, and every step can be taken back."""

from collections import Counter
from dataclasses import replace

import pytest

from rnn_desk.app.actions import collect, draw, forget, teach
from rnn_desk.app.lessons import Lesson, LessonStep
from rnn_desk.app.state import AppState
from rnn_desk.core.drawing import Drawing, stroke

DIGITS = tuple(map(str, range(10)))


def one(x=10):
    return Drawing((stroke([[x, 10], [x, 90]]),))


@pytest.fixture
def state():
    return collect.classes(collect.begin(AppState(), "class.jsonl", ()), DIGITS)


def kept(state, *labels):
    for k, label in enumerate(labels):
        state = collect.keep(draw.put(state, one(10 + k)), label)
    return state


def labels(state):
    return [each.label for each in state.collecting.drawings]


def test_a_drawing_is_kept_with_its_label_and_writer_and_the_canvas_is_empty(state):
    state = kept(collect.write_as(state, "  blue  fox "), "7")
    (drawing,) = state.collecting.drawings
    assert (drawing.label, drawing.writer) == (7, "blue fox")
    assert state.canvas.finished.is_empty


def test_nobody_is_asked_for_a_name(state):
    assert kept(state, "7").collecting.drawings[0].writer is None


def test_a_label_that_is_no_number_stays_a_word(state):
    assert labels(kept(state, "A", "07", "12")) == ["A", "07", 12]


def test_nothing_is_kept_of_an_empty_canvas_or_of_an_eraser_alone(state):
    assert collect.keep(state, "3") is state
    wiped = draw.put(state, Drawing((stroke([[1, 1], [2, 2]], tool="eraser"),)))
    assert collect.keep(wiped, "3").collecting.drawings == ()
    assert not collect.can_keep(wiped)


def test_the_same_drawing_is_kept_once_with_what_was_said_last(state):
    state = collect.keep(draw.undo(kept(state, "1")), "7")
    assert labels(state) == [7]


def test_every_class_is_asked_for_as_often_and_not_in_order(state):
    asked = []
    for k in range(30):
        asked.append(state.collecting.prompt)
        state = collect.keep_prompted(draw.put(state, one(k)))
    assert set(Counter(asked).values()) == {3}
    assert sorted(asked[:10]) == list(DIGITS)
    assert asked[:10] != list(DIGITS)


def test_each_writer_is_asked_for_all_of_them(state):
    state = collect.write_as(state, "a")
    for k in range(10):
        state = collect.keep_prompted(draw.put(state, one(k)))
    state = collect.write_as(state, "b")
    for k in range(10):
        state = collect.keep_prompted(draw.put(state, one(100 + k)))
    by_writer = Counter((each.writer, each.label) for each in state.collecting.drawings)
    assert len(by_writer) == 20


def test_another_one_can_be_asked_for(state):
    before = state.collecting.prompt
    asked = set()
    for _ in DIGITS:
        state = collect.skip(state)
        asked.add(state.collecting.prompt)
    assert asked == set(DIGITS)
    assert state.collecting.prompt == before


def test_what_was_kept_last_is_taken_back_onto_the_canvas(state):
    state = collect.undo(kept(state, "1", "2"))
    assert labels(state) == [1]
    assert not state.canvas.finished.is_empty
    assert state.canvas.finished.label is None
    assert labels(collect.keep(state, "5")) == [1, 5]


def test_relabelled_deleted_and_taken_in_can_be_taken_back(state):
    first = kept(state, "1", "2", "3")
    some = first.collecting.drawings[:2]
    for change in (
        collect.relabel(first, some, "9"),
        collect.remove(first, some),
        collect.take_in(first, [replace(one(), label=4)]),
    ):
        assert labels(change) != labels(first)
        assert collect.undo(change).collecting.drawings == first.collecting.drawings
    assert labels(collect.relabel(first, some, "9")) == [9, 9, 3]
    assert labels(collect.remove(first, some)) == [3]


def test_what_is_collected_in_a_lesson_stays_after_it(state):
    state = teach.begin(state, Lesson("l", "L", (LessonStep("Words.", {}),)), 0)
    assert labels(teach.end(kept(state, "1"))) == [1]


def test_the_file_is_forgotten_with_everything_else(state):
    assert forget.person(kept(state, "1")).collecting.file == ""
