"""The digits of the files that a person names, one by one, as a model takes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rnn_desk.cli.standard_streams import as_input, said_of
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Original, raster_of
from rnn_desk.core.raster import BOX, SIDE, Raster
from rnn_desk.qt.images.originals import originals_of

Frame = tuple[int, float]
"""Side of a raster in pixels, and of the box for the ink within it as a part of that."""


@dataclass(frozen=True, eq=False)
class Digit:
    """One digit of a file, ready to be read.

    file: as the person named it. index: its number among the digits of its file, from 0. original:
    what its raster was made from. label: what its maker says it is. raster_ms: milliseconds that
    its raster took.
    """

    file: Path
    index: int
    original: Original
    raster: Raster
    label: str | None
    raster_ms: float


def digits_of(path: Path, frame: Frame = (SIDE, BOX)) -> Iterator[Digit | Refused]:
    """The digits of a file, `-` standard input, as rasters in that frame; what cannot be read is
    its Refused."""
    index = 0
    refused = False
    try:
        with as_input(path) as file:
            for original in originals_of(file):
                if isinstance(original, Refused):
                    refused = True
                    yield original if file is path else said_of(file, original)
                    continue
                began = time.perf_counter()
                raster = raster_of(original, *frame)
                milliseconds = (time.perf_counter() - began) * 1e3
                said = original.label if isinstance(original, Drawing) else None
                label = None if said is None else str(said)
                yield Digit(path, index, original, raster, label, milliseconds)
                index += 1
            if index == 0 and not refused:
                raise Refused("{file} holds no digit", file=file)
    except Refused as refusal:
        if path.suffix.lower() == ".onnx" and path.is_file():
            yield Refused("{file} is a model: name the digits that are to be read", file=path)
        else:
            yield refusal


def at_index(digits: Iterator[Digit | Refused], index: int, path: Path) -> Digit:
    """The digit of that number, from 0, refused ones not counted. Raises Refused."""
    count = 0
    first_refusal = None
    for digit in digits:
        if isinstance(digit, Refused):
            first_refusal = first_refusal or digit
        elif count == index:
            return digit
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
