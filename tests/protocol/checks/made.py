"""A model of two directions, and a good answer of it, whose parts the tests exchange."""

import dataclasses

import numpy as np

from rnn_desk.core import card as cards
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import CameIn, LayerTrace, Timings, Watched
from rnn_desk.protocol import answers, checks
from rnn_desk.protocol.devices import Device
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import Facts, Layer, ModelRef, Watchable
from tests.helpers.cards import card

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


def spoilt(array, value):
    array = array.copy()
    array.flat[-1] = value
    return array
