"""Writing a graph in a plainer way that computes the same: what is inside of something comes out.

Functions of the model's own are put in place, an If whose condition is a constant gives way to the
branch that it takes, and a recurrent operator with the batch first, which onnxruntime's CPU cannot
run, gets its axes turned around it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from onnx import (
    AttributeProto,
    GraphProto,
    ModelProto,
    NodeProto,
    defs,
    helper,
    inliner,
    numpy_helper,
)

from rnn_desk.core.cells import CELLS
from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.checking import graphs_in

RECURRENT = tuple(name for name in CELLS if defs.has(name))
"""Those cells that are operators of ONNX's."""

_MOST_IFS = 1000
"""A chain of nested ones longer than this is left as it is."""


def plainer(model: ModelProto) -> ModelProto:
    """A copy of the model, written so. Raises Refused."""
    model = _inlined(model) if model.functions else copy.deepcopy(model)
    for number in range(_MOST_IFS):
        if not _inline_an_if(model.graph, f"desk_if{number}_"):
            break
    _turn_batch_first(model.graph)
    return model


def _inlined(model: ModelProto) -> ModelProto:
    """The model with its functions put in place."""
    try:
        return inliner.inline_local_functions(model)
    except Exception as error:  # onnx raises its own types
        raise Refused(
            "its functions cannot be put in their places: one calls itself, or is not well formed"
        ) from error


def _inline_an_if(graph: GraphProto, prefix: str) -> bool:
    """Put the branch of the first constant If in its place; whether there was one."""
    known = dict(_constant_truths(graph))
    for place, node in enumerate(graph.node):
        if node.op_type == "If" and node.domain in ("", "ai.onnx") and node.input[:1]:
            taken = known.get(node.input[0])
            if taken is not None:
                name = "then_branch" if taken else "else_branch"
                branch = next((a.g for a in node.attribute if a.name == name), None)
                if branch is not None and len(branch.output) == len(node.output):
                    _put_in_place(graph, place, branch, prefix)
                    return True
    return False


def _constant_truths(graph: GraphProto) -> Iterator[tuple[str, bool]]:
    """Names of single constants, with whether each is true."""
    for tensor in graph.initializer:
        if list(tensor.dims) in ([], [1]):
            yield tensor.name, bool(numpy_helper.to_array(tensor).item())
    for node in graph.node:
        for attribute in node.attribute:
            if node.op_type == "Constant" and attribute.name == "value":
                value = numpy_helper.to_array(attribute.t)
                if value.size == 1:
                    yield node.output[0], bool(value.item())


def _put_in_place(graph: GraphProto, place: int, branch: GraphProto, prefix: str) -> None:
    """Exchange an If for its branch, whose names get a prefix: both branches may use the same."""
    branch = copy.deepcopy(branch)
    own = {tensor.name for tensor in branch.initializer}
    own |= {name for node in branch.node for name in node.output if name}
    names = {name: prefix + name for name in own}
    for node in branch.node:
        rename(node, names)
        node.output[:] = [names.get(name, name) for name in node.output]
    for tensor in branch.initializer:
        tensor.name = names[tensor.name]
    graph.initializer.extend(branch.initializer)
    passed_on = [
        helper.make_node("Identity", [names.get(entry.name, entry.name)], [output])
        for entry, output in zip(branch.output, graph.node[place].output, strict=True)
        if output
    ]
    nodes = [*graph.node[:place], *branch.node, *passed_on, *graph.node[place + 1 :]]
    nodes = [copy.deepcopy(node) for node in nodes]
    del graph.node[:]
    graph.node.extend(nodes)


def rename(node: NodeProto, names: Mapping[str, str]) -> None:
    """What a node takes in, and what the graphs in it take from around them."""
    node.input[:] = [names.get(name, name) for name in node.input]
    for graph in graphs_in(node):
        for inner in graph.node:
            rename(inner, names)
        for entry in graph.output:
            entry.name = names.get(entry.name, entry.name)


CHOICE = "desk_choice"
"""The name of an If of which one branch is computed before it."""


def branch_outside(model: ModelProto, place: int, then: bool) -> ModelProto:
    """A copy in which one branch of the If at that place is computed before it, whichever it takes;
    so what is in the branch is part of the graph."""
    model = copy.deepcopy(model)
    graph, node = model.graph, model.graph.node[place]
    name = "then_branch" if then else "else_branch"
    attribute = next(a for a in node.attribute if a.name == name)
    branch = copy.deepcopy(attribute.g)
    names = [f"desk_branch{place}_{k}" for k in range(len(branch.output))]
    choice = copy.deepcopy(node)
    choice.name = CHOICE
    taken = next(a.g for a in choice.attribute if a.name == name)
    outputs = [f"{each}_taken" for each in names]
    del taken.node[:], taken.initializer[:]
    taken.node.extend(
        helper.make_node("Identity", [inside], [outside])
        for inside, outside in zip(names, outputs, strict=True)
    )
    for entry, outside in zip(taken.output, outputs, strict=True):
        entry.name = outside
    node.output[:] = names
    _put_in_place(graph, place, branch, f"desk_branch{place}_")
    made = {each for part in graph.node for each in part.output}
    after = max(k for k, part in enumerate(graph.node) if not set(names).isdisjoint(part.output))
    assert set(names) <= made
    nodes = [copy.deepcopy(part) for part in graph.node]
    nodes.insert(after + 1, choice)
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def _turn_batch_first(graph: GraphProto) -> None:
    """Give operators of `layout` 1 the steps first, as they have them with `layout` 0."""
    nodes: list[NodeProto] = []
    for number, node in enumerate(graph.node):
        layout = next((a for a in node.attribute if a.name == "layout"), None)
        first = layout is not None and layout.type == AttributeProto.INT and layout.i == 1
        if not (first and node.op_type in RECURRENT and node.domain in ("", "ai.onnx")):
            nodes.append(node)
            continue
        turned = copy.deepcopy(node)
        kept = [a for a in turned.attribute if a.name != "layout"]
        del turned.attribute[:]
        turned.attribute.extend(kept)
        before, after = [], []
        for slot in (0, 5, 6):  # X, initial_h, initial_c: [batch, steps or directions, units]
            if slot < len(turned.input) and turned.input[slot]:
                name = f"desk_turned{number}_in{slot}"
                swap = [1, 0, 2]
                before.append(helper.make_node("Transpose", [node.input[slot]], [name], perm=swap))
                turned.input[slot] = name
        for slot, output in enumerate(node.output):
            if output:
                name = f"desk_turned{number}_out{slot}"
                swap = [2, 0, 1, 3] if slot == 0 else [1, 0, 2]
                after.append(helper.make_node("Transpose", [name], [output], perm=swap))
                turned.output[slot] = name
        nodes.extend([*before, turned, *after])
    nodes = [copy.deepcopy(node) for node in nodes]
    del graph.node[:]
    graph.node.extend(nodes)


def sort_nodes(graph: GraphProto) -> None:
    """Put the nodes into an order of computation, as near to the one they have as can be."""
    made = {name: k for k, node in enumerate(graph.node) for name in node.output if name}
    needs = [
        {made[name] for name in taken_in(node) if name in made} - {k}
        for k, node in enumerate(graph.node)
    ]
    order: dict[int, None] = {}
    begun: set[int] = set()
    for k in range(len(needs)):
        waiting = [k]
        while waiting:
            last = waiting[-1]
            missing = needs[last] - order.keys() - begun
            begun.add(last)
            if missing:
                waiting.extend(sorted(missing, reverse=True))
            else:
                order[waiting.pop()] = None
    nodes = [copy.deepcopy(graph.node[k]) for k in order]
    del graph.node[:]
    graph.node.extend(nodes)


def taken_in(node: NodeProto) -> Iterator[str]:
    """What a node takes in, and what the graphs in it take from around them."""
    yield from node.input
    for graph in graphs_in(node):
        own = {entry.name for entry in (*graph.input, *graph.initializer)}
        own |= {name for inner in graph.node for name in inner.output}
        yield from (name for inner in graph.node for name in taken_in(inner) if name not in own)
