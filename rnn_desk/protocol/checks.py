"""Answers held against what was asked, before any view sees them.

An answer of another shape than the model's own is a `ProtocolError`, and ends the process that gave
it; numbers that are none are `NotFinite`, a sentence in place of that answer, and the model stays.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.alphabet import character_of
from rnn_desk.core.card import (
    LARGEST_SIDE,
    MAX_CLASSES,
    MOST_PIXELS,
    SMALLEST_SIDE,
    from_json,
    presentable,
)
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import NEAREST, Familiarity
from rnn_desk.core.plain import one_line
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits, references_for
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.state_map import References, StateMap
from rnn_desk.core.trace import GradientTrace, LayerTrace, Trace
from rnn_desk.core.writing import Wish, WriterShape, WrittenRow
from rnn_desk.protocol import answers, requests
from rnn_desk.protocol.by_hand import Offered, TriedByHand
from rnn_desk.protocol.devices import DeviceFigures
from rnn_desk.protocol.model import (
    MOST_WATCHED_NUMBERS,
    Layer,
    Model,
    ModelRef,
    Watchable,
    WriterModel,
)
from rnn_desk.protocol.report import Missed, Report, Right
from rnn_desk.protocol.sentences import ProtocolError

MOST_LAYERS = 256
MOST_UNITS = 2**16
MOST_WATCHED = 64
MOST_BATCH = 2**20
"""Digits that are measured together."""

_SMALL = 8 * 2**20
"""Bytes of an answer whose arrays are few."""

_OPENED = 512 * 2**20
"""Bytes of what is told of an opened model: most of it its recurrent weights."""


MOST_WAYS, MOST_EXTRAS = 512, 64
"""Of what there is to choose from where a file is opened by hand."""

_ROWS = 2**14
"""Numbers of the written rows of a picture that come together, with their chances and states."""

_SURE = 1.001
"""The highest probability, as float32 adds it up."""


class NotFinite(Refused):
    """The model's answer to this picture is not a number; another picture may do."""


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


def model_of(ref: ModelRef, opened: answers.Opened) -> Model:
    """The model that was opened. Raises ProtocolError, and Refused where its card is none."""
    if ref.sha256 and ref.sha256 != opened.sha256:
        raise ProtocolError("another file than was asked for")
    findings = opened.known.findings
    side = findings.card.side
    if len(opened.layers) > MOST_LAYERS or len(opened.watched) > MOST_WATCHED:
        raise ProtocolError("more layers or tensors than can be shown")
    for layer in opened.layers:
        _check_name(layer.name)
        _check_name(layer.op)
    _check_name(opened.device.name)
    _check_name(opened.device.label)
    for layer in opened.layers:
        _check_layer(layer)
    for tensor in opened.watched:
        _check_watchable(tensor, side)
    named = ModelRef(
        ref.path,
        opened.sha256,
        opened.by_hand,
        opened.device.name,
        tuple(tensor.name for tensor in opened.watched),
    )
    return Model(
        named,
        opened.fingerprint,
        opened.facts,
        findings,
        opened.layers,
        opened.belief_kind,
        opened.turned,
        opened.why_no_states,
        opened.device,
        opened.placement,
        opened.watched,
    )


def trace_of(
    model: Model, raster: Raster, raster_ms: float, reading: answers.Reading, gradient: bool
) -> Trace:
    """The Trace of that raster. Raises ProtocolError and NotFinite.

    gradient: whether it was asked for.
    """
    side, classes = model.card.side, len(model.card.classes)
    _check_shape(reading.probabilities, (classes,))
    _check_shape(reading.belief, (side, classes))
    if len(reading.layers) != len(model.layers):
        raise ProtocolError("other layers than the model's")
    layers = tuple(
        _layer_of(layer, known, side)
        for layer, known in zip(reading.layers, model.layers, strict=True)
    )
    if [each.name for each in reading.watched] != [each.name for each in model.watched]:
        raise ProtocolError("other tensors than are watched")
    for watched, tensor in zip(reading.watched, model.watched, strict=True):
        _check_shape(watched.values, tensor.shape)
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
    _check_shape(answer.probabilities, (count, len(model.card.classes)))
    return answer.probabilities


def check_familiarities(
    count: int, answer: answers.Classified
) -> NDArray[np.float32] | Refused | None:
    """The familiarity of each picture `[count]`, why there is none, or None where nobody asked.
    Raises ProtocolError."""
    if answer.familiarity is None:
        return answer.why_no_familiarity
    _check_shape(answer.familiarity, (count,))
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


def writer_of(ref: ModelRef, opened: answers.WriterOpened) -> WriterModel:
    """The writer that was opened. Raises ProtocolError, and Refused where its card is none."""
    if ref.sha256 and ref.sha256 != opened.sha256:
        raise ProtocolError("another file than was asked for")
    card = presentable(from_json(opened.card))
    if card.kind != "writer" or len(card.recurrent_layers) != 1:
        raise ProtocolError("a writer that is none")
    if opened.weights is not None:
        layer = card.recurrent_layers[0]
        if layer.op not in CELLS:
            raise ProtocolError("a cell that is none of the known")
        _check_weights(opened.weights, len(CELLS[layer.op].stored), layer.units)
        if opened.weights.W.shape[1] != card.side + len(card.classes):
            raise ProtocolError("weights of another layer")
    named = replace(ref, sha256=opened.sha256)
    return WriterModel(named, card, opened.facts, opened.weights)


def offered_of(told: answers.LookedInto) -> Offered:
    """What there is to choose from. Raises ProtocolError."""
    offered = told.offered
    if len(offered.ways) > MOST_WAYS or len(offered.extras) > MOST_EXTRAS:
        raise ProtocolError("more to choose from than there can be")
    if not all(SMALLEST_SIDE <= way.side <= LARGEST_SIDE for way in offered.ways):
        raise ProtocolError("pictures of no side that is known")
    if not all(np.isfinite(extra.proposed) for extra in offered.extras):
        raise ProtocolError("a value that is no number")
    for name in (*offered.classes, *(extra.port.name for extra in offered.extras)):
        _check_name(name)
    return offered


def tried_of(told: answers.CameOf) -> TriedByHand:
    """What came of a choice. Raises ProtocolError and NotFinite."""
    tried = told.tried
    if tried.seen.ndim != 3 or max(tried.seen.shape) > MOST_PIXELS or not tried.seen.size:
        raise ProtocolError("a picture of no size that is known")
    if tried.probabilities.shape != (len(tried.classes),):
        raise ProtocolError("probabilities of other classes")
    if len(tried.classes) > MAX_CLASSES or not 0 <= tried.right <= tried.count:
        raise ProtocolError("more than there can be")
    for name in tried.classes:
        _check_name(name)
    numbers = (tried.seen, tried.probabilities, np.array([tried.black, tried.white]))
    if not all(np.isfinite(array).all() for array in numbers):
        raise NotFinite("its answer to a picture is not a number: its weights are damaged")
    return tried


def rows_of(shape: WriterShape, wish: Wish, told: answers.RowsWritten) -> tuple[WrittenRow, ...]:
    """The rows. Raises ProtocolError and NotFinite."""
    rows = len(told.pixels)
    if not (told.first >= 0 and 0 < rows <= shape.side - told.first):
        raise ProtocolError("rows that are none")
    for array in (told.pixels, told.chances):
        _check_shape(array, (rows, wish.count, shape.side))
    for array in (told.h, told.c):
        _check_shape(array, (rows, wish.count, shape.units))
    if not all(np.isfinite(array).all() for array in (told.chances, told.h, told.c)):
        raise NotFinite("its answer to a picture is not a number: its weights are damaged")
    if not np.isin(told.pixels, (0, 1)).all() or not (told.chances >= 0).all():
        raise ProtocolError("pixels that are neither ink nor paper")
    if told.chances.max(initial=0) > _SURE:
        raise ProtocolError("a probability that is none")
    parts = zip(told.pixels, told.chances, told.h, told.c, strict=True)
    return tuple(WrittenRow(told.first + k, *part) for k, part in enumerate(parts))


def surprise_of(count: int, side: int, told: answers.Surprised) -> NDArray[np.float32]:
    """Nats `[count, side, side]`. Raises ProtocolError and NotFinite."""
    _check_shape(told.nats, (count, side, side))
    if not np.isfinite(told.nats).all():
        raise NotFinite("its answer to a picture is not a number: its weights are damaged")
    return told.nats


def report_of(model: Model, told: answers.Reported) -> Report:
    """The report, with its drawings. Raises ProtocolError."""
    digits = references_for(model.card.classes)
    if digits is None:
        raise ProtocolError("a report on a model that is measured by nothing")
    labels = tuple(character_of(name) or name for name in model.card.classes)
    if told.confusion.shape != (len(labels), len(labels)) or told.confusion.min() < 0:
        raise ProtocolError("a confusion matrix of other labels")
    if not all(0 <= condition.part <= 1 for condition in told.conditions) or not told.conditions:
        raise ProtocolError("a part that is none")
    for miss in told.missed:
        if not (0 <= miss.place < len(digits.drawings) and one_line(miss.said) == miss.said):
            raise ProtocolError("a digit that is none of the reference digits")
        if not (0 <= miss.sure <= _SURE and 0 <= miss.truth <= _SURE):
            raise ProtocolError("a probability that is none")
    missed = tuple(
        Missed(digits.drawings[m.place], digits.labels[m.place], m.said, m.sure, m.truth)
        for m in told.missed
    )
    wrong = {miss.place for miss in told.missed}
    others = (k for k in range(len(digits.drawings)) if k not in wrong)
    right = tuple(Right(digits.drawings[k], digits.labels[k], digits.labels[k]) for k in others)
    return Report(
        model.card.name,
        labels,
        len(digits.drawings),
        told.conditions,
        told.confusion,
        missed,
        model.findings.evidence,
        right,
    )


def map_of(model: Model, told: answers.MappedStates) -> StateMap | None:
    """The state map, None for a model without states. Raises ProtocolError."""
    if not model.layers:
        return None
    digits = reference_digits()
    count, side, units = len(told.chosen), model.card.side, model.layers[-1].units
    if not all(0 <= place < len(digits.drawings) for place in told.chosen) or not count:
        raise ProtocolError("a digit that is none of the reference digits")
    for array, shape in (
        (told.pictures, (count, side, side)),
        (told.states, (count, side, units)),
        (told.mean, (units,)),
        (told.axes, (2, units)),
        (told.paths, (count, side, 2)),
    ):
        _check_shape(array, shape)
        if not np.isfinite(array).all():
            raise NotFinite("its states are no numbers")
    if not 0 <= told.share <= _SURE:
        raise NotFinite("its states are no numbers")
    places = list(told.chosen)
    references = References(
        tuple(digits.labels[k] for k in places),
        tuple(digits.drawings[k] for k in places),
        told.pictures,
        told.states,
    )
    return StateMap(references, told.mean, told.axes, told.paths, told.share)


def check_figures(figures: DeviceFigures) -> DeviceFigures:
    """Figures of a device that can be divided by and shown. Raises ProtocolError."""
    told = [figures.load_ms, *(each.first_ms for each in figures.batches)]
    spreads = [each.spread for each in figures.batches] + list(figures.stages.values())
    told += [milliseconds for spread in spreads for milliseconds in (spread.p50, spread.p99)]
    if not all(0 <= milliseconds < 1e9 for milliseconds in told):
        raise ProtocolError("a time that is none")
    if not all(each.spread.p50 > 0 for each in figures.batches):
        raise ProtocolError("a run that took no time")
    if not all(0 < each.batch <= MOST_BATCH for each in figures.batches):
        raise ProtocolError("a batch of no size")
    for name in (figures.device.name, figures.device.label, *figures.stages):
        _check_name(name)
    return figures


def check_watchables(model: Model, tensors: tuple[Watchable, ...]) -> tuple[Watchable, ...]:
    """Those that can be watched. Raises ProtocolError."""
    for tensor in tensors:
        _check_watchable(tensor, model.card.side)
    return tensors


def _gradient(model: Model, reading: answers.Reading) -> GradientTrace | Refused:
    told, side = reading.gradient, model.card.side
    if told is None:
        if reading.why_no_gradient is None:
            raise ProtocolError("neither a gradient nor why there is none")
        return reading.why_no_gradient
    if not 0 <= told.target < len(model.card.classes) or len(told.layers) != len(model.layers):
        raise ProtocolError("a gradient of another model")
    for layer, known in zip(told.layers, model.layers, strict=True):
        _check_shape(layer, (side, known.units))
    if told.cells:
        if len(told.cells) != len(model.layers):
            raise ProtocolError("a gradient of another model")
        for cell, known in zip(told.cells, model.layers, strict=True):
            _check_shape(cell, (side, known.units))
    if told.saliency is not None:
        _check_shape(told.saliency, (side, side))
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
    _check_shape(told.h, (side, known.units))
    _check_shape(told.x, (side, weights.W.shape[1]))
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
        _check_shape(values, states)
    if set(layer.gates) - set(CELLS[layer.op].gates if layer.op in CELLS else ()):
        raise ProtocolError("gates that the cell has not")
    if layer.came_in is not None:
        _check_shape(layer.came_in.h, states)
        _check_shape(layer.came_in.c, states)
        if layer.came_in.x.ndim != 2 or len(layer.came_in.x) != side:
            raise ProtocolError("inputs of other rows")
        if known.weights is not None and layer.came_in.x.shape[1] != known.weights.W.shape[1]:
            raise ProtocolError("inputs of another width")


def _check_layer(layer: Layer) -> None:
    if layer.direction not in ("forward", "reverse", "bidirectional"):
        raise ProtocolError("a layer of no direction")
    if not (0 < layer.units <= MOST_UNITS and layer.inputs >= 0 and layer.number >= 0):
        raise ProtocolError("a layer of no size that is known")
    if layer.op not in CELLS and (layer.weights is not None or layer.why_not_plain is None):
        raise ProtocolError("a cell that is none of the known")
    if layer.weights is not None:
        _check_weights(layer.weights, len(CELLS[layer.op].stored), layer.units)


def _check_weights(weights: Weights, gates: int, units: int) -> None:
    rows = gates * units
    if weights.W.ndim != 2 or len(weights.W) != rows:
        raise ProtocolError("weights of another cell")
    for array, shape in (
        (weights.R, (rows, units)),
        (weights.B, (2 * rows,)),
        (weights.h0, (units,)),
        (weights.c0, (units,)),
    ):
        _check_shape(array, shape)


def _check_watchable(tensor: Watchable, side: int) -> None:
    axes = 2 if tensor.kind == "rows" else 3
    fits = len(tensor.shape) == axes and all(length > 0 for length in tensor.shape)
    if not fits or prod(tensor.shape) > MOST_WATCHED_NUMBERS:
        raise ProtocolError("a tensor of no known shape")
    if tensor.kind == "rows" and tensor.shape[0] != side:
        raise ProtocolError("a tensor of other rows")


def _check_name(name: str) -> None:
    if name != one_line(name, 120):
        raise ProtocolError("a name that cannot be shown")


def _check_shape(array: NDArray[np.float32], shape: tuple[int, ...]) -> None:
    if array.shape != shape:
        raise ProtocolError(f"an array of {array.shape} where {shape} is due")
