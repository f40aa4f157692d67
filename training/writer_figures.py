"""What a writer comes to, measured on its file: what `evaluate` prints, and what its card says.

Nats are of the test pictures as ink or paper, each grey drawn once as the chance of ink; other
drawings of the greys, or a threshold in their place, give other figures, so published ones compare
loosely. What it writes is judged by a reader: how often the reader sees what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.assets_door import default_model
from rnn_desk.core import writing
from rnn_desk.core.card import ModelCard
from rnn_desk.core.progress import progress
from rnn_desk.core.writing import Wish

from .data import Digits
from .evaluate import Reader
from .writer_file import WriterFile

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

BINARISED_BY = 28
"""Seed of the one drawing of the test pictures' greys."""

SAMPLES = 200
"""Pictures of each class that are written to be read."""

TEMPERATURES = (1.0, 0.7)

ENDED = 2000
"""Test pictures that are ended, at the most: the first so many."""

GIVEN = (20, 14, 8)
"""Rows that are given of those."""

_AT_ONCE = 500


@dataclass(frozen=True)
class WriterFigures:
    """nats: mean of a test picture, the class not given; nats_given_class: given. count: pictures.

    written: by temperature, the part of pictures written as a class that the reader reads as it.
    ended: by rows given, the part of test pictures that are read as their class after the writer,
    not knowing it, wrote the other rows; whole: the part that is, with nothing replaced.
    """

    nats: float
    nats_given_class: float
    count: int
    written: dict[str, float]
    samples: int
    ended: dict[str, float]
    whole: float
    ends: int
    reader: str

    @classmethod
    def on(cls, card: ModelCard) -> WriterFigures:
        """Those that are written on a card."""
        return cls(**{name: card.figures[name] for name in cls.__dataclass_fields__})

    def as_record(self) -> dict[str, Any]:
        """As plain data, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """As lines for people."""
        yield f"{'nats, class not given':28} {self.nats:.2f}, the mean of {self.count:,}"
        yield f"{'nats, class given':28} {self.nats_given_class:.2f}"
        for temperature, share in _downwards(self.written):
            words = f"read as written, at {temperature}"
            yield f"{words:28} {share:.2%} of {self.samples:,}, by {self.reader}"
        for rows, share in _downwards(self.ended):
            yield f"{f'ended from row {rows}, read':28} {share:.2%} of {self.ends:,}"
        yield f"{'whole, read':28} {self.whole:.2%}"


def _downwards(shares: dict[str, float]) -> list[tuple[str, float]]:
    """Shares by the number that they are of, the highest first: JSON sorts them as words."""
    return sorted(shares.items(), key=lambda item: -float(item[0]))


def measure_writer(file: WriterFile, test: Digits, reader: Reader | None = None) -> WriterFigures:
    """The figures of an opened file, judged by a reader: the program's best where none is given."""
    reader = reader or Reader.open(default_model())
    greys, labels = (part.numpy() for part in test.batch(slice(None)))
    ink = writing.binarised(greys, BINARISED_BY)
    ends = min(ENDED, len(test))
    begun, meant = greys[:ends], labels[:ends]
    with progress("how likely the test pictures are") as line:
        nats, given_class = mean_nats(file, ink, None), mean_nats(file, ink, labels)
        line.say("reading what it writes")
        written = {str(t): _read_as_written(file, reader, t) for t in TEMPERATURES}
        line.say("reading how it ends test pictures")
        ended = {str(n): reader.accuracy(endings(file, begun, n), meant) for n in GIVEN}
    return WriterFigures(
        nats=nats,
        nats_given_class=given_class,
        count=len(test),
        written=written,
        samples=SAMPLES * file.shape.classes,
        ended=ended,
        whole=reader.accuracy(begun, meant),
        ends=ends,
        reader=reader.card.name,
    )


def mean_nats(file: WriterFile, ink: Array, labels: Labels | None) -> float:
    """Nats of a picture, the mean over pictures `[n, 28, 28]` of 0 and 1; labels: None for none."""
    told = np.zeros((len(ink), file.shape.classes), np.float32)
    if labels is not None:
        told[np.arange(len(ink)), labels] = 1
    parts = [slice(start, start + _AT_ONCE) for start in range(0, len(ink), _AT_ONCE)]
    total = sum(
        float(writing.nats(file.step, file.shape, ink[part], told[part]).sum(dtype=np.float64))
        for part in parts
    )
    return total / len(ink)


def samples(file: WriterFile, label: int | None, count: int, temperature: float) -> Array:
    """Pictures `[count, 28, 28]` written from nothing, as a class or none."""
    nothing = np.zeros((0, file.shape.side), np.float32)
    wish = Wish(nothing, label, temperature, seed=label or 0, count=count)
    return np.stack([row.pixels for row in writing.written(file.step, file.shape, wish)], 1)


def endings(file: WriterFile, begun: Array, rows: int, label: int | None = None) -> Array:
    """Pictures `[n, 28, 28]` of greys, those rows as they are and the others written."""
    drawn = np.random.default_rng(rows).random(begun.shape, np.float32)
    told = writing.one_hot(label, len(begun), file.shape.classes)
    parts = []
    for start in range(0, len(begun), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        given = begun[part, :rows]
        found = writing.gone_on(file.step, file.shape, given, told[part], drawn[part])
        ink = np.stack([row.pixels for row in found], 1)
        parts.append(np.concatenate([given, ink[:, rows:]], 1))
    return np.concatenate(parts)


def _read_as_written(file: WriterFile, reader: Reader, temperature: float) -> float:
    right = [
        reader.accuracy(
            samples(file, label, SAMPLES, temperature), np.full(SAMPLES, label, np.int64)
        )
        for label in range(file.shape.classes)
    ]
    return float(np.mean(right))


def onto_writers_card(card: ModelCard, figures: WriterFigures) -> ModelCard:
    """The card with the figures written on it."""
    return replace(card, figures={**card.figures, **figures.as_record()})
