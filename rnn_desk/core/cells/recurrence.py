"""The gates behind hidden states that are known, and the recurrence itself.

An ONNX operator gives out its hidden states and no gates. But each gate at row t depends only on
the input x_t and the state h_(t-1), both known, so all rows' gates are one matrix product; no
recurrence is run again. What comes out is checked against the hidden states that went in.

`forward` does run the recurrence, by the same `gates_of` that the replay is made of, so that
something can be done to the states on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

import numpy as np

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.cells.cell import CellSpec, Weights
from rnn_desk.core.frozen import frozen

TOLERANCE = 1e-4
"""Greatest difference to the operator's own hidden states at which a replay is believed."""

_HALF_TOLERANCE = 1e-2
"""The same of states in half precision, of which each is rounded to a thousandth."""

Factors = Mapping[str, float]
"""What gates are multiplied by, by their letters; the others are left alone."""

UNSCALED: Factors = MappingProxyType({})

Held = Mapping[str, Array | float]
"""What gates are held at, by their letters: a number, or one for each unit `[units]`."""

FREE: Held = MappingProxyType({})


def tolerance(states: NDArray[Any]) -> float:
    """How far from such states a replay of them may be."""
    return _HALF_TOLERANCE if states.dtype.itemsize == _HALF_BYTES else TOLERANCE


_HALF_BYTES = 2


@frozen(eq=False)
class Replay:
    """A cell's inside over the rows, and the hidden state that follows from it, for checking."""

    h: Array
    gates: Mapping[str, Array]
    c: Array | None = None


@frozen
class Surgery:
    """What is done to a layer while it reads; nothing, where empty.

    off: units whose hidden state is held at 0; their cell state, where they have one, goes on
    unheard. factors: what gates are multiplied by, all units of each. held: what gates are held
    at. zeroed: steps after which all of h and c is 0.
    """

    off: frozenset[int] = frozenset()
    factors: Factors = field(default_factory=dict)
    held: Held = field(default_factory=dict)
    zeroed: frozenset[int] = frozenset()


def before(weights: Weights, h: Array, c: Array | None) -> tuple[Array, Array]:
    """The states that each step began with, from those it ended with, `[steps, ..., units]`; of a
    cell without c, zeros."""

    def shifted(first: Array, states: Array) -> Array:
        return np.concatenate([np.broadcast_to(first, states[:1].shape), states[:-1]])

    return shifted(weights.h0, h), np.zeros_like(h) if c is None else shifted(weights.c0, c)


def gates_of(
    cell: CellSpec,
    weights: Weights,
    x: Array,
    h_before: Array,
    factors: Factors = UNSCALED,
    held: Held = FREE,
) -> dict[str, Array]:
    """The gates at any number of moments, each `[n, units]`, from what comes in `[n, inputs]` and
    the hidden states before `[n, units]`, which are among the result; each gate times its factor,
    or what it is held at, before anything is made of it."""
    functions, units = cell.functions, h_before.shape[1]
    values = {"h_before": h_before}
    given = x @ weights.W.T
    b_input, b_recurrent = weights.B.reshape(2, -1)
    for group in cell.groups:
        rows = slice(group.first * units, group.end * units)
        weighed = group.sees.value(values, functions) @ weights.R[rows].T
        if group.through:
            weighed += b_recurrent[rows]
            weighed *= values[group.through]
            weighed += b_input[rows]
        else:
            weighed += b_input[rows] + b_recurrent[rows]
        weighed += given[:, rows]
        first = 0
        for activation, letters in group.runs:
            bent = functions[activation](weighed[:, first : first + len(letters) * units])
            first += len(letters) * units
            for place, letter in enumerate(letters):
                gate = bent[:, place * units : (place + 1) * units]
                if letter in held:
                    gate = np.full_like(gate, held[letter])
                elif letter in factors:
                    gate = gate * np.float32(factors[letter])
                values[letter] = gate
    return values


def replay(cell: CellSpec, weights: Weights, x: Array, h: Array) -> Replay:
    """Gates (and cell states) of every row, in the order in which the rows were read.

    x and h may be of several sequences at once, `[rows, n, inputs]` and `[rows, n, units]`; so is
    then all of the result. h is what the operator gave; the h of the result follows from it, as its
    own check.
    """
    cell, earlier = cell.of(weights), before(weights, h, None)[0]
    flat = gates_of(cell, weights, x.reshape(-1, x.shape[-1]), earlier.reshape(-1, h.shape[-1]))
    values = {name: array.reshape(h.shape) for name, array in flat.items()}
    *memory, hidden = cell.states
    for state in memory:  # only c has to be followed from row to row
        values[state.letter] = cells = np.empty_like(h)
        c, names = weights.c0, tuple(values)
        for t, row in enumerate(zip(*values.values(), strict=True)):
            now = dict(zip(names, row, strict=True))
            now["c_before"] = c
            cells[t] = c = state.update.value(now, cell.functions)
    gates = {name: values[name] for name in cell.gates}
    return Replay(hidden.update.value(values, cell.functions), gates, values.get("c"))


def forward(cell: CellSpec, weights: Weights, x: Array, surgery: Surgery) -> Replay:
    """Run the recurrence over `x` `[steps, n, inputs]`, with what is done to it on the way.

    All of the result is `[steps, n, units]`.
    """
    cell, n, units = cell.of(weights), x.shape[1], len(weights.h0)
    heard = np.ones(units, weights.h0.dtype)
    heard[list(surgery.off)] = 0
    h, c = np.tile(weights.h0 * heard, (n, 1)), np.tile(weights.c0, (n, 1))
    steps = []
    for step, row in enumerate(x):
        values = gates_of(cell, weights, row, h, surgery.factors, surgery.held)
        values["c_before"] = c
        kept = 0 if step in surgery.zeroed else 1
        for state in cell.states:
            values[state.letter] = state.update.value(values, cell.functions)
        values["h"] = h = values["h"] * heard * kept
        if cell.keeps_c:
            values["c"] = c = values["c"] * kept
        steps.append(values)
    made = {
        name: np.stack([values[name] for values in steps])
        for name in (*cell.gates, *(state.letter for state in cell.states))
    }
    return Replay(made["h"], {name: made[name] for name in cell.gates}, made.get("c"))
