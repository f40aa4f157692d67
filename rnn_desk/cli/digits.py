"""The digits of the files that a person names, one by one, as a model takes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rnn_desk.cli.standard_streams import as_input, said_of
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Original, Picture, raster_of
from rnn_desk.core.raster import Frame, Raster
from rnn_desk.core.scan.areas import Box
from rnn_desk.core.scan.drawn import parts_of
from rnn_desk.qt.images.originals import originals_of

_MNISTS = Frame()


@dataclass(frozen=True, eq=False)
class Digit:
    """One digit of a file, ready to be read.

    file: as the person named it. index: its number among the digits of its file, from 0; of one of
    several in a drawing, the drawing's. original: what its raster was made from. label: what its
    maker says it is. raster_ms: milliseconds that its raster took. box: where it was found, in the
    picture's pixels or the drawing's units. part: its number, from 0, among the digits of a drawing
    that was split.
    """

    file: Path
    index: int
    original: Original
    raster: Raster
    label: str | None
    raster_ms: float
    box: Box | None = None
    part: int | None = None


def digits_of(
    path: Path, frame: Frame = _MNISTS, split: bool = False, one_each: bool = False
) -> Iterator[Digit | Refused]:
    """The digits of a file, `-` standard input, as rasters in that frame; what cannot be read is
    its Refused. Of a picture each digit that it shows, or the first alone where it is said to have
    one; of a drawing each likewise where it is split."""
    index = 0
    refused = False
    try:
        with as_input(path) as file:
            for original in originals_of(file):
                if isinstance(original, Refused):
                    refused = True
                    yield original if file is path else said_of(file, original)
                elif isinstance(original, Picture):
                    for digit in _in_picture(path, index, original, frame, one_each):
                        yield digit
                        index += 1
                else:
                    yield from _in_drawing(path, index, original, frame, split)
                    index += 1
            if index == 0 and not refused:
                raise Refused("{file} holds no digit", file=file)
    except Refused as refusal:
        if path.suffix.lower() == ".onnx" and path.is_file():
            yield Refused("{file} is a model: name the digits that are to be read", file=path)
        else:
            yield refusal


def _in_picture(
    path: Path, index: int, picture: Picture, frame: Frame, one_each: bool
) -> Iterator[Digit]:
    for number, part in enumerate((picture,) if one_each else picture.parts, start=index):
        began = time.perf_counter()
        raster = raster_of(part, *frame)
        milliseconds = (time.perf_counter() - began) * 1e3
        found = None if part.as_it_is else part.digit
        box = None if found is None else part.in_the_file(found.box)
        yield Digit(path, number, part, raster, None, milliseconds, box)


def _in_drawing(
    path: Path, index: int, drawing: Drawing, frame: Frame, split: bool
) -> Iterator[Digit]:
    label = None if drawing.label is None else str(drawing.label)
    if not split:
        began = time.perf_counter()
        raster = raster_of(drawing, *frame)
        yield Digit(path, index, drawing, raster, label, (time.perf_counter() - began) * 1e3)
        return
    parts = parts_of(drawing)
    labels: list[str | None] = [label] if len(parts) == 1 else [None] * len(parts)
    if label is not None and len(label) == len(parts):  # "42" names the digits one by one
        labels = list(label)
    for number, part in enumerate(parts):
        began = time.perf_counter()
        raster = part.raster(*frame)
        milliseconds = (time.perf_counter() - began) * 1e3
        yield Digit(path, index, drawing, raster, labels[number], milliseconds, part.box, number)
