"""Rows in another order, the same for every picture: does a network learn to read them as well?

`python -m training.shuffled --data DIR --out FILE` trains the LSTM and the CNN from the beginning,
on pictures as they are and on the same ones with their rows in the lab's order, some seeds of each,
and writes the table of `tests/benchmarks/shuffled.md`. No picture is bent or turned: that would
have to be done before the rows are moved, and is no part of the question.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import torch

from rnn_desk.core.lab import permutation

from .console import tell
from .data import Digits, Material, read_digits
from .lesson import accuracy, lesson_of
from .loop import begin, train
from .models import Network
from .recipes import RECIPES, Augmentation, Recipe, gentler

NETWORKS = ("lstm", "cnn")
"""Recipes that are compared."""

ORDER = 0
"""Seed of the order of the rows: the one that the lab begins with."""

AS_THEY_ARE = replace(gentler(Augmentation(), 0), stroke=0)
"""No picture is changed."""

HEAD = """\
# Rows in another order, learnt from the beginning

Written by `python -m training.shuffled {arguments}`. Networks of two
recipes, trained on the first {pictures:,} training pictures of MNIST for {epochs} epochs, on one
thread, nothing bent or turned; once on the pictures as they are, once with the rows of every
picture in the order in which the lab shuffles them. Parts of the 10,000 test pictures that are
read, in the same order as was learnt: the mean of {seeds} seeds, and each.

| Model | rows as they are | rows in one other order | lost |
| --- | --- | --- | --: |
"""


@dataclass(frozen=True)
class Learnt:
    """What one recipe came to, seed by seed: parts of the test pictures that are read."""

    title: str
    plain: Sequence[float]
    shuffled: Sequence[float]

    @property
    def line(self) -> str:
        """Its line of the table."""
        lost = mean(self.plain) - mean(self.shuffled)
        return f"| {self.title} | {_each(self.plain)} | {_each(self.shuffled)} | {lost:.1%} |"


def reordered(digits: Digits, seed: int) -> Digits:
    """The same pictures, the rows of each in the order of that seed."""
    rows = torch.from_numpy(permutation(digits.images.shape[1], seed))
    return Digits(digits.images[:, rows], digits.labels)


def learnt(recipe: Recipe, seed: int, learn: Digits, test: Digits, data: Path) -> float:
    """The part of `test` that the recipe's network reads after it has learnt from `learn`."""
    material = Material.of(learn)
    with tempfile.TemporaryDirectory() as folder:
        run = train(begin(recipe, seed, material, data=data), material, Path(folder))
    network = lesson_of(recipe).network
    assert isinstance(network, Network)
    network.load_state_dict(run.best)
    return accuracy(network, test)


def compared(learn: Digits, test: Digits, seeds: int, epochs: int, data: Path) -> Iterator[Learnt]:
    """What each of the recipes comes to."""
    for name in NETWORKS:
        recipe = replace(RECIPES[name], epochs=epochs, augmentation=AS_THEY_ARE, moments=())
        found: dict[bool, list[float]] = {False: [], True: []}
        for seed in range(seeds):
            for other in found:
                mine, theirs = (reordered(each, ORDER) if other else each for each in (learn, test))
                found[other].append(learnt(recipe, seed, mine, theirs, data))
                tell(f"{name}, seed {seed}, {'other order' if other else 'as they are'}: "
                     f"{found[other][-1]:.2%}")  # fmt: skip
        yield Learnt(recipe.title, found[False], found[True])


def _each(parts: Sequence[float]) -> str:
    return f"{mean(parts):.1%} ({', '.join(f'{part:.1%}' for part in parts)})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write the table."""
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with MNIST's files")
    parser.add_argument("--limit", type=int, default=6000, help="training pictures (6000)")
    parser.add_argument("--epochs", type=int, default=10, help="passes over them (10)")
    parser.add_argument("--seeds", type=int, default=3, help="seeds of each (3)")
    parser.add_argument("--out", type=Path, required=True, help="the file for the table")
    told = parser.parse_args(arguments)
    torch.set_num_threads(1)
    learn = read_digits(told.data, "train", 10).part(0, told.limit)
    test = read_digits(told.data, "test", 10)
    lines = [each.line for each in compared(learn, test, told.seeds, told.epochs, told.data)]
    flags = f"--limit {told.limit} --epochs {told.epochs} --seeds {told.seeds}"
    head = HEAD.format(arguments=flags, pictures=told.limit, epochs=told.epochs, seeds=told.seeds)
    told.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
