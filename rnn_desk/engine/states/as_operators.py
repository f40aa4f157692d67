"""States that are no operator's, written into the graph as an operator's would be.

They come out as `[steps, 1, N, units]`, as Y does; where their cell is known, what comes in comes
out as X, and the weights are there as W, R and B. Whatever takes such a state, and is not on the
way to a later one, takes it from Y: then the graph after Y is the same as that after an operator.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from rnn_desk.core.cells import CELLS
from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.recurrent import RecurrentOp
from rnn_desk.engine.graph.rewriting import sort_nodes
from rnn_desk.engine.graph.unrolled import Wiring
from rnn_desk.engine.states.recognition import Recognised

Order = Literal["forward", "reverse", "from the end"]
"""How a sequence lies: read from the first row on; read from the last row on, but stored by row;
read from the last row on and stored as it was read."""


@dataclass(frozen=True)
class Candidate:
    """What may be states, one tensor for all steps or one for each.

    place: of the node in the graph that they come from. carried: which of the tensors that a Loop
    or a Scan carries along it is. x: what comes in, one tensor for all steps or one for each, where
    that is known; inside: its name in the body of a Loop or a Scan.
    """

    op: str
    place: int
    states: tuple[str, ...]
    carried: int | None = None
    x: tuple[str, ...] = ()
    inside: str = ""


@dataclass(frozen=True, eq=False)
class States:
    """A candidate that is states. shape: of one step's, -1 where it is free. cell: None where it is
    not known."""

    candidate: Candidate
    order: Order
    shape: tuple[int, ...]
    cell: Recognised | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Frame:
    """A Loop's or Scan's body: what is carried along is `count` of its inputs and outputs, from
    these on; first_input: of the node's own inputs."""

    body: GraphProto
    first_input: int
    first_inside: int
    first_output: int
    count: int

    def inside(self, carried: int) -> tuple[str, str]:
        """The names of one of them in the body, before and behind a step."""
        before = self.body.input[self.first_inside + carried].name
        return before, self.body.output[self.first_output + carried].name


def body_of(node: NodeProto) -> Frame:
    """The body of a Loop or a Scan."""
    body = next((a.g for a in node.attribute if a.name == "body"), GraphProto())
    if node.op_type == "Loop":  # its body is told first whether it goes on, and says so first
        first_input, first_inside, first_output, count = 2, 2, 1, len(node.input) - 2
    else:
        scanned = next((int(a.i) for a in node.attribute if a.name == "num_scan_inputs"), 0)
        first_input, first_inside, first_output, count = 0, 0, 0, len(node.input) - scanned
    there = min(count, len(body.output) - first_output, len(body.input) - first_inside)
    return Frame(body, first_input, first_inside, first_output, max(0, there))


def brought_out(model: ModelProto, candidates: Sequence[Candidate]) -> ModelProto:
    """A copy in which what is carried along, and what comes in, comes out for every step."""
    model = copy.deepcopy(model)
    for candidate in candidates:
        if candidate.carried is not None:
            node = model.graph.node[candidate.place]
            frame = body_of(node)
            _bring_out(node, frame.inside(candidate.carried)[1], candidate.states[0])
            for outside in candidate.x:
                _bring_out(node, candidate.inside, outside)
    return model


def _bring_out(node: NodeProto, inside: str, outside: str) -> None:
    body = body_of(node).body
    body.node.append(helper.make_node("Identity", [inside], [outside + "_inside"]))
    entry = helper.make_tensor_value_info(outside + "_inside", TensorProto.FLOAT, None)
    body.output.append(entry)
    node.output.append(outside)
    for attribute in node.attribute:  # a Scan may say of each of its outputs how it lies
        if attribute.name in ("scan_output_axes", "scan_output_directions"):
            attribute.ints.append(0)


def as_operators(
    plain: ModelProto, found: Sequence[States]
) -> tuple[ModelProto, list[tuple[States, tuple[RecurrentOp, tuple[str, ...]]]]]:
    """A copy of the model with the states as operators have them; and of each, the operator, and
    the tensors that what comes after it depends on."""
    model = brought_out(plain, [each.candidate for each in found])
    graph = model.graph
    operators = [_operator(graph, each, f"desk_states{k}") for k, each in enumerate(found)]
    wiring = Wiring(model)
    rerouted = [
        (wiring.leading_to({op.y}), _taken_from_y(plain.graph, graph, each, op.y))
        for each, op in zip(found, operators, strict=True)
        if each.cell is not None
    ]
    for leading, names in rerouted:
        for node in graph.node:
            if leading.isdisjoint(node.output):
                node.input[:] = [names.get(name, name) for name in node.input]
    sort_nodes(graph)
    made = []
    for each, op in zip(found, operators, strict=True):
        candidate = each.candidate
        node = plain.graph.node[candidate.place]
        whole = tuple(name for name in node.output if name)
        sources = candidate.states if candidate.carried is None else whole
        made.append((each, (op, (op.y,) if each.cell is not None else sources)))
    return model, made


def _operator(graph: GraphProto, found: States, y: str) -> RecurrentOp:
    candidate, units = found.candidate, found.shape[-1]
    _write_sequence(graph, found, candidate.states, y, (1, -1, units))
    direction = "forward" if found.order == "forward" else "reverse"
    if found.cell is None:
        why = Refused(
            "the cell is written out in basic operators, and it is not known which of them are "
            "its gates"
        )
        return RecurrentOp(
            candidate.op, "", "", "", "", "", "", y, units, direction, False, nonstandard=why
        )
    cell = found.cell
    _write_sequence(graph, found, candidate.x, y + "_X", (-1, cell.W.shape[1]))
    tensors = {"W": cell.W, "R": cell.R, "B": cell.B, "h0": cell.h0[None], "c0": cell.c0[None]}
    for name, value in tensors.items():
        graph.initializer.append(_constant(value[None], f"{y}_{name}"))
    name = cell.cell.name
    return RecurrentOp(
        name,
        y + "_X",
        y + "_W",
        y + "_R",
        y + "_B",
        y + "_h0",
        y + "_c0",
        y,
        units,
        direction,
        linear_before_reset=CELLS[name].linear_before_reset is cell.cell,
        nonstandard=None,
        states=candidate.states,
    )


def _write_sequence(
    graph: GraphProto,
    found: States,
    names: tuple[str, ...],
    to: str,
    shape: tuple[int, ...],
) -> None:
    """Write what is there for all steps, or for each, as one tensor `[steps, *shape]` by row."""
    whole = len(names) == 1  # all steps in one tensor, not a tensor for each
    turned = found.order == "from the end"
    if found.candidate.carried is None:
        names, turned = names[::-1] if turned else names, False  # in one tensor, it lies by row
    graph.initializer.append(_constant(np.array([0 if whole else 1, *shape]), to + "_shape"))
    shaped = [f"{to}_{k}" for k in range(len(names))]
    for name, row in zip(names, shaped, strict=True):
        graph.node.append(helper.make_node("Reshape", [name, to + "_shape"], [row]))
    if not whole:
        graph.node.append(helper.make_node("Concat", shaped, [to], axis=0))
    elif turned:
        _turn(graph, shaped[0], to)
    else:
        graph.node.append(helper.make_node("Identity", shaped, [to]))


def _turn(graph: GraphProto, name: str, turned: str) -> None:
    """Write the same sequence from its end."""
    bounds = []
    for what, value in {"starts": -1, "ends": -(2**62), "axes": 0, "steps": -1}.items():
        bounds.append(f"{turned}_{what}")
        graph.initializer.append(_constant(np.array([value]), bounds[-1]))
    graph.node.append(helper.make_node("Slice", [name, *bounds], [turned]))


def _taken_from_y(plain: GraphProto, graph: GraphProto, found: States, y: str) -> dict[str, str]:
    """Write the states as the model has them, made of Y; their names, by the model's."""
    candidate = found.candidate
    graph.initializer.append(_constant(np.array(found.shape), y + "_own"))
    if candidate.carried is None:
        count = len(candidate.states)
        places = {name: k for k, name in enumerate(candidate.states)}
    else:
        node = plain.node[candidate.place]
        last = node.output[candidate.carried]
        count, places = 1, {last: 0} if last else {}
    made = {}
    if candidate.carried is not None and found.order == "forward":
        graph.initializer.append(_constant(np.array([0, *found.shape]), y + "_all"))
        for name in _sequences_of(node, candidate.carried):
            graph.node.append(helper.make_node("Reshape", [y, y + "_all"], [f"{y}_{name}"]))
            made[name] = f"{y}_{name}"
    for name, k in places.items():
        read = k if found.order == "forward" else count - 1 - k
        if candidate.carried is not None:
            read = -1 if found.order == "forward" else 0
        at = f"{y}_of{k}"
        graph.initializer.append(_constant(np.array([read]), at + "_place"))
        graph.node.append(helper.make_node("Gather", [y, at + "_place"], [at + "_row"], axis=0))
        graph.node.append(helper.make_node("Reshape", [at + "_row", y + "_own"], [at]))
        made[name] = at
    return made


def _sequences_of(node: NodeProto, carried: int) -> list[str]:
    """The outputs of a Loop or a Scan that are what one of its states was behind each step."""
    frame = body_of(node)
    copied = {n.output[0]: n.input[0] for n in frame.body.node if n.op_type == "Identity"}

    def source(name: str) -> str:
        return source(copied[name]) if name in copied else name

    own = source(frame.inside(carried)[1])
    first = frame.first_output + frame.count
    behind = [entry.name for entry in frame.body.output[first:]]
    outputs = list(node.output)[frame.count :]
    pairs = zip(outputs, behind, strict=False)
    return [outside for outside, inside in pairs if outside and source(inside) == own]


def _constant(value: NDArray[np.generic], name: str) -> TensorProto:
    return numpy_helper.from_array(np.ascontiguousarray(value), name)
