r"""One unit of a cell at one row: its equations, part by part, each part with its number.

A gate of a unit weighs what comes in and the states before, adds a bias and is bent: that sum is
kept term by term, so that one can see which input and which unit turned it. Symbols are TeX's:
`W_f x_t`, `\odot`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Literal

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.frozen import frozen

Source = Literal["x", "h"]


@frozen(eq=False)
class Sum:
    """What one gate of one unit weighs: `w . x + through (u . h + recurrent_bias) + bias`.

    w, x: `[inputs]`, its input weights and what came in. u, h: `[units]`, its recurrent weights and
    what they are multiplied with. through: the reset gate where that one is applied after the
    product (GRU with `linear_before_reset`), else 1; only then is there a `recurrent_bias`.
    """

    w: Array = field(repr=False)
    x: Array = field(repr=False)
    u: Array = field(repr=False)
    h: Array = field(repr=False)
    bias: float
    through: float = 1.0
    recurrent_bias: float = 0.0

    @cached_property
    def input_terms(self) -> Array:
        """`w_j x_j`, `[inputs]`."""
        return self.w * self.x

    @cached_property
    def recurrent_terms(self) -> Array:
        """`u_k h_k`, the reset gate included, `[units]`."""
        return np.float32(self.through) * self.u * self.h

    @cached_property
    def input(self) -> float:
        """`w . x`."""
        return float(self.w @ self.x)

    @cached_property
    def recurrent(self) -> float:
        """`u . h + recurrent_bias`, before the reset gate."""
        return float(self.u @ self.h) + self.recurrent_bias

    @property
    def total(self) -> float:
        """What goes into the gate's own function."""
        return self.input + self.through * self.recurrent + self.bias

    def strongest(self, source: Source, count: int) -> list[tuple[int, float]]:
        """The places and values of the terms farthest from 0, the farthest first; none that is 0.

        "x" are the inputs' terms, "h" the recurrent ones.
        """
        terms = self._terms(source)
        order = np.argsort(-np.abs(terms), kind="stable")[:count]
        return [(int(place), float(terms[place])) for place in order if terms[place] != 0]

    def count(self, source: Source) -> int:
        """How many of its terms are not 0."""
        return int(np.count_nonzero(self._terms(source)))

    def _terms(self, source: Source) -> Array:
        return self.input_terms if source == "x" else self.recurrent_terms


@frozen
class Part:
    """A piece of a formula in TeX, and the number that stands for it; None for signs."""

    tex: str
    number: float | None = None


@frozen
class Equation:
    """One line: `symbol = parts = value`.

    name: the English name of what is defined. gate: the gate whose `Sum` is in it, "" in those of
    the states. meaning: what it says, for who sees it for the first time.
    """

    name: str
    symbol: str
    parts: tuple[Part, ...]
    value: float
    gate: str = ""
    meaning: str = ""


@frozen
class UnitAt:
    """The numbers of one unit at one row: its h and c before and after, its gates, and what each
    gate weighed, by the gate's letter; empty where that is not known."""

    h: float
    h_before: float
    gates: Mapping[str, float]
    c: float = 0.0
    c_before: float = 0.0
    sums: Mapping[str, Sum] = field(default_factory=dict, repr=False)


def without_numbers(equation: Equation) -> Equation:
    """The formula alone."""
    return replace(equation, parts=tuple(Part(part.tex) for part in equation.parts))


def affine(gate: str, total: Sum | None, seen: str = "h_{t-1}") -> tuple[Part, ...]:
    """`W x_t + U h_(t-1) + b` with its three numbers; letters carry the gate's, if it has one.

    seen: what U is multiplied with.
    """
    below = f"_{gate}" if gate else ""
    numbers = (None, None, None) if total is None else (total.input, total.recurrent, total.bias)
    wx, uh, b = f"W{below}\\,x_t", f"U{below}\\,{seen}", f"b{below}"
    return (
        Part(wx, numbers[0]),
        Part("+"),
        Part(uh, numbers[1]),
        Part("+"),
        Part(b, numbers[2]),
    )


def scaled(parts: tuple[Part, ...], expected: float, value: float) -> tuple[Part, ...]:
    """The parts, with the factor `k` that an experiment put in, where the value is another than
    they give."""
    if abs(expected - value) <= 1e-3:
        return parts
    factor = value / expected if abs(expected) > 1e-6 else 0.0
    return (Part("k", factor), Part(r"\cdot"), *parts)
