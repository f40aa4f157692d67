"""One step of back-propagation through time: the chain rule on a cell's equations.

Werbos, "Backpropagation through time: what it does and how to do it", 1990; for the LSTM's c,
Hochreiter and Schmidhuber, 1997.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnn_desk.core.cells.cell import Array, CellSpec, Weights
from rnn_desk.core.cells.expression import SLOPES, Gradient


@dataclass(frozen=True, eq=False)
class Back:
    """The gradient on the other side of a cell.

    a: at what `W x_t` is added to, `[gates * units]` in the order of W. h_before, c_before: at the
    states of the row before, `[units]`; c_before stays zero in a cell without c.
    """

    a: Array
    h_before: Array
    c_before: Array


def back(
    cell: CellSpec, weights: Weights, values: Mapping[str, Array], dh: Array, dc: Array
) -> Back:
    """The gradient before a row, from that at `h_t` and at `c_t`.

    values: the row's gates, h and c, and `h_before` and `c_before`, `[units]` each. dc: what came
    from the row after through c alone; what comes through `h_t` is added here.
    """
    functions, units = cell.functions, len(dh)
    at = Gradient(h=dh, c=dc) if cell.keeps_c else Gradient(h=dh)
    for state in reversed(cell.states):
        state.update.back(values, functions, at.pop(state.letter), at)
    a = np.empty(len(weights.W), np.float32)
    for group in reversed(cell.groups):
        rows = slice(group.first * units, group.end * units)
        for place, gate in enumerate(group.gates, start=group.first):
            slope = SLOPES[functions[gate.activation]](values[gate.letter])
            a[place * units : (place + 1) * units] = at.pop(gate.letter) * slope
        weighed, R = a[rows], weights.R[rows]  # noqa: N806  (the formulas' name)
        if group.through:
            given = R @ group.sees.value(values, functions) + weights.B[len(weights.W) :][rows]
            at.add(group.through, weighed * given)
            weighed = weighed * values[group.through]
        group.sees.back(values, functions, weighed @ R, at)
    return Back(a, np.asarray(at["h_before"], np.float32), at.get("c_before", dc))
