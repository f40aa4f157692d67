"""Recipes: everything that decides what a training run makes, in numbers and in one place.

A recipe, a seed and the data give the same weights again (bit for bit on one CPU, with the same
torch and number of threads). A recipe is plain data: it goes into every checkpoint and into the
card of the exported model, so each of them says how it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from rnn_desk.core.errors import Refused

from .datasets import Dataset

Network = Literal["rows", "attention", "hierarchical", "cnn", "writer"]
"""Which class of `training.models` is built; "rows" is recurrent layers and a head. "writer" is
`training.writer`'s: it reads nothing, it writes."""

Cell = Literal["LSTM", "GRU", "RNN"]
"""A recurrent layer's kind, by ONNX's name of its operator."""


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
    noise: float = 0.0
    """Standard deviation of the noise on the pixels, at most; one picture in four gets some."""
    missing: int = 0
    """Rows that are blanked, at most, side by side; one picture in four loses some."""


def gentler(how: Augmentation, left: float) -> Augmentation:
    """The same with smaller changes of the geometry: the part `left` of each limit."""
    limits = ("rotation", "slant", "scale", "aspect", "shift", "elastic")
    return replace(how, **{name: getattr(how, name) * left for name in limits})


@dataclass(frozen=True)
class Recipe:
    """One way to make one model."""

    name: str
    """What a person types: `rnn-desk-train run NAME`."""
    title: str
    """What the program shows in its list of models."""
    units: tuple[int, ...]
    """Units of each recurrent layer, from the picture upwards; of a CNN, maps of each block."""

    # The network.
    network: Network = "rows"
    cell: Cell = "LSTM"
    bidirectional: bool = False
    reading: Literal["rows", "columns"] = "rows"
    """What one time step is."""
    per_pixel: int = 0
    """Of a writer: hidden units for each pixel of a row, within the row."""

    # The data.
    dataset: str = "mnist"
    classes: tuple[str, ...] = tuple("0123456789")
    mean: float = 0.1307
    """Mean of the training pixels in 0..1; the model subtracts it inside its own graph."""
    deviation: float = 0.3081
    """Standard deviation of the training pixels; the model divides by it."""
    drawn_per_epoch: int = 2
    """How often an epoch shows each drawing, where there are drawings; a data set's pictures come
    once. Each time it is another rendering of the drawing, see `training.drawn`."""

    outweighs: bool = False
    """Whether a person's drawings are shown as often as all else of an epoch together, at least."""

    at_most: int | None = None
    """Pictures of the data set in an epoch, where not all of them are wanted."""

    # The training.
    dropout: float = 0.0
    """Part of a layer's units that is dropped, in training, on the way to what reads them; the same
    units at every row of a picture (Gal and Ghahramani 2016)."""
    epochs: int = 9
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
    """Weight of the rows' own predictions beside the last row's; 0 asks the last row alone, as it
    must be where the answer needs every row."""
    average: float = 0.0
    """Decay, per step, of the running average of the weights that is validated and exported in
    place of the last step's (Polyak and Juditsky 1992); 0 averages nothing. An average has little
    left of luck to choose by: the last epoch's is exported, not the one that validates best."""
    moments: tuple[int, ...] = ()
    """Steps after which the weights are kept too, to show learning itself; 0: before the first."""
    unnamed: float = 0.0
    """Of a writer: the part of the pictures whose class it is not told."""
    augmentation: Augmentation = Augmentation()


_ALL = (
    Recipe(
        name="lstm",
        title="LSTM 128-64",
        units=(128, 64),
        epochs=12,
        moments=(0, 60, 200, 550, 2200),
    ),
    Recipe(
        name="rnn",
        title="RNN 128",
        units=(128,),
        cell="RNN",
        drawn_per_epoch=3,
        epochs=30,
        peak_rate=2e-3,
        row_loss=0.1,
        average=0.998,
        # Its memory is short and its place small: what it must not mind is less.
        augmentation=gentler(Augmentation(), 0.6),
    ),
    Recipe(name="gru", title="GRU 128", units=(128,), cell="GRU"),
    Recipe(
        name="bilstm",
        title="BiLSTM 96",
        units=(96,),
        bidirectional=True,
        row_loss=0,
    ),
    Recipe(
        name="lstm-attention",
        title="LSTM 128 with attention",
        units=(128,),
        network="attention",
        row_loss=0,
    ),
    Recipe(
        name="hierarchical",
        title="LSTM 128 over pixels, 64 over rows",
        units=(128, 64),
        network="hierarchical",
        epochs=8,
    ),
    Recipe(
        name="cnn",
        title="CNN 32-64-128",
        units=(32, 64, 128),
        network="cnn",
        batch=256,
        epochs=5,
        average=0.998,
        row_loss=0,
    ),
    Recipe(name="columns", title="LSTM 128-64 by columns", units=(128, 64), reading="columns"),
    Recipe(
        name="champion",
        title="Champion: LSTM 224-192",
        units=(224, 192),
        dropout=0.25,
        epochs=40,
        peak_rate=2e-3,
        average=0.999,
        augmentation=Augmentation(noise=0.15, missing=3),
    ),
    Recipe(
        name="writer",
        title="Writer: LSTM 256",
        units=(256,),
        network="writer",
        per_pixel=24,
        drawn_per_epoch=1,
        dropout=0.1,
        epochs=20,
        batch=128,
        peak_rate=8e-3,
        warm_up=0.05,
        weight_decay=0.03,
        clip=30.0,
        label_smoothing=0.0,
        row_loss=0.0,
        average=0.999,
        unnamed=0.5,
        # What is to be written is MNIST as it is, not MNIST bent: nothing is changed.
        augmentation=Augmentation(
            rotation=0, slant=0, scale=0, aspect=0, shift=0, elastic=0, stroke=0
        ),
    ),
)

REPLAYED = 24_000
"""Pictures of the data set in an epoch of fine-tuning: they are there to keep what is known."""

RECIPES = {recipe.name: recipe for recipe in _ALL}
"""What there is to train, by name."""

READERS = tuple(name for name, recipe in RECIPES.items() if recipe.network != "writer")
"""Those of networks that read, by name."""


def recipe_named(name: str) -> Recipe:
    """The recipe of that name. Raises Refused, which names those there are."""
    if name not in RECIPES:
        raise Refused(
            "There is no recipe {name!r}: choose from {known}",
            name=name,
            known=", ".join(RECIPES),
        )
    return RECIPES[name]


def fine_tuning(recipe: Recipe) -> Recipe:
    """The recipe for going on from a trained model with new drawings: shorter, smaller, gentler.

    What the model knows must survive, and a rate as at the start would wash it away. The strong
    changes of the pictures have taught it what does not matter; it ends near the pictures that it
    will be asked to read (He et al. 2019, on the gap between augmented and clean pictures).
    """
    return replace(
        recipe,
        epochs=max(1, recipe.epochs // 5),
        drawn_per_epoch=3,
        at_most=REPLAYED,
        peak_rate=recipe.peak_rate / 2,
        dropout=recipe.dropout / 2,
        moments=(),
        augmentation=gentler(recipe.augmentation, 0.6),
    )


def finishing(recipe: Recipe) -> Recipe:
    """The champion's recipe for going on, with all drawings and the whole data set, to the end."""
    return replace(
        recipe,
        epochs=22,
        peak_rate=recipe.peak_rate / 2,
        dropout=0.2,
        augmentation=gentler(recipe.augmentation, 0.8),
    )


def learning_a_class(recipe: Recipe) -> Recipe:
    """The recipe for teaching a trained model the hands of a few people, in a minute or two.

    As `fine_tuning`, but of the data set no more than is needed to not forget it, and the class
    weighs as much as all the rest, so that a hundred drawings are not drowned, and an epoch takes
    seconds. Old pictures cannot say which epoch has learnt the new ones best, so the average of the
    last is taken.
    """
    return replace(
        fine_tuning(recipe),
        epochs=6,
        at_most=6_000,
        drawn_per_epoch=1,
        outweighs=True,
        average=0.99,
    )


def for_dataset(
    recipe: Recipe, dataset: Dataset, classes: tuple[str, ...], statistics: tuple[float, float]
) -> Recipe:
    """The recipe for another data set; statistics: mean and deviation of its training pixels."""
    how = recipe.augmentation
    mean, deviation = statistics
    return replace(
        recipe,
        title=f"{recipe.title}, {dataset.name}",
        dataset=dataset.name,
        classes=classes,
        mean=mean,
        deviation=deviation,
        augmentation=how if dataset.of_strokes else replace(how, stroke=0.0),
    )


def settling(recipe: Recipe) -> Recipe:
    """The champion's recipe for its last epochs: small steps, on pictures almost as they are.

    Until here it learnt from harder pictures than it will be shown, and has not got them all right:
    what it had to spend on noise and missing rows goes to the pictures themselves now.
    """
    how = replace(gentler(recipe.augmentation, 0.5), stroke=0.3, noise=0.05, missing=1)
    return replace(recipe, epochs=8, peak_rate=recipe.peak_rate / 4, dropout=0.1, augmentation=how)


def recipe_from(record: Mapping[str, Any]) -> Recipe:
    """The recipe that `dataclasses.asdict` took apart.

    Raises TypeError, KeyError or ValueError where the record is none.
    """
    fields = dict(record)
    augmentation = Augmentation(**fields.pop("augmentation"))
    for name in ("classes", "units", "moments"):
        fields[name] = tuple(fields[name])
    return Recipe(**fields, augmentation=augmentation)
