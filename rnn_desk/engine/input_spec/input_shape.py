"""What a model's inputs can hold, read off their names, shapes and types alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import Any, Literal, get_args

import numpy as np
from onnx import ModelProto, TensorProto, ValueInfoProto, helper

from rnn_desk.core.card import Dtype, Layout
from rnn_desk.core.errors import Refused

USUAL_SIDE = 28
SMALLEST, LARGEST = 8, 64
"""Pixels a side that a picture may have."""

Dims = tuple[int | None, ...]
"""The length of each axis, None where the file leaves it open."""


@dataclass(frozen=True)
class Fit:
    """One way in which pictures fit an input's shape."""

    layout: Layout
    side: int
    channels: int
    batch: int | Literal["free"]


@dataclass(frozen=True)
class Signature:
    """The input for the picture with every way that it fits, the plainest first."""

    name: str
    dtype: Dtype
    fits: tuple[Fit, ...]


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
            "its input {name} ({type}, {shape}) does not hold square pictures of {least} to {most} "
            "pixels a side",
            name=first.name,
            type=_dtype(first) or Refused("not numbers"),
            shape=_shown(_dims(first)),
            least=SMALLEST,
            most=LARGEST,
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
        if (fit := _fit(layout, (None,) * len(layout) if dims is None else dims)) is not None
    ]
    # An axis that is left open is the batch, wherever a layout lets it be.
    free = [fit for fit in found if fit.batch == "free"]
    return tuple(free or found)


def _fit(layout: Layout, dims: Dims) -> Fit | None:
    if len(dims) != len(layout):
        return None
    axes = dict(zip(layout, dims, strict=True))
    sides = {axes[letter] for letter in "HW" if axes.get(letter) is not None}
    if "F" in axes:
        pixels = axes["F"] or USUAL_SIDE**2
        sides = {isqrt(pixels)}
        if isqrt(pixels) ** 2 != pixels:
            return None
    side = (sides or {USUAL_SIDE}).pop()
    channels = axes.get("C") or 1
    allowed = (1,) if "F" in axes else (1, 3)
    if sides or side is None or not SMALLEST <= side <= LARGEST or channels not in allowed:
        return None
    return Fit(layout, side, channels, axes.get("N", 1) or "free")


def _dims(entry: ValueInfoProto) -> Dims | None:
    if not entry.type.tensor_type.HasField("shape"):
        return None
    dims: list[Any] = list(entry.type.tensor_type.shape.dim)
    return tuple(d.dim_value if d.HasField("dim_value") and d.dim_value > 0 else None for d in dims)


def _dtype(entry: ValueInfoProto) -> Dtype | None:
    """NumPy's name of the element type; None where it is no type that a picture can have."""
    kind = entry.type.tensor_type.elem_type
    if kind in (TensorProto.UNDEFINED, TensorProto.BFLOAT16):
        return None
    try:
        name = np.dtype(helper.tensor_dtype_to_np_dtype(kind)).name
    except (KeyError, TypeError, ValueError):
        return None
    return next((known for known in get_args(Dtype) if known == name), None)


def _shown(dims: Dims | None) -> object:
    if dims is None:
        return Refused("any shape")
    return " x ".join("?" if d is None else str(d) for d in dims) or Refused("one number")
