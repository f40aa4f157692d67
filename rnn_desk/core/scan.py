"""Contract 2's sister function: a picture of a digit, of any size, as the raster of its ink.

A scan or a photograph has paper of some brightness, uneven light, noise and specks; a picture from
a paint program has none of these. What is ink is found by its difference from the paper, and is
then scaled and centred as MNIST was made (see rnn_desk.core.raster), by averaging areas.
"""

from __future__ import annotations

import math

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import BOX, CENTRING_ROUNDS, MASS_AT, SIDE, Raster, centre_of_mass

MOST_PIXELS = 2**18
"""Pixels that are looked at; a larger picture is shrunk first, so that work has a bound."""

LEAST_CONTRAST = 24
"""Grey levels of 255 by which ink differs from its paper; less is paper's own structure."""

_DARK, _INKED = 32, 96
"""Grey levels: MNIST's paper is below the first, and its ink reaches beyond the second."""

_SAMPLES = 64
"""Places along each axis at which the paper's brightness is looked at."""

_ROUNDS = ((3, 1 / 4), (3, 1 / 4), (3, 1 / 4), (6, 1 / 4), (6, 1 / 8), (6, 1 / 16))
"""How the paper's brightness is found: a plane first, from what is within a quarter of the greatest
difference, then a bent surface from what is nearer, which leaves the faint edges of strokes out."""

_COARSE_CELLS = 2**14
"""Cells of the grid on which specks are told from strokes."""

_FULL_FROM = 80
"""Percentile of the raster's inked pixels from which on MNIST's are full ink."""

_SPECK = 0.05
"""Ink that hangs together and has less than this part of the largest such ink is a speck."""

_TALL = 0.6
"""Ink that hangs together and is as tall, as a part of the tallest such ink, may be a digit."""


def raster_from_picture(grey: NDArray[np.uint8], side: int = SIDE, box: float = BOX) -> Raster:
    """The raster, `side` x `side`, of the digit in a picture `[rows, columns]` of 0..255.

    Ink may be dark or bright: the border is paper. A picture of just that side, with a dark border
    and bright ink, is one of MNIST's kind and taken as it is. Where there is no ink to be told from
    the paper, the raster is blank. Its scale and offset are those of the picture's pixels.
    """
    if grey.shape == (side, side) and _is_in_mnists_manner(grey):
        return Raster((grey / 255).astype(np.float32), 1.0)
    if grey.size:
        ink = _without_specks(_ink(shrunk(grey)))
        if ink.any():
            return _placed(ink, _block(grey.shape, MOST_PIXELS), side, box)
    return Raster(np.zeros((side, side), np.float32))


def shows_several(grey: NDArray[np.uint8]) -> bool:
    """Whether parts of the ink that are as tall as digits stand beside or above one another.

    Where one digit is in parts, such as a 5 whose bar was drawn apart, the others are lower.
    """
    part, _ = _parts(_without_specks(_ink(shrunk(grey))))
    boxes = [_box(part == number) for number in range(1, part.max() + 1)]
    tallest = max((bottom - top for top, bottom, *_ in boxes), default=0)
    tall = [box for box in boxes if box[1] - box[0] >= _TALL * tallest]
    return any(
        a_bottom <= b_top or a_right <= b_left
        for _, a_bottom, _, a_right in tall
        for b_top, _, b_left, _ in tall
    )


def shrunk(grey: NDArray[np.uint8]) -> Floats:
    """The picture with no more than about `MOST_PIXELS`: all that is looked at of a larger one."""
    return _averaged_by_blocks(grey, MOST_PIXELS)


def _is_in_mnists_manner(grey: NDArray[np.uint8]) -> bool:
    """Whether the border is dark for the most part, and something within is bright."""
    return bool(_border_level(grey) < _DARK and grey.max() > _INKED)


def _border_level(picture: NDArray[np.uint8] | Floats) -> float:
    """The median of the outermost pixels, corners twice."""
    sides = [picture[0], picture[-1], picture[:, 0], picture[:, -1]]
    return float(np.median(np.concatenate(sides)))


def _averaged_by_blocks(picture: NDArray[np.uint8] | Floats, most: int) -> Floats:
    """The picture with each of its blocks averaged, at the edges what is left of one."""
    rows, columns = picture.shape
    k = _block(picture.shape, most)
    if k == 1:
        return picture.astype(np.float64)
    starts_y, starts_x = np.arange(0, rows, k), np.arange(0, columns, k)
    # Row by row first, into a type that holds a sum of k bytes without the memory of doubles.
    wide = np.float32 if picture.dtype == np.uint8 else np.float64
    sums = np.add.reduceat(picture, starts_y, axis=0, dtype=wide)
    sums = np.add.reduceat(sums, starts_x, axis=1, dtype=np.float64)
    heights, widths = np.diff(np.append(starts_y, rows)), np.diff(np.append(starts_x, columns))
    return np.asarray(sums / (heights[:, None] * widths))


def _block(shape: tuple[int, ...], most: int) -> int:
    """The side of the square blocks of which a picture of that shape has about `most`."""
    rows, columns = shape
    return max(1, math.ceil(math.sqrt(rows * columns / most)))


def _ink(picture: Floats) -> Floats:
    """How much ink each pixel holds, 0..1; all 0 where there is none to be told from paper."""
    paper = _paper(picture)
    difference = picture - paper
    # Ink is on that side of the paper's brightness on which more differs, and more strongly.
    darker, brighter = np.maximum(-difference, 0), np.maximum(difference, 0)
    ink = brighter
    if (darker**2).sum() >= (brighter**2).sum():
        # Dark ink takes a part of the light that falls on it: less in the shade.
        light = np.maximum(paper, 1)
        ink, difference = (each * (light.mean() / light) for each in (darker, difference))
    threshold = _otsu(ink)
    inked = ink > threshold
    if not inked.any() or inked.all():
        return np.zeros_like(ink)
    full = np.percentile(ink[inked], 95)
    noise = 1.4826 * np.median(np.abs(difference)[~inked])  # a deviation, for normal noise
    floor = 3 * noise
    if full < max(LEAST_CONTRAST, 2 * floor):
        return np.zeros_like(ink)
    return np.asarray(np.clip((ink - floor) / (full - floor), 0, 1))


def _paper(picture: Floats) -> Floats:
    """The brightness that the paper has at each pixel, the ink's places included.

    A polynomial of the second degree through the samples that are near it, found in rounds, from
    the border's median on: light on paper changes slowly, and ink in it is far off.
    """
    y, x = (np.linspace(-1, 1, n) if n > 1 else np.zeros(1) for n in picture.shape)
    rows, columns = (np.linspace(0, n - 1, min(n, _SAMPLES)).astype(int) for n in picture.shape)
    sample = picture[np.ix_(rows, columns)].ravel()
    yy, xx = (a.ravel() for a in np.meshgrid(y[rows], x[columns], indexing="ij"))
    terms = np.stack([np.ones_like(xx), xx, yy, xx * xx, xx * yy, yy * yy], axis=1)
    factors = np.zeros(6)
    factors[0] = _border_level(picture)
    for count, nearness in _ROUNDS:
        off = np.abs(sample - terms @ factors)
        near = off <= max(off.max() * nearness, 1)
        factors[:count] = np.linalg.lstsq(terms[near, :count], sample[near], rcond=None)[0]
    c, cx, cy, cxx, cxy, cyy = factors
    along = c + cx * x + cxx * x * x
    return np.asarray(along + y[:, None] * (cy + cxy * x) + (cyy * y * y)[:, None])


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


def _without_specks(ink: Floats) -> Floats:
    """The ink without what is much smaller than the largest part that hangs together."""
    part, coarse = _parts(ink)
    mass = np.bincount(part.ravel(), coarse.ravel())
    kept = (mass[part] >= _SPECK * mass[1:].max(initial=0.0)) & (part > 0)
    # A stroke's faint edge may lie in the cell beside it.
    padded = np.pad(kept, 1)
    rows, columns = kept.shape
    for dy in (0, 1, 2):
        for dx in (0, 1, 2):
            kept |= padded[dy : dy + rows, dx : dx + columns]
    k = _block(ink.shape, _COARSE_CELLS)
    fine = np.repeat(np.repeat(kept, k, axis=0), k, axis=1)
    return np.asarray(ink * fine[: ink.shape[0], : ink.shape[1]])


def _parts(ink: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The number of the part that hangs together, from 1, and the ink, of each coarse cell."""
    coarse = _averaged_by_blocks(ink, _COARSE_CELLS)
    return _connected(coarse > 0.05), coarse


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """The first row and the one after the last, the first column and the one after the last."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _connected(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The number, from 1, of the connected part that each cell is of (8 neighbours); 0 outside.

    Each cell starts as its own part; touching parts join the lowest of them until none touch.
    """
    index = np.arange(mask.size).reshape(mask.shape)
    sides = (
        (index[:, :-1], index[:, 1:]),
        (index[:-1], index[1:]),
        (index[:-1, :-1], index[1:, 1:]),
        (index[:-1, 1:], index[1:, :-1]),
    )
    a = np.concatenate([first.ravel() for first, _ in sides])
    b = np.concatenate([second.ravel() for _, second in sides])
    flat = mask.ravel()
    touching = flat[a] & flat[b]
    a, b = a[touching], b[touching]
    parent = index.ravel().copy()
    while (apart := parent[a] != parent[b]).any():
        a, b = a[apart], b[apart]
        low, high = np.minimum(parent[a], parent[b]), np.maximum(parent[a], parent[b])
        np.minimum.at(parent, high, low)
        while (parent != parent[parent]).any():
            parent = parent[parent]
    numbers = np.zeros(mask.size, np.intp)
    numbers[flat] = np.unique(parent[flat], return_inverse=True)[1] + 1
    return numbers.reshape(mask.shape)


@frozen
class _Span:
    """Where ink begins and ends along one axis, in pixels, parts of pixels included."""

    low: float
    high: float


def _span(profile: Floats) -> _Span:
    """The span in which a profile (the most ink of each row, or column) is above one half."""
    inside = np.flatnonzero(profile > 0.5)
    padded = np.concatenate([[0.0], profile, [0.0]])

    def crossing(outer: int, inner: int) -> float:
        """Pixels from the inner pixel's middle to where the profile is 0.5, towards outer."""
        o, i = padded[outer + 1], padded[inner + 1]
        return float((i - 0.5) / (i - o))

    first, last = int(inside[0]), int(inside[-1])
    low = first + 0.5 - crossing(first - 1, first)
    high = last + 0.5 + crossing(last + 1, last)
    return _Span(max(low, 0.0), min(high, float(len(profile))))


def _placed(ink: Floats, block: int, side: int, box: float) -> Raster:
    """The ink scaled into its box, its centre of mass where MNIST has it, `[side, side]`.

    block: pixels of the picture along each side of a pixel of ink.
    """
    first_row, end_row, first_column, end_column = _box(ink > 0)
    ink = ink[first_row:end_row, first_column:end_column]
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
    left, top = offset - np.array([first_column, first_row]) * scale
    return Raster(pixels, float(scale / block), (float(left), float(top)))


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
