"""The networks: a picture read row by row, one row of pixels a time step; and a CNN for contrast.

Shapes: N pictures, 28 rows of 28 pixels, `units` numbers in a layer's state, `classes` answers.
Inside, time comes first (`[rows, N, ...]`), as the formulas and ONNX's recurrent operators have it.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from .cells import TORCH_CELLS, begin_by_remembering
from .recipes import Recipe


class Network(nn.Module):
    """What all have in common: pictures in 0..1 go in, logits come out, `head` is the last step."""

    mean: Tensor
    deviation: Tensor
    head: nn.Linear

    outputs: tuple[str, ...] = ("logits",)
    """The names of what `forward` returns, in the exported file."""

    over_rows: str | None = None
    """The name of the first recurrent layer whose steps are rows, or columns."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        # Buffers, not parameters: they travel with the weights and into the exported graph, so a
        # model is fed plain 0..1 and nobody can normalise wrongly, or twice.
        self.register_buffer("mean", torch.tensor(recipe.mean))
        self.register_buffer("deviation", torch.tensor(recipe.deviation))
        self.dropout = recipe.dropout

    def thinned(self, states: Tensor) -> Tensor:
        """States `[rows, N, units]` with some units silent, in training: the same at every row.

        One draw a unit, not a row: what is silent for one row and back at the next could still be
        remembered past it. It also takes a 28th of the random numbers.
        """
        if not (self.training and self.dropout):
            return states
        return states * functional.dropout(torch.ones_like(states[:1]), self.dropout)

    def normalised(self, image: Tensor) -> Tensor:
        """Pictures in 0..1 as numbers around 0."""
        return (image - self.mean) / self.deviation

    def every_row(self, image: Tensor) -> Tensor:
        """The logits `[rows, N, classes]` after each row, or `[1, N, classes]` after all of them.

        A network that needs the whole picture before it can say anything has the latter.
        """
        raise NotImplementedError

    def answer(self, image: Tensor) -> Tensor:
        """The logits `[N, classes]` after all rows of pictures `[N, 28, 28]`, always upright."""
        raise NotImplementedError

    def forward(self, image: Tensor) -> Tensor | tuple[Tensor, ...]:
        """What the exported file computes, in the order of `outputs`, of what its card asks for."""
        return self.answer(image)

    @torch.no_grad()
    def cool(self, temperature: float) -> None:
        """Divide every logit by `temperature` from now on, by doing it to the head."""
        self.head.weight.div_(temperature)
        self.head.bias.div_(temperature)


class RowReader(Network):
    """Recurrent layers over the rows of a picture, and one head that reads the last row's state.

    The plain RNN (Elman 1990) is the formula itself:

        h_t = tanh(W x_t + U h_{t-1} + b)

    In a layer of LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber
    and Cummins 2000), at row t, x_t is the row below it in the stack, and h_{t-1} its own state:

        i, f, o = sigmoid(W x_t + U h_{t-1} + b)     the gates: let in, keep, show
        g       = tanh(W x_t + U h_{t-1} + b)        what could be let in
        c_t     = f * c_{t-1} + i * g                the cell, which remembers
        h_t     = o * tanh(c_t)                      the state, which everyone else sees

    with a W, U and b of its own for each of i, f, g and o. The sum in c_t is the point: where f is
    near 1 the gradient passes from row to row without shrinking. A GRU (Cho et al. 2014) has one
    gate z in place of i and f, and no cell beside the state:

        z, r = sigmoid(W x_t + U h_{t-1} + b)
        n    = tanh(W x_t + b + r * (U h_{t-1} + b'))
        h_t  = (1 - z) * n + z * h_{t-1}
    """

    over_rows = "layers.0"

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        ways = 2 if recipe.bidirectional else 1
        widths = (28, *(ways * units for units in recipe.units))
        cell: Callable[..., nn.Module] = TORCH_CELLS[recipe.cell].layer
        self.layers = nn.ModuleList(
            cell(below, units, bidirectional=recipe.bidirectional)
            for below, units in zip(widths, recipe.units, strict=False)
        )
        self.bidirectional = recipe.bidirectional
        self.by_columns = recipe.reading == "columns"
        self.head = nn.Linear(widths[-1], len(recipe.classes))
        for layer in self.layers:
            begin_by_remembering(layer)

    def states(self, steps: Tensor) -> list[Tensor]:
        """Each layer's h at every row, `[rows, N, units]`, of pictures `[N, rows, 28]` in 0..1.

        Both directions of a bidirectional layer lie side by side in it.
        """
        signal = self.normalised(steps).transpose(0, 1)
        states: list[Tensor] = []
        for layer in self.layers:
            signal, _ = layer(self.thinned(signal) if states else signal)
            states.append(signal)
        return states

    def every_row(self, image: Tensor) -> Tensor:
        top = self.states(self._turned(image))[-1]
        if self.bidirectional:
            logits: Tensor = self.head(self._both_ends(top))[None]
        else:
            logits = self.head(self.thinned(top))
        return logits

    def answer(self, image: Tensor) -> Tensor:
        return self.forward(self._turned(image))

    def forward(self, image: Tensor) -> Tensor:
        """The logits `[N, classes]`, of pictures that are turned already where columns are read.

        The head sees one row's state and nothing else, so the program may give it any row's.
        """
        top = self.states(image)[-1]
        logits: Tensor = self.head(self._both_ends(top) if self.bidirectional else top[-1])
        return logits

    def _turned(self, image: Tensor) -> Tensor:
        """The picture with its columns as rows, for a network that reads columns."""
        return image.transpose(1, 2) if self.by_columns else image

    def _both_ends(self, top: Tensor) -> Tensor:
        """Each direction's state after its last row: going down that is row 28, going up row 1."""
        units = top.shape[-1] // 2
        return torch.cat([top[-1, :, :units], top[0, :, units:]], dim=-1)


class AttentionReader(Network):
    """An LSTM over the rows, and a weighted mean of all its states in place of the last alone.

    The score of row t is v . tanh(A h_t), the weights are the scores' softmax over the rows
    (additive attention, Bahdanau, Cho and Bengio 2015, with a query that is learnt). The weights
    say where the network looked, and are an output of the file: `attention`, `[N, rows]`.
    """

    outputs = ("logits", "attention")
    over_rows = "layer"

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        (units,) = recipe.units
        self.layer = nn.LSTM(28, units)
        self.project = nn.Linear(units, units // 2)
        self.score = nn.Linear(units // 2, 1, bias=False)
        self.head = nn.Linear(units, len(recipe.classes))
        begin_by_remembering(self.layer)

    def attended(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """The weighted mean of the states, `[N, units]`, and the weights, `[N, rows]`."""
        states, _ = self.layer(self.normalised(image).transpose(0, 1))
        scores = self.score(torch.tanh(self.project(states)))  # [rows, N, 1]
        weights = torch.softmax(scores, dim=0)
        return (weights * states).sum(0), weights[..., 0].transpose(0, 1)

    def every_row(self, image: Tensor) -> Tensor:
        return self.answer(image)[None]

    def answer(self, image: Tensor) -> Tensor:
        logits: Tensor = self.head(self.attended(image)[0])
        return logits

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        mean, weights = self.attended(image)
        return self.head(mean), weights


class HierarchicalReader(Network):
    """An LSTM reads each row pixel by pixel; another reads the codes of the rows, from the top.

    The first starts afresh at each row, so all rows of all pictures are one batch for it; its state
    after a row's last pixel is that row's code.
    """

    over_rows = "rows"

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        pixel_units, row_units = recipe.units
        self.pixels = nn.LSTM(1, pixel_units)
        self.rows = nn.LSTM(pixel_units, row_units)
        self.head = nn.Linear(row_units, len(recipe.classes))
        begin_by_remembering(self.pixels)
        begin_by_remembering(self.rows)

    def every_row(self, image: Tensor) -> Tensor:
        return self.head(self.thinned(self._row_states(image)))  # type: ignore[no-any-return]

    def answer(self, image: Tensor) -> Tensor:
        return self.head(self._row_states(image)[-1])  # type: ignore[no-any-return]

    def _row_states(self, image: Tensor) -> Tensor:
        """The upper LSTM's h at every row, `[rows, N, units]`."""
        rows, columns = image.shape[1:]
        each_row = image.transpose(0, 1).reshape(-1, columns)  # [rows * N, columns]
        codes = self._codes_read_once(each_row) if self.training else self._codes(each_row)
        top: Tensor = self.rows(codes.reshape(rows, -1, codes.shape[-1]))[0]
        return top

    def _codes(self, each_row: Tensor) -> Tensor:
        """The codes `[M, units]` of M rows of pixels in 0..1."""
        states, _ = self.pixels(self.normalised(each_row).transpose(0, 1)[..., None])
        code: Tensor = states[-1]
        return code

    def _codes_read_once(self, each_row: Tensor) -> Tensor:
        """The same codes, and gradients, for less: all rows without ink are read as one.

        About every third row has none, wherever it lies, and each pixel is a time step here.
        """
        inked = (each_row != 0).any(1)
        blank = torch.zeros_like(each_row[:1])
        codes = self._codes(torch.cat([blank, each_row[inked]]))
        return codes[inked.cumsum(0) * inked]


class SmallCNN(Network):
    """Blocks of convolution, batch normalisation, ReLU and pooling, then the head (LeCun 1998).

    For contrast: it has no time and no state. It sees the picture at once, through windows of 3 x 3
    pixels that slide over it, and each block sees twice as far as the one before.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        maps = (1, *recipe.units)
        self.blocks = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(below, above, 3, padding=1, bias=False),
                nn.BatchNorm2d(above),
                nn.ReLU(),
                nn.MaxPool2d(2),
            )
            for below, above in zip(maps, recipe.units, strict=False)
        )
        side = 28 // 2 ** len(recipe.units)
        self.head = nn.Linear(maps[-1] * side * side, len(recipe.classes))

    def every_row(self, image: Tensor) -> Tensor:
        return self.answer(image)[None]

    def answer(self, image: Tensor) -> Tensor:
        # Channels last: the layout that CPUs with matrix units convolve fastest.
        signal = self.normalised(image)[:, None].to(memory_format=torch.channels_last)
        for block in self.blocks:
            signal = block(signal)
        logits: Tensor = self.head(torch.flatten(signal, 1))
        return logits


_NETWORKS: dict[str, type[Network]] = {
    "rows": RowReader,
    "attention": AttentionReader,
    "hierarchical": HierarchicalReader,
    "cnn": SmallCNN,
}


def build(recipe: Recipe) -> Network:
    """The recipe's network, with weights that torch's generator draws."""
    return _NETWORKS[recipe.network](recipe)


def parameter_count(model: nn.Module) -> int:
    """How many numbers training chooses."""
    return sum(p.numel() for p in model.parameters())
