"""A run from its ingredients: what it learns from, what it begins with, and going on to its end.

The command line and the release both train through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rnn_desk.core.errors import Refused

from .checkpoint import Checkpoint, Weights, load
from .data import Digits, Material, read_digits
from .devices import Precision
from .drawn import RENDERINGS, Drawn, prepared
from .lesson import Judged, lesson_of
from .loop import AfterEpoch, begin, train
from .recipes import Recipe


@dataclass(frozen=True)
class Sources:
    """Where the pictures are.

    data: a folder with a data set's IDX files. dataset: its name, see `training.datasets`.
    limit: use the first so many of its training pictures.
    drawings: a file of drawings to learn from too; the fifth numbered `fold` of them is held out,
    or none.
    """

    data: Path
    limit: int | None = None
    drawings: Path | None = None
    fold: int | None = 0
    dataset: str = "mnist"

    def material(self, classes: tuple[str, ...]) -> Material:
        """All that a run needs of them. Raises Refused where something cannot be read."""
        material = Material.of(self.digits(classes))
        drawn = self.drawn(classes)
        if drawn is None:
            return material
        return replace(material, drawn=drawn.learn, renderings=RENDERINGS, own=drawn.own)

    def digits(self, classes: tuple[str, ...]) -> Digits:
        """The data set's training pictures."""
        digits = read_digits(self.data, "train", len(classes), self.dataset)
        return digits if self.limit is None else digits.part(0, self.limit)

    def drawn(self, classes: tuple[str, ...]) -> Drawn | None:
        """The drawings, parted and rendered, if there are any."""
        return None if self.drawings is None else _prepared(self.drawings, classes, self.fold)

    @classmethod
    def of(cls, run: Checkpoint) -> Sources:
        """Those of a run that is on disk."""
        drawings = None if run.drawings is None else Path(run.drawings)
        return cls(Path(run.data), run.limit, drawings, run.fold, run.recipe.dataset)


# Rendering 36,000 pictures takes half a minute, and a release trains on the same ones many times.
_prepared = cache(prepared)


@dataclass(frozen=True)
class Plan:
    """What to train, before anything has been read."""

    recipe: Recipe
    sources: Sources
    seed: int = 0
    device: str = "cpu"
    precision: Precision = "float32"
    begun_from: tuple[str, Weights] | None = None

    def start(self, material: Material) -> Checkpoint:
        """The run before its first epoch."""
        return begin(
            self.recipe,
            self.seed,
            material,
            data=self.sources.data,
            device=self.device,
            precision=self.precision,
            limit=self.sources.limit,
            drawings=self.sources.drawings,
            fold=self.sources.fold,
            begun_from=self.begun_from,
        )


def finished(plan: Plan, folder: Path) -> Checkpoint:
    """The plan's run, trained to its end in `folder`, from where it stands there.

    Raises Refused where the folder holds another run, or as `train` does.
    """
    if not (folder / "checkpoint.pt").exists():
        material = plan.sources.material(plan.recipe.classes)
        return train(plan.start(material), material, folder)
    run = load(folder)
    same = (run.recipe, run.seed, run.fold) == (plan.recipe, plan.seed, plan.sources.fold)
    if not same or (run.drawings is None) != (plan.sources.drawings is None):
        raise Refused(
            "{folder} holds a run of other settings: remove it, or name another folder",
            folder=folder,
        )
    return run if run.epoch == run.recipe.epochs else gone_on(run, plan.sources, folder)


def gone_on(
    run: Checkpoint, sources: Sources, folder: Path, watch: Sequence[AfterEpoch] = ()
) -> Checkpoint:
    """The run in `folder`, trained from where it is to its end; `watch` as in `train`.

    Raises Refused where the sources hold other pictures than those it was trained on.
    """
    material = sources.material(run.recipe.classes)
    if material.digest() != run.digest:
        raise Refused(
            "{data} holds other pictures than those that {run} was trained on: name the right "
            "folder with --data, and the right drawings with --drawings",
            data=sources.data,
            run=folder,
        )
    return train(run, material, folder, watch)


def judged(recipe: Recipe, weights: Weights, digits: Digits) -> Judged:
    """What the pictures come to with the recipe's network and those weights."""
    lesson = lesson_of(recipe)
    lesson.network.load_state_dict(weights)
    return lesson.judge(lesson.network, digits)


def accuracy_of(recipe: Recipe, weights: Weights, digits: Digits) -> float:
    """The part of the pictures that the recipe's network reads with those weights, 0..1."""
    share = judged(recipe, weights, digits).accuracy
    assert share is not None
    return share
