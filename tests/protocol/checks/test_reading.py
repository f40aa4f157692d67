"""Readings held against the model: a good one passes, and each single deviation is found."""

import dataclasses
import math

import numpy as np
import pytest

from rnn_desk.core.familiarity import Familiarity
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.trace import CameIn, GradientTrace, Timings, Watched
from rnn_desk.protocol import answers, checks
from rnn_desk.protocol.checks import NotFinite
from rnn_desk.protocol.sentences import ProtocolError
from tests.helpers.cards import DIGITS
from tests.protocol.checks.made import (
    BACK,
    BAD,
    CLASSES,
    LAYER,
    MODEL,
    RASTER,
    SIDE,
    UNITS,
    WHY,
    first_layer,
    gradient,
    layer_trace,
    numbers,
    reading,
    spoilt,
    trace,
)


def test_a_good_reading_becomes_a_trace():
    told = reading()
    made = trace(told)
    assert made.raster is RASTER
    assert made.classes == DIGITS
    assert made.timings == Timings(1.5, 2.0, 3.0)  # the raster's time is known here alone
    assert made.layers == told.layers
    assert isinstance(made.gradient, GradientTrace)
    assert made.watched == told.watched
    assert made.model.sha256 == "ab" * 32


def test_a_familiarity_is_0_to_1_and_names_reference_digits():
    assert trace(reading(familiarity=Familiarity(0.25, (0, 239)))).doubted
    assert trace(reading(why_no_familiarity=WHY)).familiarity == WHY
    assert trace(reading()).familiarity is None
    bad = [(1.5, ()), (-0.1, ()), (math.nan, ()), (0.5, (240,)), (0.5, (-1,)), (0.5, (1, 2, 3, 4))]
    for value, nearest in bad:
        with pytest.raises(ProtocolError):
            trace(reading(familiarity=Familiarity(value, nearest)))


def test_familiarities_of_many_are_one_a_picture():
    many = numbers(3, CLASSES)
    told = answers.Classified(many, np.array([0, 0.5, 1], np.float32))
    assert checks.check_familiarities(3, told).tolist() == [0, 0.5, 1]
    assert checks.check_familiarities(3, answers.Classified(many, None, WHY)) == WHY
    for wrong in (numbers(2), np.array([0, 0.5, 1.5], np.float32), np.full(3, np.nan, np.float32)):
        with pytest.raises(ProtocolError):
            checks.check_familiarities(3, answers.Classified(many, wrong))


def test_a_gradient_that_nobody_asked_for_is_left_out():
    assert trace(reading(gradient=None), asked=False).gradient is None
    assert trace(reading(), asked=False).gradient is None


def test_why_there_is_no_gradient_is_handed_on():
    assert trace(reading(gradient=None, why_no_gradient=WHY)).gradient is WHY


def came_in(x=(SIDE, SIDE), h=(SIDE, UNITS), c=(SIDE, UNITS)):
    return first_layer(came_in=CameIn(numbers(*x), numbers(*h), numbers(*c)))


def watching(values=(SIDE, 1), name="attention", kind="rows", weights=True):
    tensor = Watched(name, kind, numbers(*values), weights)
    return reading(watched=(tensor, reading().watched[1]))


STATES = numbers(SIDE, UNITS)

OTHER_THAN_ASKED = {
    "a probability more": reading(probabilities=numbers(CLASSES + 1)),
    "probabilities in a row": reading(probabilities=numbers(1, CLASSES)),
    "no probabilities": reading(probabilities=numbers(0)),
    "belief of a row less": reading(belief=numbers(SIDE - 1, CLASSES)),
    "belief of 5 rows": reading(belief=numbers(5, CLASSES)),
    "no layers": reading(layers=()),
    "a layer more": reading(layers=(*reading().layers, layer_trace(LAYER))),
    "layers exchanged": reading(layers=reading().layers[::-1]),
    "a layer of another name": first_layer(name="LSTM 2"),
    "a layer of another operator": first_layer(op="GRU", gates={}),
    "a layer of another direction": first_layer(direction="reverse"),
    "states of 5 rows": first_layer(h=numbers(5, UNITS)),
    "states of a unit more": first_layer(h=numbers(SIDE, UNITS + 1)),
    "states of one axis": first_layer(h=numbers(SIDE * UNITS)),
    "cells of a row more": first_layer(c=numbers(SIDE + 1, UNITS)),
    "a gate of a unit less": first_layer(gates={"i": numbers(SIDE, UNITS - 1)}),
    "a gate of another cell": first_layer(gates={"z": STATES}),
    "a gate of a name": first_layer(gates={BAD: STATES}),
    "inputs of other rows": came_in(x=(SIDE - 1, SIDE)),
    "inputs of another width": came_in(x=(SIDE, SIDE + 1)),
    "inputs of one axis": came_in(x=(SIDE,)),
    "states before of 5 rows": came_in(h=(5, UNITS)),
    "cells before of 5 rows": came_in(c=(5, UNITS)),
    "nothing watched": reading(watched=()),
    "another tensor watched": watching(name="other"),
    "a watched tensor of another size": watching((SIDE + 1, 1)),
    "a watched tensor of another kind": watching(kind="maps"),
    "a watched tensor that is no weights": watching(weights=False),
    "a time before": reading(timings=Timings(0, -1.0, 0)),
    "a replay before": reading(timings=Timings(0, 0, -1.0)),
    "a time without end": reading(timings=Timings(0, math.inf, 0)),
    "a time that is no number": reading(timings=Timings(0, 0, math.nan)),
    "no gradient": reading(gradient=None),
    "a gradient of another class": reading(gradient=gradient(target=CLASSES)),
    "a gradient of a class before": reading(gradient=gradient(target=-1)),
    "a gradient of no layers": reading(gradient=gradient(layers=(), cells=())),
    "a gradient of a layer less": reading(gradient=gradient(layers=(STATES,))),
    "a gradient of 5 rows": reading(gradient=gradient(layers=(STATES, numbers(5, UNITS)))),
    "a gradient of cells of a layer less": reading(gradient=gradient(cells=(STATES,))),
    "a gradient of cells of 5 rows": reading(
        gradient=gradient(cells=(STATES, numbers(5, UNITS)))
    ),
    "a gradient of other pixels": reading(gradient=gradient(saliency=numbers(SIDE, SIDE + 1))),
}  # fmt: skip


@pytest.mark.parametrize("told", OTHER_THAN_ASKED.values(), ids=OTHER_THAN_ASKED)
def test_a_reading_of_another_shape_is_an_error(told):
    with pytest.raises(ProtocolError):
        trace(told)


def of_states(h=None, x=None):
    """A reading of which the first layer's gates are left to be replayed."""
    h = numbers(SIDE, UNITS) if h is None else h
    x = numbers(SIDE, SIDE) if x is None else x
    return reading(layers=(answers.States(h, x), layer_trace(BACK)))


def test_states_are_a_layer_that_is_replayed_with_the_models_own_weights():
    layer = trace(of_states()).layers[0]
    assert isinstance(layer, ReplayedLayer)
    assert layer.weights is LAYER.weights
    assert (layer.name, layer.op, layer.direction) == ("LSTM 1", "LSTM", "forward")


@pytest.mark.parametrize(
    "told",
    [
        of_states(h=numbers(SIDE, UNITS + 1)),
        of_states(h=numbers(SIDE - 1, UNITS)),
        of_states(x=numbers(SIDE, SIDE + 1)),
        of_states(x=numbers(SIDE, 1, SIDE)),
    ],
)
def test_states_of_another_shape_are_an_error(told):
    with pytest.raises(ProtocolError):
        trace(told)


@pytest.mark.parametrize(
    "known", [{"weights": None}, {"nonstandard": WHY}, {"why_no_gates": WHY}, {"between": WHY}]
)
def test_states_are_an_error_where_no_gates_follow_from_them(known):
    model = dataclasses.replace(MODEL, layers=(dataclasses.replace(LAYER, **known), BACK))
    with pytest.raises(ProtocolError):
        checks.trace_of(model, RASTER, 1.5, of_states(), True)


def no_number(value):
    """Readings with that value once, in each of their arrays."""
    told = reading()
    layer = told.layers[0]
    of_layer = {
        "h": {"h": spoilt(layer.h, value)},
        "c": {"c": spoilt(layer.c, value)},
        **{g: {"gates": {**layer.gates, g: spoilt(layer.gates[g], value)}} for g in "ifgo"},
        **{
            f"came in {part}": {
                "came_in": dataclasses.replace(
                    layer.came_in, **{part: spoilt(getattr(layer.came_in, part), value)}
                )
            }
            for part in "xhc"
        },
    }
    return {
        "probabilities": reading(probabilities=spoilt(told.probabilities, value)),
        "belief": reading(belief=spoilt(told.belief, value)),
        "states": of_states(h=spoilt(numbers(SIDE, UNITS), value)),
        "what came in": of_states(x=spoilt(numbers(SIDE, SIDE), value)),
        **{name: first_layer(**part) for name, part in of_layer.items()},
    }


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("array", no_number(0.0))
def test_what_is_no_number_is_a_sentence_that_names_the_file(array, value):
    with pytest.raises(NotFinite, match=r"a\.onnx answers this picture with what is no number"):
        trace(no_number(value)[array])


@pytest.mark.parametrize("value", [1e30, -1e30, 2.5])
@pytest.mark.parametrize("array", ["probabilities", "belief"])
def test_what_is_no_probability_is_no_number_either(array, value):
    with pytest.raises(NotFinite):
        trace(no_number(value)[array])


def test_a_state_may_be_as_large_as_it_likes():
    assert trace(no_number(1e30)["h"])


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_watched_tensor_may_hold_anything(value):
    """An attention mask holds infinities, and its views say so."""
    tensor = Watched("attention", "rows", np.full((SIDE, 1), value, np.float32), True)
    assert trace(reading(watched=(tensor, reading().watched[1])))


@pytest.mark.parametrize("part", ["layers", "cells", "saliency"])
def test_a_gradient_that_is_no_number_is_a_sentence_in_its_place(part):
    told = getattr(gradient(), part)
    bad = spoilt(told, math.nan) if part == "saliency" else (told[0], spoilt(told[1], math.nan))
    made = trace(reading(gradient=gradient(**{part: bad})))
    assert "not a number" in str(made.gradient)


def test_probabilities_of_many_are_of_as_many_as_were_asked():
    told = answers.Classified(numbers(3, CLASSES))
    assert checks.check_classified(MODEL, 3, told) is told.probabilities
    for count, array in [(2, numbers(3, CLASSES)), (3, numbers(3, 9)), (3, numbers(30))]:
        with pytest.raises(ProtocolError):
            checks.check_classified(MODEL, count, answers.Classified(array))
