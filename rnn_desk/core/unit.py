"""What one unit did at one row, from a Trace and the layer's weights; and which one tells most."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.cells.one_unit import sums as sums_of
from rnn_desk.core.equations import UnitAt
from rnn_desk.core.trace import LayerTrace, Trace


def unit_at(layer: LayerTrace, weights: Weights | None, row: int, unit: int) -> UnitAt:
    """The numbers of one unit at one row; what its gates weigh only with the weights known."""
    came = layer.came_in
    gates = {name: values[row] for name, values in layer.gates.items()}
    sums = {}
    if came is not None and weights is not None:
        sums = sums_of(CELLS[layer.op].of(weights), weights, came.x[row], came.h[row], gates, unit)
    return UnitAt(
        h=float(layer.h[row, unit]),
        h_before=0.0 if came is None else float(came.h[row, unit]),
        gates={name: float(values[unit]) for name, values in gates.items()},
        c=0.0 if layer.c is None else float(layer.c[row, unit]),
        c_before=0.0 if came is None else float(came.c[row, unit]),
        sums=sums,
    )


def telling_row(trace: Trace) -> int:
    """The row at which the belief in the answer rises most; of a network that gives none, the one
    at which the states of its last layer change most."""
    if not trace.classes:
        states = trace.layers[-1].h if trace.layers else trace.belief
        return int(np.abs(np.diff(states, axis=0, prepend=0)).sum(axis=1).argmax())
    belief = trace.belief[:, trace.answer]
    return int(np.diff(belief, prepend=1 / len(trace.classes)).argmax())


def telling_unit(layer: LayerTrace, row: int) -> int:
    """The unit whose hidden state changes most at that row."""
    h = layer.h[row]
    before_row = layer.h_before
    return int(np.abs(h - (0 if before_row is None else before_row[row])).argmax())
