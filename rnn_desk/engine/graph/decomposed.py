"""The recurrence decomposed: the same model, with plain matrix operations in place of an operator.

Some devices have no kernel for LSTM, GRU or RNN, and leave the operator to the CPU: the states then
travel to and fro. Decomposed, one step after another, such a layer runs there whole. Every tensor
that the operator brought out keeps its name, so whatever reads a model reads this one likewise.

What a step is made of, `core.cells.decomposed` says for each cell. What is the same for
all steps, `X W + b`, is one product. h, c and what is added to them are `[1, N, ...]`, so that
states of all steps are joined by one Concat.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, helper, numpy_helper

from rnn_desk.core.cells.decomposed import step
from rnn_desk.engine.graph.recurrent import RecurrentOp, cell_of, is_recurrent

MOST_STEPS = 64
"""A layer of more steps, as one that takes pixel after pixel, is left as it is: each step of each
layer is about ten nodes."""

_MOST_PARTS = 6
"""Of one Split: each is a buffer of its own, and WebGPU promises eight to a kernel."""

_SPLIT_TAKES_TENSOR = 13
"""The opset from which on Split takes the sizes of its parts as an input."""


Values = Callable[[str], NDArray[Any]]
"""The value of a tensor of the model, by its name, in one run."""


def decomposed(
    model: ModelProto, recurrent: Sequence[RecurrentOp], values: Values
) -> ModelProto | None:
    """A copy of the model without those recurrent operators that can be decomposed; None where
    there are none.

    recurrent: the model's; values: knows what they take in and bring out. Left are those beyond the
    plain cell, those that take lengths of sequences, and those of more than `MOST_STEPS` steps.
    """
    model = copy.deepcopy(model)
    operators = {op.y: op for op in recurrent if op.nonstandard is None and op.w}
    nodes: list[NodeProto] = []
    changed = False
    for number, node in enumerate(model.graph.node):
        op = operators.get(node.output[0]) if is_recurrent(node) else None
        lengths = node.input[4] if len(node.input) > 4 else ""
        if op is None or lengths or len(values(op.y)) > MOST_STEPS:
            nodes.append(node)
            continue
        changed = True
        writer = _Writer(model.graph, _opset(model), f"desk_step{number}_")
        _write(writer, op, node, values)
        nodes.extend(writer.nodes)
    if not changed:
        return None
    nodes = [copy.deepcopy(node) for node in nodes]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


@dataclass(frozen=True)
class _Direction:
    """One direction of an operator: its weights, transposed, and its first states by name.

    w `[inputs, gates * units]`, r `[units, gates * units]`, wb and rb `[gates * units]`. c: ""
    where the cell has none.
    """

    w: NDArray[Any]
    r: NDArray[Any]
    wb: NDArray[Any]
    rb: NDArray[Any]
    h: str
    c: str


class _Writer:
    """Collects nodes and constants, and gives every tensor a name."""

    def __init__(self, graph: GraphProto, opset: int, prefix: str) -> None:
        self.nodes: list[NodeProto] = []
        self._graph = graph
        self._opset = opset
        self._prefix = prefix
        self._count = 0

    def node(self, op: str, *inputs: str, to: str = "", **attributes: Any) -> str:
        output = to or self._name()
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, value: NDArray[Any]) -> str:
        name = self._name()
        self._graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def split(self, tensor: str, sizes: Sequence[int], axis: int) -> list[str]:
        outputs = [self._name() for _ in sizes]
        node = helper.make_node("Split", [tensor], outputs, name=outputs[0], axis=axis)
        if self._opset < _SPLIT_TAKES_TENSOR:
            node.attribute.append(helper.make_attribute("split", list(sizes)))
        else:
            node.input.append(self.constant(np.array(sizes, np.int64)))
        self.nodes.append(node)
        return outputs

    def steps(self, tensor: str, count: int) -> list[str]:
        """A sequence's steps one by one, `[1, ...]` each."""
        if count == 1:
            return [tensor]
        if count <= _MOST_PARTS:
            return self.split(tensor, [1] * count, axis=0)
        sizes = [len(part) for part in np.array_split(np.arange(count), _MOST_PARTS)]
        parts = self.split(tensor, sizes, axis=0)
        return [
            step for part, size in zip(parts, sizes, strict=True) for step in self.steps(part, size)
        ]

    def _name(self) -> str:
        self._count += 1
        return f"{self._prefix}{self._count}"


def _write(writer: _Writer, op: RecurrentOp, node: NodeProto, values: Values) -> None:
    """The nodes of one operator, both its directions, and its outputs by their names."""
    steps = len(values(op.y))
    all_h, last_h, last_c = [], [], []
    for index in range(2 if op.direction == "bidirectional" else 1):
        backwards = op.direction == "reverse" or index == 1
        there = _direction(writer, op, index, values)
        states = list(_states(writer, op, there, steps, backwards))
        h, c = zip(*states, strict=True)
        last_h.append(h[-1])
        last_c.append(c[-1])
        whole = writer.node("Concat", *(h[::-1] if backwards else h), axis=0)
        # As the operator has it: [steps, 1, N, units].
        shape = writer.constant(np.array([0, 1, -1, op.units], np.int64))
        all_h.append(writer.node("Reshape", whole, shape))
    outputs = [*node.output, "", "", ""]
    writer.node("Concat", *all_h, to=outputs[0], axis=1)
    for name, parts in ((outputs[1], last_h), (outputs[2], last_c)):
        if name:
            writer.node("Concat", *parts, to=name, axis=0)


def _direction(writer: _Writer, op: RecurrentOp, index: int, values: Values) -> _Direction:
    w, r = values(op.w)[index], values(op.r)[index]
    wb, rb = np.split(values(op.b)[index] if op.b else np.zeros(2 * len(w), w.dtype), 2)

    def first(name: str) -> str:
        if name:
            return writer.node("Gather", name, writer.constant(np.array([index])), axis=0)
        # Zeros for however many pictures there are: a product of X's first step with zeros.
        row = writer.node("Gather", op.x, writer.constant(np.array([0])), axis=0)
        return writer.node(
            "MatMul", row, writer.constant(np.zeros((w.shape[1], op.units), w.dtype))
        )

    c = first(op.c0) if cell_of(op).keeps_c else ""
    return _Direction(w.T, r.T, wb, rb, first(op.h0), c)


def _states(
    writer: _Writer, op: RecurrentOp, direction: _Direction, steps: int, backwards: bool
) -> Iterator[tuple[str, str]]:
    """h and c by name after each step, in the order of reading; without a cell state, h twice."""
    cell = cell_of(op)
    plan, units = step(cell), op.units
    constants: dict[str, str] = {}
    taken_in: list[list[str]] = []
    for number, group in enumerate(cell.groups):
        columns = slice(group.first * units, group.end * units)
        constants[f"R{number}"] = writer.constant(direction.r[:, columns])
        bias = direction.wb[columns]
        if group.through:
            constants[f"b{number}"] = writer.constant(direction.rb[columns])
        else:
            bias = bias + direction.rb[columns]
        whole = writer.node("MatMul", op.x, writer.constant(direction.w[:, columns]))
        whole = writer.node("Add", whole, writer.constant(bias))
        rows = writer.steps(whole, steps)
        taken_in.append(rows[::-1] if backwards else rows)
    h, c = direction.h, direction.c
    for given in zip(*taken_in, strict=True):
        names = {**constants, "h_before": h, "c_before": c}
        names.update((f"x{number}", name) for number, name in enumerate(given))
        for each in plan:
            inputs = [names[name] for name in each.inputs]
            if each.sizes:
                outputs = writer.split(inputs[0], [size * units for size in each.sizes], axis=2)
            else:
                outputs = [writer.node(each.op, *inputs)]
            names.update(zip(each.outputs, outputs, strict=True))
        h = names["h"]
        c = names.get("c", h)
        yield h, c


def _opset(model: ModelProto) -> int:
    return max((o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), default=1)
