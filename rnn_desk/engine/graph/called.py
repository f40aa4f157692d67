"""A model of many calls written as one that takes the whole picture.

Its graph becomes the body of a Scan over the calls. Where its states go through recurrent
operators alone, these are taken out of the body and run over all rows, and what is before, between
and after them is scanned; where they go through a cell written out in basic operators, what is
after the states is scanned by itself. So the whole model has its layers where any other has them.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from onnx import ModelProto, NodeProto, helper, numpy_helper

from rnn_desk.engine.graph.calls import Call, call_of, dims_of
from rnn_desk.engine.graph.nodes import Nodes
from rnn_desk.engine.graph.recurrent import is_recurrent
from rnn_desk.engine.graph.rewriting import rename, taken_in
from rnn_desk.engine.graph.unrolled import Wiring

ROWS_A_CALL = "rnn_desk.rows_a_call"
"""Of the metadata of a model written so: how many rows each call takes."""

PICTURE = "desk_picture"
INSIDE = "desk_call_"
"""Before the name of a tensor that each call has anew."""

EVERY = "desk_every_"
"""Before the name of a tensor of a call, that of the same for all calls."""

_SQUEEZE_BY_INPUT = 13
"""The opset from which on Squeeze takes its axes as an input."""

_MOVES = (
    "Concat", "Expand", "Flatten", "Gather", "Identity", "Reshape", "Slice", "Split", "Squeeze",
    "Transpose", "Unsqueeze",
)  # fmt: skip
"""Operators that put numbers elsewhere, and change none."""


def rows_a_call(model: ModelProto) -> int:
    """How many rows each call of the model takes that this one was written of; 0 where of none."""
    told = {entry.key: entry.value for entry in model.metadata_props}.get(ROWS_A_CALL, "0")
    return int(told) if told.isdecimal() else 0


def whole(model: ModelProto, by_operators: bool = True) -> ModelProto | None:
    """The model that takes the whole picture; None where the model is none of many calls.

    by_operators: its recurrent operators are run over all rows, if that can be; None where it
    cannot.
    """
    call = call_of(model)
    if call is None:
        return None
    if not call.answers:  # nothing but states comes out: they are what there is to be seen
        call = replace(call, answers=tuple(output for _, output in call.states))
    wiring = Wiring(model)
    operators = _of_operators(model, call, wiring) if by_operators else None
    if by_operators and operators is None:
        return None
    model, call, renamed = _renamed(model, call, wiring)
    writer = _Whole(model, call, wiring)
    if operators is None:
        writer.scan_states()
    else:
        names = {renamed.get(name, name) for node in operators for name in node.output if name}
        writer.run_operators([n for n in model.graph.node if not names.isdisjoint(n.output)])
    return writer.done()


def _renamed(
    model: ModelProto, call: Call, wiring: Wiring
) -> tuple[ModelProto, Call, dict[str, str]]:
    """The same with other names for all that is not the same in every call, and those by the old
    ones: the body of a Scan may have no name that the graph around it has."""
    model = copy.deepcopy(model)
    states = [name for name, _ in call.states]
    own = {call.part, *states, *(name for node in wiring.nodes for name in node.output if name)}
    names = {name: INSIDE + name for name in own if name not in wiring.constants}
    for node in model.graph.node:
        rename(node, names)
        node.output[:] = [names.get(name, name) for name in node.output]
    for entry in (*model.graph.input, *model.graph.output):
        entry.name = names.get(entry.name, entry.name)
    call = replace(
        call,
        part=names[call.part],
        states=tuple((names.get(a, a), names.get(b, b)) for a, b in call.states),
        answers=tuple(names.get(name, name) for name in call.answers),
    )
    return model, call, names


class _Whole:
    """Writes the model of the whole picture."""

    def __init__(self, model: ModelProto, call: Call, wiring: Wiring) -> None:
        self._call, self._wiring = call, wiring
        self._body = [copy.deepcopy(node) for node in model.graph.node]
        self._inputs = {entry.name: entry for entry in model.graph.input}
        self._kinds = {e.name: e.type.tensor_type.elem_type for e in model.graph.output}
        self.model = copy.deepcopy(model)
        graph = self.model.graph
        del graph.node[:]
        del graph.output[:]
        del graph.value_info[:]
        states = [name for name, _ in call.states]
        kept = [copy.deepcopy(e) for e in graph.input if e.name not in (call.part, *states)]
        del graph.input[:]
        batch = "N" if None in call.dims else 1
        shape = [batch, call.side, call.side]
        graph.input.append(helper.make_tensor_value_info(PICTURE, call.kind, shape))
        graph.input.extend(kept)
        self._nodes = Nodes(self.model, "desk_whole")
        self._constants()
        self._parts = self._nodes.reshaped(PICTURE, [-1, call.calls, call.rows * call.side])

    def _constants(self) -> None:
        """What follows from constants alone is the same in every call."""
        kept = []
        for node in self._body:
            if all(name in self._wiring.constants for name in node.output if name):
                self.model.graph.node.append(node)
            else:
                kept.append(node)
        self._body = kept

    def run_operators(self, operators: Sequence[NodeProto]) -> None:
        """Write the operators over all rows, and scan what is around them."""
        body = self._without(operators)
        given = [self._call.part]
        for node in operators:
            x, y = node.input[0], f"Y_{next(name for name in node.output if name)}"
            every = self._scanned(body, given, [x])[0]
            self.model.graph.node.append(self._over_all(node, self._merged(every), EVERY + y))
            given += [name for name in node.output[:2] if name]
            self._give_y(node, EVERY + y)
        self._answers(self._scanned(body, given, self._call.answers))

    def scan_states(self) -> None:
        """Write the recurrence as a Scan, and what comes after the states as another."""
        call = self._call
        behind = [output for _, output in call.states]
        inside = _leading_to(self._body, behind)
        after = [node for node in self._body if node not in inside]
        made = {name for node in inside for name in node.output}
        wanted = [name for node in after for name in taken_in(node) if name in made]
        wanted += [name for name in call.answers if name in made]
        taken = {name for node in after for name in taken_in(node)}
        before = [name for name, _ in call.states if name in taken]
        crossing = list(dict.fromkeys([*behind, *wanted]))
        nodes = [copy.deepcopy(node) for node in inside]
        nodes += [_named("Identity", [name], EVERY + name + "_in") for name in before]
        outputs = [f"{name}_behind" for name in behind]
        nodes += [_named("Identity", [a], b) for a, b in zip(behind, outputs, strict=True)]
        outputs += [EVERY + name + "_in" for name in before]
        nodes += [_named("Identity", [name], EVERY + name + "_out") for name in crossing]
        outputs += [EVERY + name + "_out" for name in crossing]
        first = [self._zeros(name) for name, _ in call.states]
        finals = [f"desk_final_{name}" for name in behind]
        sequences = [EVERY + name for name in (*before, *crossing)]
        self._scan(nodes, [*first, self._parts], [n for n, _ in call.states],
                   outputs, [*finals, *sequences])  # fmt: skip
        given = [call.part, *before, *crossing]
        self._answers(self._scanned(after, given, call.answers))

    def done(self) -> ModelProto:
        """The model."""
        entry = self.model.metadata_props.add()
        entry.key, entry.value = ROWS_A_CALL, str(self._call.rows)
        return self.model

    def _answers(self, every: Sequence[str]) -> None:
        """Bring out what each call answers, and what the last one does."""
        graph = self.model.graph
        for inside, sequence in zip(self._call.answers, every, strict=True):
            kind, name = self._kinds[inside], inside.removeprefix(INSIDE)
            last = self._nodes.node(
                "Gather", sequence, self._nodes.constant(np.array(-1)), output=name, axis=0
            )
            for output in (last, sequence):
                graph.output.append(helper.make_tensor_value_info(output, kind, None))

    def _scanned(
        self, body: Sequence[NodeProto], given: Sequence[str], wanted: Sequence[str]
    ) -> list[str]:
        """Tensors of each call for all calls, `[calls, ...]`; what is given is there so already."""
        missing = [name for name in dict.fromkeys(wanted) if name not in given[1:]]
        inside = _leading_to(body, missing, given)
        taken = {name for node in inside for name in taken_in(node)} | set(missing)
        outside = [name for name in given[1:] if name in taken]
        nodes = [copy.deepcopy(node) for node in inside]
        if missing:
            nodes += [_named("Identity", [name], EVERY + name + "_out") for name in missing]
            self._scan(nodes, [self._parts, *(EVERY + name for name in outside)], outside,
                       [EVERY + name + "_out" for name in missing],
                       [EVERY + name for name in missing], stateless=True)  # fmt: skip
        return [EVERY + name for name in wanted]

    def _scan(
        self,
        nodes: Sequence[NodeProto],
        taken: Sequence[str],
        inside: Sequence[str],
        outputs: Sequence[str],
        made: Sequence[str],
        stateless: bool = False,
    ) -> None:
        """Write a Scan over the calls: states first, unless it has none, then the picture's parts,
        then what else there is for all calls."""
        part = "desk_part"
        names = [part, *inside] if stateless else [*inside, part]
        call = self._call
        front = self._part_of_call(part, call)
        graph = helper.make_graph(
            [*front, *nodes],
            "call",
            [helper.make_empty_tensor_value_info(name) for name in names],
            [helper.make_empty_tensor_value_info(name) for name in outputs],
        )
        scanned = len(names) if stateless else 1
        axes = [1, *[0] * (scanned - 1)]
        node = helper.make_node(
            "Scan",
            list(taken),
            list(made),
            name=f"desk_calls_{len(self.model.graph.node)}",
            body=graph,
            num_scan_inputs=scanned,
            scan_input_axes=axes,
        )
        self.model.graph.node.append(node)

    def _part_of_call(self, part: str, call: Call) -> list[NodeProto]:
        """Nodes that make the call's own input of `[N, rows * pixels]`."""
        dims = [size for size in call.dims if size != 1] or [call.side]
        picture = [-1, *(size for size in dims if size is not None)]
        place = dims.index(None) if None in dims else 0
        shaped = self._nodes.constant(np.array(picture, np.int64))
        nodes = [_named("Reshape", [part, shaped], "desk_part_0")]
        last = "desk_part_0"
        if place:
            order = list(range(1, len(picture)))
            order.insert(place, 0)
            nodes.append(helper.make_node("Transpose", [last], ["desk_part_1"], perm=order))
            last = "desk_part_1"
        wanted = [-1 if size is None else size for size in call.dims]
        own = self._nodes.constant(np.array(wanted, np.int64))
        nodes.append(_named("Reshape", [last, own], call.part))
        return nodes

    def _zeros(self, name: str) -> str:
        """A state before the first call."""
        entry = self._inputs[name]
        dims = dims_of(entry) or ()
        nodes = self._nodes
        kind = helper.tensor_dtype_to_np_dtype(entry.type.tensor_type.elem_type)
        if None not in dims:
            return nodes.constant(np.zeros([size or 1 for size in dims], kind))
        count = nodes.node(
            "Gather", nodes.node("Shape", PICTURE), nodes.constant(np.array([0])), axis=0
        )
        sizes = [count if size is None else nodes.constant(np.array([size])) for size in dims]
        shape = nodes.node("Concat", *sizes, axis=0)
        value = numpy_helper.from_array(np.zeros(1, kind))
        return nodes.node("ConstantOfShape", shape, value=value)

    def _merged(self, every: str) -> str:
        """What comes in at all calls, each call's rows one after another: `[rows, ...]`.

        An operator's input is [rows of a call, N, inputs], so [calls, rows of a call, N, inputs].
        """
        nodes = self._nodes
        if self._call.rows == 1:
            if nodes.opset < _SQUEEZE_BY_INPUT:
                return nodes.node("Squeeze", every, axes=[1])
            return nodes.node("Squeeze", every, nodes.constant(np.array([1])))
        shape = nodes.node("Shape", every)
        rest = nodes.node("Slice", shape, *map(nodes.constant, map(np.array, ([2], [4], [0]))))
        steps = nodes.constant(np.array([self._call.side]))
        return nodes.node("Reshape", every, nodes.node("Concat", steps, rest, axis=0))

    def _over_all(self, node: NodeProto, x: str, y: str) -> NodeProto:
        """The operator over all rows, from states of zero."""
        made = copy.deepcopy(node)
        tensors = [*node.input, *[""] * 8][:8]
        tensors[0], tensors[5], tensors[6] = x, "", ""
        while not tensors[-1]:
            tensors.pop()
        made.input[:] = tensors
        made.output[:] = [y]
        return made

    def _give_y(self, node: NodeProto, y: str) -> None:
        """The operator's outputs at each call, for all calls: Y, and the state behind it."""
        nodes, call = self._nodes, self._call
        shape = nodes.constant(np.array([call.calls, call.rows, 1, -1, _units(node)]))
        every = nodes.node("Reshape", y, shape)
        if node.output[0]:
            self._nodes.node("Identity", every, output=EVERY + node.output[0])
        if len(node.output) > 1 and node.output[1]:
            last = nodes.constant(np.array(call.rows - 1))
            nodes.node("Gather", every, last, output=EVERY + node.output[1], axis=1)

    def _without(self, operators: Sequence[NodeProto]) -> list[NodeProto]:
        made = {name for node in operators for name in node.output if name}
        return [node for node in self._body if made.isdisjoint(node.output)]


def _of_operators(model: ModelProto, call: Call, wiring: Wiring) -> list[NodeProto] | None:
    """The recurrent operators through which alone the states go, in their order; None where they
    go through anything else."""
    operators = [node for node in wiring.nodes if is_recurrent(node)]
    if not operators or any(not _plain(node) for node in operators):
        return None
    begins = {name for node in operators for name in node.input[5:7] if name}
    reached = {name for name, _ in call.states}
    own = {name for node in operators for name in node.output if name}
    for node in wiring.nodes:
        if reached.isdisjoint(taken_in(node)) or not own.isdisjoint(node.output):
            continue
        if node.op_type not in _MOVES and node.op_type != "Shape":
            return None
        if node.op_type in _MOVES:
            reached.update(node.output)
    if any(not reached.isdisjoint(node.input[:5]) for node in operators):
        return None
    if not begins <= reached:
        return None
    outputs = {entry.name for entry in model.graph.output} - {output for _, output in call.states}
    if not reached.isdisjoint(outputs):
        return None
    behind = _leading_to(wiring.nodes, [output for _, output in call.states], own)
    if any(node.op_type not in (*_MOVES, "Constant", "Shape") for node in behind):
        return None
    cells = {node.output[2] for node in operators if len(node.output) > 2 and node.output[2]}
    needed = {n for node in _leading_to(wiring.nodes, call.answers, own) for n in taken_in(node)}
    return None if cells & (needed | set(call.answers)) else operators


def _plain(node: NodeProto) -> bool:
    """Whether the operator reads forward, and takes no lengths."""
    told = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    lengths = node.input[4] if len(node.input) > 4 else ""
    return told.get("direction", b"forward") == b"forward" and not lengths


def _units(node: NodeProto) -> int:
    told = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    return int(told.get("hidden_size", 0))


def _leading_to(
    nodes: Sequence[NodeProto], wanted: Iterable[str], given: Iterable[str] = ()
) -> list[NodeProto]:
    """The nodes that make these tensors, of those given and others, in their order."""
    have, needed = set(given), set(wanted)
    needed -= have
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if not needed.isdisjoint(node.output):
            kept.insert(0, node)
            needed.update(name for name in taken_in(node) if name not in have)
    return kept


def _named(op: str, inputs: Sequence[str], output: str) -> NodeProto:
    return helper.make_node(op, list(inputs), [output], name=output)
