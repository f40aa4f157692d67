"""A model in its normal form: its answer `[N, classes]` first among outputs that are tensors.

What files have beside that is cut off in a copy of the graph: probabilities as a list of
dictionaries, an answer with axes of one, outputs that nobody takes.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from rnn_desk.engine.graph.dissection import STEPS
from rnn_desk.engine.graph.nodes import Nodes
from rnn_desk.engine.graph.rewriting import taken_in

ANSWER = "desk_answer"


def with_tensors(model: ModelProto) -> ModelProto:
    """A copy whose outputs are tensors, or sequences of them.

    Sequences of dictionaries (`ZipMap`, as scikit-learn's exporter writes them) give way to the
    tensor that they were made from.
    """
    model = copy.deepcopy(model)
    graph = model.graph
    kept = [node for node in graph.node if node.op_type != "ZipMap"]
    made_from = {n.output[0]: n.input[0] for n in graph.node if n.op_type == "ZipMap"}
    del graph.node[:]
    graph.node.extend(kept)
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
