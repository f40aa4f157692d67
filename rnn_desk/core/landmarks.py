"""What is worth pointing at in a reading: rows and units, found by rules instead of by number.

A lesson names a rule, so that it still points at the right place when the model is trained anew, or
another digit is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.cells import CELLS
from rnn_desk.core.trace import LayerTrace, Trace

MOVES_AT_MOST = 0.25
"""A memory is kept as long as it is off what it was by no more than this part of it."""

LEFT_AT_LEAST = 0.6
"""Likewise, as long as the forget gates have left at least this part of it."""

LEFT_AT_MOST = 0.25
"""A memory is let go of where the forget gate leaves at most this part of it."""

SATURATED = 0.95
"""A state of at least this size is at the end of its range: tanh flattens out."""

EDGE = 20
"""Units in this part of a layer, at each of its ends, are not pointed at."""

HELD_AT_LEAST = 0.5
"""There is something to be kept where |c|, or |h| in a layer without c, is at least this."""


def settled(trace: Trace) -> int:
    """The row from which on the answer stands; the last one where it never does."""
    row = trace.settled_row
    return trace.rows - 1 if row is None else row


def unsettled(trace: Trace) -> int:
    """The last row after which another class was ahead than in the end."""
    if not trace.classes:
        return 0
    winners = trace.belief.argmax(axis=1)
    others = np.flatnonzero(winners != winners[-1])
    return int(others[-1]) if len(others) else 0


def inked(trace: Trace) -> int:
    """The row with the most ink, the first one of them."""
    return int(trace.seen.sum(axis=1).argmax())


def weighed(trace: Trace) -> int:
    """The row that attention gives the most weight; without attention, the one where it settles."""
    weights = [watched.values for watched in trace.watched if watched.weights]
    return int(weights[0].sum(axis=1).argmax()) if weights else settled(trace)


def forgets(trace: Trace) -> int:
    """The row at which the first layer's forget gates let go of most; without any, the one where it
    settles."""
    lost = forgotten(trace.layers[0]) if trace.layers else None
    return settled(trace) if lost is None else int(lost.max(axis=1).argmax())


def forgetter(layer: LayerTrace) -> int:
    """The unit that lets go of most in one row; without a forget gate, the liveliest."""
    lost = forgotten(layer)
    if lost is None:
        return liveliest(layer)
    edge = _edge(layer.units)
    return edge + int(lost.max(axis=0)[edge : layer.units - edge].argmax())


def forgotten(layer: LayerTrace) -> NDArray[Any] | None:
    """How much of its memory each unit lets go of in each row, `[rows, units]`, 0 at the layer's
    edges: `|c_(t-1)| (1 - f_t)` where it leaves `LEFT_AT_MOST`. None in a layer without a gate that
    says so."""
    keep = layer.gates.get(CELLS[layer.op].keeper) if layer.op in CELLS else None
    if keep is None:
        return None
    memory = layer.h if layer.c is None else layer.c
    lost = np.zeros_like(memory)
    rows = slice(1, None) if layer.direction == "forward" else slice(None, -1)
    from_ = slice(None, -1) if layer.direction == "forward" else slice(1, None)
    shut = keep[rows] <= LEFT_AT_MOST
    lost[rows] = np.abs(memory[from_]) * (1 - keep[rows]) * shut
    edge = _edge(layer.units)
    lost[:, :edge] = lost[:, layer.units - edge :] = 0
    return lost


def keeper(layer: LayerTrace) -> int:
    """The unit whose memory is kept over most rows on end: c, or h in a layer without c."""
    return _most(kept_rows(layer))


def liveliest(layer: LayerTrace) -> int:
    """The unit whose state varies most over the rows, and is seldom at the end of its range."""
    between = (np.abs(layer.h) < SATURATED).mean(axis=0)
    return _most(layer.h.std(axis=0) * between)


def _most(merits: NDArray[Any]) -> int:
    """The unit that has most of it, but for those at the edges, whose columns are hardly seen."""
    edge = _edge(len(merits))
    return edge + int(merits[edge : len(merits) - edge].argmax())


def _edge(units: int) -> int:
    """How many units at each end are not pointed at."""
    return units // EDGE


def kept_rows(layer: LayerTrace) -> NDArray[np.intp]:
    """For how many rows after the one that wrote it each unit's memory is kept, at most:
    `[units]`."""
    memory = layer.h if layer.c is None else layer.c
    keeper = CELLS[layer.op].keeper if layer.op in CELLS else ""
    left = layer.gates.get(keeper)
    longest = np.zeros(layer.units, dtype=np.intp)
    for row, written in enumerate(memory):
        near = np.abs(memory[row:] - written) <= MOVES_AT_MOST * np.abs(written)
        if left is not None:
            near[1:] &= np.cumprod(left[row + 1 :], axis=0) >= LEFT_AT_LEAST
        kept = np.logical_and.accumulate(near, axis=0).sum(axis=0) - 1
        longest = np.maximum(longest, np.where(np.abs(written) >= HELD_AT_LEAST, kept, 0))
    return longest


ROWS: Mapping[str, Callable[[Trace], int]] = {
    "settled": settled,
    "unsettled": unsettled,
    "inked": inked,
    "weighed": weighed,
    "forgets": forgets,
}
"""Rules for a row, counted from 0."""

UNITS: Mapping[str, Callable[[LayerTrace], int]] = {
    "keeper": keeper,
    "forgetter": forgetter,
    "liveliest": liveliest,
}
"""Rules for a unit of a layer, counted from 0."""
