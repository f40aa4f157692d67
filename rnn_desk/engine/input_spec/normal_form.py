"""A model in its normal form: one input, the picture, and its answer `[N, classes]` first.

What files have beside that is filled in, or cut off, in a copy of the graph: lengths and first
states as inputs, probabilities as a list of dictionaries, an answer with axes of one.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from rnn_desk.engine.graph.dissection import STEPS
from rnn_desk.engine.graph.nodes import Nodes
from rnn_desk.engine.graph.rewriting import taken_in
from rnn_desk.engine.input_spec.input_shape import Fit, Signature, Spare

ANSWER = "desk_answer"


def with_one_input(model: ModelProto, found: Signature) -> ModelProto:
    """A copy whose only input is the picture, and whose outputs are tensors.

    Sequences of dictionaries (`ZipMap`, as scikit-learn's exporter writes them) give way to the
    tensor that they were made from.
    """
    model = copy.deepcopy(model)
    graph = model.graph
    filled = [node for spare in found.spares for node in _filled(spare, found)]
    kept = [node for node in graph.node if node.op_type != "ZipMap"]
    made_from = {n.output[0]: n.input[0] for n in graph.node if n.op_type == "ZipMap"}
    del graph.node[:]
    graph.node.extend([*filled, *kept])
    spare_names = {spare.name for spare in found.spares}
    inputs = [entry for entry in graph.input if entry.name not in spare_names]
    del graph.input[:]
    graph.input.extend(inputs)
    for output in graph.output:
        if output.name in made_from:
            output.name = made_from[output.name]
            output.type.CopyFrom(helper.make_tensor_type_proto(TensorProto.FLOAT, None))
    return model


def with_answer(
    model: ModelProto, output: str, shape: Sequence[int], classes: int, scale: float = 1.0
) -> ModelProto:
    """A copy whose first output is the one of that name, as `[N, classes]`.

    shape: of that output in one run. scale: what its numbers are multiplied by.
    """
    model = copy.deepcopy(model)
    graph = model.graph
    chosen = next(entry for entry in graph.output if entry.name == output)
    others = [
        entry
        for entry in graph.output
        if entry.name == output + STEPS
        or (entry.type.HasField("tensor_type") and not entry.name.startswith("desk_"))
    ]
    others = [entry for entry in others if entry.name != output]
    if scale != 1:
        nodes = Nodes(model, ANSWER + "_scaled")
        output = nodes.node("Mul", output, nodes.number(scale))
        chosen = helper.make_tensor_value_info(output, TensorProto.FLOAT, None)
    if len(shape) != 2:
        graph.initializer.append(
            numpy_helper.from_array(np.array([-1, classes], np.int64), ANSWER + "_shape")
        )
        graph.node.append(
            helper.make_node("Reshape", [output, ANSWER + "_shape"], [ANSWER], name=ANSWER)
        )
        kind = chosen.type.tensor_type.elem_type
        chosen = helper.make_tensor_value_info(ANSWER, kind, [None, classes])
    outputs = [copy.deepcopy(entry) for entry in (chosen, *others)]
    del graph.output[:]
    graph.output.extend(outputs)
    _without_unused(graph)
    return model


def _without_unused(graph: GraphProto) -> None:
    """Leave out what was written behind the graph and nothing takes any more."""
    needed = {entry.name for entry in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(graph.node):
        if not node.name.startswith("desk_") or not needed.isdisjoint(node.output):
            kept.append(copy.deepcopy(node))
            needed.update(taken_in(node))
    del graph.node[:]
    graph.node.extend(reversed(kept))


def steps(fit: Fit) -> int:
    """Time steps of a picture: its pixels where they come one by one, else its rows."""
    return fit.side**2 if fit.layout in ("NFC", "FNC") else fit.side


def _filled(spare: Spare, found: Signature) -> list[NodeProto]:
    """Nodes that make what a spare input wants, for as many pictures as there are."""
    fit = found.fits[0]
    value = steps(fit) if spare.kind == "lengths" else 0
    batch = fit.layout.find("N")
    nodes, parts = [], []
    for axis, dim in enumerate(spare.dims):
        name = f"desk_{spare.name}_{axis}"
        parts.append(name)
        if dim is not None or batch < 0:
            nodes.append(_constant(name, np.array([dim or 1], np.int64)))
            continue
        nodes.extend(
            [
                helper.make_node("Shape", [found.name], [name + "_of"]),
                _constant(name + "_at", np.array([batch], np.int64)),
                helper.make_node("Gather", [name + "_of", name + "_at"], [name]),
            ]
        )
    shape = f"desk_{spare.name}_shape"
    if parts:
        nodes.append(helper.make_node("Concat", parts, [shape], axis=0))
    else:
        nodes.append(_constant(shape, np.array([], np.int64)))
    filler = numpy_helper.from_array(np.array([value], spare.dtype))
    nodes.append(helper.make_node("ConstantOfShape", [shape], [spare.name], value=filler))
    return nodes


def _constant(name: str, value: NDArray[np.int64]) -> NodeProto:
    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(value, name))
