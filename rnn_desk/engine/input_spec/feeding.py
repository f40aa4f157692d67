"""Turning rasters into the tensor that a model takes, and its output into probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.card import Dtype, InputReading, Output, ValueRange
from rnn_desk.core.errors import Refused
from rnn_desk.core.orientation import UPRIGHT, Orientation
from rnn_desk.core.resampling import resampled

MNIST_MEAN, MNIST_DEVIATION = 0.1307, 0.3081
"""Of the pixels of MNIST's training images, as parts of 1: the constants that everybody uses."""

_IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Mean and deviation of ImageNet's pixels, red, green, blue: the constants that everybody uses."""

_TINY = float(np.finfo(np.float32).tiny)

RGBA = 4
"""Channels of a canvas: three colours, and how opaque each pixel is."""

_MIDDLE = 0.5
"""From here on a pixel is ink, where there is nothing between."""

KINDS: Mapping[str, type] = {"tensor(float16)": np.float16, "tensor(double)": np.float64}
"""What a head may take other than float32, as onnxruntime names it."""


def feed(pixels: Array, reading: InputReading) -> NDArray[Any]:
    """The input tensor for `pixels` `[n, side, side]` (0 paper .. 1 ink), as the reading says.

    Where the batch is fixed and n is less, it is filled up with blank pictures.
    """
    if reading.batch != "free" and len(pixels) < reading.batch:
        blank = np.zeros((reading.batch - len(pixels), *pixels.shape[1:]), np.float32)
        pixels = np.concatenate([pixels, blank])
    x = _of_shape(reading.orientation.seen(pixels), reading)
    x = _laid_out(_numbers(x, reading), reading)
    # What takes bfloat16 is opened with a cast before it: NumPy has none of its own.
    kind = np.dtype("float32" if reading.dtype == "bfloat16" else reading.dtype)
    if kind.kind == "b":
        return np.ascontiguousarray(x >= _MIDDLE)
    if is_whole(reading.dtype):
        x = np.clip(np.rint(x), np.iinfo(kind).min, np.iinfo(kind).max)
    return np.ascontiguousarray(x, dtype=kind)


def is_whole(dtype: Dtype) -> bool:
    """Whether the input takes whole numbers alone, or yes and no."""
    return "int" in dtype or dtype == "bool"


def scaling(reading: InputReading) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Factor and term that make numbers of white ink 0..1, one of each, or one a channel."""
    factor, term = _SCALES.get(reading.value_range, (reading.scale, reading.offset))
    return np.array(factor, np.float32), np.array(term, np.float32)


def _normalised(
    mean: tuple[float, ...], deviation: tuple[float, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Factors and terms of (pixel - mean) / deviation."""
    pairs = list(zip(mean, deviation, strict=True))
    return tuple(1 / each for _, each in pairs), tuple(-middle / each for middle, each in pairs)


_SCALES: Mapping[ValueRange, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "0..1": ((1.0,), (0.0,)),
    "0..255": ((255.0,), (0.0,)),
    "0..16": ((16.0,), (0.0,)),
    "-1..1": ((2.0,), (-1.0,)),
    "-0.5..0.5": ((1.0,), (-0.5,)),
    "-128..127": ((255.0,), (-128.0,)),
    "mnist": _normalised((MNIST_MEAN,), (MNIST_DEVIATION,)),
    "imagenet": _normalised(*_IMAGENET),
    "imagenet_bgr": _normalised(_IMAGENET[0][::-1], _IMAGENET[1][::-1]),
}


def covered_below_each(pixels: Array, orientation: Orientation = UPRIGHT) -> Array:
    """A picture `[side, side]` once for each row, with all that is read after it left blank.

    `[side, side, side]`; orientation: how it lies as it is read, row after row.
    """
    steps = np.arange(len(pixels))
    read = steps[None, :] <= steps[:, None]
    covered = orientation.seen(pixels) * read[:, :, None]
    return np.asarray(orientation.upright(covered), dtype=np.float32)


def _of_shape(x: Array, reading: InputReading) -> Array:
    """Pictures `[n, side, side]` in the rows and columns that the input has."""
    side = x.shape[-1]
    if not reading.shape or reading.shape == (side, side):
        return x
    rows, columns = reading.shape
    if reading.fitted == "reshaped":
        return x.reshape(-1, rows, columns)
    if reading.fitted == "stretched":
        return resampled(x, rows, columns)
    down, across = rows - side, columns - side
    around = ((0, 0), (down // 2, down - down // 2), (across // 2, across - across // 2))
    return np.pad(x, around)


def _numbers(x: Array, reading: InputReading) -> Array:
    """Pictures `[n, rows, columns]` as the numbers of each channel, `[n, channels, ...]`. Raises
    Refused where the numbers are of other channels."""
    ink = x if reading.polarity == "white_on_black" else 1 - x
    ink = ink[:, None]
    factor, term = (each.reshape(-1, 1, 1) for each in scaling(reading))
    if len(factor) not in (1, reading.channels):
        raise Refused(
            "its pixel values are said for {count} channels, and it takes {channels}",
            count=len(factor),
            channels=reading.channels,
        )
    made = ink if reading.value_range == "0..1" else ink * factor + term
    made = np.broadcast_to(made, (len(x), reading.channels, *x.shape[1:]))
    if reading.channels == RGBA:
        made = made.copy()
        if reading.alpha == "opaque":
            made[:, -1:] = (factor + term)[-1:]
        else:
            made[:, :-1] = term if len(term) == 1 else term[:-1]
    return made


def _laid_out(x: Array, reading: InputReading) -> Array:
    """Pictures `[n, channels, rows, columns]` with their axes in the layout's order."""
    layout = reading.layout
    order = "NCHW"
    if "F" in layout:
        order, x = "NCF", x.reshape(*x.shape[:2], -1)
        if "C" not in layout:  # the channels of a pixel beside each other, as a canvas has them
            x = x.transpose(0, 2, 1).reshape(len(x), 1, -1)
    missing = tuple(order.index(letter) for letter in "NC" if letter not in layout)
    kept = [letter for letter in order if letter in layout]
    return x.squeeze(axis=missing).transpose([kept.index(letter) for letter in layout])


def probabilities(output: NDArray[Any], kind: Output) -> Array:
    """Probabilities `[n, classes]` float32 from what the model puts out."""
    values = np.asarray(output, dtype=np.float32)
    if kind == "probabilities":
        return values
    if kind == "scores":
        return np.asarray(values / _sum(values))
    if kind == "softmax_twice":
        return _softmax_undone(values).astype(np.float32)
    with np.errstate(invalid="ignore", over="ignore"):  # what is infinite gives no number
        if kind == "log_probabilities":
            return np.exp(values)
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def log_probabilities(output: NDArray[Any], kind: Output) -> NDArray[np.float64]:
    """log p `[n, classes]` from what the model puts out; of a probability of 0, minus infinity."""
    values = np.asarray(output, dtype=np.float64)
    if kind == "log_probabilities":
        return values
    if kind == "softmax_twice":
        values, kind = _softmax_undone(values), "probabilities"
    with np.errstate(all="ignore"):  # what is infinite, or no probability, gives no number
        if kind in ("probabilities", "scores"):
            return np.asarray(np.log(values / (1 if kind == "probabilities" else _sum(values))))
        values = values - values.max(axis=1, keepdims=True)
        return np.asarray(values - np.log(np.exp(values).sum(axis=1, keepdims=True)))


def _softmax_undone(values: NDArray[Any]) -> NDArray[np.float64]:
    """The probabilities of which these are the softmax: of a softmax, the logarithms are what it is
    of but for a common summand, and probabilities add up to 1."""
    x = np.asarray(values, np.float64)
    with np.errstate(all="ignore"):  # what is no probability gives no number
        logs = x if (x < 0).all() else np.log(x)
    within = logs - logs.mean(axis=1, keepdims=True) + 1 / x.shape[1]
    return np.asarray(np.clip(within, 0, 1) / _sum(np.clip(within, 0, 1)))


def _sum(scores: NDArray[Any]) -> NDArray[Any]:
    """The sum of each row's scores `[n, 1]`, never 0."""
    return np.asarray(np.maximum(scores.sum(axis=1, keepdims=True), _TINY))
