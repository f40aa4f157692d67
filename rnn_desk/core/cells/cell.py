"""What a recurrent cell is to this program, and what all cells are made of.

Formulas and the order of the gates in W, R and B: the ONNX operator specification (LSTM-14, GRU-14,
RNN-14). Shapes here are of one direction and one picture: W `[gates * units, inputs]`, R `[gates *
units, units]`, B `[2 * gates * units]` (input biases, then recurrent ones), x `[rows, inputs]`,
h `[rows, units]`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.equations import Equation, Part, Sum, UnitAt, affine, scaled

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weights:
    """One direction of an operator: see this module's docstring for the shapes."""

    W: Array = field(repr=False)
    R: Array = field(repr=False)
    B: Array = field(repr=False)
    h0: Array = field(repr=False)
    c0: Array = field(repr=False)
    linear_before_reset: bool = False


@dataclass(frozen=True, eq=False)
class Step:
    """One row of a replay, `[units]` each: h and c before and after it, and its gates."""

    h: Array
    h_before: Array
    gates: Mapping[str, Array]
    c: Array
    c_before: Array


@dataclass(frozen=True, eq=False)
class Back:
    """One step of back-propagation: the gradient on the other side of a cell.

    a: at what `W x_t` is added to, `[gates * units]` in the order of W. h_before, c_before: at the
    states of the row before, `[units]`; c_before stays zero in a cell without c.
    """

    a: Array
    h_before: Array
    c_before: Array


Factors = Mapping[str, float]
"""What gates are multiplied by, by their letters; the others are left alone."""

UNSCALED: Factors = MappingProxyType({})


class Cell(Protocol):
    """One kind of recurrent cell. A new one is a file of this folder, and a line in `CELLS`."""

    gates: tuple[str, ...]
    keeps_c: bool
    """Whether there is a cell state beside the hidden one."""

    def equations(self, at: UnitAt) -> tuple[Equation, ...]:
        """The cell's equations, from the gates to the new hidden state, with one unit's numbers."""
        ...

    def sums(
        self, weights: Weights, x: Array, before: Array, gates: Mapping[str, Array], unit: int
    ) -> dict[str, Sum]:
        """What each gate of one unit weighs at one moment, by the gate's letter ("h" in a cell
        without gates): x `[inputs]`, the hidden states before `[units]`, gates of `[units]`."""
        ...

    def inside(
        self, weights: Weights, x: Array, before: Array, factors: Factors = UNSCALED
    ) -> dict[str, Array]:
        """The gates at any number of moments, each `[n, units]`, from what comes in `[n, inputs]`
        and the hidden states before `[n, units]`; each times its factor before anything is made of
        it. Of a cell without gates: its new state."""
        ...

    def state(
        self, inside: Mapping[str, Array], before: Array, c: Array
    ) -> tuple[Array, Array | None]:
        """The new h, and c where the cell has one, from the gates and the h and c before."""
        ...

    def back(self, weights: Weights, at: Step, dh: Array, dc: Array) -> Back:
        """One step of back-propagation through time: from the gradient at `h_t` and at `c_t`.

        `dc` is what came from the row after through c alone; what comes through `h_t` is added
        here. The chain rule on the equations of the class: Werbos, "Backpropagation through time:
        what it does and how to do it", 1990; for the LSTM's c, Hochreiter and Schmidhuber, 1997.
        """
        ...


def factored(values: Array, gate: str, factors: Factors) -> Array:
    """A gate times its factor, where it has one."""
    return values * np.float32(factors[gate]) if gate in factors else values


def gate_equation(
    letter: str, value: float, name: str, at: UnitAt, bend: str = "sigma"
) -> Equation:
    """`sigma(W x_t + U h_(t-1) + b)`, or tanh of it."""
    total = at.sums.get(letter)
    return function_equation(letter, bend, affine(letter, total), total, value, name)


def function_equation(
    letter: str, bend: str, inner: tuple[Part, ...], total: Sum | None, value: float, name: str
) -> Equation:
    """One of a cell's functions around what it weighs."""
    parts = (Part(f"\\{bend}"), Part("("), *inner, Part(")"))
    if total is not None:
        expected = math.tanh(total.total) if bend == "tanh" else logistic(total.total)
        parts = scaled(parts, expected, value)
    return Equation(name, f"{letter}_t", parts, value, letter)


def sums_of(
    stored: tuple[str, ...], weights: Weights, x: Array, before: Array, unit: int
) -> dict[str, Sum]:
    """One unit's row of each block of W and R, by the gates in the order in which they stand."""
    units = len(weights.W) // len(stored)
    bias = weights.B.reshape(2, -1).sum(axis=0)
    places = {letter: block * units + unit for block, letter in enumerate(stored)}
    return {
        letter: Sum(weights.W[at], x, weights.R[at], before, float(bias[at]))
        for letter, at in places.items()
    }


def logistic(x: float) -> float:
    """`1 / (1 + e^-x)` of one number."""
    return 0.5 * math.tanh(0.5 * x) + 0.5


def sigmoid(x: Array) -> Array:
    """`1 / (1 + e^-x)`, written with tanh, which does not overflow."""
    return np.asarray(0.5 * np.tanh(0.5 * x) + 0.5, dtype=x.dtype)
