"""The plain cell."""

from __future__ import annotations

from rnn_desk.core.cells.cell import HIDDEN, CellSpec, Gate, State
from rnn_desk.core.cells.expression import Symbol

RNN = CellSpec(
    # h_t = tanh(W x_t + U h_(t-1) + b): no gates
    name="RNN",
    blocks=(Gate("h", "hidden state", HIDDEN),),
    stored="h",
    states=(State("h", "hidden state", HIDDEN, Symbol("h")),),
    activations=("Tanh",),
)
