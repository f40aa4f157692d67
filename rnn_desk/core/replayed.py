"""A layer's part of a Trace of which only the states are known: all else follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.cells.recurrence import Replay, before, replay, tolerance
from rnn_desk.core.errors import Refused
from rnn_desk.core.trace import CameIn, LayerTrace

_RELATIVE = 1e-5
"""Parts of a state that a replay of it may be off beside `tolerance`."""

NOTHING: Mapping[str, Array] = MappingProxyType({})


class ReplayedLayer(LayerTrace):
    """A plain cell, one step a row. Its gates and cell states are replayed from its hidden states,
    its input and its weights when they are first looked at, and not before: while a pen moves, few
    of all readings are looked at so closely."""

    def __init__(
        self, name: str, op: str, direction: str, h: Array, x: Array, weights: Weights
    ) -> None:
        """h: `[rows, units]`; x: `[rows, inputs]`, what the layer took in."""
        told = {"name": name, "op": op, "direction": direction, "h": h, "x": x, "weights": weights}
        for field, value in told.items():
            object.__setattr__(self, field, value)
        h.flags.writeable = x.flags.writeable = False

    x: Array
    weights: Weights

    @cached_property
    def c(self) -> Array | None:
        """The cell states, where the cell has any and they can be replayed."""
        return None if isinstance(self._inside, Refused) else self._inside.c

    @cached_property
    def gates(self) -> Mapping[str, Array]:
        """By name; none where they cannot be replayed."""
        return NOTHING if isinstance(self._inside, Refused) else self._inside.gates

    @cached_property
    def why_no_gates(self) -> Refused | None:
        """Why they cannot be."""
        return self._inside if isinstance(self._inside, Refused) else None

    @cached_property
    def came_in(self) -> CameIn | None:
        """What each row's state was made from; None where it cannot be replayed."""
        if isinstance(self._inside, Refused):
            return None
        if self.c is None:
            return CameIn(self.x, self.h_before, np.zeros_like(self.h))
        _, c_before = before(self.weights, self.h[self._order], self.c[self._order])
        return CameIn(self.x, self.h_before, c_before[self._order])

    @cached_property
    def h_before(self) -> Array:
        """The hidden state that each row began with."""
        h, _ = before(self.weights, self.h[self._order], None)
        return h[self._order]

    def worked_out(self) -> LayerTrace:
        """The same with all that follows."""
        return LayerTrace(
            self.name,
            self.op,
            self.direction,
            self.h,
            self.c,
            self.gates,
            self.why_no_gates,
            came_in=self.came_in,
        )

    @property
    def _order(self) -> slice:
        """From the rows' order to that of reading, and back."""
        return slice(None, None, -1 if self.direction == "reverse" else 1)

    @cached_property
    def _inside(self) -> Replay | Refused:
        order = self._order
        h = self.h[order]
        with np.errstate(all="ignore"):  # a damaged file's weights may be infinite
            found = replay(CELLS[self.op], self.weights, self.x[order], h)
            near = np.abs(found.h - h) <= tolerance(h) + _RELATIVE * np.abs(h)
        finite = found.c is None or bool(np.isfinite(found.c).all())
        if not finite or not near.all():
            return Refused(
                "gates replayed from the weights do not give the states that the model gave"
            )
        gates = {name: _frozen(values[order]) for name, values in found.gates.items()}
        c = None if found.c is None else _frozen(found.c[order])
        return Replay(self.h, MappingProxyType(gates), c)


def _frozen(values: Array) -> Array:
    values.flags.writeable = False
    return values
