"""Colour maps for the heat maps: even steps in Oklab lightness, safe for colour-blind eyes.

Signed values (hidden and cell states, weights) run from blue over the paper's colour at zero to
orange; values in 0..1 (gates, probabilities, ink) from the paper to one hue. Blue and orange differ
for every common kind of colour blindness, and the lightness alone gives the size of a value.

Oklab: Ottosson, "A perceptual color space for image processing", 2020.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

ZERO = 128
"""Index of the value 0 in a signed map; +limit is 255 and -limit is 1, so that both halves match;
index 0 is not used."""


@dataclass(frozen=True, eq=False)
class ColourMap:
    """256 colours, `[256, 3]` uint8 red, green, blue, and whether 0 lies in the middle."""

    colours: NDArray[np.uint8] = field(repr=False)
    signed: bool

    def indices(self, values: NDArray[np.float32], limit: float = 1.0) -> NDArray[np.uint8]:
        """Each value's colour number; what lies beyond the limit takes the last colour.

        Signed: -limit..limit. Else: 0..limit. Not a number is shown as zero.
        """
        least, steps, zero = (-1, 127, ZERO) if self.signed else (0, 255, 0)
        part = np.array(values, np.float32)  # of its own: what follows is done in place
        part /= limit
        np.maximum(part, least, out=part)
        np.minimum(part, 1, out=part)
        part *= steps
        if np.isnan(part).any():  # seldom: a damaged file's numbers
            np.nan_to_num(part, copy=False)
        np.rint(part, out=part)
        part += zero
        return part.astype(np.uint8)

    def of(self, values: NDArray[np.float32], limit: float = 1.0) -> NDArray[np.uint8]:
        """Each value's colour, `[..., 3]`."""
        return self.colours[self.indices(values, limit)]


def signed_map(paper: str, negative: str, positive: str) -> ColourMap:
    """A diverging map from `negative` over `paper` at zero to `positive` (each "#rrggbb")."""
    middle, low, high = (_to_oklab(_rgb(colour)) for colour in (paper, negative, positive))
    part = np.abs(np.arange(256) - ZERO)[:, None] / 127
    end = np.where((np.arange(256) < ZERO)[:, None], low, high)
    return ColourMap(_to_srgb(middle + np.clip(part, 0, 1) * (end - middle)), signed=True)


def single_map(paper: str, full: str) -> ColourMap:
    """A sequential map from `paper` at 0 to `full` at 1 (each "#rrggbb")."""
    low, high = _to_oklab(_rgb(paper)), _to_oklab(_rgb(full))
    part = np.arange(256)[:, None] / 255
    return ColourMap(_to_srgb(low + part * (high - low)), signed=False)


def round_limit(largest: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that `largest` does not exceed; 1 for zero."""
    if not largest > 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(largest))
    return float(next(power * step for step in (1, 2, 5, 10) if largest <= power * step))


def lightness(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Oklab lightness 0..1 of `[n, 3]` colours, `[n]`: what a map is to climb evenly in."""
    return np.asarray(_to_oklab(colours / 255)[:, 0])


def contrast(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The contrast ratio 1..21 of `[..., 3]` colours, `[...]`, as WCAG 2.2 defines it."""
    high, low = (_linear(colours / 255) @ _LUMINANCE + 0.05 for colours in (one, other))
    return np.asarray(np.maximum(high, low) / np.minimum(high, low))


_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])


def _to_oklab(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.cbrt(_linear(srgb) @ _LMS.T) @ _LAB.T)


def _linear(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _to_srgb(oklab: NDArray[np.float64]) -> NDArray[np.uint8]:
    linear = (oklab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_LMS).T
    linear = np.clip(linear, 0, 1)
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(srgb * 255), dtype=np.uint8)
