"""Turning rasters into the tensor that a model takes, and its output into probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.card import InputReading, Output

Array = NDArray[np.float32]

MNIST_MEAN, MNIST_DEVIATION = 0.1307, 0.3081
"""Of the pixels of MNIST's training images, as parts of 1: the constants that everybody uses."""


def feed(pixels: Array, reading: InputReading) -> NDArray[Any]:
    """The input tensor for `pixels` `[n, side, side]` (0 paper .. 1 ink), as the reading says.

    Where the batch is fixed, blank pictures follow until it is full.
    """
    if reading.batch != "free" and len(pixels) < reading.batch:
        blank = np.zeros((reading.batch - len(pixels), *pixels.shape[1:]), pixels.dtype)
        pixels = np.concatenate([pixels, blank])
    x = pixels if reading.polarity == "white_on_black" else 1 - pixels
    if reading.reading == "columns":
        x = x.transpose(0, 2, 1)
    if reading.value_range == "0..255":
        x = x * 255
    elif reading.value_range == "-1..1":
        x = x * 2 - 1
    elif reading.value_range == "mnist":
        x = (x - MNIST_MEAN) / MNIST_DEVIATION
    n, side, _ = x.shape
    if reading.layout == "HNW":
        shaped = x.transpose(1, 0, 2)
    else:
        shaped = x.reshape(
            {
                "NHW": (n, side, side),
                "NCHW": (n, 1, side, side),
                "NHWC": (n, side, side, 1),
                "NF": (n, side * side),
            }[reading.layout]
        )
    if np.issubdtype(np.dtype(reading.dtype), np.integer):
        shaped = np.rint(shaped)
    return np.ascontiguousarray(shaped, dtype=reading.dtype)


def probabilities(output: NDArray[Any], kind: Output) -> Array:
    """Probabilities `[n, classes]` float32 from what the model puts out."""
    values = np.asarray(output, dtype=np.float32)
    if kind == "probabilities":
        return values
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
    with np.errstate(all="ignore"):  # what is infinite, or no probability, gives no number
        if kind == "probabilities":
            return np.asarray(np.log(values))
        values = values - values.max(axis=1, keepdims=True)
        return np.asarray(values - np.log(np.exp(values).sum(axis=1, keepdims=True)))
