"""How large an answer may be, before it is read."""

from __future__ import annotations

from math import prod

from rnn_desk.core.references import reference_digits
from rnn_desk.protocol import requests
from rnn_desk.protocol.model import Model

_SMALL = 8 * 2**20
"""Bytes of an answer whose arrays are few."""

_OPENED = 512 * 2**20
"""Bytes of what is told of an opened model: most of it its recurrent weights."""

_ROWS = 2**14
"""Numbers of the written rows of a picture that come together, with their chances and states."""


def most_bytes(work: requests.Work, model: Model | None) -> int:
    """How many bytes the answer to that work of that model may have."""
    match work:
        case requests.Open() | requests.OpenWriter():
            return _OPENED
        case requests.Read() if model is not None:
            side = model.card.side
            width = sum(24 * layer.units + 2 * max(layer.inputs, side) for layer in model.layers)
            watched = sum(prod(tensor.shape) for tensor in model.watched)
            return _SMALL + 4 * (side * (width + len(model.card.classes)) + 2 * watched)
        case requests.Classify(pixels=pixels) if model is not None:
            return _SMALL + 4 * len(pixels) * len(model.card.classes)
        case requests.MapStates() if model is not None and model.layers:
            side, units = model.card.side, model.layers[-1].units
            digits = len(reference_digits().few)
            return _SMALL + 4 * (digits * side * (side + units + 2) + 3 * units)
        case requests.SaveCopy():
            return 2**31
        case requests.Write(count=count):
            return _SMALL + 4 * count * _ROWS
        case requests.MeasureSurprise(pixels=pixels):
            return _SMALL + pixels.nbytes
        case _:
            return _SMALL
