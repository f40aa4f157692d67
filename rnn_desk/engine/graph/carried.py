"""What a loop carries along unchanged, taken from around it.

Exporters hand a Loop its weights as if they were states (tf2onnx, jax2onnx). Taken from around it,
they are seen to be constants, and what is left are the states.
"""

from __future__ import annotations

import copy

from onnx import GraphProto, ModelProto, NodeProto, helper

from rnn_desk.engine.graph.rewriting import rename


def taken_from_around(model: ModelProto) -> ModelProto:
    """A copy whose loops' bodies take from around them what they give on as it came."""
    if not any(node.op_type in ("Loop", "Scan") for node in model.graph.node):
        return model
    model = copy.deepcopy(model)
    for node in model.graph.node:
        if node.op_type in ("Loop", "Scan"):
            for attribute in node.attribute:
                if attribute.name == "body":
                    _take(node, attribute.g)
    return model


def _take(node: NodeProto, body: GraphProto) -> None:
    loop = node.op_type == "Loop"
    told = {a.name: a.i for a in node.attribute}
    given = list(node.input[2:] if loop else node.input)
    count = len(given) - int(told.get("num_scan_inputs", 0))
    inside = [entry.name for entry in body.input][2 if loop else 0 :]
    behind = [entry.name for entry in body.output][1 if loop else 0 :]
    copied = {n.output[0]: n.input[0] for n in body.node if n.op_type == "Identity"}

    def source(name: str) -> str:
        return source(copied[name]) if name in copied else name

    states = list(zip(given, inside, behind, strict=False))[:count]
    names = {before: outer for outer, before, after in states if outer and source(after) == before}
    for inner in body.node:
        rename(inner, names)
    for entry in body.output:  # an output has to be made in the body
        if entry.name in names:
            made = f"{entry.name}_given_on"
            body.node.append(helper.make_node("Identity", [names[entry.name]], [made]))
            entry.name = made
