"""What a writer has written, as the views take it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import field
from typing import Any

import numpy as np

from rnn_desk.core import writing
from rnn_desk.core.arrays import Array
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import Raster
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.trace import LayerTrace, ModelIdentity, Trace
from rnn_desk.core.writing import Wish, WrittenRow
from rnn_desk.protocol.model import WriterModel


@frozen(eq=False)
class Pictures:
    """Some pictures, `[n, side, side]` of 0 paper or 1 ink: the first `begun` rows of them as they
    were given, those below as they were written; the chances of ink of each pixel; and the states
    `[n, side, units]`. labels: the class that each was told, None for none."""

    begun: int
    labels: tuple[int | None, ...]
    temperature: float
    pixels: Array = field(repr=False)
    chances: Array = field(repr=False)
    h: Array = field(repr=False)
    c: Array = field(repr=False)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.pixels)

    def beside(self, other: Pictures) -> Pictures:
        """These, and others after them."""
        return Pictures(
            self.begun,
            (*self.labels, *other.labels),
            self.temperature,
            np.concatenate([self.pixels, other.pixels]),
            np.concatenate([self.chances, other.chances]),
            np.concatenate([self.h, other.h]),
            np.concatenate([self.c, other.c]),
        )


@frozen(eq=False)
class Written:
    """Pictures, and the probabilities `[n, classes]` that the reader has of each; None where it
    has not read them yet."""

    pictures: Pictures
    read: Array | None = None


def as_npz(written: Written) -> bytes:
    """Every number of it as a NumPy file: the pictures, the chances that each pixel was drawn from,
    the states, the class told (-1 for none), the rows given, and what the reader made of each."""
    pictures, out = written.pictures, io.BytesIO()
    arrays: dict[str, Any] = {
        "pixels": pictures.pixels,
        "chances": pictures.chances,
        "h": pictures.h,
        "c": pictures.c,
        "labels": np.array([-1 if label is None else label for label in pictures.labels]),
        "given": np.array(pictures.begun),
        "temperature": np.array(pictures.temperature),
    }
    if written.read is not None:
        arrays["probabilities"] = written.read
    np.savez_compressed(out, **arrays)
    return out.getvalue()


@frozen(eq=False)
class Counted:
    """The part of so many endings that the reader reads as each class, `[classes]`."""

    count: int
    shares: Array


def pictures_of(wish: Wish, rows: Sequence[WrittenRow]) -> Pictures:
    """The pictures whose rows these are, from the first one on; rows that are not written yet are
    paper."""
    side = wish.given.shape[1]

    def whole(parts: list[Array]) -> Array:
        stacked = np.stack(parts, 1)
        left = side - stacked.shape[1]
        return np.pad(stacked, ((0, 0), (0, left), (0, 0)))

    return Pictures(
        len(wish.given),
        (wish.label,) * wish.count,
        wish.temperature,
        whole([row.pixels for row in rows]),
        whole([row.chances for row in rows]),
        whole([row.h for row in rows]),
        whole([row.c for row in rows]),
    )


def trace_of(writer: WriterModel, pictures: Pictures, number: int, reading: Trace | None) -> Trace:
    """One of the pictures as the Trace of its writer, with what a reader believes of it, where that
    is known: the states of the writer, its gates, and the reader's belief."""
    classes = writer.card.classes
    even = np.full((writer.shape.side, len(classes)), 1 / len(classes), np.float32)
    return Trace(
        Raster(pictures.pixels[number].copy()),
        classes,
        even[-1] if reading is None else reading.probabilities,
        even if reading is None else reading.belief,
        "covered" if reading is None else reading.belief_kind,
        (_layer(writer, pictures, number),),
        ModelIdentity(writer.card.name, writer.ref.file, writer.ref.sha256),
        "",
    )


def _layer(writer: WriterModel, pictures: Pictures, number: int) -> LayerTrace:
    (layer,) = writer.card.recurrent_layers
    h, c = pictures.h[number].copy(), pictures.c[number].copy()
    if writer.weights is None:
        return LayerTrace(layer.op, layer.op, layer.direction, h, c)
    told = writing.one_hot(pictures.labels[number], 1, writer.shape.classes)
    told = told * writing.emphasis(pictures.temperature)
    above = np.pad(pictures.pixels[number, :-1], ((1, 0), (0, 0)))
    x = np.concatenate([above, np.repeat(told, writer.shape.side, 0)], axis=1)
    return ReplayedLayer(layer.op, layer.op, layer.direction, h, x, writer.weights)


def shares(probabilities: Array) -> Array:
    """The part of pictures that is read as each class, `[classes]`, of `[n, classes]`."""
    counted = np.bincount(probabilities.argmax(1), minlength=probabilities.shape[1])
    return (counted / max(1, len(probabilities))).astype(np.float32)
