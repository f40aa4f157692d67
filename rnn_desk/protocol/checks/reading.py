"""What a model makes of a picture, or of many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.cells import CELLS
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import NEAREST, Familiarity
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.trace import GradientTrace, LayerTrace, Trace
from rnn_desk.protocol import answers
from rnn_desk.protocol.checks.arrays import NotFinite, check_shape
from rnn_desk.protocol.model import Layer, Model
from rnn_desk.protocol.sentences import ProtocolError


def trace_of(
    model: Model, raster: Raster, raster_ms: float, reading: answers.Reading, gradient: bool
) -> Trace:
    """The Trace of that raster. Raises ProtocolError and NotFinite.

    gradient: whether it was asked for.
    """
    side, classes = model.card.side, len(model.card.classes)
    check_shape(reading.probabilities, (classes,))
    check_shape(reading.belief, (side, classes))
    if len(reading.layers) != len(model.layers):
        raise ProtocolError("other layers than the model's")
    layers = tuple(
        _layer_of(layer, known, side)
        for layer, known in zip(reading.layers, model.layers, strict=True)
    )
    if [each.name for each in reading.watched] != [each.name for each in model.watched]:
        raise ProtocolError("other tensors than are watched")
    for watched, tensor in zip(reading.watched, model.watched, strict=True):
        check_shape(watched.values, tensor.shape)
        if (watched.kind, watched.weights) != (tensor.kind, tensor.weights):
            raise ProtocolError("another kind of tensor than is watched")
    _check_numbers(model, reading)
    timings = reading.timings
    if not (0 <= timings.run < 1e9 and 0 <= timings.replay < 1e9):
        raise ProtocolError("a time that is none")
    return Trace(
        raster=raster,
        classes=model.card.classes,
        probabilities=reading.probabilities,
        belief=reading.belief,
        belief_kind=model.belief_kind,
        layers=layers,
        model=model.identity,
        device=model.device.label,
        timings=type(timings)(raster_ms, timings.run, timings.replay),
        gradient=_gradient(model, reading) if gradient else None,
        watched=reading.watched,
        orientation=model.orientation,
        familiarity=_familiarity(reading),
    )


def check_classified(model: Model, count: int, answer: answers.Classified) -> NDArray[np.float32]:
    """Probabilities `[count, classes]`, some of which may be no numbers. Raises ProtocolError."""
    check_shape(answer.probabilities, (count, len(model.card.classes)))
    return answer.probabilities


def check_familiarities(
    count: int, answer: answers.Classified
) -> NDArray[np.float32] | Refused | None:
    """The familiarity of each picture `[count]`, why there is none, or None where nobody asked.
    Raises ProtocolError."""
    if answer.familiarity is None:
        return answer.why_no_familiarity
    check_shape(answer.familiarity, (count,))
    if not ((answer.familiarity >= 0) & (answer.familiarity <= 1)).all():
        raise ProtocolError("a familiarity that is none")
    return answer.familiarity


def _familiarity(reading: answers.Reading) -> Familiarity | Refused | None:
    found = reading.familiarity
    if found is None:
        return reading.why_no_familiarity
    digits = len(reference_digits().drawings)
    if not 0 <= found.value <= 1 or len(found.nearest) > NEAREST:
        raise ProtocolError("a familiarity that is none")
    if not all(0 <= place < digits for place in found.nearest):
        raise ProtocolError("a digit that is none of the reference digits")
    return found


def _gradient(model: Model, reading: answers.Reading) -> GradientTrace | Refused:
    told, side = reading.gradient, model.card.side
    if told is None:
        if reading.why_no_gradient is None:
            raise ProtocolError("neither a gradient nor why there is none")
        return reading.why_no_gradient
    if not 0 <= told.target < len(model.card.classes) or len(told.layers) != len(model.layers):
        raise ProtocolError("a gradient of another model")
    for layer, known in zip(told.layers, model.layers, strict=True):
        check_shape(layer, (side, known.units))
    if told.cells:
        if len(told.cells) != len(model.layers):
            raise ProtocolError("a gradient of another model")
        for cell, known in zip(told.cells, model.layers, strict=True):
            check_shape(cell, (side, known.units))
    if told.saliency is not None:
        check_shape(told.saliency, (side, side))
    arrays = (*told.layers, *told.cells, *([] if told.saliency is None else [told.saliency]))
    if not told.layers or not all(np.isfinite(array).all() for array in arrays):
        return Refused("its gradient for this picture is not a number")
    return GradientTrace(told.target, told.layers, told.saliency, told.why_no_saliency, told.cells)


def _check_numbers(model: Model, reading: answers.Reading) -> None:
    arrays = [reading.probabilities, reading.belief]
    for layer in reading.layers:
        if isinstance(layer, answers.States):
            arrays.extend((layer.h, layer.x))
            continue
        arrays.extend(layer.quantities.values())
        if layer.came_in is not None:
            arrays.extend((layer.came_in.x, layer.came_in.h, layer.came_in.c))
    likely = (
        np.abs(reading.probabilities).max(initial=0) < 2 > np.abs(reading.belief).max(initial=0)
    )
    if not (likely and all(np.isfinite(array).all() for array in arrays)):
        raise NotFinite(
            "{file} answers this picture with what is no number: draw something else, or open "
            "another model",
            file=model.ref.file,
        )


def _layer_of(told: LayerTrace | answers.States, known: Layer, side: int) -> LayerTrace:
    if isinstance(told, LayerTrace):
        _check_trace(told, known, side)
        return told
    weights = known.weights
    if weights is None or known.why_not_plain is not None or known.between is not None:
        raise ProtocolError("states from which nothing follows")
    check_shape(told.h, (side, known.units))
    check_shape(told.x, (side, weights.W.shape[1]))
    direction = "reverse" if known.reverse else "forward"
    return ReplayedLayer(known.name, known.op, direction, told.h, told.x, weights)


def _check_trace(layer: LayerTrace, known: Layer, side: int) -> None:
    if (layer.name, layer.op, layer.direction) != (
        known.name,
        known.op,
        "reverse" if known.reverse else "forward",
    ):
        raise ProtocolError("another layer than the model's")
    states = (side, known.units)
    for values in layer.quantities.values():
        check_shape(values, states)
    if set(layer.gates) - set(CELLS[layer.op].gates if layer.op in CELLS else ()):
        raise ProtocolError("gates that the cell has not")
    if layer.came_in is not None:
        check_shape(layer.came_in.h, states)
        check_shape(layer.came_in.c, states)
        if layer.came_in.x.ndim != 2 or len(layer.came_in.x) != side:
            raise ProtocolError("inputs of other rows")
        if known.weights is not None and layer.came_in.x.shape[1] != known.weights.W.shape[1]:
            raise ProtocolError("inputs of another width")
