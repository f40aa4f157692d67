"""Recurrent operators with attributes beyond the plain cell: their gates, replayed all the same.

An ONNX operator may have activations other than sigmoid and tanh, a clip before each of them,
peepholes from the cell state to the gates, and an input gate coupled to the forget gate (operator
specification, LSTM-14, GRU-14, RNN-14). Shapes and names are those of `core.cells`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import partial

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells.cell import CellSpec, Weights
from rnn_desk.core.cells.expression import Activation, sigmoid
from rnn_desk.core.cells.recurrence import Replay, before
from rnn_desk.core.frozen import frozen


@frozen(eq=False)
class Attributes:
    """What one direction of an operator does beyond the plain cell.

    activations: f, g, h of the specification, as many as the operator has. peepholes: `[3 * units]`
    in the order of the cell's `peepholes`. coupled: ONNX's `input_forget`.
    """

    activations: tuple[Activation, ...]
    clip: float = np.inf
    peepholes: Array | None = field(default=None, repr=False)
    coupled: bool = False


def replay_nonstandard(
    cell: CellSpec, weights: Weights, attributes: Attributes, x: Array, h: Array
) -> Replay:
    """Gates (and cell states) of every row; see `recurrence.replay`."""
    cell = cell.of(weights)
    names = (*cell.gates, *(state.letter for state in cell.states))
    rows: list[dict[str, Array]] = []
    c = weights.c0
    taken_in = x @ weights.W.T + weights.B[: len(weights.W)]
    for given, h_before in zip(taken_in, before(weights, h, None)[0], strict=True):
        values = _row(cell, weights, attributes, given, {"h_before": h_before, "c_before": c})
        c = values.get("c", c)
        rows.append(values)
    made = {name: np.stack([values[name] for values in rows]) for name in names}
    return Replay(made["h"], {name: made[name] for name in cell.gates}, made.get("c"))


def _row(
    cell: CellSpec, weights: Weights, attributes: Attributes, given: Array, values: dict[str, Array]
) -> dict[str, Array]:
    """All of one row, added to the states before it. given: `W x_t + b`."""
    units, functions = len(weights.h0), attributes.activations
    b_recurrent = weights.B[len(weights.W) :]
    peepholes = {}
    if attributes.peepholes is not None:
        parts = np.split(attributes.peepholes, len(cell.peepholes))
        peepholes = dict(zip(cell.peepholes, parts, strict=True))
    gates = list(enumerate(cell.gate(letter) for letter in cell.stored))
    gates.sort(key=lambda each: each[1].peephole == "c")  # these wait for the new cell state
    for block, gate in gates:
        rows = slice(block * units, (block + 1) * units)
        if gate.peephole == "c":
            _advance(cell, attributes, values, "c")
        weighed = weights.R[rows] @ gate.sees.value(values, functions) + b_recurrent[rows]
        if gate.through:
            weighed = values[gate.through] * weighed
        weighed = given[rows] + weighed
        if gate.letter in peepholes:
            weighed = weighed + peepholes[gate.letter] * values[gate.peephole]
        clipped = np.clip(weighed, -attributes.clip, attributes.clip)
        values[gate.letter] = functions[gate.activation](clipped)
        if attributes.coupled and gate.coupled:
            values[gate.letter] = 1 - values[gate.coupled]
    for state in cell.states:
        _advance(cell, attributes, values, state.letter)
    return values


def _advance(cell: CellSpec, attributes: Attributes, values: dict[str, Array], letter: str) -> None:
    state = next(state for state in cell.states if state.letter == letter)
    values[letter] = state.update.value(values, attributes.activations)


def activations(
    names: tuple[str, ...], alphas: tuple[float, ...], betas: tuple[float, ...]
) -> tuple[Activation, ...] | None:
    """The functions of those names, alphas and betas given out in their order to those that take
    one; None where a name is not known."""
    left_alphas, left_betas, made = list(alphas), list(betas), []
    for name in names:
        known = _KNOWN.get(name.lower())
        if known is None:
            return None
        function, alpha, beta = known
        if alpha is not None and left_alphas:
            alpha = left_alphas.pop(0)
        if beta is not None and left_betas:
            beta = left_betas.pop(0)
        made.append(partial(_called, function, alpha or 0.0, beta or 0.0))
    return tuple(made)


def _called(
    function: Callable[[Array, float, float], Array], alpha: float, beta: float, x: Array
) -> Array:
    return function(x, alpha, beta)


_KNOWN: dict[str, tuple[Callable[[Array, float, float], Array], float | None, float | None]] = {
    "sigmoid": (lambda x, *_: sigmoid(x), None, None),
    "tanh": (lambda x, *_: np.tanh(x), None, None),
    "relu": (lambda x, *_: np.maximum(x, 0), None, None),
    "affine": (lambda x, a, b: a * x + b, 1.0, 0.0),
    "leakyrelu": (lambda x, a, _: np.where(x < 0, a * x, x), 0.01, None),
    "thresholdedrelu": (lambda x, a, _: np.where(x > a, x, 0), 1.0, None),
    "scaledtanh": (lambda x, a, b: a * np.tanh(b * x), 1.0, 1.0),
    "hardsigmoid": (lambda x, a, b: np.clip(a * x + b, 0, 1), 0.2, 0.5),
    "elu": (lambda x, a, _: np.where(x < 0, a * np.expm1(x), x), 1.0, None),
    "softsign": (lambda x, *_: x / (1 + np.abs(x)), None, None),
    "softplus": (lambda x, *_: np.logaddexp(x, 0), None, None),
}
"""By name: the function of x, alpha and beta, and the defaults of those that it takes."""
