"""What is said of an opened file: a good one passes, and each single deviation is found."""

import dataclasses
import json

import msgspec
import pytest

from rnn_desk.core import card as cards
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.protocol import checks
from rnn_desk.protocol.devices import Device
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.sentences import ProtocolError
from tests.helpers.cards import card
from tests.protocol.checks.made import (
    BAD,
    LAYER,
    MAPS,
    MODEL,
    OPENED,
    REF,
    ROWS,
    SIDE,
    UNITS,
    WHY,
    numbers,
    weights,
)


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


def test_tensors_that_can_be_watched_are_such_as_can_be_shown():
    assert checks.check_watchables(MODEL, (ROWS, MAPS)) == (ROWS, MAPS)
    with pytest.raises(ProtocolError):
        checks.check_watchables(MODEL, (ROWS, dataclasses.replace(MAPS, shape=(1, 2**20, 2))))
