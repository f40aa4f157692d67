"""The digits of the files that a person names: pictures, MNIST's IDX images, drawings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from rnn_desk.core.drawing import Drawing, read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import read_idx
from rnn_desk.core.kind import FileKind, kind_of
from rnn_desk.core.raster import Raster, rasterise
from rnn_desk.core.scan import raster_from_picture

T = TypeVar("T")

Frame = tuple[int, float]
"""Side of a raster in pixels, and of the box for the ink within it as a part of that."""


@dataclass(frozen=True, eq=False)
class Digit:
    """One digit of a file, ready to be read.

    index: its number among the digits of its file, from 0. label: what its maker says it is.
    raster_ms: milliseconds that its raster took.
    """

    file: Path
    index: int
    raster: Raster
    label: str | None
    raster_ms: float


@dataclass(frozen=True, eq=False)
class _Found:
    """A digit of a file before its raster is made, for the time that takes is measured."""

    rasterise: Callable[[], Raster]
    label: str | None = None


def digits_of(path: Path, frame: Frame) -> Iterator[Digit | Refused]:
    """The digits of a file, as rasters in that frame; what cannot be read is its Refused."""
    index = 0
    refused = False
    try:
        for found in _FINDERS[kind_of(path)](path, frame):
            if isinstance(found, Refused):
                refused = True
                yield found
                continue
            began = time.perf_counter()
            raster = found.rasterise()
            milliseconds = (time.perf_counter() - began) * 1e3
            yield Digit(path, index, raster, found.label, milliseconds)
            index += 1
        if index == 0 and not refused:
            yield Refused("{file} holds no digit", file=path)
    except Refused as refusal:
        yield refusal


def drawings_of(path: Path) -> Iterator[Drawing | Refused]:
    """The drawings of a file that must hold some. Raises Refused."""
    if kind_of(path) != "drawings":
        raise Refused("{file} holds no drawings: name a .jsonl file", file=path)
    return read_drawings(path)


def at_index(items: Iterator[T | Refused], index: int, path: Path) -> T:
    """The item of that number, from 0, refused ones not counted. Raises Refused."""
    count = 0
    first_refusal = None
    for item in items:
        if isinstance(item, Refused):
            first_refusal = first_refusal or item
        elif count == index:
            return item
        else:
            count += 1
    if first_refusal is not None and not count:
        raise first_refusal
    raise Refused(
        "{file} has no digit {index}: it holds {count}, counted from 0",
        file=path,
        index=index,
        count=count,
    )


def _drawn(path: Path, frame: Frame) -> Iterator[_Found | Refused]:
    for drawing in read_drawings(path):
        if isinstance(drawing, Refused):
            yield drawing
        else:
            label = None if drawing.label is None else str(drawing.label)
            yield _Found(partial(rasterise, drawing, *frame), label)


def _in_idx(path: Path, frame: Frame) -> Iterator[_Found | Refused]:
    for image in read_idx(path, dimensions=3):
        if image.shape == (frame[0], frame[0]):  # MNIST's own manner, on a format's word
            yield _Found(lambda image=image: Raster((image / 255).astype(np.float32)))  # type: ignore[misc]
        else:
            yield _Found(partial(raster_from_picture, image, *frame))


def _pictured(path: Path, frame: Frame) -> Iterator[_Found | Refused]:
    from rnn_desk.qt.images.read import read_picture  # Qt takes a while to load

    grey = read_picture(path)
    yield _Found(lambda: raster_from_picture(grey, *frame))


_FINDERS: Mapping[FileKind, Callable[[Path, Frame], Iterator[_Found | Refused]]] = {
    "picture": _pictured,
    "idx": _in_idx,
    "drawings": _drawn,
}
