"""The recurrent cells, a file each.

What a cell is stands in `cell`, and what is done with any of them in `recurrence` (forward),
`backward`, `one_unit` (its equations, with numbers) and `decomposed` (as plain ONNX operators);
`nonstandard` replays operators with attributes beyond the plain cell.
"""

from __future__ import annotations

from collections.abc import Mapping

from rnn_desk.core.cells.cell import HIDDEN, CellSpec, Quantity
from rnn_desk.core.cells.gru import GRU
from rnn_desk.core.cells.lstm import LSTM
from rnn_desk.core.cells.rnn import RNN

CELLS: Mapping[str, CellSpec] = {cell.name: cell for cell in (RNN, LSTM, GRU)}
"""By name: that of ONNX's operator where there is one."""


def quantity(op: str, letter: str) -> Quantity:
    """A gate or state of a layer in words; of a layer that is none of the cells, a state."""
    found = CELLS[op].quantity(letter) if op in CELLS else None
    return found or Quantity(letter, "hidden state", HIDDEN, signed=True)
