"""A copy of a model that needs no guessing: with its card, and if wanted with its own scaling."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

from rnn_desk.core import card as cards
from rnn_desk.core.card import CARD_KEY, InputReading, LayerSpec, ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.graph.model_file import read_model
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.input_spec.extras import with_values
from rnn_desk.engine.input_spec.feeding import RGBA, is_whole, scaling
from rnn_desk.engine.input_spec.inferred_card import understand
from rnn_desk.engine.input_spec.whole import whole_picture

_SCALED = "desk_scaled"


def copy_of(source: Path, reader: Reader, scaled: bool = False) -> tuple[ModelCard, ModelProto]:
    """The model of `source`, opened as `reader`, with its card; and the card that it got.

    scaled: the copy takes 0..1, white ink on black, and makes its own numbers of it. The copy has
    one input and its answer first, and its weights within. Raises Refused.
    """
    file = read_model(source)
    if file.sha256 != reader.identity.sha256:
        raise Refused("{file} was changed since it was opened: open it again", file=source)
    findings = reader.findings
    plain = with_values(whole_picture(file.model), findings.card.given)
    model = understand(plain, source.stem, reference_digits(), findings).model
    accuracies = dict(findings.card.accuracies)
    if findings.reference_accuracy is not None:
        accuracies["reference_digits"] = findings.reference_accuracy
    layers = tuple(
        LayerSpec(layer.operator.op, layer.operator.units, layer.operator.direction)
        for layer in reader.layers
        if layer.index == 0
    )
    answer = model.graph.output[0].name
    card = replace(findings.card, recurrent_layers=layers, accuracies=accuracies, answer=answer)
    if scaled:
        model = with_scaling(model, card.input)
        card = replace(card, input=_plain(card.input))
    for place, entry in reversed(list(enumerate(model.metadata_props))):
        if entry.key == CARD_KEY:
            del model.metadata_props[place]
    model.metadata_props.add(key=CARD_KEY, value=cards.to_json(card))
    return card, model


def with_scaling(model: ModelProto, reading: InputReading) -> ModelProto:
    """A copy of a model of one input that takes 0..1, white ink on black, as float32."""
    model = copy.deepcopy(model)
    graph = model.graph
    constants = {tensor.name for tensor in graph.initializer}
    old = next(entry for entry in graph.input if entry.name not in constants)
    factor, term = _by_channel(reading, len(old.type.tensor_type.shape.dim))
    taken = old.name + "_0_1"
    steps = [("Mul", factor), ("Add", term)]
    nodes, last = [], taken
    for place, (op, value) in enumerate(steps):
        constant, result = f"{_SCALED}_{op}_by", f"{_SCALED}_{place}"
        tensor = numpy_helper.from_array(np.array(value, np.float32), constant)
        nodes.append(helper.make_node("Constant", [], [constant], value=tensor))
        nodes.append(helper.make_node(op, [last, constant], [result]))
        last = result
    kind = old.type.tensor_type.elem_type
    if is_whole(reading.dtype):
        # Floor of x + 1/2, for older models: Round came with version 11 of the operators.
        half = numpy_helper.from_array(np.array(0.5, np.float32), _SCALED + "_half")
        nodes.append(helper.make_node("Constant", [], [_SCALED + "_half"], value=half))
        nodes.append(helper.make_node("Add", [last, _SCALED + "_half"], [_SCALED + "_up"]))
        nodes.append(helper.make_node("Floor", [_SCALED + "_up"], [_SCALED + "_whole"]))
        last = _SCALED + "_whole"
    nodes.append(helper.make_node("Cast", [last], [old.name], to=kind))
    old.name = taken
    old.type.tensor_type.elem_type = TensorProto.FLOAT
    rest = [copy.deepcopy(node) for node in graph.node]
    del graph.node[:]
    graph.node.extend([*nodes, *rest])
    return model


def _by_channel(
    reading: InputReading, axes: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Factor and term for an input of so many axes: numbers, or one a channel along its axis."""
    factor, term = (np.resize(each, reading.channels) for each in scaling(reading))
    if reading.polarity == "black_on_white":
        last = np.arange(reading.channels) == RGBA - 1
        inked = last if reading.channels == RGBA and reading.alpha == "ink" else ~last
        factor, term = np.where(inked, -factor, factor), np.where(inked, factor + term, term)
    if (factor == factor[0]).all() and (term == term[0]).all():
        return factor[0, ...], term[0, ...]
    if "C" not in reading.layout:
        raise Refused("its channels lie side by side, and cannot be scaled apart in a copy")
    shape = [1] * axes
    shape[reading.layout.index("C")] = reading.channels
    return factor.reshape(shape), term.reshape(shape)


def _plain(reading: InputReading) -> InputReading:
    return replace(
        reading,
        value_range="0..1",
        scale=(),
        offset=(),
        polarity="white_on_black",
        dtype="float32",
    )
