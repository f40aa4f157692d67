"""The gates behind hidden states that are known, and the recurrence itself.

An ONNX operator gives out its hidden states and no gates. But each gate at row t depends only on
the input x_t and the state h_(t-1), both known, so all rows' gates are one matrix product; no
recurrence is run again. What comes out is checked against the hidden states that went in.

`forward` does run the recurrence, with the same two methods of a cell that the replay is made of,
so that something can be done to the states on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from rnn_desk.core.cells.cell import Array, Cell, Factors, Weights

TOLERANCE = 1e-4
"""Greatest difference to the operator's own hidden states at which a replay is believed."""


@dataclass(frozen=True, eq=False)
class Replay:
    """A cell's inside over the rows, and the hidden state that follows from it, for checking."""

    h: Array
    gates: Mapping[str, Array]
    c: Array | None = None


@dataclass(frozen=True)
class Surgery:
    """What is done to a layer while it reads; nothing, where empty.

    off: units whose hidden state is held at 0; their cell state, where they have one, goes on
    unheard. factors: what gates are multiplied by, all units of each. zeroed: steps after which
    all of h and c is 0.
    """

    off: frozenset[int] = frozenset()
    factors: Factors = field(default_factory=dict)
    zeroed: frozenset[int] = frozenset()


def before(weights: Weights, h: Array, c: Array | None) -> tuple[Array, Array]:
    """The states that each step began with, from those it ended with, `[steps, ..., units]`; of a
    cell without c, zeros."""

    def shifted(first: Array, states: Array) -> Array:
        return np.concatenate([np.broadcast_to(first, states[:1].shape), states[:-1]])

    return shifted(weights.h0, h), np.zeros_like(h) if c is None else shifted(weights.c0, c)


def replay(cell: Cell, weights: Weights, x: Array, h: Array) -> Replay:
    """Gates (and cell states) of every row, in the order in which the rows were read.

    x and h may be of several sequences at once, `[rows, n, inputs]` and `[rows, n, units]`; so is
    then all of the result. h is what the operator gave; the h of the result follows from it, as its
    own check.
    """
    earlier, _ = before(weights, h, None)
    flat = cell.inside(weights, x.reshape(-1, x.shape[-1]), earlier.reshape(-1, h.shape[-1]))
    inside = {name: values.reshape(h.shape) for name, values in flat.items()}
    gates = {name: inside[name] for name in cell.gates}
    if not cell.keeps_c:
        return Replay(cell.state(inside, earlier, weights.c0)[0], gates)
    new, cells = np.empty_like(h), np.empty_like(h)
    c: Array | None = weights.c0
    for t in range(len(h)):
        assert c is not None
        new[t], c = cell.state({name: v[t] for name, v in inside.items()}, earlier[t], c)
        cells[t] = c
    return Replay(new, gates, cells)


def forward(cell: Cell, weights: Weights, x: Array, surgery: Surgery) -> Replay:
    """Run the recurrence over `x` `[steps, n, inputs]`, with what is done to it on the way.

    All of the result is `[steps, n, units]`.
    """
    n, units = x.shape[1], len(weights.h0)
    heard = np.ones(units, weights.h0.dtype)
    heard[list(surgery.off)] = 0
    h, c = np.tile(weights.h0 * heard, (n, 1)), np.tile(weights.c0, (n, 1))
    states, cells, insides = [], [], []
    for step, row in enumerate(x):
        inside = cell.inside(weights, row, h, surgery.factors)
        forgotten = 0 if step in surgery.zeroed else 1
        h, after = cell.state(inside, h, c)
        h = h * heard * forgotten
        states.append(h)
        if after is not None:
            c = after * forgotten
            cells.append(c)
        insides.append(inside)
    gates = {name: np.stack([inside[name] for inside in insides]) for name in cell.gates}
    return Replay(np.stack(states), gates, np.stack(cells) if cells else None)
