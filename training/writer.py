"""A network that writes: given the rows so far, and a class or none, how likely each next row is.

A picture's likelihood is a product, row by row and in a row pixel by pixel from the left:

    p(picture) = product over t of p(row_t | rows before t, class)
    p(row_t | ...) = product over j of p(pixel_j | pixels left of it, rows before t, class)

An LSTM goes over the rows and its state holds what was written. Within a row a masked network
(MADE, Germain et al. 2015) turns the state, the row above and the pixels on the left into the
probability of each pixel: in training all rows and all pixels of a picture are one pass, and in
writing a row costs 28 small steps. Pixels are ink or paper: a grey is the probability of ink, and
each showing of a picture draws it anew (Salakhutdinov and Murray 2008), so that no drawing of it is
learnt by heart.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rnn_desk.core.raster import SIDE

from .cells import begin_by_remembering
from .recipes import Recipe


class Masked(nn.Linear):
    """A linear layer some of whose weights are none: where `mask` is 0."""

    mask: Tensor

    def __init__(self, mask: Tensor) -> None:
        super().__init__(mask.shape[1], mask.shape[0])
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, signal: Tensor) -> Tensor:
        """The layer of `[..., inputs]`."""
        return functional.linear(signal, self.weight * self.mask, self.bias)


class RowWriter(nn.Module):
    """An LSTM over rows, and a masked network within a row.

    Unit k of the hidden layer belongs to column k // per_pixel: it sees the state, the row above
    and the pixels left of its column. The logit of column j sees those too, and the hidden units of
    its own column and of those on the left.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        (units,) = recipe.units
        self.classes = len(recipe.classes)
        self.per_pixel = recipe.per_pixel
        self.dropout = recipe.dropout
        self.layer = nn.LSTM(SIDE + self.classes, units)
        column = torch.arange(SIDE)
        owner = column.repeat_interleave(recipe.per_pixel)
        everything = torch.ones(1, units + SIDE)

        def with_left(place: Tensor) -> Tensor:
            left = (column < place[:, None]).float()
            return torch.cat([everything.expand(len(place), -1), left], 1)

        self.hidden = Masked(with_left(owner))
        self.direct = Masked(with_left(column))
        self.logits = Masked((owner <= column[:, None]).float())
        begin_by_remembering(self.layer)

    def forward(self, rows: Tensor, classes: Tensor) -> Tensor:
        """Logits of ink `[28, N, 28]` of each pixel, given what stands before it.

        rows: `[28, N, 28]`, 0 or 1. classes: `[N, classes]`, one-hot, or zeros for none.
        """
        above = torch.cat([torch.zeros_like(rows[:1]), rows[:-1]])
        states, _ = self.layer(torch.cat([above, classes.expand(len(rows), -1, -1)], 2))
        return self.of_states(states, above, rows)

    def of_states(self, states: Tensor, above: Tensor, rows: Tensor) -> Tensor:
        """Logits of rows `[..., 28]`, from the states `[..., units]` before them."""
        if self.training and self.dropout:
            # As `Network.thinned`: one draw a unit, not a row.
            states = states * functional.dropout(torch.ones_like(states[:1]), self.dropout)
        seen = torch.cat([states, above, rows], -1)
        logits: Tensor = self.logits(torch.relu(self.hidden(seen))) + self.direct(seen)
        return logits


def one_hot(labels: Tensor, classes: int, unnamed: float = 0.0) -> Tensor:
    """`[N, classes]` of labels `[N]`; a part `unnamed` of them at random is none: zeros."""
    told = torch.rand(len(labels), device=labels.device) >= unnamed
    return functional.one_hot(labels, classes).float() * told[:, None]


def binarised(images: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Pictures `[N, 28, 28]` of 0..1 as ink or paper, each grey being the chance of ink."""
    return torch.bernoulli(images, generator=generator)


def nats(logits: Tensor, rows: Tensor) -> Tensor:
    """Of each pixel: minus the logarithm of how likely it was to be as it is."""
    return functional.binary_cross_entropy_with_logits(logits, rows, reduction="none")


@torch.no_grad()
def mean_nats(model: RowWriter, ink: Tensor, batch: int = 500) -> float:
    """Nats of a picture, the class not given: the mean over pictures `[N, 28, 28]` of 0 and 1."""
    model.eval()
    total = 0.0
    for part in torch.split(ink, batch):
        rows = part.transpose(0, 1)
        classes = torch.zeros(len(part), model.classes, device=ink.device)
        total += nats(model(rows, classes), rows).sum().item()
    return total / len(ink)
