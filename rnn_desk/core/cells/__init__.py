"""The recurrent cells, a file each.

What they have in common is in `cell`, what is done with any of them over the rows in `recurrence`;
`odd` replays the gates of operators that are none of these.
"""

from __future__ import annotations

from collections.abc import Mapping

from rnn_desk.core.cells.cell import Cell
from rnn_desk.core.cells.gru import Gru
from rnn_desk.core.cells.lstm import Lstm
from rnn_desk.core.cells.rnn import Rnn

CELLS: Mapping[str, Cell] = {"RNN": Rnn(), "LSTM": Lstm(), "GRU": Gru()}
"""By the names of the ONNX operators."""
