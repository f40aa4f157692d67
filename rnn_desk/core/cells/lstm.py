"""The cell with a state of its own behind the hidden one.

Hochreiter and Schmidhuber, "Long short-term memory", 1997; with the forget gate of Gers,
Schmidhuber and Cummins, 2000.
"""

from __future__ import annotations

from rnn_desk.core.cells.cell import CANDIDATE, HIDDEN, OUTPUT, CellSpec, Gate, State
from rnn_desk.core.cells.expression import Activated, Product, Symbol, Total, before

LSTM = CellSpec(
    # i, f, o = s(W x_t + U h_(t-1) + b), g = tanh(...)
    # c_t = f c_(t-1) + i g,  h_t = o tanh(c_t)
    name="LSTM",
    blocks=(
        Gate(
            "f",
            "forget gate",
            "how much of the cell state is kept: 0 forgets it, 1 keeps it",
            peephole="c_before",
            coupled="i",
        ),
        Gate("i", "input gate", "how much of the candidate is let in", peephole="c_before"),
        Gate("g", "candidate", "what could be written into the cell state", CANDIDATE),
        Gate("o", "output gate", "how much of the cell state is shown", peephole="c"),
    ),
    stored="iofg",
    states=(
        State(
            "c",
            "cell state",
            "what is kept, and what is let in",
            Total(Product(Symbol("f"), before("c")), Product(Symbol("i"), Symbol("g"))),
            keeper="f",
        ),
        State(
            "h",
            "hidden state",
            HIDDEN,
            Product(Symbol("o"), Activated(OUTPUT, Symbol("c"))),
        ),
    ),
    activations=("Sigmoid", "Tanh", "Tanh"),
    peepholes="iof",
)
