"""Turning rasters into the tensor that a model takes, and its output into probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.card import InputReading, Output

MNIST_MEAN, MNIST_DEVIATION = 0.1307, 0.3081
"""Of the pixels of MNIST's training images, as parts of 1: the constants that everybody uses."""

_TINY = float(np.finfo(np.float32).tiny)

KINDS: Mapping[str, type] = {"tensor(float16)": np.float16, "tensor(double)": np.float64}
"""What a head may take other than float32, as onnxruntime names it."""


def feed(pixels: Array, reading: InputReading) -> NDArray[Any]:
    """The input tensor for `pixels` `[n, side, side]` (0 paper .. 1 ink), as the reading says.

    Where the batch is fixed and n is less, it is filled up with blank pictures.
    """
    if reading.batch != "free" and len(pixels) < reading.batch:
        blank = np.zeros((reading.batch - len(pixels), *pixels.shape[1:]), np.float32)
        pixels = np.concatenate([pixels, blank])
    x = pixels if reading.polarity == "white_on_black" else 1 - pixels
    if reading.reading == "columns":
        x = x.transpose(0, 2, 1)
    if reading.value_range == "0..255":
        x = x * 255
    elif reading.value_range == "0..16":
        x = x * 16
    elif reading.value_range == "-1..1":
        x = x * 2 - 1
    elif reading.value_range == "mnist":
        x = (x - MNIST_MEAN) / MNIST_DEVIATION
    if np.issubdtype(np.dtype(reading.dtype), np.integer):
        x = np.rint(x)
    return np.ascontiguousarray(_laid_out(x, reading), dtype=reading.dtype)


def covered_below_each(pixels: Array, turned: bool = False) -> Array:
    """A picture `[side, side]` once for each row, with all that is read after it left blank.

    `[side, side, side]`; turned: what is read row after row are the columns.
    """
    steps = np.arange(len(pixels))
    read = steps[None, :] <= steps[:, None]
    covered = pixels * (read[:, None, :] if turned else read[:, :, None])
    return np.asarray(covered, dtype=np.float32)


def _laid_out(x: Array, reading: InputReading) -> Array:
    """Pictures `[n, side, side]` with their axes in the layout's order."""
    n, side, _ = x.shape
    layout = reading.layout
    if "F" in layout:
        order, x = "NCF", x.reshape(n, 1, side * side)
    else:
        order, x = "NCHW", np.repeat(x[:, None], reading.channels, axis=1)
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
