"""What a process says of a file that it has opened."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from rnn_desk.core.card import from_json, presentable
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.protocol import answers
from rnn_desk.protocol.checks.arrays import check_name, check_shape
from rnn_desk.protocol.model import (
    MOST_WATCHED_NUMBERS,
    Layer,
    Model,
    ModelRef,
    Watchable,
    WriterModel,
)
from rnn_desk.protocol.sentences import ProtocolError

MOST_LAYERS = 256
MOST_UNITS = 2**16
MOST_WATCHED = 64


def model_of(ref: ModelRef, opened: answers.Opened) -> Model:
    """The model that was opened. Raises ProtocolError, and Refused where its card is none."""
    if ref.sha256 and ref.sha256 != opened.sha256:
        raise ProtocolError("another file than was asked for")
    findings = opened.known.findings
    side = findings.card.side
    if len(opened.layers) > MOST_LAYERS or len(opened.watched) > MOST_WATCHED:
        raise ProtocolError("more layers or tensors than can be shown")
    for layer in opened.layers:
        check_name(layer.name)
        check_name(layer.op)
    check_name(opened.device.name)
    check_name(opened.device.label)
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


def check_watchables(model: Model, tensors: tuple[Watchable, ...]) -> tuple[Watchable, ...]:
    """Those that can be watched. Raises ProtocolError."""
    for tensor in tensors:
        _check_watchable(tensor, model.card.side)
    return tensors


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
        check_shape(array, shape)


def _check_watchable(tensor: Watchable, side: int) -> None:
    axes = 2 if tensor.kind == "rows" else 3
    fits = len(tensor.shape) == axes and all(length > 0 for length in tensor.shape)
    if not fits or prod(tensor.shape) > MOST_WATCHED_NUMBERS:
        raise ProtocolError("a tensor of no known shape")
    if tensor.kind == "rows" and tensor.shape[0] != side:
        raise ProtocolError("a tensor of other rows")
