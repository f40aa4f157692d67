"""The cell with two gates and one state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rnn_desk.core.cells.cell import (
    UNSCALED,
    Array,
    Back,
    Factors,
    Step,
    Weights,
    factored,
    function_equation,
    gate_equation,
    sigmoid,
    sums_of,
)
from rnn_desk.core.equations import Equation, Part, Sum, UnitAt, affine, scaled


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
            gate_equation("z", z, "update gate", at),
            gate_equation("r", r, "reset gate", at),
            function_equation(
                "n", "tanh", self._candidate(at, r), at.sums.get("n"), n, "candidate"
            ),
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
        found = sums_of(("z", "r", "n"), weights, x, before, unit)
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
        z, r = (
            factored(sigmoid(xz + hz), "z", factors),
            factored(sigmoid(xr + hr), "r", factors),
        )
        if not weights.linear_before_reset:
            units = before.shape[1]
            hn = (r * before) @ weights.R[2 * units :].T + b_recurrent[2 * units :]
            n = np.tanh(xn + hn)
        else:
            n = np.tanh(xn + r * hn)
        return {"z": z, "r": r, "n": factored(n, "n", factors)}

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
