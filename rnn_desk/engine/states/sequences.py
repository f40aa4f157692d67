"""States outside of recurrent operators: in bodies of Loop and Scan, and in unrolled cells.

Each candidate is brought out of a copy of the graph as `[steps, 1, N, units]`, as an operator's Y
would be. Whether it is a chain of states, and which way it reads, is then told by trying: a state
depends on the rows read so far and on no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, TensorProto

from rnn_desk.core.card import ModelCard
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.recurrent import RecurrentOp
from rnn_desk.engine.graph.steps import is_multiplied, step_of_body, step_of_chain
from rnn_desk.engine.graph.unrolled import chains
from rnn_desk.engine.input_spec.feeding import feed
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.engine.states.as_operators import (
    Candidate,
    Order,
    States,
    as_operators,
    body_of,
    brought_out,
)
from rnn_desk.engine.states.recognition import cell_of


@dataclass(frozen=True)
class _Found:
    """A candidate that is states: what they were in the trial, `[steps, ...]`, as they lie."""

    candidate: Candidate
    order: Order
    values: NDArray[Any] = field(repr=False)


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
    sequences = _with_cells(dissected, card, found)
    model, made = as_operators(plain, sequences)
    layers: list[tuple[int, RecurrentOp, tuple[str, ...]]] = [
        (_place(plain.graph, op.y), op, (op.y,)) for op in dissected.recurrent
    ]
    layers += [(each.candidate.place, op, sources) for each, (op, sources) in made]
    layers.sort(key=lambda layer: layer[0])
    return replace(
        dissected,
        model=model,
        recurrent=tuple(op for _, op, _ in layers),
        downstream=dissection.downstream_of(model.graph, layers[-1][2]),
    )


def _carried(whole: GraphProto) -> list[Candidate]:
    """What Loop and Scan nodes carry from one step to the next."""
    candidates = []
    for place, node in enumerate(whole.node):
        if node.op_type not in ("Loop", "Scan") or node.domain not in ("", "ai.onnx"):
            continue
        frame = body_of(node)
        for k in range(frame.count):
            kind = frame.body.output[frame.first_output + k].type.tensor_type.elem_type
            if kind in (TensorProto.FLOAT, 0):
                candidates.append(Candidate(node.op_type, place, (f"desk_{place}_{k}",), k))
    return candidates


def _unrolled(model: ModelProto, steps: int) -> list[Candidate]:
    """Chains of states in the open graph."""
    maker = {name: k for k, node in enumerate(model.graph.node) for name in node.output}
    return [Candidate("Cell", maker[names[-1]], names) for names in chains(model, steps)]


def _tried(
    dissected: dissection.Dissected, card: ModelCard, candidates: Sequence[Candidate]
) -> list[_Found] | None:
    """Those that are states, with their order; None where the run fails."""
    names = [name for candidate in candidates for name in candidate.states]
    if not names:
        return []
    side = card.side
    runs = [_values(dissected, card, candidates, names, row) for row in (None, 0, side - 1)]
    if any(run is None for run in runs):
        return None
    found = []
    for candidate in candidates:
        told = [[run[name] for name in candidate.states] for run in runs if run is not None]
        if len({value.shape for values in told for value in values}) == 1:
            plain, first, last = (np.stack(values).squeeze() for values in told)
            order = _order(plain, first, last, side)
            if order is not None:
                found.append(_Found(candidate, order, _all_steps(candidate, told[0])))
    return found


def _values(
    dissected: dissection.Dissected,
    card: ModelCard,
    candidates: Sequence[Candidate],
    names: Sequence[str],
    changed: int | None = None,
    pictures: int = 1,
) -> dict[str, NDArray[Any]] | None:
    """Tensors for a picture of noise, one row of it changed, with the candidates brought out; None
    where the run fails."""
    side = card.side
    picture = np.random.default_rng(0).uniform(0, 1, (side, side)).astype(np.float32)
    if changed is not None:
        at = card.input.orientation.seen(picture)  # a view: what is changed in it is so in both
        at[changed] = 1 - at[changed]
    model = brought_out(dissected.model, candidates)
    constants = {
        name: dissection.constant_value(model, name)
        for name in names
        if dissection.constant(model, name)
    }
    wanted = [name for name in dict.fromkeys(names) if name not in constants]
    try:
        session = start(dissection.with_outputs(model, wanted).SerializeToString(), CPU)
        values = session.run(
            wanted, {dissected.input: feed(np.stack([picture] * pictures), card.input)}
        )
    except Exception:  # noqa: BLE001  what cannot be brought out is no state
        return None
    return constants | dict(zip(wanted, values, strict=True))


def _all_steps(candidate: Candidate, values: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """`[steps, ...]`, of one tensor for all steps or of one for each."""
    return values[0] if candidate.carried is not None else np.stack(values)


def _with_cells(
    dissected: dissection.Dissected, card: ModelCard, found: Sequence[_Found]
) -> list[States]:
    """The same, with their cells where those are known; without what is the memory of one."""
    told: list[States] = []
    of_node: dict[int, list[_Found]] = defaultdict(list)
    for each in found:
        if each.candidate.carried is None:
            cell = _cell_of_chain(dissected, card, each)
            told.append(cell or States(each.candidate, each.order, each.values.shape[1:]))
        else:
            of_node[each.candidate.place].append(each)
    for together in of_node.values():
        told.extend(_cells_of_node(dissected, card, together))
    return told


def _cell_of_chain(
    dissected: dissection.Dissected, card: ModelCard, found: _Found
) -> States | None:
    cut = step_of_chain(dissected.model, found.candidate.states)
    if cut is None:
        return None
    step, names = cut
    values = _values(dissected, card, (), names)
    if values is None or len({value.shape for value in values.values()}) != 1:
        return None
    x = np.stack([values[name] for name in names]) if len(names) > 1 else values[names[0]]
    count, place = len(found.candidate.states), 2
    if len(x) != count:
        return None
    if found.order == "from the end" and len(names) == 1:  # it lies by row
        x, place = x[::-1], count - 1 - place
    nothing = [np.zeros(found.values.shape[1:], np.float32)] * len(step.before)
    memory = [found.values] * (len(step.before) - 1)  # not looked at
    at = place if len(names) == 1 else None
    cell = cell_of(step, x, [found.values, *memory], nothing, "forward", at)
    if cell is None or cell.hidden != 0:
        return None
    candidate = replace(found.candidate, x=names)
    return States(candidate, found.order, _shape(dissected, card, found), cell)


def _shape(dissected: dissection.Dissected, card: ModelCard, found: _Found) -> tuple[int, ...]:
    """The shape of a state, -1 for how many pictures there are, where that is free."""
    shape: tuple[int, ...] = found.values.shape[1:]
    if card.input.batch != "free":
        return shape
    candidate = found.candidate
    values = _values(dissected, card, [candidate], candidate.states[:1], pictures=2)
    if values is None:
        return shape
    of_two = values[candidate.states[0]].shape[-len(shape) :]
    return tuple(-1 if a != b else a for a, b in zip(shape, of_two, strict=True))


def _cells_of_node(
    dissected: dissection.Dissected, card: ModelCard, found: Sequence[_Found]
) -> list[States]:
    """Those of what one Loop or Scan carries along: a state alone, or with its memory."""
    for count in (1, 2):
        for together in combinations(found, count):
            known = _cell_of_node(dissected, card, together)
            if known is not None:
                others = [each for each in found if each not in together]
                return [known, *_cells_of_node(dissected, card, others)]
    hidden = _hidden(dissected.model, found) or found
    return [States(each.candidate, each.order, each.values.shape[1:]) for each in hidden]


def _hidden(model: ModelProto, found: Sequence[_Found]) -> list[_Found]:
    """Those of what a Loop or a Scan carries along that are hidden states: a cell multiplies its
    hidden state by weights, and does not its memory."""
    multiplied = []
    for each in found:
        carried = each.candidate.carried
        frame = body_of(model.graph.node[each.candidate.place])
        if carried is not None and is_multiplied(frame.body, frame.inside(carried)[0]):
            multiplied.append(each)
    return multiplied


def _cell_of_node(
    dissected: dissection.Dissected, card: ModelCard, found: Sequence[_Found]
) -> States | None:
    node = dissected.model.graph.node[found[0].candidate.place]
    frame = body_of(node)
    carried = [each.candidate.carried for each in found if each.candidate.carried is not None]
    step = step_of_body(dissected.model, frame.body, [frame.inside(k) for k in carried])
    if step is None:
        return None
    outside = f"desk_{found[0].candidate.place}_{carried[0]}_x"
    candidate = replace(found[0].candidate, x=(outside,), inside=step.x)
    first = [node.input[frame.first_input + k] for k in carried]
    values = _values(dissected, card, [candidate], [outside, *first])
    if values is None:
        return None
    states = [each.values for each in found]
    cell = cell_of(step, values[outside], states, [values[n] for n in first], found[0].order)
    if cell is None:
        return None
    hidden = found[cell.hidden]
    candidate = replace(hidden.candidate, x=(outside,), inside=step.x)
    return States(candidate, hidden.order, _shape(dissected, card, hidden), cell)


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


def _place(whole: GraphProto, name: str) -> int:
    return next(k for k, node in enumerate(whole.node) if name in node.output)
