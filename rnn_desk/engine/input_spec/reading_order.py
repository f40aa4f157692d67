"""What one time step of a model is: a row, a column, a pixel, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from onnx import GraphProto, ModelProto

from rnn_desk.core.card import Reading
from rnn_desk.engine.graph.rewriting import RECURRENT
from rnn_desk.protocol.findings import Way

_RECURRENT = {*RECURRENT, "DynamicQuantizeLSTM", "Loop", "Scan"}
_PRODUCTS = {"MatMul", "Gemm", "MatMulInteger", "FusedMatMul", "DynamicQuantizeMatMul"}


def reading_of(model: ModelProto, way: Way) -> Reading:
    """What a step is: "whole" where nothing recurs; else as the pictures were given."""
    if way.input.layout in ("NFC", "FNC") and way.input.reading != "columns":
        return "pixels"
    if way.input.reading == "columns" or _recurs(model, way.side):
        return way.input.reading
    return "whole"


def _recurs(model: ModelProto, steps: int) -> bool:
    """Whether the model has a recurrent operator, or a chain of matrix products as long as steps.

    The latter is what an exporter makes of a cell when it expands it, step after step.
    """
    graphs = [model.graph, *_inner(model.graph)]
    functions = [node for function in model.functions for node in function.node]
    nodes = [*functions, *(node for graph in graphs for node in graph.node)]
    if any(node.op_type in _RECURRENT for node in nodes):
        return True
    depth: dict[str, int] = {}
    for node in model.graph.node:
        before = max((depth.get(name, 0) for name in node.input), default=0)
        depth.update(dict.fromkeys(node.output, before + (node.op_type in _PRODUCTS)))
    return max(depth.values(), default=0) >= steps


def _inner(graph: GraphProto) -> Iterable[GraphProto]:
    for node in graph.node:
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs):
                if inner.node:
                    yield inner
                    yield from _inner(inner)
