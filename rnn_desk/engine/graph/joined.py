"""One matrix over what comes in and the state, written as a matrix for each.

Cells that are written by hand often join both and multiply once: `[x, h] W`. As `x Wx + h Wh` the
state goes into a product of its own, and such a cell is found as any other (`unrolled`, `steps`).
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from onnx import GraphProto, ModelProto, NodeProto, helper, numpy_helper, shape_inference

from rnn_desk.engine.graph.checking import graphs_in
from rnn_desk.engine.graph.unrolled import Wiring

_PRODUCTS = ("MatMul", "Gemm")

Sizes = Mapping[str, Sequence[int]]
"""The lengths of a tensor's axes by its name, 0 where one is not known."""


def apart(model: ModelProto) -> ModelProto:
    """A copy in which constant weights multiply what was joined part by part, in what recurs: where
    the same weights multiply more than once, in a model with more than one input, and in loops."""
    if not any(map(_joins, _all_graphs(model.graph))):
        return model
    model = copy.deepcopy(model)
    constants = set(Wiring(model).constants)
    sizes = _sizes_of(model)
    shared = Counter(name for node in model.graph.node if _multiplies(node) for name in node.input)
    own = {tensor.name for tensor in model.graph.initializer}
    called = len([entry for entry in model.graph.input if entry.name not in own]) > 1
    wanted = {name for name, count in shared.items() if count > 1 or called}
    _write(model.graph, constants, sizes, wanted, "desk_apart")
    for number, node in enumerate(model.graph.node):
        if node.op_type in ("Loop", "Scan"):
            for body in graphs_in(node):
                inside = _within(model, node, body, sizes)
                known = constants | {tensor.name for tensor in body.initializer}
                known |= {name for n in body.node if n.op_type == "Constant" for name in n.output}
                _write(body, known, inside, known, f"desk_apart{number}")
    return model


def _all_graphs(graph: GraphProto) -> Iterator[GraphProto]:
    yield graph
    for node in graph.node:
        for inner in graphs_in(node):
            yield from _all_graphs(inner)


def _multiplies(node: NodeProto) -> bool:
    return node.op_type in _PRODUCTS and node.domain in ("", "ai.onnx")


def _joins(graph: GraphProto) -> bool:
    joined = {node.output[0] for node in graph.node if node.op_type == "Concat"}
    return any(_multiplies(node) and node.input[0] in joined for node in graph.node)


def _sizes_of(model: ModelProto) -> dict[str, tuple[int, ...]]:
    try:
        known = shape_inference.infer_shapes(model).graph
    except Exception:  # noqa: BLE001  onnx raises its own types: then nothing is known
        known = model.graph
    return {
        entry.name: tuple(int(dim.dim_value) for dim in entry.type.tensor_type.shape.dim)
        for entry in (*known.input, *known.value_info, *known.output)
        if entry.type.tensor_type.HasField("shape")
    } | {tensor.name: tuple(tensor.dims) for tensor in known.initializer}


def _within(
    model: ModelProto, node: NodeProto, body: GraphProto, outside: Sizes
) -> dict[str, tuple[int, ...]]:
    """The sizes in the body of a Loop or a Scan, of what goes into it."""
    told = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    scanned = int(told.get("num_scan_inputs", 0))
    first = 2 if node.op_type == "Loop" else 0
    axes = list(told.get("scan_input_axes", [])) or [0] * scanned
    inputs = []
    given = node.input[first:]
    for place, (entry, name) in enumerate(zip(body.input[first:], given, strict=False)):
        sizes = [*outside.get(name, ())]
        at = place - (len(given) - scanned)
        if at >= 0 and sizes:
            del sizes[axes[at]]
        kind = entry.type.tensor_type.elem_type or 1
        if sizes:
            inputs.append(
                helper.make_tensor_value_info(entry.name, kind, [n or None for n in sizes])
            )
    captured = {name for inner in body.node for name in inner.input}
    captured -= {entry.name for entry in inputs}
    inputs += [
        helper.make_tensor_value_info(name, 1, [n or None for n in outside[name]])
        for name in captured & outside.keys()
    ]
    graph = GraphProto()
    graph.CopyFrom(body)
    del graph.output[:], graph.input[:]
    graph.input.extend(inputs)
    part = ModelProto()
    part.CopyFrom(model)
    part.graph.CopyFrom(graph)
    return _sizes_of(part)


def _write(
    graph: GraphProto, constants: set[str], sizes: Sizes, wanted: set[str], prefix: str
) -> None:
    """Write the products of what was joined with those weights as sums."""
    joined = {node.output[0]: node for node in graph.node if node.op_type == "Concat"}
    nodes: list[NodeProto] = []
    for number, node in enumerate(graph.node):
        join = joined.get(node.input[0]) if _multiplies(node) else None
        weights = node.input[1] if len(node.input) > 1 else ""
        widths = _widths(join, _length(node, sizes), sizes) if join is not None else []
        fits = widths and weights in constants and weights in wanted
        if not fits or join is None or not _plain(node):
            nodes.append(node)
            continue
        nodes += _parts(graph, node, list(join.input), widths, f"{prefix}_{number}")
    nodes = [copy.deepcopy(node) for node in nodes]
    del graph.node[:]
    graph.node.extend(nodes)


def _length(node: NodeProto, sizes: Sizes) -> int:
    """How long a product's weights are along the axis that is summed over; 0 where not known."""
    known = sizes.get(node.input[1], ())
    turned = any(a.name == "transB" and a.i for a in node.attribute)
    return known[-1 if turned else -2] if len(known) > 1 else 0


def _widths(join: NodeProto, whole: int, sizes: Sizes) -> list[int]:
    """How long the joined tensors are along the last axis; nothing where that is not known, or they
    are joined along another one. whole: all of them together, if it is known."""
    axis = next((a.i for a in join.attribute if a.name == "axis"), 0)
    known = [sizes.get(name, ()) for name in join.input]
    ranks = {len(each) for each in known if each}
    if len(ranks) != 1 or axis not in (-1, *(rank - 1 for rank in ranks)):
        return []
    widths = [each[-1] if each else 0 for each in known]
    if widths.count(0) == 1 and whole:
        widths[widths.index(0)] = whole - sum(widths)
    return widths if all(width > 0 for width in widths) else []


def _plain(node: NodeProto) -> bool:
    told = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    as_it_is = told.get("alpha", 1.0) == 1.0 and not told.get("transA", 0)
    return as_it_is and told.get("beta", 1.0) in (0.0, 1.0)


def _parts(
    graph: GraphProto, node: NodeProto, parts: Sequence[str], widths: Sequence[int], name: str
) -> list[NodeProto]:
    """The nodes of one product as a sum of products, and of its bias."""
    told = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    turned = bool(told.get("transB", 0))

    def constant(value: int) -> str:
        made = f"{name}_at{value}"
        if all(tensor.name != made for tensor in graph.initializer):
            graph.initializer.append(numpy_helper.from_array(np.array([value], np.int64), made))
        return made

    nodes: list[NodeProto] = []
    products: list[str] = []
    start = 0
    for number, (part, width) in enumerate(zip(parts, widths, strict=True)):
        bounds = [constant(start), constant(start + width), constant(1 if turned else 0)]
        cut, made = f"{name}_W{number}", f"{name}_{number}"
        nodes.append(helper.make_node("Slice", [node.input[1], *bounds], [cut]))
        if turned:
            nodes.append(helper.make_node("Transpose", [cut], [cut + "T"], perm=[1, 0]))
            cut += "T"
        nodes.append(helper.make_node("MatMul", [part, cut], [made]))
        products.append(made)
        start += width
    if len(node.input) > 2 and node.input[2] and told.get("beta", 1.0):
        products.append(node.input[2])
    total = products[0]
    for number, each in enumerate(products[1:], start=1):
        made = node.output[0] if number == len(products) - 1 else f"{name}_sum{number}"
        nodes.append(helper.make_node("Add", [total, each], [made]))
        total = made
    return nodes
