"""The recurrent cells: their gates, replayed from an operator's weights and its hidden states.

An ONNX operator gives out its hidden states and no gates. But each gate at row t depends only on
the input x_t and the state h_(t-1), both known, so all rows' gates are one matrix product; no
recurrence is run again. What comes out is checked against the hidden states that went in.

Formulas and the order of the gates in W, R and B: the ONNX operator specification (LSTM-14, GRU-14,
RNN-14). Shapes here are of one direction and one picture: W `[gates * units, inputs]`, R `[gates *
units, units]`, B `[2 * gates * units]` (input biases, then recurrent ones), x `[rows, inputs]`,
h `[rows, units]`.

`forward` does run the recurrence, with the same two methods of a cell that the replay is made of,
so that something can be done to the states on the way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.equations import Equation, Part, Sum, UnitAt, affine, scaled

Array = NDArray[np.float32]

TOLERANCE = 1e-4
"""Greatest difference to the operator's own hidden states at which a replay is believed."""


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
class Replay:
    """A cell's inside over the rows, and the hidden state that follows from it, for checking."""

    h: Array
    gates: Mapping[str, Array]
    c: Array | None = None


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


@dataclass(frozen=True)
class Surgery:
    """What is done to a layer while it reads; nothing, where empty.

    off: units whose hidden state is held at 0; their cell state, where they have one, goes on
    unheard. factors: what gates are multiplied by, all units of each. zeroed: steps after which
    all of h and c is 0.
    """

    off: frozenset[int] = frozenset()
    factors: Factors = field(default_factory=dict)
    zeroed: frozenset[int] = frozenset()


class Cell(Protocol):
    """One kind of recurrent cell. A new one is a class here and a line in `CELLS`."""

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


class Rnn:
    """`h_t = tanh(W x_t + R h_(t-1) + b)`: no gates."""

    gates: tuple[str, ...] = ()
    keeps_c = False

    def equations(self, at: UnitAt) -> tuple[Equation, ...]:
        """One equation is all there is."""
        total = at.sums.get("h")
        return (_bent("h", "tanh", affine("", total), total, at.h, "hidden state"),)

    def sums(
        self, weights: Weights, x: Array, before: Array, gates: Mapping[str, Array], unit: int
    ) -> dict[str, Sum]:
        """That of the new state."""
        return _sums(("h",), weights, x, before, unit)

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
            _gate("f", f, "forget gate", at),
            _gate("i", i, "input gate", at),
            _gate("g", g, "candidate", at, "tanh"),
            _gate("o", o, "output gate", at),
            Equation("cell state", "c_t", scaled(c, f * at.c_before + i * g, at.c), at.c),
            Equation("hidden state", "h_t", scaled(h, o * math.tanh(at.c), at.h), at.h),
        )

    def sums(
        self, weights: Weights, x: Array, before: Array, gates: Mapping[str, Array], unit: int
    ) -> dict[str, Sum]:
        """Those of all four."""
        return _sums(("i", "o", "f", "g"), weights, x, before, unit)

    def inside(
        self, weights: Weights, x: Array, before: Array, factors: Factors = UNSCALED
    ) -> dict[str, Array]:
        """The three gates and the candidate."""
        bias = weights.B.reshape(2, -1).sum(axis=0)
        i, o, f, g = np.split(x @ weights.W.T + before @ weights.R.T + bias, 4, axis=1)
        gates = {"i": sigmoid(i), "f": sigmoid(f), "g": np.tanh(g), "o": sigmoid(o)}
        return {name: _times(values, name, factors) for name, values in gates.items()}

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


class Gru:
    """Cho's cell; ONNX stores it as z, r, n.

    `z, r = s(W x_t + R h_(t-1) + b)`, `n = tanh(W x_t + R (r h_(t-1)) + b)`, and
    `h_t = (1 - z) n + z h_(t-1)`. With `linear_before_reset`, as in cuDNN and torch, r is applied
    after the product with R.
    """

    gates: tuple[str, ...] = ("z", "r", "n")
    keeps_c = False

    def equations(self, at: UnitAt) -> tuple[Equation, ...]:
        """How much stays, how much of the past the candidate sees, the candidate, the state."""
        z, r, n = (at.gates[name] for name in self.gates)
        h = (Part("(1-z_t)", 1 - z), Part(r"\odot"), Part("n_t", n), Part("+"),
             Part("z_t", z), Part(r"\odot"), Part("h_{t-1}", at.h_before))  # fmt: skip
        expected = (1 - z) * n + z * at.h_before
        return (
            _gate("z", z, "update gate", at),
            _gate("r", r, "reset gate", at),
            _bent("n", "tanh", self._candidate(at, r), at.sums.get("n"), n, "candidate"),
            Equation("hidden state", "h_t", scaled(h, expected, at.h), at.h),
        )

    def _candidate(self, at: UnitAt, r: float) -> tuple[Part, ...]:
        """Where the reset gate stands: before the product with U, or after it."""
        total = at.sums.get("n")
        if total is None:
            return affine("n", None)
        if total.through == 1:
            return (Part("W_n x_t", total.input), Part("+"),
                    Part(r"U_n (r_t \odot h_{t-1})", total.recurrent), Part("+"),
                    Part("b_n", total.bias))  # fmt: skip
        return (Part("W_n x_t", total.input), Part("+"), Part("r_t", r), Part(r"\odot"),
                Part("(U_n h_{t-1} + b_u)", total.recurrent), Part("+"),
                Part("b_n", total.bias))  # fmt: skip

    def sums(
        self, weights: Weights, x: Array, before: Array, gates: Mapping[str, Array], unit: int
    ) -> dict[str, Sum]:
        """Those of all three; the candidate's with the reset gate where the operator has it."""
        found = _sums(("z", "r", "n"), weights, x, before, unit)
        plain = found["n"]
        if weights.linear_before_reset:
            at = len(weights.W) // 3 * 2 + unit
            b_input, b_recurrent = (float(b[at]) for b in weights.B.reshape(2, -1))
            found["n"] = replace(
                plain, bias=b_input, through=float(gates["r"][unit]), recurrent_bias=b_recurrent
            )
        else:
            found["n"] = replace(plain, h=gates["r"] * before)
        return found

    def inside(
        self, weights: Weights, x: Array, before: Array, factors: Factors = UNSCALED
    ) -> dict[str, Array]:
        """The two gates and the candidate."""
        b_input, b_recurrent = weights.B.reshape(2, -1)
        xz, xr, xn = np.split(x @ weights.W.T + b_input, 3, axis=1)
        hz, hr, hn = np.split(before @ weights.R.T + b_recurrent, 3, axis=1)
        z, r = _times(sigmoid(xz + hz), "z", factors), _times(sigmoid(xr + hr), "r", factors)
        if not weights.linear_before_reset:
            units = before.shape[1]
            hn = (r * before) @ weights.R[2 * units :].T + b_recurrent[2 * units :]
            n = np.tanh(xn + hn)
        else:
            n = np.tanh(xn + r * hn)
        return {"z": z, "r": r, "n": _times(n, "n", factors)}

    def state(
        self, inside: Mapping[str, Array], before: Array, c: Array
    ) -> tuple[Array, Array | None]:
        """A mixture of the candidate and of what was there."""
        z = inside["z"]
        return (1 - z) * inside["n"] + z * before, None

    def back(self, weights: Weights, at: Step, dh: Array, dc: Array) -> Back:
        """`dh_(t-1) = z dh_t + ...`: what z keeps passes without R; the rest through the gates."""
        z, r, n = (at.gates[name] for name in self.gates)
        before = at.h_before
        update, candidate = slice(0, 2 * len(z)), slice(2 * len(z), None)
        dz = dh * (before - n) * z * (1 - z)
        dn = dh * (1 - z) * (1 - n**2)
        if weights.linear_before_reset:
            recurrent = weights.R[candidate] @ before + weights.B.reshape(2, -1)[1, candidate]
            dr = dn * recurrent * r * (1 - r)
            through_n = (dn * r) @ weights.R[candidate]
        else:
            seen = dn @ weights.R[candidate]
            dr = seen * before * r * (1 - r)
            through_n = seen * r
        gates = np.concatenate([dz, dr])
        h_before = np.asarray(dh * z + gates @ weights.R[update] + through_n, dtype=np.float32)
        return Back(np.concatenate([gates, dn]), h_before, dc)


CELLS: Mapping[str, Cell] = {"RNN": Rnn(), "LSTM": Lstm(), "GRU": Gru()}


def before(weights: Weights, h: Array, c: Array | None) -> tuple[Array, Array]:
    """The states that each step began with, from those it ended with, `[steps, ..., units]`; of a
    cell without c, zeros."""

    def shifted(first: Array, states: Array) -> Array:
        return np.concatenate([np.broadcast_to(first, states[:1].shape), states[:-1]])

    return shifted(weights.h0, h), np.zeros_like(h) if c is None else shifted(weights.c0, c)


def replay(cell: Cell, weights: Weights, x: Array, h: Array) -> Replay:
    """Gates (and cell states) of every row, in the order in which the rows were read.

    x and h may be of several sequences at once, `[rows, n, inputs]` and `[rows, n, units]`; so is
    then all of the result. h is what the operator gave; the h of the result follows from it, as its
    own check.
    """
    earlier, _ = before(weights, h, None)
    flat = cell.inside(weights, x.reshape(-1, x.shape[-1]), earlier.reshape(-1, h.shape[-1]))
    inside = {name: values.reshape(h.shape) for name, values in flat.items()}
    gates = {name: inside[name] for name in cell.gates}
    if not cell.keeps_c:
        return Replay(cell.state(inside, earlier, weights.c0)[0], gates)
    new, cells = np.empty_like(h), np.empty_like(h)
    c: Array | None = weights.c0
    for t in range(len(h)):
        assert c is not None
        new[t], c = cell.state({name: v[t] for name, v in inside.items()}, earlier[t], c)
        cells[t] = c
    return Replay(new, gates, cells)


def forward(cell: Cell, weights: Weights, x: Array, surgery: Surgery) -> Replay:
    """Run the recurrence over `x` `[steps, n, inputs]`, with what is done to it on the way.

    All of the result is `[steps, n, units]`.
    """
    n, units = x.shape[1], len(weights.h0)
    heard = np.ones(units, weights.h0.dtype)
    heard[list(surgery.off)] = 0
    h, c = np.tile(weights.h0 * heard, (n, 1)), np.tile(weights.c0, (n, 1))
    states, cells, insides = [], [], []
    for step, row in enumerate(x):
        inside = cell.inside(weights, row, h, surgery.factors)
        forgotten = 0 if step in surgery.zeroed else 1
        h, after = cell.state(inside, h, c)
        h = h * heard * forgotten
        states.append(h)
        if after is not None:
            c = after * forgotten
            cells.append(c)
        insides.append(inside)
    gates = {name: np.stack([inside[name] for inside in insides]) for name in cell.gates}
    return Replay(np.stack(states), gates, np.stack(cells) if cells else None)


def _times(values: Array, gate: str, factors: Factors) -> Array:
    return values * np.float32(factors[gate]) if gate in factors else values


def _gate(letter: str, value: float, name: str, at: UnitAt, bend: str = "sigma") -> Equation:
    """`sigma(W x_t + U h_(t-1) + b)`, or tanh of it."""
    total = at.sums.get(letter)
    return _bent(letter, bend, affine(letter, total), total, value, name)


def _bent(
    letter: str, bend: str, inner: tuple[Part, ...], total: Sum | None, value: float, name: str
) -> Equation:
    """One of a cell's functions around what it weighs."""
    parts = (Part(f"\\{bend}"), Part("("), *inner, Part(")"))
    if total is not None:
        expected = math.tanh(total.total) if bend == "tanh" else logistic(total.total)
        parts = scaled(parts, expected, value)
    return Equation(name, f"{letter}_t", parts, value, letter)


def _sums(
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
