"""The pictures to learn from: MNIST's IDX files as tensors, and the part kept for choosing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import read_idx
from rnn_desk.core.raster import SIDE

from .datasets import Part, dataset_named
from .download import located

VALIDATION_SHARE = 12
"""One training picture in so many is kept for choosing: 5,000 of MNIST's 60,000."""


@dataclass(frozen=True, eq=False)
class Digits:
    """Pictures and what they show.

    images: `[n, 28, 28]` uint8, 0 paper .. 255 ink.
    labels: `[n]` int64, indices of classes.
    """

    images: Tensor = field(repr=False)
    labels: Tensor = field(repr=False)

    def __len__(self) -> int:
        return len(self.labels)

    def part(self, start: int, stop: int) -> Digits:
        """The pictures from `start` up to, not including, `stop`."""
        return Digits(self.images[start:stop], self.labels[start:stop])

    def to(self, device: torch.device) -> Digits:
        """The same on another device: MNIST is 47 MB, so all of it may live on the GPU."""
        return Digits(self.images.to(device), self.labels.to(device))

    def batch(self, chosen: Tensor | slice) -> tuple[Tensor, Tensor]:
        """Pictures `[n, 28, 28]` float32 in 0..1, as the models take them, and labels `[n]`."""
        return self.images[chosen].float() / 255, self.labels[chosen]

    def digest(self) -> str:
        """SHA-256 of pictures and labels: two runs saw the same data if this is the same."""
        return hashlib.sha256(
            self.images.cpu().numpy().tobytes() + self.labels.cpu().numpy().tobytes()
        ).hexdigest()


def read_digits(folder: Path, part: Part, classes: int, dataset: str = "mnist") -> Digits:
    """The training or the test part in `folder`, from raw or gzip IDX files.

    dataset: whose files they are, by name; see `training.datasets`. Raises Refused where a file is
    missing or damaged, where the two do not fit together, or where a label is none of the
    `classes`.
    """
    known = dataset_named(dataset)
    images_path, labels_path = (find(folder, name, known.name) for name in known.files[part])
    images, labels = read_idx(images_path, 3), read_idx(labels_path, 1)
    if len(images) != len(labels):
        raise Refused(
            "{images} holds {n} pictures and {labels} {m} labels: they do not belong together",
            images=images_path,
            n=len(images),
            labels=labels_path,
            m=len(labels),
        )
    if len(images) == 0:
        raise Refused("{images} holds no pictures", images=images_path)
    if images.shape[1:] != (SIDE, SIDE):
        raise Refused(
            "{images} holds pictures of {rows} x {columns} pixels, and the networks read 28 x 28",
            images=images_path,
            rows=images.shape[1],
            columns=images.shape[2],
        )
    indices = labels.astype(np.int64) - known.first
    wrong = labels[(indices < 0) | (indices >= classes)]
    if wrong.size:
        raise Refused(
            "{labels} holds the label {label}, and its {classes} classes are {first} to {last}: "
            "name another data set, or your own classes with --classes",
            labels=labels_path,
            label=wrong.max(),
            classes=classes,
            first=known.first,
            last=known.first + classes - 1,
        )
    upright = images.transpose(0, 2, 1) if known.turned else images
    return Digits(torch.tensor(np.ascontiguousarray(upright)), torch.tensor(indices))


def pixel_statistics(digits: Digits) -> tuple[float, float]:
    """Mean and standard deviation of all pixels in 0..1, to four digits: a recipe's first words."""
    counts = torch.bincount(digits.images.flatten().int(), minlength=256).double()
    values = torch.arange(256).double() / 255
    mean = (counts * values).sum() / counts.sum()
    variance = (counts * (values - mean).square()).sum() / counts.sum()
    return round(mean.item(), 4), max(round(variance.sqrt().item(), 4), 1e-4)


def find(folder: Path, name: str, dataset: str) -> Path:
    """The file of that name in `folder`, raw or packed. Raises Refused where there is neither."""
    path = located(folder, name)
    if path is None:
        raise Refused(
            "{folder} has no {name}, nor {name}.gz: name the folder of {dataset} with --data, or "
            "get it with `rnn-desk-train download {dataset}`",
            folder=folder,
            name=name,
            dataset=dataset,
        )
    return path


@dataclass(frozen=True, eq=False)
class Material:
    """What a run learns from, and what it is chosen on.

    learn: a data set's pictures, each shown once an epoch.
    drawn: renderings of drawings, `renderings` of each one after another; or none. own: how many of
    the drawings, the first ones, are a person's.
    choose: pictures that are never learnt from.
    """

    learn: Digits
    choose: Digits
    drawn: Digits | None = None
    renderings: int = 1
    own: int = 0

    @classmethod
    def of(cls, digits: Digits) -> Material:
        """A data set's training part, with its last twelfth kept back."""
        learn, choose = split(digits)
        return cls(learn, choose)

    def to(self, device: torch.device) -> Material:
        """The same on another device."""
        drawn = None if self.drawn is None else self.drawn.to(device)
        return replace(
            self, learn=self.learn.to(device), choose=self.choose.to(device), drawn=drawn
        )

    def everything(self) -> Digits:
        """All pictures to learn from, those of the data set first."""
        if self.drawn is None:
            return self.learn
        return Digits(
            torch.cat([self.learn.images, self.drawn.images]),
            torch.cat([self.learn.labels, self.drawn.labels]),
        )

    def order(
        self, drawn_per_epoch: int, at_most: int | None = None, outweighs: bool = False
    ) -> Tensor:
        """Indices of `everything` in a random order: an epoch.

        Each picture of the data set comes once, or `at_most` so many of them, drawn anew each time;
        each drawing comes `drawn_per_epoch` times, each time with a rendering of its own.
        outweighs: a person's drawings come more often, so that they are at least as many as all the
        rest.
        """
        first = torch.arange(len(self.learn))
        if at_most is not None and at_most < len(first):
            first = torch.randperm(len(first))[:at_most]
        if self.drawn is None:
            return first[torch.randperm(len(first))]
        start = torch.arange(len(self.learn), len(self.learn) + len(self.drawn), self.renderings)
        own, start = start[: self.own], start.repeat(drawn_per_epoch)
        if outweighs and len(own):
            shown = drawn_per_epoch * len(own)
            lacking = len(first) + len(start) - 2 * shown
            start = torch.cat([start, own.repeat(max(0, -(-lacking // len(own))))])
        order = torch.cat([first, start + torch.randint(self.renderings, start.shape)])
        return order[torch.randperm(len(order))]

    def digest(self) -> str:
        """SHA-256 of all of it: two runs saw the same if this is the same."""
        parts = [self.learn, self.choose] + ([] if self.drawn is None else [self.drawn])
        return hashlib.sha256("".join(part.digest() for part in parts).encode()).hexdigest()


def split(digits: Digits) -> tuple[Digits, Digits]:
    """What to learn from, and what to choose on: the last twelfth, never learnt from.

    The test set must not choose anything, or its figure would be no forecast any more.
    Raises Refused where there are too few pictures to keep one back.
    """
    kept = len(digits) // VALIDATION_SHARE
    if kept == 0:
        raise Refused(
            "{n} training pictures are too few: {least} are needed at least",
            n=len(digits),
            least=VALIDATION_SHARE,
        )
    return digits.part(0, len(digits) - kept), digits.part(len(digits) - kept, len(digits))
