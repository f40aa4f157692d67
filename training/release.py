"""All the models that ship, made and measured by one command.

Each small recipe is trained with several seeds, so that a figure comes with how much it owes to
luck; the seed that reads the validation pictures best ships. The champion is trained twice over:
first on the data set alone, which shows how it reads drawings having seen none; then from there
with the drawings, five times, each time without a fifth of the writers, which shows how it reads
writers it has never seen. What ships is a mean of weights: networks that were trained on from the
same one lie in one valley, and its middle reads better than its slopes (Wortsman et al. 2022).

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
from training.checkpoint import Checkpoint, Weights
from training.console import tell
from training.data import Digits, Material, read_digits
from training.devices import Precision
from training.drawn import FOLDS, labelled, pictures
from training.export import export, export_moment
from training.recipes import RECIPES, Recipe, fine_tuning
from training.runs import Plan, Sources, accuracy_of, finished, held_out_accuracy

SEEDS = (0, 1, 2)

CHAMPION = "champion"

GONE = 0.75
"""How far the champion goes from the weights before the drawings, 0, to those after, 1 (Wortsman et
al. 2022, on fine-tuning that keeps what was known). Chosen on MNIST's validation pictures and the
writers that are learnt from: at 1 it reads the latter best, and has forgotten a little of MNIST."""

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

    def _best_of_seeds(self, recipe: Recipe) -> ModelCard:
        runs = [self.train_small(recipe, seed) for seed in SEEDS]
        test = self._test(recipe)
        reads = [accuracy_of(run.recipe, run.best, test) for run in runs]
        seeds = {
            "count": len(runs),
            "mnist_test_mean": statistics.mean(reads),
            "mnist_test_deviation": statistics.stdev(reads),
            "seconds_per_epoch": _seconds(runs),
        }
        best = max(runs, key=lambda run: max(f.validation_accuracy for f in run.history))
        for steps in best.moments:
            export_moment(best, steps, test, self._learning_file(recipe, steps))
        return self._export(best, recipe.name, {"seeds": seeds})

    def _champion(self, recipe: Recipe) -> ModelCard:
        alone = self.train_champion(None)
        everyone = pictures(labelled(self.drawings, recipe.classes), recipe.classes)
        runs = [self.train_champion(fold) for fold in range(FOLDS)]
        folds: list[dict[str, Any]] = []
        for fold, run in enumerate(runs):
            drawn = self._drawn(fold).drawn(recipe.classes)
            assert drawn is not None
            folds.append(
                {
                    "writers": list(drawn.groups),
                    "drawings": len(drawn.held_out),
                    "accuracy": held_out_accuracy(run.recipe, _gone(alone, [run]), drawn),
                }
            )
        count = sum(fold["drawings"] for fold in folds)
        figures = {
            "drawings_never_having_seen_one": accuracy_of(alone.recipe, alone.best, everyone),
            "new_writers": sum(f["accuracy"] * f["drawings"] for f in folds) / count,
            "new_writers_folds": folds,
            "seeds": {"count": 1, "seconds_per_epoch": _seconds([alone])},
        }
        shipped = replace(runs[0], best=_gone(alone, runs))
        return self._export(shipped, recipe.name, figures)

    def _export(self, run: Checkpoint, name: str, extra: Extra) -> ModelCard:
        choose = Material.of(read_digits(self.data, "train", len(run.recipe.classes))).choose
        out = self.models / f"{name}.onnx"
        return export(run, choose, self._test(run.recipe), self.drawings, out, extra)

    def _finished(
        self, recipe: Recipe, sources: Sources, folder: str, seed: int = 0, **begun: Any
    ) -> Checkpoint:
        plan = Plan(recipe, sources, seed, self.device, self.precision, **begun)
        return finished(plan, self.runs / folder)

    def _drawn(self, fold: int) -> Sources:
        return Sources(self.data, drawings=self.drawings, fold=fold)

    def _test(self, recipe: Recipe) -> Digits:
        return read_digits(self.data, "test", len(recipe.classes))

    def _learning_file(self, recipe: Recipe, steps: int) -> Path:
        return self.models / "learning" / f"{recipe.name}-{steps:05}.onnx"


def _gone(before: Checkpoint, after: list[Checkpoint]) -> Weights:
    """The weights `GONE` of the way from a run's to the mean of those that went on from it."""
    return {
        name: start + (torch.stack([run.best[name] for run in after]).mean(0) - start) * GONE
        for name, start in before.best.items()
    }


def _seconds(runs: list[Checkpoint]) -> float:
    """Of one epoch: the median over all of them."""
    return statistics.median(f.seconds for run in runs for f in run.history)


def _words(card: ModelCard) -> str:
    return ", ".join(f"{name} {share:.2%}" for name, share in card.accuracies.items())
