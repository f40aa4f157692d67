"""What a model's inputs can hold, read off their names, shapes and types alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import isqrt
from typing import Any, Literal, get_args

import numpy as np
from onnx import ModelProto, TensorProto, ValueInfoProto, helper

from rnn_desk.core.card import (
    LARGEST_SIDE,
    MOST_PIXELS,
    SMALLEST_SIDE,
    Dtype,
    Fitted,
    Layout,
)
from rnn_desk.core.errors import Refused

USUAL_SIDE = 28
SIDES = (28, 32, 20, 24, 16, 64, 8, 48, 40, 56, 96, 128, 224)
"""Pixels a side that are tried where a file leaves them open, the most usual first."""

_PADDED = range(USUAL_SIDE + 1, 41)
"""Pixels a side for which MNIST's pictures may have been given more paper, and not been made
larger."""

_ALLOWED = range(SMALLEST_SIDE, LARGEST_SIDE + 1)

Dims = tuple[int | None, ...]
"""The length of each axis, None where the file leaves it open."""


@dataclass(frozen=True)
class Fit:
    """One way in which pictures fit an input's shape.

    shape, fitted: as `InputReading` has them, where the input is not square. guessed: the file
    leaves the side open, and it is another than the usual one.
    """

    layout: Layout
    side: int
    channels: int
    batch: int | Literal["free"]
    shape: tuple[int, ...] = ()
    fitted: Fitted = "padded"
    guessed: bool = False


@dataclass(frozen=True)
class Signature:
    """The input for the picture with every way that it fits, the plainest first.

    more: further ways that it fits, which were not tried as long as there are plainer ones.
    """

    name: str
    dtype: Dtype
    fits: tuple[Fit, ...]
    more: tuple[Fit, ...] = ()


def signature(model: ModelProto) -> Signature:
    """How pictures can be given to the model. Raises Refused where they cannot."""
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = [entry for entry in model.graph.input if entry.name not in constants]
    if not inputs:
        raise Refused("it has no input")
    pictured = next((entry for entry in inputs if fits(_dims(entry), _dtype(entry))), None)
    if pictured is None:
        first = inputs[0]
        raise Refused(
            "its input {name} ({type}, {shape}) does not hold pictures of {least} to {most} "
            "pixels a side",
            name=first.name,
            type=_dtype(first) or Refused("not numbers"),
            shape=_shown(_dims(first)),
            least=SMALLEST_SIDE,
            most=LARGEST_SIDE,
        )
    dtype = _dtype(pictured)
    assert dtype is not None
    return Signature(pictured.name, dtype, fits(_dims(pictured), dtype))


def fits(dims: Dims | None, dtype: Dtype | None) -> tuple[Fit, ...]:
    """Every way in which pictures fit a shape, the plainest first; `dims` None is any shape."""
    if dtype is None:
        return ()
    layouts: tuple[Layout, ...] = get_args(Layout)
    found = [
        fit
        for layout in layouts
        for fit in _fits(layout, (None,) * len(layout) if dims is None else dims)
    ]
    return tuple(sorted(found, key=_usual))


def tiers(found: Iterable[Fit]) -> Iterator[tuple[Fit, ...]]:
    """The same ones, those together that are as usual as each other."""
    for _, group in groupby(found, key=_usual):
        yield tuple(group)


def _usual(fit: Fit) -> tuple[bool, bool]:
    """An axis that is left open is the batch, wherever a layout lets it be."""
    return fit.guessed, fit.batch != "free"


def _fits(layout: Layout, dims: Dims) -> Iterator[Fit]:
    if len(dims) != len(layout):
        return
    axes = dict(zip(layout, dims, strict=True))
    batch: int | Literal["free"] = axes.get("N", 1) or "free"
    if "F" in axes:
        flat = "C" not in axes
        for channels in (1, 3, 4) if flat else _channels(axes["C"]):
            width = channels if flat else 1
            for side in _flat_sides(axes["F"], width):
                yield Fit(layout, side, channels, batch, guessed=_guessed(side, axes["F"]))
        return
    rows, columns = axes["H"], axes["W"]
    if "N" in axes and "C" not in axes and 1 in (rows, columns):
        return  # all pixels are in one axis, and the layouts that say so take it
    for channels in _channels(axes["C"]) if "C" in axes else (1,):
        if rows is None or columns is None or rows == columns:
            known = rows or columns
            for side in (known,) if known else SIDES:
                if side in _ALLOWED:
                    yield Fit(layout, side, channels, batch, guessed=_guessed(side, known))
                if side in _PADDED:
                    shape, guessed = (side, side), _guessed(side, known)
                    yield Fit(layout, USUAL_SIDE, channels, batch, shape, "padded", guessed)
            continue
        for side, fitted in _oblong(rows, columns):
            yield Fit(layout, side, channels, batch, (rows, columns), fitted)


def _oblong(rows: int, columns: int) -> Iterator[tuple[int, Fitted]]:
    """The sides of square pictures for an input that is not square, and what is done to them."""
    pixels = rows * columns
    ways: tuple[tuple[int, Fitted], ...] = (
        (isqrt(pixels) if isqrt(pixels) ** 2 == pixels else 0, "reshaped"),
        (min(rows, columns), "padded"),
        (rows, "stretched"),
    )
    for side, fitted in ways:
        if side in _ALLOWED and max(rows, columns) <= MOST_PIXELS:
            yield side, fitted


def _channels(length: int | None) -> tuple[int, ...]:
    known = (1, 3, 4)
    return known if length is None else tuple(each for each in known if each == length)


def _flat_sides(pixels: int | None, width: int) -> tuple[int, ...]:
    """The sides of pictures whose pixels, of so many numbers each, fill one axis."""
    if pixels is None:
        return SIDES if width == 1 else ()
    side = isqrt(pixels // width)
    return (side,) if side**2 * width == pixels and side in _ALLOWED else ()


def _guessed(side: int, known: int | None) -> bool:
    return known is None and side != USUAL_SIDE


def _dims(entry: ValueInfoProto) -> Dims | None:
    if not entry.type.tensor_type.HasField("shape"):
        return None
    dims: list[Any] = list(entry.type.tensor_type.shape.dim)
    return tuple(d.dim_value if d.HasField("dim_value") and d.dim_value > 0 else None for d in dims)


def _dtype(entry: ValueInfoProto) -> Dtype | None:
    """NumPy's name of the element type; None where it is no type that a picture can have."""
    kind = entry.type.tensor_type.elem_type
    if kind == TensorProto.UNDEFINED:
        return None
    if kind == TensorProto.BFLOAT16:
        return "bfloat16"
    try:
        name = np.dtype(helper.tensor_dtype_to_np_dtype(kind)).name
    except (KeyError, TypeError, ValueError):
        return None
    return next((known for known in get_args(Dtype) if known == name), None)


def _shown(dims: Dims | None) -> object:
    if dims is None:
        return Refused("any shape")
    return " x ".join("?" if d is None else str(d) for d in dims) or Refused("one number")
