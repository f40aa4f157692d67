"""States outside of recurrent operators: in bodies of Loop and Scan, and in unrolled cells.

Each candidate is brought out of a copy of the graph as `[steps, 1, N, units]`, as an operator's Y
would be. Whether it is a chain of states, and which way it reads, is then told by trying: a state
depends on the rows read so far and on no other.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.recurrent import RecurrentOp
from rnn_desk.engine.graph.unrolled import chains
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.engine.signature.feeding import feed

Order = Literal["forward", "reverse", "from the end"]
"""How a sequence lies: read from the first row on; read from the last row on, but stored by row;
read from the last row on and stored as it was read."""


@dataclass(frozen=True)
class _Candidate:
    """What may be states, one tensor for all steps or one for each.

    place: of the node in the graph that they come from. carried: which of the tensors that a Loop
    or a Scan carries along it is.
    """

    op: str
    place: int
    states: tuple[str, ...]
    carried: int | None = None


@dataclass(frozen=True)
class _Found:
    candidate: _Candidate
    order: Order
    units: int


def with_sequences(card: ModelCard, dissected: dissection.Dissected) -> dissection.Dissected:
    """The same model, with the states that are no operator's among the recurrent ones."""
    plain = dissected.model
    candidates = [*_carried(plain.graph), *_unrolled(plain, card.side)]
    found = _tried(dissected, card, candidates)
    if found is None:  # one that fails spoils the run for all
        found = [
            each for candidate in candidates for each in _tried(dissected, card, [candidate]) or ()
        ]
    if not found:
        return dissected
    model = _brought_out(plain, [each.candidate for each in found])
    layers: list[tuple[int, RecurrentOp, tuple[str, ...]]] = [
        (_place(plain.graph, op.y), op, (op.y,)) for op in dissected.recurrent
    ]
    for number, each in enumerate(found):
        op = _as_operator(model.graph, each, f"desk_states{number}")
        made = tuple(name for name in plain.graph.node[each.candidate.place].output if name)
        sources = each.candidate.states if each.candidate.carried is None else made
        layers.append((each.candidate.place, op, sources))
    layers.sort(key=lambda layer: layer[0])
    return replace(
        dissected,
        model=model,
        recurrent=tuple(op for _, op, _ in layers),
        downstream=dissection.downstream_of(plain.graph, layers[-1][2]),
    )


def _carried(whole: GraphProto) -> list[_Candidate]:
    """What Loop and Scan nodes carry from one step to the next."""
    candidates = []
    for place, node in enumerate(whole.node):
        if node.op_type not in ("Loop", "Scan") or node.domain not in ("", "ai.onnx"):
            continue
        body, first, count = _body(node)
        for k in range(count):
            kind = body.output[first + k].type.tensor_type.elem_type
            if kind in (TensorProto.FLOAT, 0):
                candidates.append(_Candidate(node.op_type, place, (f"desk_{place}_{k}",), k))
    return candidates


def _body(node: NodeProto) -> tuple[GraphProto, int, int]:
    """A Loop's or Scan's body, and which of its outputs are carried along: from where, how many."""
    body = next((a.g for a in node.attribute if a.name == "body"), GraphProto())
    if node.op_type == "Loop":  # its body says first whether it goes on
        first, count = 1, len(node.input) - 2
    else:
        inputs = next((int(a.i) for a in node.attribute if a.name == "num_scan_inputs"), 0)
        first, count = 0, len(node.input) - inputs
    return body, first, max(0, min(count, len(body.output) - first))


def _unrolled(model: ModelProto, steps: int) -> list[_Candidate]:
    """Chains of states in the open graph."""
    maker = {name: k for k, node in enumerate(model.graph.node) for name in node.output}
    return [_Candidate("Cell", maker[names[-1]], names) for names in chains(model, steps)]


def _brought_out(model: ModelProto, candidates: Sequence[_Candidate]) -> ModelProto:
    """A copy in which what is carried along comes out for every step, by the candidate's name."""
    model = copy.deepcopy(model)
    for candidate in candidates:
        if candidate.carried is not None:
            node = model.graph.node[candidate.place]
            body, first, _ = _body(node)
            (name,) = candidate.states
            entry = body.output[first + candidate.carried]
            body.node.append(helper.make_node("Identity", [entry.name], [name + "_inside"]))
            body.output.append(
                helper.make_tensor_value_info(name + "_inside", TensorProto.FLOAT, None)
            )
            node.output.append(name)
    return model


def _tried(
    dissected: dissection.Dissected, card: ModelCard, candidates: Sequence[_Candidate]
) -> list[_Found] | None:
    """Those that are states, with their order and units; None where the run fails."""
    names = [name for candidate in candidates for name in candidate.states]
    if not names:
        return []
    side = card.side
    pixels = np.random.default_rng(0).uniform(0, 1, (side, side)).astype(np.float32)
    try:
        wider = dissection.with_outputs(_brought_out(dissected.model, candidates), names)
        session = start(wider.SerializeToString(), CPU)
        runs = []
        for step in (None, 0, side - 1):
            picture = pixels.copy()
            if step is not None:
                at = picture.T if card.input.reading == "columns" else picture
                at[step] = 1 - at[step]
            values = session.run(names, {dissected.input: feed(picture[None], card.input)})
            runs.append(dict(zip(names, values, strict=True)))
    except Exception:  # noqa: BLE001  what cannot be brought out is no state
        return None
    found = []
    for candidate in candidates:
        shapes = {run[name].shape for run in runs for name in candidate.states}
        order = None
        if len(shapes) == 1:
            plain, first, last = (
                np.stack([run[name] for name in candidate.states]).squeeze() for run in runs
            )
            order = _order(plain, first, last, side)
        if order is not None:
            found.append(_Found(candidate, order, int(shapes.pop()[-1])))
    return found


def _as_operator(whole: GraphProto, found: _Found, y: str) -> RecurrentOp:
    """The states as one tensor `[steps, 1, N, units]`, by row, as an operator's Y would be."""
    candidate, order = found.candidate, found.order
    states = candidate.states[::-1] if order == "from the end" else candidate.states
    one = candidate.carried is None  # tensor for each step, not all steps in one tensor
    shape = numpy_helper.from_array(
        np.array([1 if one else 0, 1, -1, found.units], np.int64), y + "_shape"
    )
    whole.initializer.append(shape)
    shaped = [f"{y}_{k}" for k in range(len(states))]
    for name, row in zip(states, shaped, strict=True):
        whole.node.append(helper.make_node("Reshape", [name, shape.name], [row]))
    if one:
        whole.node.append(helper.make_node("Concat", shaped, [y], axis=0))
    elif order == "from the end":
        _turn(whole, shaped[0], y)
    else:
        whole.node.append(helper.make_node("Identity", shaped, [y]))
    return RecurrentOp(
        op=candidate.op,
        x="",
        w="",
        r="",
        b="",
        h0="",
        c0="",
        y=y,
        units=found.units,
        direction="forward" if order == "forward" else "reverse",
        linear_before_reset=False,
        nonstandard=Refused(
            "the cell is written out in basic operators, and it is not known which of them are "
            "its gates"
        ),
    )


def _order(plain: NDArray[Any], first: NDArray[Any], last: NDArray[Any], side: int) -> Order | None:
    """How a sequence `[steps, ...]` lies, told by what the first row and the last one change."""
    if plain.dtype.kind != "f" or plain.ndim < 2 or len(plain) not in (side, side**2):
        return None

    def rows(changed: NDArray[Any]) -> NDArray[np.bool_]:
        return np.asarray((changed != plain).reshape(side, -1).any(axis=1))

    by_first, by_last = rows(first), rows(last)
    only_first, only_last = np.arange(side) == 0, np.arange(side) == side - 1
    if np.array_equal(by_last, only_last) and by_first[:2].all():
        return "forward"
    if np.array_equal(by_first, only_first) and by_last[-2:].all():
        return "reverse"
    if np.array_equal(by_first, only_last) and by_last[:2].all():
        return "from the end"
    return None


def _turn(whole: GraphProto, name: str, turned: str) -> None:
    """The same sequence from its end."""
    bounds = []
    for what, value in {"starts": -1, "ends": -(2**62), "axes": 0, "steps": -1}.items():
        bounds.append(f"{turned}_{what}")
        whole.initializer.append(numpy_helper.from_array(np.array([value], np.int64), bounds[-1]))
    whole.node.append(helper.make_node("Slice", [name, *bounds], [turned]))


def _place(whole: GraphProto, name: str) -> int:
    return next(k for k, node in enumerate(whole.node) if name in node.output)
