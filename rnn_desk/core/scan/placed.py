"""From a digit's ink to its raster: scaled and centred as MNIST was made, by averaging areas."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import Floats
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import CENTRING_ROUNDS, MASS_AT, Raster, centre_of_mass
from rnn_desk.core.scan.areas import box_of

_FULL_FROM = 80
"""Percentile of the raster's inked pixels from which on MNIST's are full ink."""


def placed(ink: Floats, side: int, box: float) -> Raster:
    """The ink `[rows, columns]`, 0..1, scaled into its box, its centre of mass where MNIST has it.

    box: side of the box that the ink is scaled into, as a part of the raster's side. Scale and
    offset are those of the ink's own pixels.
    """
    if not (ink > 0).any():
        return Raster(np.zeros((side, side), np.float32))
    where = box_of(ink > 0)
    ink = ink[where.pixels]
    y, x = _span(ink.max(axis=1)), _span(ink.max(axis=0))
    low, high = np.array([x.low, y.low]), np.array([x.high, y.high])
    scale = box * side / (high - low).max()
    middle = side / 2
    offset = middle - (low + high) / 2 * scale
    for _ in range(CENTRING_ROUNDS):
        shift = middle + MASS_AT - centre_of_mass(_averaged(ink, scale, offset, side))
        # Never push ink over the edge, however lopsided its mass.
        offset = np.clip(offset + shift, -low * scale, side - high * scale)
    pixels = _inked_in_full(_averaged(ink, scale, offset, side)).astype(np.float32)
    left, top = offset - np.array([where.left, where.top]) * scale
    return Raster(pixels, float(scale), (float(left), float(top)))


@frozen
class _Span:
    """Where ink begins and ends along one axis, in pixels, parts of pixels included."""

    low: float
    high: float


def _span(profile: Floats) -> _Span:
    """The span in which a profile (the most ink of each row, or column) is above one half."""
    half = min(0.5, float(profile.max()) / 2)
    inside = np.flatnonzero(profile > half)
    padded = np.concatenate([[0.0], profile, [0.0]])

    def crossing(outer: int, inner: int) -> float:
        """Pixels from the inner pixel's middle to where the profile is half, towards outer."""
        o, i = padded[outer + 1], padded[inner + 1]
        return float((i - half) / (i - o))

    first, last = int(inside[0]), int(inside[-1])
    low = first + 0.5 - crossing(first - 1, first)
    high = last + 0.5 + crossing(last + 1, last)
    return _Span(max(low, 0.0), min(high, float(len(profile))))


def _inked_in_full(pixels: Floats) -> Floats:
    """A line much thinner than a pixel leaves faint ones: make them as dark as a pen's would be."""
    inked = pixels[pixels > 0.1 * pixels.max()]
    full = np.percentile(inked, _FULL_FROM)
    return np.asarray(np.minimum(pixels / min(full, 1.0), 1.0))


def _averaged(ink: Floats, scale: float, offset: Floats, side: int) -> Floats:
    """The mean ink of the area that each raster pixel covers; p lies at `p * scale + offset`."""
    down = _shares(ink.shape[0], scale, offset[1], side)
    across = _shares(ink.shape[1], scale, offset[0], side)
    return np.asarray(down @ ink @ across.T)


def _shares(count: int, scale: float, offset: float, side: int) -> Floats:
    """`[side, count]`: the share that each of `count` pixels has in each raster pixel."""
    edges = np.arange(count + 1) * scale + offset
    pixel = np.arange(side)[:, None]
    overlap = np.minimum(edges[1:], pixel + 1) - np.maximum(edges[:-1], pixel)
    return np.asarray(np.maximum(overlap, 0))
