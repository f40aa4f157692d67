"""The scale and offset of a model's pixels where none that has a name will do, found downhill."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rnn_desk.engine.input_spec.feeding import scaling
from rnn_desk.engine.input_spec.ways import scaled
from rnn_desk.protocol.findings import Way

Point = NDArray[np.float64]

FIRST_STEPS = np.array([[0.0, 0.0], [0.5, 0.0], [0.0, 0.2]])
"""Logarithm of a factor, and greys, by which the first three points lie apart."""

_STEPS = 24


def moved(way: Way, point: Point) -> Way:
    """The way with its pixels first made `exp(point[0]) * pixel - point[1]`."""
    factor, term = scaling(way.input)
    times = float(np.exp(np.clip(point[0], -12, 12)))
    numbers = [tuple(float(n) for n in each) for each in (factor * times, term - factor * point[1])]
    return scaled(way, numbers[0], numbers[1])


def nearest_valley(way: Way, loss: Callable[[Way], float], steps: int = _STEPS) -> Way:
    """The way with the scale and offset at which the loss is least, downhill from its own (Nelder
    and Mead's simplex)."""

    def at(point: Point) -> float:
        return loss(moved(way, point))

    points = [np.array(step) for step in FIRST_STEPS]
    heights = [at(point) for point in points]
    for _ in range(steps):
        order = np.argsort(heights, kind="stable")
        points, heights = [points[k] for k in order], [heights[k] for k in order]
        middle = (points[0] + points[1]) / 2
        tried = 2 * middle - points[2]
        height = at(tried)
        if height < heights[0]:
            further = 3 * middle - 2 * points[2]
            if (lower := at(further)) < height:
                tried, height = further, lower
        elif height >= heights[1]:
            tried = (middle + (tried if height < heights[2] else points[2])) / 2
            height = at(tried)
        if height < heights[2]:
            points[2], heights[2] = tried, height
        else:
            points[1:] = [(point + points[0]) / 2 for point in points[1:]]
            heights[1:] = [at(point) for point in points[1:]]
        if np.ptp(points, axis=0).max() < 0.01:
            break
    return moved(way, points[int(np.argmin(heights))])
