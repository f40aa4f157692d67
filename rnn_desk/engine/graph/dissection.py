"""Taking an ONNX graph apart: copies of it that bring more out, and parts of it.

Nothing here changes what a model computes: tensors that it has anyway are named as outputs of a
copy, or the part after a tensor is cut out as a model of its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import (
    GraphProto,
    ModelProto,
    NodeProto,
    TensorProto,
    ValueInfoProto,
    helper,
    numpy_helper,
    shape_inference,
)

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.recurrent import RecurrentOp, is_recurrent, read_operator
from rnn_desk.engine.graph.rewriting import taken_in

STEPS = "_steps"
"""Behind an answer's name, that of what the model says after each step, `[N, steps, classes]`."""


@dataclass(frozen=True)
class Dissected:
    """A model taken apart. `model` is a copy in which every recurrent operator brings out Y."""

    model: ModelProto
    input: str
    output: str
    recurrent: tuple[RecurrentOp, ...]
    downstream: tuple[str, ...]
    """Every tensor that depends on the last recurrent operator, in the order of computation."""
    said: str = ""
    """The output that is said after each step, `[N, steps, classes]`; "" where there is none."""


def dissect(model: ModelProto) -> Dissected:
    """Find the recurrent operators of a model; raises Refused with what is wrong with it."""
    model = copy.deepcopy(model)
    graph = model.graph
    constants = {tensor.name for tensor in graph.initializer}
    inputs = [entry.name for entry in graph.input if entry.name not in constants]
    if len(inputs) != 1:
        raise Refused("it has {count} inputs, and a reader of pictures has one", count=len(inputs))
    if not graph.output:
        raise Refused("it has no output")
    found = [
        read_operator(node, f"desk_Y_{index}")
        for index, node in enumerate(graph.node)
        if is_recurrent(node)
    ]
    downstream = downstream_of(graph, (found[-1].y,)) if found else ()
    output = graph.output[0].name
    said = next((e.name for e in graph.output if e.name == output + STEPS), "")
    return Dissected(model, inputs[0], output, tuple(found), downstream, said)


def downstream_of(graph: GraphProto, sources: Sequence[str]) -> tuple[str, ...]:
    """Every tensor that depends on these, and the other outputs of the nodes that make them."""
    reached = set(sources)
    downstream: list[str] = []
    for node in graph.node:
        # An operator's other outputs (Y_h, Y_c) are downstream of it as Y is.
        if reached.intersection(node.output) or reached.intersection(taken_in(node)):
            reached.update(name for name in node.output if name)
            downstream.extend(name for name in node.output if name)
    return tuple(downstream)


def with_outputs(model: ModelProto, names: Iterable[str]) -> ModelProto:
    """A copy of the model with these tensors among its outputs; onnxruntime knows their types."""
    wider = copy.deepcopy(model)
    have = {entry.name for entry in wider.graph.output} | {e.name for e in wider.graph.input}
    for name in dict.fromkeys(names):
        if name and name not in have:
            wider.graph.output.append(helper.make_empty_tensor_value_info(name))
    return wider


def part_after(model: ModelProto, states: Iterable[str], *outputs: str) -> ModelProto:
    """The part of the model from the tensors `states` to `outputs`, as a model of its own.

    Its inputs are those of `states` that it needs. Where an output depends on more than these
    tensors and constants, the result is no valid model, and opening it fails.
    """
    types = _element_types(model)
    inputs = {e.name: e for e in model.graph.input if e.type.tensor_type.elem_type}
    given = dict.fromkeys(states)
    needed = {name for name in outputs if name not in given}
    kept: list[NodeProto] = []
    for node in reversed(model.graph.node):
        if not needed.isdisjoint(node.output):
            kept.insert(0, node)
            needed.update(name for name in taken_in(node) if name and name not in given)
    taken = {name for node in kept for name in taken_in(node)} | set(outputs)
    part = ModelProto()
    part.CopyFrom(model)
    for filled in ("node", "initializer", "value_info", "input", "output"):
        part.graph.ClearField(filled)  # shapes of the whole picture's run do not hold for rows

    def untold(name: str) -> ValueInfoProto:
        return _untold_shape(name, types.get(name) or TensorProto.FLOAT)

    part.graph.node.extend(kept)
    part.graph.initializer.extend(
        tensor
        for tensor in model.graph.initializer
        if tensor.name in taken and tensor.name not in given
    )
    part.graph.input.extend(inputs.get(name) or untold(name) for name in given if name in taken)
    part.graph.output.extend(untold(name) for name in outputs)
    return part


def last_state(model: ModelProto, operator: RecurrentOp) -> str:
    """The name of the operator's Y_h, the state after the last row; "" where nothing takes it."""
    node = next(node for node in model.graph.node if operator.y in node.output)
    return str(node.output[1]) if len(node.output) > 1 else ""


def constant(model: ModelProto, name: str) -> bool:
    """Whether the tensor is an initialiser of the graph, which cannot be named as an output."""
    return any(tensor.name == name for tensor in model.graph.initializer)


def constant_value(model: ModelProto, name: str) -> NDArray[Any]:
    """The value of an initialiser."""
    tensor = next(tensor for tensor in model.graph.initializer if tensor.name == name)
    return np.asarray(numpy_helper.to_array(tensor))


def _element_types(model: ModelProto) -> dict[str, int]:
    """The element type of every tensor that type inference reaches."""
    try:
        inferred = shape_inference.infer_shapes(model)
    except (shape_inference.InferenceError, ValueError, RuntimeError):
        inferred = model
    graph = inferred.graph
    entries = [*graph.value_info, *graph.input, *graph.output]
    types = {entry.name: entry.type.tensor_type.elem_type for entry in entries}
    types.update((tensor.name, tensor.data_type) for tensor in graph.initializer)
    return types


def _untold_shape(name: str, element_type: int) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, element_type, None)
