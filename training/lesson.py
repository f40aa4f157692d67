"""What a batch teaches, and how an epoch is judged: one way for readers, another for a writer."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import Digits
from .models import Network, build
from .recipes import Recipe
from .writer import RowWriter, binarised, mean_nats, nats, one_hot

BINARISED_BY = 28
"""Seed of the one drawing of the validation pictures as ink or paper: each epoch has the same."""


@dataclass(frozen=True)
class Judged:
    """What pictures that were not learnt from came to; merit: more is better."""

    accuracy: float | None
    nats: float | None
    merit: float

    @property
    def words(self) -> str:
        """The same for people."""
        return f"{self.nats:.2f} nats" if self.accuracy is None else f"{self.accuracy:.2%} are read"


class Lesson(nn.Module):
    """A network and its loss as one module: what an epoch computes of each batch."""

    network: nn.Module

    def forward(self, images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """The mean loss of pictures `[N, 28, 28]`, and of how many the answer was right."""
        raise NotImplementedError

    def judge(self, network: nn.Module, digits: Digits) -> Judged:
        """What pictures that are never learnt from come to with `network`, of this one's kind."""
        raise NotImplementedError


class ReadingLesson(Lesson):
    """To say which class a picture shows."""

    def __init__(self, recipe: Recipe, bfloat16: bool) -> None:
        super().__init__()
        self.network: Network = build(recipe)
        self._recipe, self._bfloat16 = recipe, bfloat16

    def forward(self, images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """The loss of the beliefs, and how many of the last rows' are right."""
        with torch.autocast(images.device.type, torch.bfloat16, enabled=self._bfloat16):
            beliefs = self.network.every_row(images).float()
        right = (beliefs[-1].detach().argmax(1) == labels).sum()
        return loss_of(beliefs, labels, self._recipe), right

    def judge(self, network: nn.Module, digits: Digits) -> Judged:
        """The part of the pictures that is read."""
        assert isinstance(network, Network)
        share = accuracy(network, digits)
        return Judged(share, None, share)


class WritingLesson(Lesson):
    """To say how likely each pixel is, given those before it."""

    def __init__(self, recipe: Recipe, bfloat16: bool) -> None:
        super().__init__()
        self.network: RowWriter = RowWriter(recipe)
        self._recipe, self._bfloat16 = recipe, bfloat16

    def forward(self, images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """The mean of the pictures' nats; right answers there are none."""
        rows = binarised(images).transpose(0, 1)
        classes = one_hot(labels, self.network.classes, self._recipe.unnamed)
        with torch.autocast(images.device.type, torch.bfloat16, enabled=self._bfloat16):
            logits = self.network(rows, classes).float()
        return nats(logits, rows).sum() / len(labels), torch.zeros((), device=images.device)

    def judge(self, network: nn.Module, digits: Digits) -> Judged:
        """Nats of a picture, the class not given."""
        assert isinstance(network, RowWriter)
        images, _ = digits.batch(slice(None))
        drawn = binarised(images.cpu(), torch.Generator().manual_seed(BINARISED_BY))
        of_picture = mean_nats(network, drawn.to(images.device))
        return Judged(None, of_picture, -of_picture)


def lesson_of(recipe: Recipe, bfloat16: bool = False) -> Lesson:
    """The lesson that the recipe's network learns by, with weights that torch's generator draws."""
    kind = WritingLesson if recipe.network == "writer" else ReadingLesson
    return kind(recipe, bfloat16)


def loss_of(beliefs: Tensor, labels: Tensor, recipe: Recipe) -> Tensor:
    """Cross entropy of the last row's belief, and a little of every other row's.

    beliefs: `[rows, N, classes]` logits; labels: `[N]`.

    The answer is the last row's. But the program shows what the network believes at every row, and
    the head was never asked there: its numbers would mean nothing. So each row is asked too, the
    more the more of the digit it has seen: row t of 28 with the weight (t / 28)^2, all of them
    together `recipe.row_loss`.
    """
    rows, n, classes = beliefs.shape

    def entropy(logits: Tensor, wanted: Tensor) -> Tensor:
        return functional.cross_entropy(
            logits, wanted, label_smoothing=recipe.label_smoothing, reduction="none"
        )

    last = entropy(beliefs[-1], labels).mean()
    if recipe.row_loss == 0:
        return last
    every = entropy(beliefs.reshape(rows * n, classes), labels.repeat(rows)).reshape(rows, n)
    weight = torch.arange(1, rows + 1, device=beliefs.device).square()
    return last + recipe.row_loss * (every.mean(1) * weight).sum() / weight.sum()


@torch.no_grad()
def accuracy(model: Network, digits: Digits, batch: int = 1000) -> float:
    """The part of the pictures, unchanged, that the model reads rightly."""
    model.eval()
    right = 0
    for start in range(0, len(digits), batch):
        images, labels = digits.batch(slice(start, start + batch))
        right += int((model.answer(images).argmax(1) == labels).sum())
    return right / len(digits)
