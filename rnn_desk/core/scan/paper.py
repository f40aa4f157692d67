"""How bright the paper is at each pixel, the ink's places included.

Light on one sheet changes slowly: a bent surface fits it. Where it does not, as a shadow's edge or
the edge of a card lies across the picture, the paper is what is too wide to be a stroke.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray

if TYPE_CHECKING:
    Levels = NDArray[np.uint8]
else:
    Levels = Any

_SAMPLES = 64
"""Places along each axis at which the paper's brightness is looked at."""

_ROUNDS = ((3, 1 / 4), (3, 1 / 4), (3, 1 / 4), (6, 1 / 4), (6, 1 / 8), (6, 1 / 16))
"""How an even light is found: a plane first, from what is within a quarter of the greatest
difference, then a bent surface from what is nearer, which leaves the faint edges of strokes out."""

_BAND = 0.02
"""Of the picture's shorter side: how wide a band along its edges is looked at first."""

_EVEN = 16
"""Grey levels within which a band is of one brightness."""

_WIDEST_STROKE = 0.2
"""Of the picture's shorter side: what is wider in all directions is paper."""


def even_paper(picture: Floats) -> Floats:
    """The paper as one sheet in light that changes slowly.

    A polynomial of the second degree through the samples that are near it, found in rounds, from
    the border's median on: light on paper changes slowly, and ink in it is far off.
    """
    y, x = (np.linspace(-1, 1, n) if n > 1 else np.zeros(1) for n in picture.shape)
    rows, columns = (np.linspace(0, n - 1, min(n, _SAMPLES)).astype(int) for n in picture.shape)
    sample = picture[np.ix_(rows, columns)].ravel()
    yy, xx = (a.ravel() for a in np.meshgrid(y[rows], x[columns], indexing="ij"))
    terms = np.stack([np.ones_like(xx), xx, yy, xx * xx, xx * yy, yy * yy], axis=1)
    fits = [_fit(terms, sample, level) for level in _first_guesses(picture)]
    factors = max(fits, key=lambda fit: _near(terms, sample, fit))
    c, cx, cy, cxx, cxy, cyy = factors
    along = c + cx * x + cxx * x * x
    return np.asarray(along + y[:, None] * (cy + cxy * x) + (cyy * y * y)[:, None])


def _fit(terms: Floats, sample: Floats, level: float) -> Floats:
    factors = np.zeros(6)
    factors[0] = level
    for count, nearness in _ROUNDS:
        off = np.abs(sample - terms @ factors)
        near = off <= max(off.max() * nearness, 1)
        factors[:count] = np.linalg.lstsq(terms[near, :count], sample[near], rcond=None)[0]
    return factors


def _near(terms: Floats, sample: Floats, factors: Floats) -> int:
    """How many samples are as the fit has them, a tenth more or less the same."""
    near = np.abs(sample - terms @ factors) < _EVEN
    return round(10 * float(near.mean()))


def _first_guesses(picture: Floats) -> list[float]:
    """The level of the outermost band, and of most of the picture where that is another one."""
    wide = max(1, round(_BAND * min(picture.shape)))
    sides = (picture[:wide], picture[-wide:], picture[:, :wide], picture[:, -wide:])
    level = float(np.median(np.concatenate([side.ravel() for side in sides])))
    most = float(np.median(picture))
    return [level] if abs(level - most) < _EVEN else [level, most]


def local_paper(picture: Floats, dark: bool) -> Floats:
    """The paper with strokes of dark ink, or of bright, closed: what is left is wider than they.

    Edges of shadows and cards stay where they are, which no average would leave them. Beyond its
    edges the picture is taken to go on.
    """
    reach = max(3, round(_WIDEST_STROKE * min(picture.shape) / 2))
    levels = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
    levels = np.pad(levels if dark else 255 - levels, 2 * reach + 2, mode="edge")
    closed = 255 - _greatest(255 - _greatest(levels, reach), reach)
    rows, columns = picture.shape
    start = 2 * reach + 2
    paper = closed[start : start + rows, start : start + columns].astype(np.float64)
    return paper if dark else 255 - paper


def _greatest(levels: Levels, reach: int) -> Levels:
    """The greatest level within an octagon of that reach about each pixel."""
    straight = round(reach * 0.6)
    slanting = (reach - straight + 1) // 2
    for dy, dx, length in ((1, 0, straight), (0, 1, straight), (1, 1, slanting), (1, -1, slanting)):
        done = 0
        while done < length:
            step = min(length - done, max(1, done))
            there, back = (
                _moved(levels, dy * step, dx * step),
                _moved(levels, -dy * step, -dx * step),
            )
            levels = np.maximum(np.maximum(there, back), levels)
            done += step
    return levels


def _moved(levels: Levels, dy: int, dx: int) -> Levels:
    """Moved down and right by so much; what comes in from outside is black."""
    out = np.zeros_like(levels)
    rows, columns = levels.shape
    out[max(dy, 0) : rows + min(dy, 0), max(dx, 0) : columns + min(dx, 0)] = levels[
        max(-dy, 0) : rows - max(dy, 0), max(-dx, 0) : columns - max(dx, 0)
    ]
    return out
