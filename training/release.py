"""All the models that ship, made and measured by one command.

Each small recipe is trained with several seeds, so that a figure comes with how much it owes to
luck; the seed that reads the validation pictures best ships. The champion is trained twice over:
first on the data set alone, which shows how it reads drawings having seen none; then from there
with the drawings, five times, each time without a fifth of the writers, which shows how it reads
writers it has never seen. What ships went on from there too, with all writers, in two stages; it is
a mean of the weights along that way, which reads drawings as its end does and has forgotten less of
the data set (Wortsman et al. 2022).

Nothing here looks at the test set or at held-out writers but to report.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from rnn_desk.core.card import ModelCard

from .checkpoint import Checkpoint, Weights
from .console import tell
from .data import Digits, Material, read_digits
from .devices import Precision
from .drawn import FOLDS, held_out, labelled, pictures
from .export import export, export_moment
from .recipes import RECIPES, Recipe, fine_tuning, finishing, settling
from .runs import Plan, Sources, accuracy_of, finished

CHAMPION = "champion"

SHARES = (0.2, 0.4, 0.4)
"""What of the champion's weights is from before the drawings, from after them, and from the end.
Chosen on the data set's validation pictures and the drawings that are learnt from."""

Extra = dict[str, Any]
"""Figures for a card that come from more runs than the exported one."""


@dataclass(frozen=True)
class Release:
    """Where everything is, and what trains it.

    models: the folder that the files are written into. runs: the folder of the training runs;
    those that are finished there are not trained again, and one that was stopped goes on.
    """

    data: Path
    drawings: Path
    models: Path
    runs: Path
    device: str
    precision: Precision
    seeds: int = 3
    """How many of each small recipe are trained, from seed 0 on."""

    def make(self, recipe: Recipe) -> ModelCard:
        """Train what is not trained yet, and write the recipe's file, or files."""
        making: Callable[[Recipe], ModelCard] = (
            self._champion if recipe.name == CHAMPION else self._best_of_seeds
        )
        card = making(recipe)
        tell(f"{recipe.name}: {card.name}, {_words(card)}")
        return card

    def train_small(self, recipe: Recipe, seed: int) -> Checkpoint:
        """One seed of a small recipe."""
        return self._finished(recipe, self._drawn(0), f"{recipe.name}-{seed}", seed)

    def train_champion(self, fold: int | None) -> Checkpoint:
        """The champion on the data set alone, or after that with all but a fold of the writers."""
        recipe = RECIPES[CHAMPION]
        if fold is None:
            return self._finished(recipe, Sources(self.data), f"{CHAMPION}-alone")
        start = self.train_champion(None)
        return self._finished(
            fine_tuning(recipe),
            self._drawn(fold),
            f"{CHAMPION}-fold-{fold}",
            begun_from=(f"{CHAMPION}-alone", start.best),
        )

    def finish_champion(self) -> Checkpoint:
        """The champion that ships: on from the data set alone with all drawings, and settled."""
        recipe, sources = RECIPES[CHAMPION], self._drawn(None)
        alone = self.train_champion(None)
        finished = self._finished(
            finishing(recipe),
            sources,
            f"{CHAMPION}-finished",
            begun_from=(f"{CHAMPION}-alone", alone.best),
        )
        settled = self._finished(
            settling(recipe),
            sources,
            CHAMPION,
            begun_from=(f"{CHAMPION}-finished", finished.best),
        )
        stages = list(zip(SHARES, (alone.best, finished.best, settled.best), strict=True))
        mean: Weights = {
            name: torch.stack([w[name] * part for part, w in stages]).sum(0) for name in alone.best
        }
        return replace(settled, best=mean)

    def _best_of_seeds(self, recipe: Recipe) -> ModelCard:
        runs = [self.train_small(recipe, seed) for seed in range(self.seeds)]
        test = self._test(recipe)
        reads = [accuracy_of(run.recipe, run.best, test) for run in runs]
        strangers, _ = held_out(self.drawings, recipe.classes, 0)
        new = [accuracy_of(run.recipe, run.best, strangers) for run in runs]
        seeds = {
            "count": len(runs),
            "mnist_test_mean": statistics.mean(reads),
            "mnist_test_deviation": _deviation(reads),
            "new_writers_mean": statistics.mean(new),
            "new_writers_deviation": _deviation(new),
            "seconds_per_epoch": _seconds(runs),
        }
        best = max(runs, key=lambda run: max(f.validation_accuracy for f in run.history))
        for steps in best.moments:
            export_moment(best, steps, test, self._learning_file(recipe, steps))
        figures = {"seeds": seeds, "new_writers": accuracy_of(recipe, best.best, strangers)}
        return self._export(best, recipe.name, figures)

    def _champion(self, recipe: Recipe) -> ModelCard:
        alone = self.train_champion(None)
        everyone = pictures(labelled(self.drawings, recipe.classes), recipe.classes)
        folds: list[dict[str, Any]] = []
        for fold in range(FOLDS):
            run = self.train_champion(fold)
            digits, writers = held_out(self.drawings, recipe.classes, fold)
            folds.append(
                {
                    "writers": list(writers),
                    "drawings": len(digits),
                    "accuracy": accuracy_of(run.recipe, run.best, digits),
                }
            )
        count = sum(fold["drawings"] for fold in folds)
        figures = {
            "drawings_never_having_seen_one": accuracy_of(alone.recipe, alone.best, everyone),
            "new_writers": sum(f["accuracy"] * f["drawings"] for f in folds) / count,
            "new_writers_folds": folds,
            "seeds": {"count": 1, "seconds_per_epoch": _seconds([alone])},
        }
        return self._export(self.finish_champion(), recipe.name, figures)

    def _export(self, run: Checkpoint, name: str, extra: Extra) -> ModelCard:
        choose = Material.of(read_digits(self.data, "train", len(run.recipe.classes))).choose
        out = self.models / f"{name}.onnx"
        return export(run, choose, self._test(run.recipe), self.drawings, out, extra)

    def _finished(
        self, recipe: Recipe, sources: Sources, folder: str, seed: int = 0, **begun: Any
    ) -> Checkpoint:
        plan = Plan(recipe, sources, seed, self.device, self.precision, **begun)
        return finished(plan, self.runs / folder)

    def _drawn(self, fold: int | None) -> Sources:
        return Sources(self.data, drawings=self.drawings, fold=fold)

    def _test(self, recipe: Recipe) -> Digits:
        return read_digits(self.data, "test", len(recipe.classes))

    def _learning_file(self, recipe: Recipe, steps: int) -> Path:
        return self.models / "learning" / f"{recipe.name}-{steps:05}.onnx"


def _deviation(shares: list[float]) -> float | None:
    """Of several seeds; one has none."""
    return statistics.stdev(shares) if len(shares) > 1 else None


def _seconds(runs: list[Checkpoint]) -> float:
    """Of one epoch: the median over all of them."""
    return statistics.median(f.seconds for run in runs for f in run.history)


def _words(card: ModelCard) -> str:
    return ", ".join(f"{name} {share:.2%}" for name, share in card.accuracies.items())
