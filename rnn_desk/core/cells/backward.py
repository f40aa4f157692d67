"""One step of back-propagation through time: the chain rule on a cell's equations.

Werbos, "Backpropagation through time: what it does and how to do it", 1990; for the LSTM's c,
Hochreiter and Schmidhuber, 1997.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells.cell import CellSpec, Weights
from rnn_desk.core.cells.expression import SLOPES, Gradient
from rnn_desk.core.frozen import frozen


@frozen(eq=False)
class Back:
    """The gradient on the other side of a cell.

    a: at what `W x_t` is added to, `[gates * units]` in the order of W. h_before, c_before: at the
    states of the row before, `[units]`; c_before stays zero in a cell without c.
    """

    a: Array
    h_before: Array
    c_before: Array


def slopes(cell: CellSpec, values: Mapping[str, Array]) -> Array:
    """The derivatives of the gates' activations, `[rows, gates * units]` in the order of W, from
    the gates `[rows, units]`."""
    gates = (cell.gate(letter) for letter in cell.stored)
    made = [SLOPES[cell.functions[gate.activation]](values[gate.letter]) for gate in gates]
    return np.concatenate(made, axis=1)


def back(
    cell: CellSpec,
    weights: Weights,
    values: Mapping[str, Array],
    slope: Array,
    dh: Array,
    dc: Array,
) -> Back:
    """The gradient before a row, from that at `h_t` and at `c_t`.

    values: the row's gates, h and c, and `h_before` and `c_before`, `[units]` each; slope: its row
    of `slopes`. dc: what came from the row after through c alone; what comes through `h_t` is added
    here.
    """
    functions, units = cell.functions, len(dh)
    at = Gradient(h=dh, c=dc) if cell.keeps_c else Gradient(h=dh)
    for state in reversed(cell.states):
        state.update.back(values, functions, at.pop(state.letter), at)
    parts: list[Array] = []
    for group in reversed(cell.groups):
        rows = slice(group.first * units, group.end * units)
        weighed: Array = _joined([at.pop(gate.letter) for gate in group.gates]) * slope[rows]
        parts.insert(0, weighed)
        R = weights.R[rows]  # noqa: N806  (the formulas' name)
        if group.through:
            given = R @ group.sees.value(values, functions) + weights.B[len(weights.W) :][rows]
            at.add(group.through, weighed * given)
            weighed = weighed * values[group.through]
        group.sees.back(values, functions, weighed @ R, at)
    return Back(_joined(parts), np.asarray(at["h_before"], np.float32), at.get("c_before", dc))


def _joined(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
