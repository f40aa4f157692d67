"""How much ink each pixel holds, by its difference from the paper."""

from __future__ import annotations

from dataclasses import field

import numpy as np

from rnn_desk.core.arrays import Floats
from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import smoothed

LEAST_CONTRAST = 7
"""Grey levels of 255 by which ink differs from its paper; less is a picture's own unevenness."""

_ABOVE_NOISE = 5.0
"""Deviations of the paper's own noise, smoothed, by which ink differs from it."""


@frozen(eq=False)
class Ink:
    """The ink of a sheet.

    depth: `[rows, columns]`, 0 paper .. 1 full ink, faint lines and noise included. floor: the
    depth below which it is noise. dark: whether ink is darker than its paper. full: grey levels
    that full ink differs from its paper by.
    """

    depth: Floats = field(repr=False)
    floor: float
    dark: bool
    full: float

    @property
    def clear(self) -> Floats:
        """The depth above the floor, 0..1."""
        return np.asarray(np.clip((self.depth - self.floor) / (1 - self.floor), 0, 1))


def even_ink(picture: Floats, paper: Floats) -> Ink | None:
    """The ink on paper in even light; None where there is none to be told from the paper.

    Ink is on that side of the paper's brightness on which more differs, and more strongly.
    """
    difference = picture - paper
    darker, brighter = np.maximum(-difference, 0), np.maximum(difference, 0)
    dark = bool((darker**2).sum() >= (brighter**2).sum())
    return ink_of(picture, paper, dark)


def ink_of(picture: Floats, paper: Floats, dark: bool) -> Ink | None:
    """The ink on that paper, dark or bright; None where there is none to be told from it."""
    difference = paper - picture if dark else picture - paper
    if dark:  # dark ink takes a part of the light that falls on it: less in the shade
        light = np.maximum(paper, 1)
        difference = difference * (float(light.mean()) / light)
    difference = difference - np.median(difference)
    fine = smoothed(difference, 1) if min(picture.shape) > 60 else difference
    threshold = _otsu(np.maximum(fine, 0))
    inked = fine > threshold
    if not inked.any() or inked.all():
        return None
    noise, fine_noise = (1.4826 * float(np.median(np.abs(d[~inked]))) for d in (difference, fine))
    full = float(np.percentile(difference[inked], 95))
    if full < LEAST_CONTRAST or np.percentile(fine[inked], 90) < _ABOVE_NOISE * fine_noise:
        return None
    floor = min(3 * noise / full, 0.5)
    return Ink(np.clip(difference / full, 0, 1), floor, dark, full)


def _otsu(values: Floats) -> float:
    """The threshold that parts values best into two classes (Otsu, 1979): greatest variance
    between them."""
    most = float(values.max())
    if most <= 0:
        return 0.0
    count, edges = np.histogram(values, bins=256, range=(0, most))
    middle = (edges[:-1] + edges[1:]) / 2
    below, sum_below = np.cumsum(count), np.cumsum(count * middle)
    above, sum_above = below[-1] - below, sum_below[-1] - sum_below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sum_below / below - sum_above / above) ** 2
    return float(edges[1:][np.nan_to_num(between).argmax()])
