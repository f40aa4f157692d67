"""Recipes: everything that decides what a training run makes, in numbers and in one place.

A recipe, a seed and the data give the same weights again (bit for bit on one CPU, with the same
torch and number of threads). A recipe is plain data: it goes into every checkpoint and into the
card of the exported model, so each of them says how it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rnn_desk.core.errors import Refused


@dataclass(frozen=True)
class Augmentation:
    """How far a training picture may be changed; see `training.augment` for how and why.

    Each number is the limit of a uniform draw per picture, from minus to plus the limit; all zero
    is no change at all.
    """

    rotation: float = 8.0
    """Degrees. Hands lean their strokes more than they turn their lines: a 7 turned far is a 1."""
    slant: float = 0.35
    """Pixels to the side per pixel of height, as handwriting leans."""
    scale: float = 0.12
    """Logarithm of the size: 0.12 is 0.89 to 1.13 times."""
    aspect: float = 0.25
    """Logarithm of the width over the height."""
    shift: float = 1.5
    """Pixels, along each axis."""
    elastic: float = 0.9
    """Pixels, the standard deviation of the points of the elastic grid."""
    elastic_grid: int = 5
    """Points of the elastic grid, along each axis: more of them bend finer."""
    stroke: float = 0.5
    """The part of the pictures whose strokes are drawn anew, thinner or thicker."""


@dataclass(frozen=True)
class Recipe:
    """One way to make one model."""

    name: str
    """What a person types: `rnn-desk-train run NAME`."""
    title: str
    """What the program shows in its list of models."""
    units: tuple[int, ...]
    """Units of each recurrent layer, from the picture upwards."""

    # The data.
    dataset: str = "mnist"
    classes: tuple[str, ...] = tuple("0123456789")
    mean: float = 0.1307
    """Mean of the training pixels in 0..1; the model subtracts it inside its own graph."""
    deviation: float = 0.3081
    """Standard deviation of the training pixels; the model divides by it."""

    # The training.
    dropout: float = 0.0
    """Part of a layer's outputs that is dropped, in training, on the way to the next layer."""
    epochs: int = 50
    batch: int = 128
    peak_rate: float = 3e-3
    """AdamW's learning rate at its highest."""
    warm_up: float = 0.1
    """Part of the run in which the learning rate climbs to its peak; then it falls to zero."""
    weight_decay: float = 0.01
    clip: float = 1.0
    """Limit of the gradient's norm."""
    label_smoothing: float = 0.05
    row_loss: float = 0.3
    """Weight of the rows' own predictions beside the last row's; 0 asks the last row alone."""
    augmentation: Augmentation = Augmentation()


_ALL = (Recipe(name="lstm", title="LSTM 128-64", units=(128, 64)),)

RECIPES = {recipe.name: recipe for recipe in _ALL}
"""What there is to train, by name."""


def recipe_named(name: str) -> Recipe:
    """The recipe of that name. Raises Refused, which names those there are."""
    if name not in RECIPES:
        raise Refused(
            "There is no recipe {name!r}: choose from {known}",
            name=name,
            known=", ".join(RECIPES),
        )
    return RECIPES[name]


def recipe_from(record: Mapping[str, Any]) -> Recipe:
    """The recipe that `dataclasses.asdict` took apart.

    Raises TypeError, KeyError or ValueError where the record is none.
    """
    fields = dict(record)
    augmentation = Augmentation(**fields.pop("augmentation"))
    classes, units = tuple(fields.pop("classes")), tuple(fields.pop("units"))
    return Recipe(**fields, classes=classes, units=units, augmentation=augmentation)
