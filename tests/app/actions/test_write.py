"""Asking the writer: all of it is state, and what lies on the canvas can be brought back."""

from dataclasses import replace

import numpy as np

from rnn_desk.app import schema
from rnn_desk.app.actions import draw, point, write
from rnn_desk.app.state import DREAMS, AppState
from rnn_desk.app.text import Document
from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.ruled import TOP

BEGUN = Drawing((Stroke(np.array([[200.0, TOP * 500], [300.0, 200.0]])),))
CORNER = Drawing((Stroke(np.array([[10.0, 10.0], [60.0, 90.0]])),))


def on(drawing=None):
    state = AppState()
    return write.toggle(state if drawing is None else draw.put(state, drawing))


def test_a_digit_that_is_begun_stays_where_it_is_and_is_ended_below_its_ink():
    state = on(BEGUN)
    assert state.writing.on
    assert state.canvas.finished is BEGUN
    assert state.pointed.row is None


def test_a_whole_one_from_elsewhere_is_laid_between_the_lines_and_can_be_taken_back():
    state = on(CORNER)
    assert state.canvas.finished is not CORNER
    assert state.pointed.pinned == write.HALF
    assert draw.undo(state).canvas.finished is CORNER


def test_it_is_off_again_as_it_was_before():
    state = write.toggle(on())
    assert not state.writing.on
    assert replace(state, writing=AppState().writing) == replace(
        AppState(), canvas=state.canvas, past=state.past
    )


def test_what_is_laid_down_lies_between_the_lines_only_there():
    assert draw.lay(AppState(), CORNER).canvas.finished is CORNER
    assert draw.lay(on(), CORNER).canvas.finished is not CORNER


def test_a_class_is_told_and_no_more():
    state = write.as_class(on(), 9)
    assert state.writing.label == 9
    assert write.as_class(state, 9).writing.label is None
    assert write.as_class(state, None).writing.label is None


def test_numbers_stay_within_what_the_writer_takes():
    assert write.temper(on(), 99.0).writing.temperature == 5.0
    assert write.temper(on(), 0.0).writing.temperature == 0.05
    assert write.seed(on(), -3).writing.seed == 0
    assert write.another_seed(on()).writing.seed == 1


def test_a_picture_that_is_taken_is_a_step():
    state = write.take(point.pin(on(BEGUN), 4), np.eye(28, dtype=np.float32))
    lying = state.canvas.finished
    assert lying.as_it_is
    assert (lying.grey == np.eye(28) * 255).all()
    assert state.pointed.row is None
    assert draw.undo(state).canvas.finished is BEGUN


def test_dreams_are_played_one_after_the_other():
    state = point.play(write.dream(on(), True), True)
    seen = [(state.writing.looked_at, state.pointed.row)]
    while state.pointed.playing:
        state = point.play_on(state)
        seen.append((state.writing.looked_at, state.pointed.row))
    assert seen[: 28 * DREAMS] == [(k, row) for k in range(DREAMS) for row in range(28)]
    assert seen[28 * DREAMS :] == [(DREAMS - 1, None)]


def test_endings_are_played_once():
    state = point.play(on(BEGUN), True)
    for _ in range(28):
        state = point.play_on(state)
    assert not state.pointed.playing


def test_documents_carry_it():
    state = write.temper(write.as_class(write.seed(on(), 7), 3), 0.5)
    said = schema.written(state, Document.DESK)
    assert said == {"writing": True, "write_as": 3, "temperature": 0.5, "seed": 7}
    assert schema.read(said, Document.DESK).over(AppState()).writing == state.writing
    assert "writing" not in schema.written(state, Document.SETTINGS)
