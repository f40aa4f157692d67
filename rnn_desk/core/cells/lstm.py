"""The cell with a state of its own behind the hidden one."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from rnn_desk.core.cells.cell import (
    UNSCALED,
    Array,
    Back,
    Factors,
    Step,
    Weights,
    factored,
    gate_equation,
    sigmoid,
    sums_of,
)
from rnn_desk.core.equations import Equation, Part, Sum, UnitAt, scaled


class Lstm:
    """Hochreiter and Schmidhuber's cell with a forget gate; ONNX stores it as i, o, f, g.

    `i, f, o = s(W x_t + R h_(t-1) + b)`, `g = tanh(...)`, `c_t = f c_(t-1) + i g`,
    `h_t = o tanh(c_t)`.
    """

    gates: tuple[str, ...] = ("i", "f", "g", "o")
    keeps_c = True

    def equations(self, at: UnitAt) -> tuple[Equation, ...]:
        """What is kept, what is let in, what is new, what is shown; then the two states."""
        i, f, g, o = (at.gates[name] for name in self.gates)
        c = (Part("f_t", f), Part(r"\odot"), Part("c_{t-1}", at.c_before), Part("+"),
             Part("i_t", i), Part(r"\odot"), Part("g_t", g))  # fmt: skip
        h = (
            Part("o_t", o),
            Part(r"\odot"),
            Part(r"\tanh"),
            Part("("),
            Part("c_t", at.c),
            Part(")"),
        )
        return (
            gate_equation("f", f, "forget gate", at),
            gate_equation("i", i, "input gate", at),
            gate_equation("g", g, "candidate", at, "tanh"),
            gate_equation("o", o, "output gate", at),
            Equation("cell state", "c_t", scaled(c, f * at.c_before + i * g, at.c), at.c),
            Equation("hidden state", "h_t", scaled(h, o * math.tanh(at.c), at.h), at.h),
        )

    def sums(
        self, weights: Weights, x: Array, before: Array, gates: Mapping[str, Array], unit: int
    ) -> dict[str, Sum]:
        """Those of all four."""
        return sums_of(("i", "o", "f", "g"), weights, x, before, unit)

    def inside(
        self, weights: Weights, x: Array, before: Array, factors: Factors = UNSCALED
    ) -> dict[str, Array]:
        """The three gates and the candidate."""
        summed = x @ weights.W.T
        summed += before @ weights.R.T
        summed += weights.B.reshape(2, -1).sum(axis=0)
        units = summed.shape[1] // 4
        i, o, f = np.split(sigmoid(summed[:, : 3 * units]), 3, axis=1)
        gates = {"i": i, "f": f, "g": np.tanh(summed[:, 3 * units :]), "o": o}
        return {name: factored(values, name, factors) for name, values in gates.items()}

    def state(
        self, inside: Mapping[str, Array], before: Array, c: Array
    ) -> tuple[Array, Array | None]:
        """What is kept and what is let in; then what of it is shown."""
        c = inside["f"] * c + inside["i"] * inside["g"]
        return inside["o"] * np.tanh(c), c

    def back(self, weights: Weights, at: Step, dh: Array, dc: Array) -> Back:
        """`dc_(t-1) = f dc_t`: through c the gradient passes a row with the factor f alone."""
        i, f, g, o = (at.gates[name] for name in self.gates)
        shown = np.tanh(at.c)
        dc = dc + dh * o * (1 - shown**2)
        a = np.concatenate(  # in ONNX's order: i, o, f, g
            [
                dc * g * i * (1 - i),
                dh * shown * o * (1 - o),
                dc * at.c_before * f * (1 - f),
                dc * i * (1 - g**2),
            ]
        )
        return Back(a, a @ weights.R, dc * f)
