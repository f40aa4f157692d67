"""Answers held against what was asked: a good one passes, and each single deviation is found."""

import dataclasses
import json
import math

import msgspec
import numpy as np
import pytest

from rnn_desk.app.requests import Bench, MeasureAccuracy
from rnn_desk.core import card as cards
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Familiarity
from rnn_desk.core.lab import Accuracy, Experiment
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.trace import CameIn, GradientTrace, LayerTrace, Timings, Watched
from rnn_desk.core.writing import Wish, WriterShape
from rnn_desk.protocol import answers, checks, requests
from rnn_desk.protocol.checks import NotFinite
from rnn_desk.protocol.devices import BatchFigures, Device, DeviceFigures, Spread
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import Facts, Layer, ModelRef, Watchable
from rnn_desk.protocol.report import Condition
from rnn_desk.protocol.sentences import ProtocolError
from tests.helpers.cards import DIGITS, card

SIDE, UNITS, CLASSES = 28, 6, 10
BAD = "a\x1b[31m\u202e"
WHY = Refused("any shape")
RASTER = Raster(np.tri(SIDE, dtype=np.float32))


def numbers(*shape):
    return np.random.default_rng(0).uniform(0, 1, shape).astype(np.float32)


def weights(rows=4 * UNITS, inputs=SIDE, **others):
    given = {
        "W": numbers(rows, inputs),
        "R": numbers(rows, UNITS),
        "B": numbers(2 * rows),
        "h0": numbers(UNITS),
        "c0": numbers(UNITS),
    }
    return Weights(**{**given, **others})


LAYER = Layer("LSTM 1", "LSTM", 0, "bidirectional", False, UNITS, SIDE, weights())
BACK = dataclasses.replace(LAYER, name="LSTM 1 back", reverse=True)
ROWS = Watchable("attention", "Softmax", "rows", (SIDE, 1), (1, 2), weights=True)
MAPS = Watchable("maps", "Conv", "maps", (3, 13, 13), (1, 2, 3))

OPENED = answers.Opened(
    "ab" * 32,
    "fingerprint",
    Known(cards.to_json(card())),
    Facts(1, 17, {"LSTM": 1}, "", (), (), 5),
    (LAYER, BACK),
    "head",
    False,
    None,
    Device("cpu", "CPU", "CPUExecutionProvider"),
    None,
    (ROWS, MAPS),
)
REF = ModelRef("/models/a.onnx")
MODEL = checks.model_of(REF, OPENED)


def layer_trace(known, **others):
    direction = "reverse" if known.reverse else "forward"
    given = {
        "name": known.name,
        "op": known.op,
        "direction": direction,
        "h": numbers(SIDE, UNITS),
        "c": numbers(SIDE, UNITS),
        "gates": {gate: numbers(SIDE, UNITS) for gate in "ifgo"},
        "came_in": CameIn(numbers(SIDE, SIDE), numbers(SIDE, UNITS), numbers(SIDE, UNITS)),
    }
    return LayerTrace(**{**given, **others})


def gradient(**others):
    states = (numbers(SIDE, UNITS), numbers(SIDE, UNITS))
    given = {
        "target": 3,
        "layers": states,
        "cells": states,
        "saliency": numbers(SIDE, SIDE),
        "why_no_saliency": None,
    }
    return answers.Gradient(**{**given, **others})


def reading(**others):
    given = {
        "probabilities": numbers(CLASSES),
        "belief": numbers(SIDE, CLASSES),
        "layers": (layer_trace(LAYER), layer_trace(BACK)),
        "watched": (
            Watched("attention", "rows", numbers(SIDE, 1), True),
            Watched("maps", "maps", numbers(3, 13, 13)),
        ),
        "timings": Timings(9.0, 2.0, 3.0),
        "gradient": gradient(),
    }
    return answers.Reading(**{**given, **others})


def trace(told, asked=True):
    return checks.trace_of(MODEL, RASTER, 1.5, told, asked)


def first_layer(**others):
    return reading(layers=(layer_trace(LAYER, **others), layer_trace(BACK)))


# A reading.


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


def spoilt(array, value):
    array = array.copy()
    array.flat[-1] = value
    return array


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


# An opened model.


def opened(**others):
    return msgspec.structs.replace(OPENED, **others)


def with_layer(**others):
    return opened(layers=(dataclasses.replace(LAYER, **others),))


def with_watched(**others):
    return opened(watched=(dataclasses.replace(ROWS, **others),))


def with_card(**fields):
    record = {**json.loads(cards.to_json(card())), **fields}
    return opened(known=Known(json.dumps(record)))


def test_a_good_model_is_named_by_what_it_was_opened_as():
    assert MODEL.ref == ModelRef("/models/a.onnx", "ab" * 32, None, "cpu", ("attention", "maps"))
    assert MODEL.card == card()


def test_a_reading_that_a_person_chose_is_part_of_the_name():
    chosen = ByHand(InputReading(polarity="black_on_white"), 28, tuple("ab"))
    assert checks.model_of(REF, opened(by_hand=chosen)).ref.by_hand == chosen


HOSTILE = {
    "another file": opened(sha256="cd" * 32),
    "10,000 layers": opened(layers=(LAYER,) * 10_000),
    "10,000 watched tensors": opened(watched=(ROWS,) * 10_000),
    "a name with control characters": with_layer(name=BAD),
    "a name without end": with_layer(name="a" * 10_000),
    "an operator with control characters": with_layer(op=BAD, weights=None, nonstandard=WHY),
    "no direction": with_layer(direction=BAD),
    "a device with control characters": opened(device=Device(BAD, "CPU", "")),
    "a device's label with control characters": opened(device=Device("cpu", BAD, "")),
    "no units": with_layer(units=0, weights=None),
    "units below 0": with_layer(units=-1, weights=None),
    "2^40 units": with_layer(units=2**40, weights=None),
    "inputs below 0": with_layer(inputs=-1),
    "a number below 0": with_layer(number=-1),
    "an unknown cell with weights": with_layer(op="Banana", nonstandard=WHY),
    "an unknown cell that is called plain": with_layer(op="Banana", weights=None),
    "weights of another cell": with_layer(weights=weights(3 * UNITS)),
    "weights of a unit more": with_layer(weights=weights(4 * UNITS + 1)),
    "weights of three axes": with_layer(weights=weights(W=numbers(4 * UNITS, SIDE, 1))),
    "R of another width": with_layer(weights=weights(R=numbers(4 * UNITS, UNITS + 1))),
    "B of half the length": with_layer(weights=weights(B=numbers(4 * UNITS))),
    "h0 of a unit more": with_layer(weights=weights(h0=numbers(UNITS + 1))),
    "c0 of no units": with_layer(weights=weights(c0=numbers(0))),
    "a watched tensor of no size": with_watched(shape=(SIDE, 0)),
    "a watched tensor of a size below 0": with_watched(shape=(SIDE, -1)),
    "a watched tensor of 10^9 features": with_watched(shape=(SIDE, 10**9)),
    "a watched tensor of other rows": with_watched(shape=(SIDE + 1, 1)),
    "a watched tensor of three axes": with_watched(shape=(SIDE, 1, 1)),
    "maps of two axes": with_watched(kind="maps"),
}


@pytest.mark.parametrize("told", HOSTILE.values(), ids=HOSTILE)
def test_a_model_that_cannot_be_is_an_error(told):
    with pytest.raises(ProtocolError):
        checks.model_of(ModelRef("/models/a.onnx", "ab" * 32), told)


NO_CARD = {
    "no JSON": opened(known=Known("{")),
    "nested without end": opened(known=Known("[" * 100_000)),
    "no object": opened(known=Known("[]")),
    "empty": opened(known=Known("{}")),
    "a side of 10^9": with_card(side=10**9),
    "a side below 0": with_card(side=-28),
    "no classes": with_card(classes=[]),
    "10^5 classes": with_card(classes=["a"] * 10**5),
    "a class that is no text": with_card(classes=[7]),
    "an accuracy of 2": with_card(accuracies={"a": 2}),
}


@pytest.mark.parametrize("told", NO_CARD.values(), ids=NO_CARD)
def test_a_card_that_is_none_is_refused(told):
    with pytest.raises(Refused):
        checks.model_of(REF, told)


def test_names_on_a_card_are_made_plain():
    model = checks.model_of(REF, with_card(name=BAD * 1000, classes=[BAD, *"123456789"]))
    for name in (model.card.name, *model.card.classes):
        assert name.isprintable()
        assert len(name) <= 100


def test_weights_may_be_left_out():
    assert checks.model_of(REF, with_layer(weights=None)).layers[0].weights is None
    assert checks.model_of(REF, with_layer(op="Banana", weights=None, nonstandard=WHY))


# All else.


def test_probabilities_of_many_are_of_as_many_as_were_asked():
    told = answers.Classified(numbers(3, CLASSES))
    assert checks.check_classified(MODEL, 3, told) is told.probabilities
    for count, array in [(2, numbers(3, CLASSES)), (3, numbers(3, 9)), (3, numbers(30))]:
        with pytest.raises(ProtocolError):
            checks.check_classified(MODEL, count, answers.Classified(array))


def mapped(**others):
    given = {
        "chosen": (0, 5),
        "pictures": numbers(2, SIDE, SIDE),
        "states": numbers(2, SIDE, UNITS),
        "mean": numbers(UNITS),
        "axes": numbers(2, UNITS),
        "paths": numbers(2, SIDE, 2),
        "share": 0.5,
    }
    return answers.MappedStates(**{**given, **others})


def test_a_good_map_is_one_of_its_digits():
    digits = reference_digits()
    made = checks.map_of(MODEL, mapped())
    assert made.references.drawings == (digits.drawings[0], digits.drawings[5])


@pytest.mark.parametrize(
    "others",
    [
        {"chosen": ()},
        {"chosen": (0, -1)},
        {"chosen": (0, 10**6)},
        {"chosen": (0, 1, 2)},
        {"pictures": numbers(2, SIDE, SIDE + 1)},
        {"states": numbers(2, 5, UNITS)},
        {"mean": numbers(UNITS + 1)},
        {"axes": numbers(3, UNITS)},
        {"paths": numbers(2, SIDE, 3)},
    ],
    ids=lambda others: next(iter(others)),
)
def test_a_map_of_another_shape_is_an_error(others):
    with pytest.raises(ProtocolError):
        checks.map_of(MODEL, mapped(**others))


@pytest.mark.parametrize("part", ["pictures", "states", "mean", "axes", "paths"])
def test_a_map_of_what_is_no_number_is_a_sentence(part):
    with pytest.raises(NotFinite):
        checks.map_of(MODEL, mapped(**{part: spoilt(getattr(mapped(), part), math.nan)}))


@pytest.mark.parametrize("share", [math.nan, math.inf, -1.0, 1e30])
def test_a_share_that_is_none_is_a_sentence(share):
    with pytest.raises(NotFinite):
        checks.map_of(MODEL, mapped(share=share))


def reported(**others):
    given = {
        "conditions": (Condition(WHY, 0.5),),
        "confusion": np.eye(10, dtype=np.int64),
        "missed": (answers.MissedAt(3, "7", 0.9, 0.1),),
    }
    return answers.Reported(**{**given, **others})


def test_a_good_report_shows_the_drawings_that_were_missed():
    digits = reference_digits()
    (missed,) = checks.report_of(MODEL, reported()).missed
    assert (missed.drawing, missed.label) == (digits.drawings[3], digits.labels[3])


@pytest.mark.parametrize(
    "others",
    [
        {"conditions": ()},
        {"conditions": (Condition(WHY, 1.5),)},
        {"conditions": (Condition(WHY, math.nan),)},
        {"confusion": np.eye(9, dtype=np.int64)},
        {"confusion": -np.eye(10, dtype=np.int64)},
        {"confusion": np.zeros((0, 0), np.int64)},
        {"missed": (answers.MissedAt(-1, "7", 0.9, 0.1),)},
        {"missed": (answers.MissedAt(10**6, "7", 0.9, 0.1),)},
        {"missed": (answers.MissedAt(3, BAD, 0.9, 0.1),)},
        {"missed": (answers.MissedAt(3, "7", math.nan, 0.1),)},
        {"missed": (answers.MissedAt(3, "7", 0.9, math.inf),)},
    ],
)
def test_a_report_that_cannot_be_is_an_error(others):
    with pytest.raises(ProtocolError):
        checks.report_of(MODEL, reported(**others))


def test_tensors_that_can_be_watched_are_such_as_can_be_shown():
    assert checks.check_watchables(MODEL, (ROWS, MAPS)) == (ROWS, MAPS)
    with pytest.raises(ProtocolError):
        checks.check_watchables(MODEL, (ROWS, dataclasses.replace(MAPS, shape=(1, 2**20, 2))))


@pytest.mark.parametrize(
    "accuracy",
    [(1.5, 0.5, 240), (0.5, -0.1, 240), (math.nan, 0.5, 240), (0.5, math.nan, 240), (0.5, 0.5, 0)],
)
def test_an_accuracy_that_is_none_is_an_error(accuracy):
    asked = MeasureAccuracy(MODEL.ref, MODEL, Experiment())
    with pytest.raises(ProtocolError):
        asked.value(answers.Measured(Accuracy(*accuracy)))


TIMES = Spread(1.0, 2.0, 30)


def figures(spread=TIMES, batch=1, first=1.0, load=1.0, stages=None, label="CPU"):
    return DeviceFigures(
        Device("cpu", label, ""),
        load,
        (BatchFigures(batch, first, spread),),
        {"run": Spread(0.0, 0.0, 30)} if stages is None else stages,
        None,
    )


def benched(told, why=None):
    return Bench(MODEL.ref, MODEL).value(answers.Benched(told, why))


def test_good_figures_are_handed_on_or_why_there_are_none():
    assert benched(figures()) == figures()
    assert benched(None, WHY) is WHY


@pytest.mark.parametrize(
    "told",
    [
        None,
        figures(Spread(0.0, 1.0, 30)),
        figures(Spread(math.nan, 1.0, 30)),
        figures(Spread(1.0, math.inf, 30)),
        figures(batch=0),
        figures(batch=2**40),
        figures(first=-1.0),
        figures(load=math.nan),
        figures(stages={"run": Spread(-1.0, 1.0, 30)}),
        figures(stages={BAD: Spread(1.0, 1.0, 30)}),
        figures(label=BAD),
    ],
    ids=str,
)
def test_figures_that_cannot_be_are_an_error(told):
    with pytest.raises(ProtocolError):
        benched(told)


def test_an_answer_of_another_kind_is_an_error():
    with pytest.raises(ProtocolError, match="BenchDone where Measured is due"):
        MeasureAccuracy(MODEL.ref, MODEL, Experiment()).value(answers.BenchDone("1"))


WIDE = 2**13
LARGE = dataclasses.replace(
    MODEL, layers=tuple(dataclasses.replace(each, units=WIDE) for each in (LAYER, BACK) * 8)
)
"""A model whose readings and whose map are far larger than any other answer."""

PICTURES = 500_000


@pytest.mark.parametrize(
    ("work", "floats"),
    [
        # h, c, four gates and what came in, of each layer; and half as much for its gradient
        (requests.Read(LARGE.ref, RASTER.pixels), 16 * SIDE * 8 * WIDE),
        (requests.Classify(LARGE.ref, np.broadcast_to(np.float32(0), (PICTURES, SIDE, SIDE))),
         PICTURES * CLASSES),
        (requests.MapStates(LARGE.ref), len(reference_digits().few) * SIDE * WIDE),
    ],
    ids=["read", "classify", "map"],
)  # fmt: skip
def test_what_was_asked_for_fits_into_its_frame_and_ten_times_as_much_does_not(work, floats):
    answer = 4 * floats
    assert answer > checks._SMALL
    assert answer < checks.most_bytes(work, LARGE) < 10 * answer


@pytest.mark.parametrize(
    "work", [requests.FindWatchable(REF), requests.MeasureAccuracy(REF, Experiment())]
)
def test_other_answers_are_small(work):
    assert checks.most_bytes(work, LARGE) == checks._SMALL


SHAPE = WriterShape(side=4, classes=2, units=3)
WISH = Wish(np.zeros((0, 4), np.float32), count=2)
WRITTEN_ROWS = answers.RowsWritten(
    1,
    np.stack([np.eye(2, 4, k, dtype=np.float32) for k in range(3)]),
    np.full((3, 2, 4), 0.5, np.float32),
    np.zeros((3, 2, 3), np.float32),
    np.full((3, 2, 3), 9, np.float32),
)


def test_written_rows_are_taken_as_they_are():
    rows = checks.rows_of(SHAPE, WISH, WRITTEN_ROWS)
    assert [row.row for row in rows] == [1, 2, 3]
    assert all((row.pixels == WRITTEN_ROWS.pixels[k]).all() for k, row in enumerate(rows))
    assert all(row.c.shape == (2, 3) for row in rows)


@pytest.mark.parametrize(
    "other",
    [
        {"first": 2},
        {"first": 4},
        {"first": -1},
        {"pixels": np.zeros((0, 2, 4), np.float32)},
        {"pixels": np.zeros((3, 1, 4), np.float32)},
        {"pixels": np.zeros((2, 2, 4), np.float32)},
        {"pixels": np.full((3, 2, 4), 0.5, np.float32)},
        {"chances": np.zeros((3, 2, 5), np.float32)},
        {"chances": np.full((3, 2, 4), 1.5, np.float32)},
        {"chances": np.full((3, 2, 4), -0.5, np.float32)},
        {"h": np.zeros((3, 2, 4), np.float32)},
        {"c": np.zeros((3, 3), np.float32)},
    ],
)
def test_rows_that_are_none_end_the_process(other):
    with pytest.raises(ProtocolError):
        checks.rows_of(SHAPE, WISH, msgspec.structs.replace(WRITTEN_ROWS, **other))


@pytest.mark.parametrize("part", ["chances", "h", "c"])
def test_rows_of_no_numbers_are_a_sentence(part):
    broken = getattr(WRITTEN_ROWS, part).copy()
    broken[0, 0, 0] = np.nan
    with pytest.raises(NotFinite):
        checks.rows_of(SHAPE, WISH, msgspec.structs.replace(WRITTEN_ROWS, **{part: broken}))


def test_surprise_has_the_pictures_shape():
    nats = np.ones((2, 4, 4), np.float32)
    assert (checks.surprise_of(2, 4, answers.Surprised(nats)) == nats).all()
    with pytest.raises(ProtocolError):
        checks.surprise_of(3, 4, answers.Surprised(nats))
    with pytest.raises(NotFinite):
        checks.surprise_of(2, 4, answers.Surprised(np.full((2, 4, 4), np.inf, np.float32)))
