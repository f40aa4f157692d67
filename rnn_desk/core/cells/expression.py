"""The equations of a cell's states, as data: the sums and products of its gates and its states.

An expression is written down once, in a cell's file. What it comes to, the gradient through it, its
formula on the screen and its ONNX operators all follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.equations import Part
from rnn_desk.core.frozen import frozen

Values = Mapping[str, Array]
"""Numbers by the names of symbols."""

Activation = Callable[[Array], Array]
Activations = tuple[Activation, ...]
"""A cell's functions, in ONNX's order: f, g, h of the operator specification."""

Emit = Callable[..., str]
"""Called with an ONNX operator and the names of its inputs; gives the name of its output."""

_BEFORE = "_before"


class Expression(Protocol):
    """A formula over symbols, elementwise."""

    def value(self, values: Values, activations: Activations) -> Array:
        """What it comes to."""
        ...

    def back(self, values: Values, activations: Activations, at: Array, to: Gradient) -> None:
        """Pass the gradient `at` this expression on to its symbols."""
        ...

    def parts(self, values: Values, activations: Activations, names: tuple[str, ...]) -> Parts:
        """The formula in TeX, with numbers where `values` has them; `names` of the activations."""
        ...

    def write(self, emit: Emit, names: tuple[str, ...]) -> str:
        """Emit the ONNX operators that compute it; the name of the result."""
        ...


Parts = tuple[Part, ...]


class Gradient(dict[str, Array]):
    """The gradient at symbols, by name, as far as it has been collected."""

    def add(self, name: str, at: Array) -> None:
        """Add what reaches a symbol on one more path."""
        self[name] = self[name] + at if name in self else at


@frozen
class Symbol:
    """A gate, or a state of this row, by its letter; a state of the row before: `before("h")`."""

    name: str

    def value(self, values: Values, activations: Activations) -> Array:
        """See `Expression`."""
        return values[self.name]

    def back(self, values: Values, activations: Activations, at: Array, to: Gradient) -> None:
        """See `Expression`."""
        to.add(self.name, at)

    def parts(self, values: Values, activations: Activations, names: tuple[str, ...]) -> Parts:
        """See `Expression`."""
        number = float(values[self.name]) if self.name in values else None
        return (Part(self.tex, number),)

    def write(self, emit: Emit, names: tuple[str, ...]) -> str:
        """See `Expression`."""
        return self.name

    @property
    def tex(self) -> str:
        """`f_t`, or `h_{t-1}`."""
        letter = self.name.removesuffix(_BEFORE)
        return f"{letter}_t" if letter == self.name else f"{letter}_{{t-1}}"


def before(state: str) -> Symbol:
    """A state of the row before."""
    return Symbol(state + _BEFORE)


@frozen
class Product:
    """`a * b`."""

    a: Expression
    b: Expression

    def value(self, values: Values, activations: Activations) -> Array:
        """See `Expression`."""
        return self.a.value(values, activations) * self.b.value(values, activations)

    def back(self, values: Values, activations: Activations, at: Array, to: Gradient) -> None:
        """See `Expression`."""
        self.a.back(values, activations, at * self.b.value(values, activations), to)
        self.b.back(values, activations, at * self.a.value(values, activations), to)

    def parts(self, values: Values, activations: Activations, names: tuple[str, ...]) -> Parts:
        """See `Expression`."""
        a, b = (each.parts(values, activations, names) for each in (self.a, self.b))
        return (*a, Part(r"\odot"), *b)

    def write(self, emit: Emit, names: tuple[str, ...]) -> str:
        """See `Expression`."""
        return emit("Mul", self.a.write(emit, names), self.b.write(emit, names))


@frozen
class Total:
    """`a + b`."""

    a: Expression
    b: Expression

    def value(self, values: Values, activations: Activations) -> Array:
        """See `Expression`."""
        return self.a.value(values, activations) + self.b.value(values, activations)

    def back(self, values: Values, activations: Activations, at: Array, to: Gradient) -> None:
        """See `Expression`."""
        self.a.back(values, activations, at, to)
        self.b.back(values, activations, at, to)

    def parts(self, values: Values, activations: Activations, names: tuple[str, ...]) -> Parts:
        """See `Expression`."""
        a, b = (each.parts(values, activations, names) for each in (self.a, self.b))
        return (*a, Part("+"), *b)

    def write(self, emit: Emit, names: tuple[str, ...]) -> str:
        """See `Expression`."""
        return emit("Add", self.a.write(emit, names), self.b.write(emit, names))


@frozen
class Mixture:
    """`(1 - share) * rest + share * of`."""

    share: Symbol
    of: Symbol
    rest: Symbol

    def value(self, values: Values, activations: Activations) -> Array:
        """See `Expression`."""
        share = values[self.share.name]
        return (1 - share) * values[self.rest.name] + share * values[self.of.name]

    def back(self, values: Values, activations: Activations, at: Array, to: Gradient) -> None:
        """See `Expression`."""
        share = values[self.share.name]
        to.add(self.share.name, at * (values[self.of.name] - values[self.rest.name]))
        to.add(self.of.name, at * share)
        to.add(self.rest.name, at * (1 - share))

    def parts(self, values: Values, activations: Activations, names: tuple[str, ...]) -> Parts:
        """See `Expression`."""
        [share] = self.share.parts(values, activations, names)
        [of], [rest] = (e.parts(values, activations, names) for e in (self.of, self.rest))
        left = Part(f"(1-{share.tex})", None if share.number is None else 1 - share.number)
        return (left, Part(r"\odot"), rest, Part("+"), share, Part(r"\odot"), of)

    def write(self, emit: Emit, names: tuple[str, ...]) -> str:
        """As `rest + share * (of - rest)`, an operator less."""
        share, of, rest = (e.write(emit, names) for e in (self.share, self.of, self.rest))
        return emit("Add", rest, emit("Mul", share, emit("Sub", of, rest)))


@frozen
class Activated:
    """One of the cell's activations, by its place among them, of something."""

    activation: int
    of: Expression

    def value(self, values: Values, activations: Activations) -> Array:
        """See `Expression`."""
        return activations[self.activation](self.of.value(values, activations))

    def back(self, values: Values, activations: Activations, at: Array, to: Gradient) -> None:
        """See `Expression`."""
        function = activations[self.activation]
        value = function(self.of.value(values, activations))
        self.of.back(values, activations, at * SLOPES[function](value), to)

    def parts(self, values: Values, activations: Activations, names: tuple[str, ...]) -> Parts:
        """See `Expression`."""
        inner = self.of.parts(values, activations, names)
        return (Part(TEX[names[self.activation]]), Part("("), *inner, Part(")"))

    def write(self, emit: Emit, names: tuple[str, ...]) -> str:
        """See `Expression`."""
        return emit(names[self.activation], self.of.write(emit, names))


def sigmoid(x: Array) -> Array:
    """`1 / (1 + e^-x)`, written with tanh, which does not overflow."""
    return np.asarray(0.5 * np.tanh(0.5 * x) + 0.5, dtype=x.dtype)


def tanh(x: Array) -> Array:
    """NumPy's."""
    return np.tanh(x)


PLAIN: Mapping[str, Activation] = {"Sigmoid": sigmoid, "Tanh": tanh}
"""The activations of the plain cells, by ONNX's names."""

TEX: Mapping[str, str] = {"Sigmoid": r"\sigma", "Tanh": r"\tanh"}

SLOPES: Mapping[Activation, Callable[[Array], Array]] = {
    sigmoid: lambda y: y * (1 - y),
    tanh: lambda y: 1 - y**2,
}
"""The derivative of each, from the value that it came to."""
