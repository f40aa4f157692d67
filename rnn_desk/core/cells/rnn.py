"""The plain cell."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_desk.core.cells.cell import (
    UNSCALED,
    Array,
    Back,
    Factors,
    Step,
    Weights,
    function_equation,
    sums_of,
)
from rnn_desk.core.equations import Equation, Sum, UnitAt, affine


class Rnn:
    """`h_t = tanh(W x_t + R h_(t-1) + b)`: no gates."""

    gates: tuple[str, ...] = ()
    keeps_c = False

    def equations(self, at: UnitAt) -> tuple[Equation, ...]:
        """One equation is all there is."""
        total = at.sums.get("h")
        return (function_equation("h", "tanh", affine("", total), total, at.h, "hidden state"),)

    def sums(
        self, weights: Weights, x: Array, before: Array, gates: Mapping[str, Array], unit: int
    ) -> dict[str, Sum]:
        """That of the new state."""
        return sums_of(("h",), weights, x, before, unit)

    def inside(
        self, weights: Weights, x: Array, before: Array, factors: Factors = UNSCALED
    ) -> dict[str, Array]:
        """The new hidden state: there is nothing else."""
        bias = weights.B.reshape(2, -1).sum(axis=0)
        return {"h": np.tanh(x @ weights.W.T + before @ weights.R.T + bias)}

    def state(
        self, inside: Mapping[str, Array], before: Array, c: Array
    ) -> tuple[Array, Array | None]:
        """What was inside."""
        return inside["h"], None

    def back(self, weights: Weights, at: Step, dh: Array, dc: Array) -> Back:
        """`da = dh (1 - h_t^2)`, `dh_(t-1) = R' da`: one factor R' a row, so it fades or grows."""
        a = dh * (1 - at.h**2)
        return Back(a, np.asarray(a @ weights.R), dc)
