"""Recurrent operators that are not the plain cell: their gates, replayed all the same.

An ONNX operator may have activations other than sigmoid and tanh, a clip before each of them,
peepholes from the cell state to the gates, and an input gate coupled to the forget gate (operator
specification, LSTM-14, GRU-14, RNN-14). Shapes and names are those of `core.cells`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from rnn_desk.core.cells.cell import Array, Weights, sigmoid
from rnn_desk.core.cells.recurrence import Replay

Activation = Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class Ways:
    """What one direction of an operator does otherwise.

    activations: f, g, h of the specification, as many as the operator has. peepholes: `[3 * units]`
    for i, o and f.
    """

    activations: tuple[Activation, ...]
    clip: float = np.inf
    peepholes: Array | None = field(default=None, repr=False)
    coupled: bool = False

    def __call__(self, number: int, x: Array) -> Array:
        """An activation of what was clipped."""
        return self.activations[number](np.clip(x, -self.clip, self.clip))


def replay_odd(op: str, weights: Weights, ways: Ways, x: Array, h: Array) -> Replay:
    """Gates (and cell states) of every row; see `recurrence.replay`."""
    before = np.vstack([weights.h0, h[:-1]])
    b_input, b_recurrent = weights.B.reshape(2, -1)
    given = np.asarray(x @ weights.W.T + b_input, x.dtype)
    if op == "GRU":
        return _gru(weights, ways, given, before, b_recurrent)
    sums = np.asarray(given + before @ weights.R.T + b_recurrent, x.dtype)
    return Replay(ways(0, sums), {}) if op == "RNN" else _lstm(weights, ways, sums)


def _gru(weights: Weights, ways: Ways, given: Array, before: Array, bias: Array) -> Replay:
    units = before.shape[1]
    xz, xr, xn = np.split(given, 3, axis=1)
    hz, hr, hn = np.split(before @ weights.R.T + bias, 3, axis=1)
    z, r = ways(0, xz + hz), ways(0, xr + hr)
    if weights.linear_before_reset:
        n = ways(1, xn + r * hn)
    else:
        seen = (r * before) @ weights.R[2 * units :].T + bias[2 * units :]
        n = ways(1, np.asarray(xn + seen, xn.dtype))
    return Replay((1 - z) * n + z * before, {"z": z, "r": r, "n": n})


def _lstm(weights: Weights, ways: Ways, sums: Array) -> Replay:
    units = sums.shape[1] // 4
    peepholes = np.zeros(3 * units, sums.dtype) if ways.peepholes is None else ways.peepholes
    p_i, p_o, p_f = np.split(peepholes, 3)
    c, rows = weights.c0, []
    for i, o, f, g in (np.split(row, 4) for row in sums):
        i = ways(0, i + p_i * c)
        f = 1 - i if ways.coupled else ways(0, f + p_f * c)
        g = ways(1, g)
        c = f * c + i * g
        o = ways(0, o + p_o * c)
        rows.append((i, f, g, o, c, o * ways.activations[2](c)))
    i, f, g, o, c, h = (np.stack(values) for values in zip(*rows, strict=True))
    return Replay(h, {"i": i, "f": f, "g": g, "o": o}, c)


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
