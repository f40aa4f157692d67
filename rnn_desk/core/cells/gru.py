"""The cell with two gates and one state: Cho et al., 2014."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.core.cells.cell import CANDIDATE, HIDDEN, CellSpec, Gate, State
from rnn_desk.core.cells.expression import Mixture, Product, Symbol, before

_Z = Gate("z", "update gate", "how much of the state before stays as it is")
_R = Gate("r", "reset gate", "how much of the state before the candidate sees")
_N = Gate("n", "candidate", "what the state could become", CANDIDATE)

_RESET_AFTER = CellSpec(
    # z, r = s(W x_t + U h_(t-1) + b),  n = tanh(W x_t + b + r (U h_(t-1) + b')), as in cuDNN, torch
    # h_t = (1 - z) n + z h_(t-1)
    name="GRU",
    blocks=(_Z, _R, replace(_N, through="r")),
    stored="zrn",
    states=(State("h", "hidden state", HIDDEN, Mixture(Symbol("z"), before("h"), Symbol("n"))),),
    activations=("Sigmoid", "Tanh"),
)

GRU = replace(
    # n = tanh(W x_t + U (r h_(t-1)) + b)
    _RESET_AFTER,
    blocks=(_Z, _R, replace(_N, sees=Product(Symbol("r"), before("h")))),
    linear_before_reset=_RESET_AFTER,
)
