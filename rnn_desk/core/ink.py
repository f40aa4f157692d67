"""What is left on the paper: the ink strokes, cut where an eraser went over them afterwards.

Erasing cuts the pen's *path*, not pixels, so that the canvas and the raster agree at any scale.
"""

from __future__ import annotations

from dataclasses import field

import numpy as np

from rnn_desk.core.arrays import Floats
from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing, Stroke
from rnn_desk.core.frozen import frozen

ERASER_WIDTH = 0.09
"""Width of the eraser where a stroke does not say, as a part of the canvas's side."""

NARROWEST, WIDEST = 0.5, 2.0
"""Pens beyond these multiples of the ordinary one are drawn at the limit."""

PEN_BY_PRESSURE = 0.5
"""Of a pen's own width, where it is not pressed at all; middle pressure gives the pen's own."""

_TOUCHING = 1e-9
"""Parts of a segment; what the eraser leaves between two cuts so close is nothing."""

_AT_ONCE = 200_000
"""Pairs of an ink and an eraser segment held in memory at a time."""


@frozen(eq=False)
class Ink:
    """One unbroken line of ink.

    points: `[n, 2]` float64 in canvas units, n >= 1 (one point is a dot).
    weight: `[n]` float64, the width there as a multiple of the ordinary pen's.
    """

    points: Floats = field(repr=False)
    weight: Floats = field(repr=False)


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
        weight *= PEN_BY_PRESSURE + stroke.pressure
    return Ink(stroke.points, np.clip(weight, NARROWEST, WIDEST))


def erased(lines: list[Ink], eraser: Stroke, size: float) -> list[Ink]:
    """The lines after one eraser stroke: what it touched is gone, the rest is split.

    The pen's own half width counts, so that the gap to be seen is as wide as the eraser. The cuts
    are where the pen's path crosses that outline, exactly, at whatever scale.
    """
    radius = (eraser.width or ERASER_WIDTH * size) / 2
    half_pen = NOMINAL_WIDTH * size / 2
    reach = radius + WIDEST * half_pen
    low, high = eraser.points.min(axis=0) - reach, eraser.points.max(axis=0) + reach
    kept: list[Ink] = []
    for line in lines:
        if np.any(line.points.max(axis=0) < low) or np.any(line.points.min(axis=0) > high):
            kept.append(line)  # out of the eraser's reach, and by far the usual case
        else:
            pen = float(line.weight.mean()) * half_pen
            kept.extend(_cut(line, eraser.points, radius + pen))
    return kept


def _cut(line: Ink, path: Floats, radius: float) -> list[Ink]:
    """What is left of a line when a disc of that radius has gone along the path."""
    starts, ends = (path, path) if len(path) == 1 else (path[:-1], path[1:])
    reached = np.all(np.maximum(starts, ends) + radius >= line.points.min(axis=0), axis=1)
    reached &= np.all(np.minimum(starts, ends) - radius <= line.points.max(axis=0), axis=1)
    starts, ends = starts[reached], ends[reached]
    a = line.points if len(line.points) == 1 else line.points[:-1]
    d = np.zeros_like(a) if len(line.points) == 1 else np.diff(line.points, axis=0)
    first: list[Floats] = [np.empty(0)]
    last: list[Floats] = [np.empty(0)]
    step = max(1, _AT_ONCE // len(a))
    for k in range(0, len(starts), step):
        low, high = _under(a, d, starts[k : k + step, None], ends[k : k + step, None], radius)
        low, high = np.maximum(low, 0), np.minimum(high, 1)
        _, segment = hit = np.nonzero(low < high)
        first.append(segment + low[hit])
        last.append(segment + high[hit])
    start, stop = np.concatenate(first), np.concatenate(last)
    if len(start) == 0:
        return [line]
    if len(line.points) == 1:
        return []
    order = np.argsort(start)
    start, stop = start[order], np.maximum.accumulate(stop[order])
    gap = start[1:] > stop[:-1]
    return [
        _part(line, float(low), float(high))
        for low, high in zip(
            np.concatenate([[0.0], stop[:-1][gap], stop[-1:]]),
            np.concatenate([start[:1], start[1:][gap], [len(line.points) - 1.0]]),
            strict=True,
        )
        if high - low > _TOUCHING
    ]


def _part(line: Ink, low: float, high: float) -> Ink:
    """The line between two positions, counted in points from its start."""
    at = np.concatenate([[low], np.arange(np.floor(low) + 1, np.ceil(high)), [high]])
    knots = np.arange(len(line.points))
    return Ink(
        np.stack([np.interp(at, knots, line.points[:, axis]) for axis in (0, 1)], axis=1),
        np.interp(at, knots, line.weight),
    )


def _under(a: Floats, d: Floats, p: Floats, q: Floats, radius: float) -> tuple[Floats, Floats]:
    """The t between which `a + t d` lies within `radius` of the segment from p to q.

    `a`, `d` `[n, 2]`, `p`, `q` `[m, 1, 2]`; answers `[m, n]`, the first above the second where
    there is no such t. A capsule is two discs and a rectangle, and convex: one interval.
    """
    long = np.hypot(*np.moveaxis(q - p, -1, 0))
    along = (q - p) / np.where(long > 0, long, 1)[..., None]
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    low_along, high_along = _between(((a - p) * along).sum(-1), (d * along).sum(-1), 0.0, long)
    low_across, high_across = _between(
        ((a - p) * across).sum(-1), (d * across).sum(-1), -radius, radius
    )
    low, high = np.maximum(low_along, low_across), np.minimum(high_along, high_across)
    none = (low >= high) | (long == 0)
    low, high = np.where(none, np.inf, low), np.where(none, -np.inf, high)
    for end in (p, q):
        low_disc, high_disc = _in_disc(a - end, d, radius)
        low, high = np.minimum(low, low_disc), np.maximum(high, high_disc)
    return low, high


def _between(at: Floats, speed: Floats, low: float, high: Floats | float) -> tuple[Floats, Floats]:
    """The t between which `low <= at + t speed <= high`."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        t, u = (low - at) / speed, (high - at) / speed
    always, never = (speed == 0) & (low <= at) & (at <= high), (speed == 0)
    return (
        np.where(always, -np.inf, np.where(never, np.inf, np.minimum(t, u))),
        np.where(always, np.inf, np.where(never, -np.inf, np.maximum(t, u))),
    )


def _in_disc(a: Floats, d: Floats, radius: float) -> tuple[Floats, Floats]:
    """The t between which `a + t d` lies within `radius` of the origin."""
    square, mixed = (d * d).sum(-1), (a * d).sum(-1)
    outside = (a * a).sum(-1) - radius * radius
    under_root = mixed * mixed - square * outside
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        root = np.sqrt(np.maximum(under_root, 0))
        t, u = (-mixed - root) / square, (-mixed + root) / square
    always, never = (square == 0) & (outside < 0), (square == 0) | (under_root < 0)
    return (
        np.where(always, -np.inf, np.where(never, np.inf, t)),
        np.where(always, np.inf, np.where(never, -np.inf, u)),
    )
