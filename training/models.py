"""The networks: a picture read row by row, one row of pixels a time step.

Shapes: N pictures, 28 rows of 28 pixels, `units` numbers in a layer's state, `classes` answers.
Inside, time comes first (`[rows, N, ...]`), as the formulas and ONNX's recurrent operators have it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.recipes import Recipe


class RowLSTM(nn.Module):
    """Recurrent layers over the rows of a picture, and one head that reads the last row's state.

    Each layer is an LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers,
    Schmidhuber and Cummins 2000). At row t it takes x_t, the row below it in the stack, and its own
    state of the row before:

        i, f, o = sigmoid(W x_t + U h_{t-1} + b)     the gates: let in, keep, show
        g       = tanh(W x_t + U h_{t-1} + b)        what could be let in
        c_t     = f * c_{t-1} + i * g                the cell, which remembers
        h_t     = o * tanh(c_t)                      the state, which everyone else sees

    with a W, U and b of its own for each of i, f, g and o. The sum in c_t is the point: where f is
    near 1 the gradient passes from row to row without shrinking.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        # Buffers, not parameters: they travel with the weights and into the exported graph, so a
        # model is fed plain 0..1 and nobody can normalise wrongly, or twice.
        self.register_buffer("mean", torch.tensor(recipe.mean))
        self.register_buffer("deviation", torch.tensor(recipe.deviation))
        widths = (28, *recipe.units)
        self.layers = nn.ModuleList(
            nn.LSTM(below, units) for below, units in zip(widths, recipe.units, strict=False)
        )
        self.dropout = nn.Dropout(recipe.dropout)
        self.head = nn.Linear(recipe.units[-1], len(recipe.classes))
        for layer in self.layers:
            _start_by_remembering(layer)

    def states(self, image: Tensor) -> list[Tensor]:
        """Each layer's h at every row, `[rows, N, units]`, of pictures `[N, rows, 28]` in 0..1."""
        signal = ((image - self.mean) / self.deviation).transpose(0, 1)
        states: list[Tensor] = []
        for layer in self.layers:
            signal, _ = layer(self.dropout(signal) if states else signal)
            states.append(signal)
        return states

    def every_row(self, image: Tensor) -> Tensor:
        """The logits after each row, `[rows, N, classes]`: the network's belief as it reads."""
        logits: Tensor = self.head(self.states(image)[-1])
        return logits

    def forward(self, image: Tensor) -> Tensor:
        """The logits `[N, classes]` after the last row, of pictures `[N, rows, 28]` in 0..1.

        The head sees one row's state and nothing else, so the program may give it any row's.
        """
        logits: Tensor = self.head(self.states(image)[-1][-1])
        return logits


def _start_by_remembering(layer: nn.Module) -> None:
    """Set the forget gates' bias to 1, so that at first a cell keeps three quarters of itself.

    With 0 it keeps half, and of what row 1 left there is nothing to learn from at row 28
    (Jozefowicz, Zaremba and Sutskever 2015). torch keeps the gates in the order i, f, g, o, and
    adds two biases; one of them is enough.
    """
    assert isinstance(layer, nn.LSTM)
    with torch.no_grad():
        layer.get_parameter("bias_ih_l0")[layer.hidden_size : 2 * layer.hidden_size] = 1.0


def parameter_count(model: nn.Module) -> int:
    """How many numbers training chooses."""
    return sum(p.numel() for p in model.parameters())
