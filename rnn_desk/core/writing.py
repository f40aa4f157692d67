"""How a model that writes is asked: row by row, what it wrote as what it is told next.

The model itself is a function, one row a call (`Step`), so this is the same wherever it runs. A
pixel becomes ink where its number, drawn evenly from 0 to 1, is below its chance of ink. So whoever
chooses the numbers chooses the picture: drawn from a seed they give the same picture each time, and
-1 and 2 in their place make the model go along a picture that is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field

import numpy as np

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen

INPUTS = ("above", "class", "h", "c", "draws", "temperature")
"""What a step is given, by the names in the file: the row above `[N, side]` (zeros above the
first), the class as one-hot `[N, classes]` or zeros for none, the states `[N, units]` (zeros at
first), the numbers `[N, side]` and what the logit of each pixel is divided by, `[N, side]`."""

OUTPUTS = ("row", "chances", "h_next", "c_next")
"""What it gives: the row `[N, side]`, 0 paper or 1 ink, each pixel's chance of ink given those left
of it, and the states that it had when it wrote the row."""

SURELY_INK, SURELY_PAPER = -1.0, 2.0
"""Numbers below, and above, every chance."""

MOST_EMPHASIS = 2.0

LEAST_TEMPERATURE, MOST_TEMPERATURE = 0.05, 5.0

REACH = 2
"""Columns to each side in which ink of the row above is near a pixel."""

MOST_AT_ONCE = 500

Step = Callable[[dict[str, Array]], tuple[Array, ...]]
"""Runs the model for one row: `INPUTS` by name in, `OUTPUTS` in their order out."""


@frozen
class WriterShape:
    """side: pixels of a row, and rows of a picture. classes: how many. units: of the LSTM."""

    side: int
    classes: int
    units: int


@frozen(eq=False)
class Wish:
    """What is to be written: `count` pictures, one beside the other.

    given: rows that are there already, `[t, side]` of 0 paper .. 1 ink. label: the class's index,
    None for none. seed: chooses the pictures; picture k of a seed is the same, however many others
    there are and however many rows are given.
    """

    given: Array = field(repr=False)
    label: int | None = None
    temperature: float = 1.0
    seed: int = 0
    count: int = 1

    def check(self, shape: WriterShape) -> None:
        """Raise Refused where a model of that shape cannot write it."""
        if self.given.ndim != 2 or self.given.shape[1] != shape.side:
            raise Refused("the rows begun are not of {side} pixels", side=shape.side)
        if len(self.given) > shape.side:
            raise Refused("more rows are begun than the {side} of a picture", side=shape.side)
        if not ((self.given >= 0) & (self.given <= 1)).all():
            raise Refused("the rows begun hold what is not of 0 to 1")
        if self.seed < 0:
            raise Refused("a seed is a whole number from 0")
        if not 1 <= self.count <= MOST_AT_ONCE:
            raise Refused("it writes 1 to {most} pictures at once", most=MOST_AT_ONCE)
        if self.label is not None and not 0 <= self.label < shape.classes:
            raise Refused("it writes no class {label}", label=self.label)
        if not LEAST_TEMPERATURE <= self.temperature <= MOST_TEMPERATURE:
            raise Refused(
                "the temperature is a number from {least} to {most}",
                least=LEAST_TEMPERATURE,
                most=MOST_TEMPERATURE,
            )


@frozen(eq=False)
class WrittenRow:
    """One row of each picture: `pixels`, `chances` `[count, side]`, `h`, `c` `[count, units]`.

    Of a row that was given, the pixels are what the model was told: its greys as ink or paper.
    """

    row: int
    pixels: Array = field(repr=False)
    chances: Array = field(repr=False)
    h: Array = field(repr=False)
    c: Array = field(repr=False)


def numbers(seed: int, count: int, side: int) -> Array:
    """What decides each pixel of `count` pictures: `[count, side, side]`, evenly from 0 to 1."""
    each = [np.random.default_rng([seed, k]).random((side, side)) for k in range(count)]
    return np.stack(each).astype(np.float32)


def forced(rows: Array | NDArray[np.bool_]) -> Array:
    """The numbers that make a model write these very pixels of 0 and 1."""
    return np.where(rows > 0, np.float32(SURELY_INK), np.float32(SURELY_PAPER))


def temperatures(above: Array, temperature: float) -> Array:
    """What the logits of the row below `above` are divided by, `[N, side]`.

    The temperature where ink is near in the row above, and 1 elsewhere: it makes how a stroke goes
    on more certain, and leaves alone whether one begins. That any one pixel begins a stroke is
    never likely, so a low temperature everywhere would begin late and leave out half of a digit.
    """
    padded = np.pad(above, ((0, 0), (REACH, REACH)))
    near = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 1, 1).max(2) > 0
    return np.where(near, np.float32(temperature), np.float32(1))


def emphasis(temperature: float) -> np.float32:
    """What the class is multiplied by: a colder writer is told it more firmly, up to a limit.

    The model learnt with 0 and 1, for none and certain; a little beyond 1 it goes on in the same
    direction, and what it writes is more surely of the class.
    """
    return np.float32(min(1 / temperature, MOST_EMPHASIS))


def one_hot(label: int | None, count: int, classes: int) -> Array:
    """The class `[count, classes]` as a step takes it."""
    told = np.zeros((count, classes), np.float32)
    if label is not None:
        told[:, label] = 1
    return told


def written(
    step: Step, shape: WriterShape, wish: Wish, known: Sequence[WrittenRow] = ()
) -> Iterator[WrittenRow]:
    """Every row of what is wished, the given ones first, one a step. Raises Refused.

    known: the first rows of it, where they are known from before.
    """
    wish.check(shape)
    drawn = numbers(wish.seed, wish.count, shape.side)
    begun = np.broadcast_to(wish.given, (wish.count, *wish.given.shape))
    told = one_hot(wish.label, wish.count, shape.classes) * emphasis(wish.temperature)
    return gone_on(step, shape, begun, told, drawn, wish.temperature, known)


def gone_on(
    step: Step,
    shape: WriterShape,
    begun: Array,
    told: Array,
    drawn: Array,
    temperature: float = 1.0,
    known: Sequence[WrittenRow] = (),
) -> Iterator[WrittenRow]:
    """Every row of pictures whose first rows are there, `[N, t, side]` of greys.

    told: the classes `[N, classes]`. drawn: the numbers `[N, side, side]` that decide each pixel,
    and of the rows that are there whether a grey is taken as ink.
    """

    def decide(row: int) -> Array:
        if row >= begun.shape[1]:
            return drawn[:, row]
        return forced(drawn[:, row] < begun[:, row])

    return _rows(step, shape, told, decide, temperature, known)


def gone_along(step: Step, shape: WriterShape, ink: Array, told: Array) -> Iterator[WrittenRow]:
    """The rows of pictures `[N, side, side]` of 0 and 1 that are there already; told: the classes
    `[N, classes]`."""
    return _rows(step, shape, told, lambda row: forced(ink[:, row]), 1.0)


def nats(step: Step, shape: WriterShape, ink: Array, told: Array) -> Array:
    """Minus the logarithm of each pixel's chance to be as it is: `[N, side, side]`, of pictures of
    0 and 1. The sum over a picture is that of the picture's likelihood."""
    rows = gone_along(step, shape, ink, told)
    return np.stack([surprise(row.pixels, row.chances) for row in rows], 1)


def surprise(pixels: Array, chances: Array) -> Array:
    """Nats of pixels, 0 or 1, each with its chance of ink."""
    likely = np.where(pixels > 0, chances, 1 - chances)
    return -np.log(np.maximum(likely, np.finfo(np.float32).tiny))


def as_levels(pixels: Array) -> NDArray[np.uint8]:
    """Grey levels 0..255, white ink on black, of pixels 0 paper .. 1 ink."""
    return np.rint(np.clip(pixels, 0, 1) * 255).astype(np.uint8)


def binarised(pictures: Array, seed: int) -> Array:
    """Pictures `[N, side, side]` of 0..1 as ink or paper, each grey being the chance of ink."""
    drawn = np.random.default_rng(seed).random(pictures.shape, np.float32)
    return (drawn < pictures).astype(np.float32)


def _rows(
    step: Step,
    shape: WriterShape,
    told: Array,
    decide: Callable[[int], Array],
    temperature: float,
    known: Sequence[WrittenRow] = (),
) -> Iterator[WrittenRow]:
    yield from known
    count = len(told)
    pixels = np.zeros((count, shape.side), np.float32)
    h = c = np.zeros((count, shape.units), np.float32)
    if known:
        pixels, h, c = known[-1].pixels, known[-1].h, known[-1].c
    for row in range(len(known), shape.side):
        divisor = temperatures(pixels, temperature)
        fed = dict(zip(INPUTS, (pixels, told, h, c, decide(row), divisor), strict=True))
        pixels, chances, h, c = step(fed)
        yield WrittenRow(row, pixels, chances, h, c)
