"""Which cell a decomposed step is, and with what weights: found out by running the step.

Exporters write the same cell in many ways. But whatever the nodes are, what stands before each
sigmoid and tanh is affine in what comes in and in what the gate sees; and the states follow from
what stands behind them as the cell says. So a step is run on random numbers: the cell that gives
its states is the one, and its weights are the solution of linear equations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, permutations
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import CellSpec, Gate, Weights
from rnn_desk.core.cells.recurrence import TOLERANCE, replay
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.steps import Activated, Step
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start

_CLOSE = 1e-4
"""How far float32 may be off what a cell says of it."""

_MOST_TRIED = 720
"""Orders of a step's activations that are tried as those of the gates: six alike."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Recognised:
    """A cell and its weights `W`, `R` and `B`, in shapes of one direction of an operator.

    h0, c0: `[units]`. hidden: the place of its hidden state among the states of the step; the cell
    state, if it has one, is the other.
    """

    cell: CellSpec
    W: NDArray[np.float32] = field(repr=False)
    R: NDArray[np.float32] = field(repr=False)
    B: NDArray[np.float32] = field(repr=False)
    h0: NDArray[np.float32] = field(repr=False)
    c0: NDArray[np.float32] = field(repr=False)
    hidden: int


def cell_of(
    step: Step,
    x: NDArray[Any],
    states: Sequence[NDArray[Any]],
    first: Sequence[NDArray[Any]],
    order: str,
    place: int | None = None,
) -> Recognised | None:
    """The cell that a step is, None where it is none of those known.

    x, states: what came in and what each state was in a run with one picture, `[steps, ...]`, as
    `order` says; first: the states before the first step. place: of the step, where the graph takes
    what comes in at all steps at once. The cell must give the states anew.
    """
    shapes = [x.shape[1:], *(each.shape[1:] for each in states)]
    if any(not shape or np.prod(shape) != shape[-1] for shape in shapes):
        return None  # not of one picture
    at = None if place is None else (len(x), place)
    for known in _that_fit(step, shapes[0], shapes[1], at):
        cell, (w, r, b), hidden = known
        zeros = np.zeros(shapes[1][-1], np.float32)
        h0, c0 = first[hidden].reshape(-1), first[1 - hidden].reshape(-1) if cell.keeps_c else zeros
        if h0.shape != zeros.shape or c0.shape != zeros.shape:
            continue
        reading = slice(None, None, -1) if order == "reverse" else slice(None)
        taken_in, h = (each.reshape(len(each), -1)[reading] for each in (x, states[hidden]))
        after_reset = cell is CELLS[cell.name].linear_before_reset
        found = replay(cell, Weights(w, r, b, h0, c0, after_reset), taken_in, h)
        if np.allclose(found.h, h, atol=TOLERANCE):
            return Recognised(cell, w, r, b, h0, c0, hidden)
    return None


def _that_fit(
    step: Step, x: tuple[int, ...], states: tuple[int, ...], at: tuple[int, int] | None
) -> Iterator[tuple[CellSpec, _Solved, int]]:
    """Cells with their weights, and the place of the hidden state, that do what the step does."""
    try:
        trial = _Trial(step, x, states, at)
    except Exception:  # noqa: BLE001  what does not run by itself is no step
        return
    for cell in _variants():
        if len(cell.states) == len(step.before):
            for hidden in range(len(step.before)):
                for gates in _assignments(cell, trial.activated):
                    weights = trial.weights_as(cell, gates, hidden)
                    if weights is not None:
                        yield cell, weights, hidden


def _variants() -> Iterator[CellSpec]:
    for cell in CELLS.values():
        yield cell
        if cell.linear_before_reset is not None:
            yield cell.linear_before_reset


@dataclass(frozen=True, eq=False)
class _Part:
    """As many columns of an activated tensor as there are units, before and behind, a line a run;
    first: the place of the first one."""

    names: Activated
    first: int
    before: Numbers
    behind: Numbers


_Gates = Mapping[str, _Part]
"""What is activated, by the gates' letters."""


def _assignments(cell: CellSpec, activated: Sequence[_Part]) -> Iterator[_Gates]:
    """Ways to give what is activated out to the cell's gates."""
    letters: dict[str, list[str]] = {}
    for gate in cell.blocks:
        letters.setdefault(cell.activations[gate.activation], []).append(gate.letter)

    def given(names: list[str]) -> Iterator[_Gates]:
        if not names:
            yield {}
            return
        name, *others = names
        there = [part for part in activated if part.names.activation == name]
        for chosen in islice(permutations(there, len(letters[name])), _MOST_TRIED):
            for rest in given(others):
                yield {**dict(zip(letters[name], chosen, strict=True)), **rest}

    yield from given(list(letters))


class _Trial:
    """A step, run on random numbers, in more runs than a gate has weights.

    at: how many steps there are and which one this is, where the graph takes in all at once.
    """

    def __init__(
        self,
        step: Step,
        x: tuple[int, ...],
        states: tuple[int, ...],
        at: tuple[int, int] | None,
    ) -> None:
        self._step, self._units = step, states[-1]
        self._count = 2 * (int(np.prod(x)) + self._units + 2)
        random = np.random.default_rng(0)
        taken_in = random.normal(0, 1, (self._count, *x)).astype(np.float32)
        self._fed = {step.x: taken_in}
        if at is not None:
            count, place = at
            self._fed[step.x] = np.zeros((self._count, count, *x), np.float32)
            self._fed[step.x][:, place] = taken_in
        for name in step.before:
            numbers = random.uniform(-1, 1, (self._count, *states))
            self._fed[name] = numbers.astype(np.float32)
        made = self._run(
            *step.behind,
            *(name for each in step.activated for name in (each.before, each.behind)),
        )
        self._shapes = {name: values.shape for name, values in made.items()}
        self._x = _lines(taken_in)
        self._before = [_lines(self._fed[name]) for name in step.before]
        self._behind = [_lines(made[name]) for name in step.behind]
        self.activated = [
            _Part(names, first, *(values[:, first : first + self._units] for values in both))
            for names in step.activated
            for both in [(_lines(made[names.before]), _lines(made[names.behind]))]
            for first in range(0, both[0].shape[1], self._units)
            if both[0].shape[1] % self._units == 0
        ]

    def weights_as(self, cell: CellSpec, gates: _Gates, hidden: int) -> _Solved | None:
        """W, R and B of the cell; None where the step is not this cell with these gates.

        hidden: which of the states is the hidden one.
        """
        values: dict[str, Any] = {letter: part.behind for letter, part in gates.items()}
        values["h_before"] = self._before[hidden]
        if cell.keeps_c:
            values["c_before"] = self._before[1 - hidden]
        for state in cell.states:
            values[state.letter] = state.update.value(values, cell.functions)
            place = hidden if state.letter == "h" else 1 - hidden
            if not np.allclose(values[state.letter], self._behind[place], atol=_CLOSE):
                return None
        blocks = [self._solved(cell, cell.gate(letter), values, gates) for letter in cell.stored]
        if any(block is None for block in blocks):
            return None
        w, r, b, rb = (
            np.concatenate(each).astype(np.float32)
            for each in zip(*(block for block in blocks if block is not None), strict=True)
        )
        return w, r, np.concatenate([b, rb])

    def _solved(
        self, cell: CellSpec, gate: Gate, values: Mapping[str, Any], gates: _Gates
    ) -> tuple[Numbers, Numbers, Numbers, Numbers] | None:
        """The gate's rows of W and R, and its two biases; None where it is not affine in what it
        should see."""
        inputs, part = self._x.shape[1], gates[gate.letter]
        seen = gate.sees.value(values, cell.functions)
        terms = np.hstack([self._x, seen, np.ones((self._count, 1))])
        weighed, through = part.before, 1.0
        if gate.through:  # open all the way, all biases are in the sum; shut, those of the input
            through = values[gate.through]
            held = gates[gate.through].names.behind
            weighed, shut = (self._held(part, held, value) for value in (1.0, 0.0))
        solution = np.linalg.lstsq(terms, weighed)[0]
        w, r, b = solution[:inputs].T, solution[inputs:-1].T, solution[-1]
        rb = np.zeros_like(b)
        if gate.through:
            alone = (shut - self._x @ w.T).mean(axis=0)
            b, rb = alone, b - alone
        expected = self._x @ w.T + b + through * (seen @ r.T + rb)
        return (w, r, b, rb) if np.allclose(expected, part.before, atol=_CLOSE) else None

    def _held(self, part: _Part, held: str, value: float) -> Numbers:
        """What is activated, where the tensor of another gate is held at a value."""
        fed = {held: np.full(self._shapes[held], value, np.float32)}
        made = _lines(self._run(part.names.before, held=fed)[part.names.before])
        return made[:, part.first : part.first + self._units]

    def _run(
        self, *names: str, held: Mapping[str, NDArray[Any]] = MappingProxyType({})
    ) -> dict[str, NDArray[Any]]:
        """These tensors of every run, `[runs, ...]`."""
        names = tuple(dict.fromkeys(names))
        fed = {**self._fed, **held}
        part = dissection.part_after(self._step.model, fed, *names)
        session = start(part.SerializeToString(), CPU)
        wanted = [entry.name for entry in session.get_inputs()]
        made = [
            session.run(names, {name: fed[name][k] for name in wanted}) for k in range(self._count)
        ]
        return {
            name: np.stack(values)
            for name, values in zip(names, zip(*made, strict=True), strict=True)
        }


_Solved = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def _lines(values: NDArray[Any]) -> Numbers:
    """A line a run, in double precision."""
    return np.asarray(values.reshape(len(values), -1), np.float64)
