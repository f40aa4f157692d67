"""A desk that comes back where another model reads, or in the middle of a lesson."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_desk.app.actions import choose, draw, point, stand
from rnn_desk.app.state import AppState, Canvas, Models, Pointed, Views
from rnn_desk.app.store import Store
from rnn_desk.app.values import LayerShown, ModelChoice, Unit
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment, GateFactor
from rnn_desk.core.picture import Picture

LINE, OTHER = stroke([[0, 0], [10, 10]]), stroke([[5, 5], [9, 1]])
UNITS = ((8, 4),)
GATES = (("f",), ("f",))
PICTURE_ALONE = Experiment(noise=0.5, covered=frozenset({2}))
LAB = replace(
    PICTURE_ALONE,
    off=frozenset({(0, 7), (0, 8), (2, 0)}),
    gates=(GateFactor(1, "f", 0.0), GateFactor(2, "f", 0.0)),
    zeroed=frozenset({(1, 3), (2, 3)}),
)
FITTING = replace(
    PICTURE_ALONE,
    off=frozenset({(0, 7)}),
    gates=(GateFactor(1, "f", 0.0),),
    zeroed=frozenset({(1, 3)}),
)


@pytest.fixture
def store():
    return Store(AppState())


@pytest.fixture
def wanted():
    return replace(
        AppState(),
        canvas=Canvas(Drawing((LINE,))),
        lab=LAB,
        pointed=Pointed(stays=4, unit_stays=Unit(0, 1, 3)),
        views=Views(frozenset({"gradient"}), 3, (LayerShown(0, 1, "c"), LayerShown(1, 0, "c"))),
        models=Models(ModelChoice("/wanted.onnx")),
    )


def test_a_row_that_the_model_does_not_have_is_left_out(store, wanted):
    store.do(choose.read_by, (ModelChoice("/wanted.onnx"),), 4, UNITS)
    store.do(stand.put_up, wanted, UNITS, GATES)
    assert (store.state.pointed.rows, store.state.pointed.stays) == (4, None)


def test_in_a_step_of_a_lesson_all_that_was_done_is_done_again(store, wanted):
    store.do(draw.put, Drawing((OTHER,)))
    store.do(point.pin, 9)
    store.do(stand.go_on, wanted, UNITS, GATES)
    assert store.state.canvas.finished is wanted.canvas.finished
    assert (store.state.lab, store.state.pointed) == (FITTING, wanted.pointed)
    store.do(draw.undo)
    assert store.state.canvas.finished.strokes == (OTHER,)


def test_the_digit_that_the_step_has_put_there_is_not_put_there_again(store, wanted):
    store.do(draw.put, Drawing((LINE,)))
    lying = store.state.canvas
    store.do(stand.go_on, wanted, UNITS, GATES)
    assert store.state.canvas is lying


def test_a_picture_is_put_there_again(store, wanted):
    picture = Picture(np.zeros((5, 5), np.uint8))
    store.do(stand.go_on, replace(wanted, canvas=Canvas(picture)), UNITS, GATES)
    assert store.state.canvas.finished is picture
