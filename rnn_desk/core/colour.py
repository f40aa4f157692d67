"""Colour maps for the heat maps: even steps in Oklab lightness, safe for colour-blind eyes.

Signed values (hidden and cell states, weights) run from blue over the paper's colour at zero to
orange; values in 0..1 (gates, probabilities, ink) from the paper to one hue. Blue and orange differ
for every common kind of colour blindness, and the lightness alone gives the size of a value.

Oklab: Ottosson, "A perceptual color space for image processing", 2020.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import cbrt

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.frozen import frozen

_Oklab = tuple[float, float, float]
_Matrix = tuple[_Oklab, _Oklab, _Oklab]

ZERO = 128
"""Index of the value 0 in a signed map; +limit is 255 and -limit is 1, so that both halves match;
index 0 is not used."""


@frozen(eq=False)
class ColourMap:
    """256 colours from `paper` at zero to `high` at the limit; with `low`, signed: to that at minus
    the limit. Each end is "#rrggbb"."""

    paper: str
    high: str
    low: str | None = None

    @property
    def signed(self) -> bool:
        """Whether 0 lies in the middle."""
        return self.low is not None

    @cached_property
    def rgb(self) -> bytes:
        """Red, green and blue of each colour, one after the other. Made without NumPy: a legend is
        in the first picture."""
        return b"".join(map(_srgb_of, self._mixed()))

    @cached_property
    def colours(self) -> NDArray[np.uint8]:
        """The same, `[256, 3]`."""
        return np.frombuffer(self.rgb, np.uint8).reshape(256, 3)

    def _mixed(self) -> Iterator[_Oklab]:
        paper, high = _oklab_of(self.paper), _oklab_of(self.high)
        if self.low is None:
            for k in range(256):
                yield _between(paper, high, k / 255)
            return
        low = _oklab_of(self.low)
        for k in range(256):
            yield _between(paper, low if k < ZERO else high, min(1.0, abs(k - ZERO) / 127))

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


_LUMINANCE = (0.2126, 0.7152, 0.0722)
_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _to_oklab(srgb: Floats) -> Floats:
    return np.asarray(np.cbrt(_linear(srgb) @ np.transpose(_LMS)) @ np.transpose(_LAB))


def _linear(srgb: Floats) -> Floats:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


# One colour at a time.


def _oklab_of(colour: str) -> _Oklab:
    srgb = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in srgb]
    return _times(_LAB, tuple(map(cbrt, _times(_LMS, linear))))


def _srgb_of(oklab: _Oklab) -> bytes:
    linear = _times(_LMS_BACK, [part**3 for part in _times(_LAB_BACK, oklab)])
    held = [min(1.0, max(0.0, c)) for c in linear]
    srgb = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in held)
    return bytes(round(c * 255) for c in srgb)


def _between(one: _Oklab, other: _Oklab, part: float) -> _Oklab:
    a, b, c = (start + part * (end - start) for start, end in zip(one, other, strict=True))
    return a, b, c


def _times(matrix: _Matrix, vector: Sequence[float]) -> _Oklab:
    x, y, z = vector
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z


def _inverse(matrix: _Matrix) -> _Matrix:
    """By its adjugate."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    first, second, third = e * i - f * h, f * g - d * i, d * h - e * g
    whole = a * first + b * second + c * third
    return (
        (first / whole, (c * h - b * i) / whole, (b * f - c * e) / whole),
        (second / whole, (a * i - c * g) / whole, (c * d - a * f) / whole),
        (third / whole, (b * g - a * h) / whole, (a * e - b * d) / whole),
    )


_LMS_BACK, _LAB_BACK = _inverse(_LMS), _inverse(_LAB)
