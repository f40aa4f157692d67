"""torch's recurrent layers: what each is, how it keeps its gates, and how training begins it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import nn

from rnn_desk.core.cells import CELLS


@dataclass(frozen=True)
class TorchCell:
    """A layer of torch's. cell: its cell's name; gates: their letters in the order of torch's
    weights. begin: sets those weights that are not to begin as torch draws them."""

    cell: str
    layer: type[nn.RNNBase]
    gates: str
    begin: Callable[[nn.RNNBase], None]

    @property
    def places(self) -> tuple[int, ...]:
        """Where each of torch's gates stands in ONNX's W, R and B."""
        return tuple(CELLS[self.cell].stored.index(letter) for letter in self.gates)


def begin_by_remembering(layer: nn.Module) -> None:
    """Begin a layer so that what row 1 left can still be learnt from at row 28."""
    assert isinstance(layer, nn.RNNBase)
    with torch.no_grad():
        next(cell for cell in TORCH_CELLS.values() if isinstance(layer, cell.layer)).begin(layer)


def _open_forget_gates(layer: nn.RNNBase) -> None:
    """Set an LSTM's forget gates' bias to 1: at first a cell keeps three quarters of itself, where
    with 0 it keeps half (Jozefowicz, Zaremba and Sutskever 2015). torch adds two biases; one of
    them is enough."""
    first = layer.hidden_size * TORCH_CELLS["LSTM"].gates.index("f")
    for name, weight in layer.named_parameters():
        if name.startswith("bias_ih"):
            weight[first : first + layer.hidden_size] = 1.0


def _rotate(layer: nn.RNNBase) -> None:
    """Make a plain RNN's U a rotation, which neither shrinks nor stretches the state it is applied
    to 28 times (Saxe, McClelland and Ganguli 2014); torch's own choice shrinks it to six tenths
    each time."""
    for name, weight in layer.named_parameters():
        if name.startswith("weight_hh"):
            nn.init.orthogonal_(weight)


def _as_torch(layer: nn.RNNBase) -> None:
    """Leave the weights as torch draws them."""


TORCH_CELLS: Mapping[str, TorchCell] = {
    cell.cell: cell
    for cell in (
        TorchCell("LSTM", nn.LSTM, "ifgo", _open_forget_gates),
        TorchCell("GRU", nn.GRU, "rzn", _as_torch),
        TorchCell("RNN", nn.RNN, "h", _rotate),
    )
}
"""By the name of the cell."""
