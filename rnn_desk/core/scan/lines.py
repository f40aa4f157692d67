"""Ruled lines and grids: long, thin, and from edge to edge, as no stroke of a digit is."""

from __future__ import annotations

from dataclasses import field

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import Mask, grown
from rnn_desk.core.scan.contrast import Ink
from rnn_desk.core.scan.labels import labelled

_THICKEST = 0.02
"""Of the sheet's shorter side: how thick a line may be."""

_LONG = 0.85
"""Of the sheet's side: a line that is as long is one wherever it begins."""

_COVERED = 0.75
"""Of its way across the sheet: where a line has ink, its own or what is drawn over it."""

_THIN = 0.6
"""Of a stroke's thickness: what is thinner may be a single line."""

_LEAST_SIDE = 90
"""Pixels of the sheet's shorter side; in less, strokes are as thin as lines."""

_FROM_EDGE = 0.12
"""Of the sheet's side: how long what begins at an edge must be."""

_SEVERAL = 3
"""Lines of one direction that are a ruling, whatever else there is."""

_FAINT = 0.8
"""Lines below this part of full ink are told from it by their depth."""


@frozen(eq=False)
class Lines:
    """What was taken for lines. ink: the ink without them. several: whether they are a ruling."""

    mask: Mask = field(repr=False)
    ink: Floats = field(repr=False)
    several: bool


def without_lines(ink: Ink) -> Lines | None:
    """The ink without the lines on its paper; None where there are none.

    Lines that are fainter than ink are taken away by their depth, others by their place: what is as
    thin as they are, on their way.
    """
    loose = ink.depth > max(ink.floor, 0.06)
    down, count_down = _horizontal(loose)
    across, count_across = _horizontal(loose.T)
    across = across.T
    mask = down | across
    if not mask.any():
        return None
    several = max(count_down, count_across) >= _SEVERAL
    depth = ink.depth[mask & ~grown(loose & ~mask, 2)]
    level = float(np.percentile(depth, 90)) if depth.size > 20 else 1.0
    if level < _FAINT:
        floor = min(level * 1.1, 0.9)
        left = np.clip((ink.depth - floor) / (1 - floor), 0, 1)
        return Lines(mask & (left == 0), left, several)
    left = np.where(mask, 0, ink.clear)
    if not several and _thickness(mask) > _THIN * _thickness(left > 0.5):
        return None  # as thick as what is written: the bar of a 7 that is cut closely
    return Lines(mask, left, several)


def _thickness(mask: Mask) -> float:
    """How thick what is in the mask is, by its area and its outline."""
    turns = np.count_nonzero(np.diff(mask, axis=0)) + np.count_nonzero(np.diff(mask, axis=1))
    return 2 * np.count_nonzero(mask) / max(1.0, turns * np.pi / 4)


def _horizontal(loose: Mask) -> tuple[Mask, int]:
    """The pixels of lines that go from left to right, and how many lines there are."""
    rows, columns = loose.shape
    thickest = max(3, round(_THICKEST * min(rows, columns)))
    if min(rows, columns) < _LEAST_SIDE:
        return np.zeros_like(loose), 0
    thick = _lengths_down(loose)
    thin = loose & (thick <= thickest)
    bridged = grown(thin, thickest + 2, rows=False)
    part, count = labelled(bridged)
    if not count:
        return np.zeros_like(loose), 0
    row, column = np.nonzero(thin)
    number = part[row, column] - 1
    first, last = np.full(count, columns), np.full(count, -1)
    np.minimum.at(first, number, column)
    np.maximum.at(last, number, column)
    top, bottom = np.full(count, rows), np.full(count, -1)
    np.minimum.at(top, number, row)
    np.maximum.at(bottom, number, row)
    inked = np.bincount(number, minlength=count)
    long = last - first + 1
    flat = (bottom - top + 1) <= 0.2 * long + thickest
    filled = inked >= 0.6 * long
    edge = (first <= 3) | (last >= columns - 4)
    line = flat & filled & ((long >= _LONG * columns) | (edge & (long >= _FROM_EDGE * columns)))
    if not line.any():
        return np.zeros_like(loose), 0
    return _drawn_through(loose, thick, part, np.flatnonzero(line) + 1, thickest)


def _drawn_through(
    loose: Mask,
    thick: NDArray[np.intp],
    part: NDArray[np.intp],
    lines: NDArray[np.intp],
    thickest: int,
) -> tuple[Mask, int]:
    """All that lies on the straight lines through these pieces and is no thicker than they are."""
    rows, columns = loose.shape
    out = np.zeros_like(loose)
    taken: list[tuple[float, float]] = []
    x = np.arange(columns)
    thin = loose & (thick <= thickest)
    sizes = [(int(np.count_nonzero(thin & (part == number))), number) for number in lines]
    for _, number in sorted(sizes, reverse=True):
        row, column = np.nonzero(thin & (part == number))
        slope, at = np.polyfit(column, row, 1) if np.ptp(column) > 0 else (0.0, float(row.mean()))
        y = slope * x + at
        width = float(np.median(thick[row, column]))
        half = width / 2 + 1.5
        near = np.abs(np.arange(rows)[:, None] - y) <= half
        if np.count_nonzero((near & loose).any(axis=0)) < _COVERED * columns:
            continue
        out |= near & loose & (thick <= width + 2)
        where = (float(y[0]), float(y[-1]))
        if all(abs(where[0] - a) > 4 or abs(where[1] - b) > 4 for a, b in taken):
            taken.append(where)
    return out, len(taken)


def _lengths_down(mask: Mask) -> NDArray[np.intp]:
    """How many pixels of its column hang together with each pixel."""
    rows = mask.shape[0]
    at = np.arange(rows)[:, None]
    above = np.maximum.accumulate(np.where(mask, -1, at), axis=0)
    below = np.minimum.accumulate(np.where(mask, rows, at)[::-1], axis=0)[::-1]
    return np.asarray(below - above - 1)
