"""One step of a decomposed cell: what it takes in, what it makes, and which functions it applies.

A decomposed cell is nodes of the open graph, once for each step, or the body of a Loop or a Scan.
Here a step is found by how its tensors hang together; which cell it is, is found by running it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onnx import GraphProto, ModelProto, helper

from rnn_desk.core.cells.expression import PLAIN
from rnn_desk.engine.graph.recurrent import is_recurrent
from rnn_desk.engine.graph.unrolled import Wiring, is_product

_MOVES = (
    "Cast",
    "Concat",
    "Gather",
    "Identity",
    "Reshape",
    "Slice",
    "Split",
    "Squeeze",
    "Transpose",
    "Unsqueeze",
)
"""Operators that put numbers elsewhere, and change none."""

_ON_THE_WAY = (
    "Add",
    "Cast",
    "Gather",
    "Identity",
    "Reshape",
    "Slice",
    "Split",
    "Squeeze",
    "Transpose",
    "Unsqueeze",
)
"""Operators that may stand between the product with what comes in and the gates."""


@dataclass(frozen=True)
class Activated:
    """A tensor before and behind one of the plain cells' activations, by ONNX's name of that."""

    activation: str
    before: str
    behind: str


@dataclass(frozen=True, eq=False)
class Step:
    """One step, cut out of `model`: names of what comes in, at this step or at all, of the states
    before and behind, and of what is activated on the way. The states are in no order."""

    model: ModelProto = field(repr=False)
    x: str
    before: tuple[str, ...]
    behind: tuple[str, ...]
    activated: tuple[Activated, ...]


def step_of_chain(model: ModelProto, states: Sequence[str]) -> tuple[Step, tuple[str, ...]] | None:
    """The third step of an unrolled cell, its hidden state first, and what comes in at every step,
    or at all of them.

    states: the hidden states of all steps, in the order of reading.
    """
    if len(states) < 4:
        return None
    wiring = Wiring(model)
    first, before, behind, after = states[:4]
    inside = wiring.between(before, behind)
    entering = wiring.entering(inside, before)
    carried = [name for name in entering if name in wiring.reached({first})]
    next_inside = wiring.between(behind, after)
    reached = wiring.reached({before})
    carried_on = [name for name in wiring.entering(next_inside, behind) if name in reached]
    if len(carried) != len(carried_on):
        return None
    products = _products(wiring, [name for name in entering if name not in carried])
    if products is None:
        return None
    groups = [wiring.products_like(k) for k in products]
    sources = {tuple(dict.fromkeys(name for _, name in group)) for group in groups}
    if len(sources) != 1:
        return None
    [xs] = sources
    if len(xs) not in (1, len(states)):  # multiplied in one for all steps, or one by one
        return None
    [x] = {wiring.taken_in(k) for k in products}
    step = Step(model, x, (before, *carried), (behind, *carried_on), _activated(wiring, inside))
    return step, xs


def step_of_body(
    whole: ModelProto, body: GraphProto, carried: Sequence[tuple[str, str]]
) -> Step | None:
    """The step in the body of a Loop or a Scan.

    carried: the names of each state in the body, before and behind it.
    """
    model = ModelProto()
    model.CopyFrom(whole)
    outer = {t.name: t for t in whole.graph.initializer}
    constants = Wiring(whole).constants
    constant_nodes = [
        node for node in whole.graph.node if all(n in constants for n in node.output if n)
    ]
    del model.graph.node[:], model.graph.input[:], model.graph.output[:]
    del model.graph.initializer[:], model.graph.value_info[:]
    model.graph.node.extend([*constant_nodes, *body.node])
    model.graph.input.extend(body.input)
    model.graph.output.extend(body.output)
    model.graph.initializer.extend(body.initializer)
    own = {t.name for t in body.initializer} | {name for n in body.node for name in n.output}
    own |= {entry.name for entry in body.input}
    own |= {name for node in constant_nodes for name in node.output}
    captured = dict.fromkeys(name for n in model.graph.node for name in n.input if name)
    for name in captured:
        if name not in own:
            if name in outer:
                model.graph.initializer.append(outer[name])
            else:
                model.graph.input.append(helper.make_empty_tensor_value_info(name))
    wiring = Wiring(model)
    before, behind = zip(*carried, strict=True)
    reached = wiring.reached(set(before))
    inside = wiring.leading_to(set(behind)) & reached
    entering = [name for name in wiring.entering(inside, *before) if name not in reached]
    products = _products(wiring, entering)
    sources = set(entering) if products is None else {wiring.taken_in(k) for k in products}
    if len(sources) != 1:
        return None
    return Step(model, sources.pop(), before, behind, _activated(wiring, inside))


def is_multiplied(body: GraphProto, state: str) -> bool:
    """Whether a state goes into a product, or into an operator as its hidden state, with nothing
    done to it on the way but moving its numbers."""
    same = {state}
    for node in body.node:
        if same.isdisjoint(node.input):
            continue
        if is_product(node) or (is_recurrent(node) and same & set(node.input[5:6])):
            return True
        if node.op_type in _MOVES:
            same.update(node.output)
    return False


def _products(wiring: Wiring, entering: Iterable[str]) -> set[int] | None:
    """The products with constants that all of these come from; None where one comes from none."""
    found: set[int] = set()
    left = list(entering)
    seen = set(left)
    while left:
        name = left.pop()
        k = wiring.maker.get(name)
        if k is None:
            return None
        node = wiring.nodes[k]
        if is_product(node) and wiring.taken_in(k):
            found.add(k)
            continue
        if node.op_type not in _ON_THE_WAY:
            return None
        known = wiring.constants.keys() | wiring.sizes | seen
        farther = [n for n in node.input if n and n not in known]
        left.extend(farther)
        seen.update(farther)
    return found or None


def _activated(wiring: Wiring, inside: set[str]) -> tuple[Activated, ...]:
    """What is activated among the tensors of a step, in the order of computation."""
    return tuple(
        Activated(node.op_type, node.input[0], node.output[0])
        for node in wiring.nodes
        if node.op_type in PLAIN and node.domain in ("", "ai.onnx") and node.output[0] in inside
    )
