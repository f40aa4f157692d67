"""What is left on the paper: the ink strokes, cut where an eraser went over them afterwards.

Erasing cuts the pen's *path*, not pixels, so that the canvas and the raster agree at any scale.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing, Stroke

ERASER_WIDTH = 0.09
"""Width of the eraser where a stroke does not say, as a part of the canvas's side."""

NARROWEST, WIDEST = 0.5, 2.0
"""Pens beyond these multiples of the ordinary one are drawn at the limit."""

_STEPS_PER_RADIUS = 6
"""How finely a path is sampled, per radius of the eraser, to find where it is cut."""


@dataclass(frozen=True, eq=False)
class Ink:
    """One unbroken line of ink.

    points: `[n, 2]` float64 in canvas units, n >= 1 (one point is a dot).
    weight: `[n]` float64, the width there as a multiple of the ordinary pen's.
    """

    points: NDArray[np.float64] = field(repr=False)
    weight: NDArray[np.float64] = field(repr=False)


def visible_ink(drawing: Drawing) -> tuple[Ink, ...]:
    """The lines of ink that are on the canvas once every stroke, eraser or pen, was made."""
    lines: list[Ink] = []
    for stroke in drawing.strokes:
        if stroke.tool == "ink":
            lines.append(ink_of(stroke, drawing.size))
        else:
            lines = erased(lines, stroke, drawing.size)
    return tuple(lines)


def ink_of(stroke: Stroke, size: float) -> Ink:
    """A pen stroke as a line of ink, its width from the pen and the pressure."""
    nominal = NOMINAL_WIDTH * size
    weight = np.full(len(stroke.points), (stroke.width or nominal) / nominal)
    if stroke.pressure is not None:
        weight *= 0.5 + stroke.pressure  # middle pressure is the pen's own width
    return Ink(stroke.points, np.clip(weight, NARROWEST, WIDEST))


def erased(lines: list[Ink], eraser: Stroke, size: float) -> list[Ink]:
    """The lines after one eraser stroke: what lies under it is gone, the rest is split."""
    radius = (eraser.width or ERASER_WIDTH * size) / 2
    low, high = eraser.points.min(axis=0) - radius, eraser.points.max(axis=0) + radius
    kept: list[Ink] = []
    for line in lines:
        if np.any(line.points.max(axis=0) < low) or np.any(line.points.min(axis=0) > high):
            kept.append(line)  # out of the eraser's reach, and by far the usual case
            continue
        fine = _sampled(line, radius / _STEPS_PER_RADIUS)
        gone = distance_to_path(fine.points, eraser.points) < radius
        if not gone.any():
            kept.append(line)
            continue
        edges = np.flatnonzero(np.diff(np.concatenate(([True], gone, [True])).astype(np.int8)))
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            kept.append(Ink(fine.points[start:stop], fine.weight[start:stop]))
    return kept


def distance_to_path(points: NDArray[np.float64], path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of each of `points` `[n, 2]` to the polyline `path` `[m, 2]`, `[n]`."""
    nearest = np.full(len(points), np.inf)
    starts, ends = (path, path) if len(path) == 1 else (path[:-1], path[1:])
    for a, b in zip(starts, ends, strict=True):  # one eraser segment at a time bounds memory
        ab, ap = b - a, points - a
        length = ab @ ab
        along = np.clip(ap @ ab / length, 0, 1) if length > 0 else np.zeros(len(points))
        nearest = np.minimum(nearest, np.hypot(*(ap - along[:, None] * ab).T))
    return nearest


def _sampled(line: Ink, step: float) -> Ink:
    """The same line with a point at least every `step` canvas units, its own points kept."""
    if len(line.points) < 2:
        return line
    lengths = np.hypot(*np.diff(line.points, axis=0).T)
    pieces = np.maximum(1, np.ceil(lengths / step)).astype(int)
    position = np.concatenate(
        [np.arange(n) / n + k for k, n in enumerate(pieces)] + [[float(len(pieces))]]
    )
    knots = np.arange(len(line.points))
    return Ink(
        np.stack([np.interp(position, knots, line.points[:, axis]) for axis in (0, 1)], axis=1),
        np.interp(position, knots, line.weight),
    )
