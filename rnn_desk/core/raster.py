"""Contract 2, the raster: a drawing as the small picture that a network reads.

Made as MNIST was made (LeCun, Cortes, Burges): the ink is scaled into a 20 x 20 box with its aspect
kept, antialiased, and centred by its mass in 28 x 28, white ink (1) on black (0). It is made from
the vectors, so a digit a centimetre wide in a corner and one that fills the canvas give the same
raster: the pen's width counts in raster pixels, whatever the size of the drawing.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any, NamedTuple

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.counted import counted as counted_pixels
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.frozen import frozen
from rnn_desk.core.ink import Ink, visible_ink

SIDE = 28
BOX = 20 / 28
"""Side of the box that the ink is scaled into, as a part of the raster's side."""

PEN = 2.4 / 28
"""Width of the ordinary pen as a part of the raster's side: the mean stroke of MNIST."""

BEFORE_COUNTED = 64
"""Side of the raster of which a smaller one counts the ink."""

MASS_AT = 0.5
"""Raster pixels by which MNIST's centre of mass lies beyond the middle, down and right: the mean
over its training images is pixel index 14.0, whose middle is at 14.5."""

_THINNEST = 1.0
"""Raster pixels; a thinner pen, as in a picture of few pixels, would slip between them."""

_LONGEST_PIECE = 1.0
"""Raster pixels; strokes are cut into pieces so short that a small window of pixels holds one."""

_AT_ONCE = 4096
"""Pieces painted at a time, so that a scribble takes time and not memory."""

_SPECK = 1e-9
"""An extent below this part of the coordinates is their rounding, and the drawing a dot."""

CENTRING_ROUNDS = 3
"""Mass is measured on the pixels, and moves a little with them; three rounds settle it."""


class Frame(NamedTuple):
    """Into what a drawing is fitted: a raster of that side, in which the box for the ink is that
    part of it; or one whose pixels count the ink of a bitmap, which fills it (`core.counted`)."""

    side: int = SIDE
    box: float = BOX
    counted: bool = False


@frozen(eq=False)
class Raster:
    """The picture the network sees, and how the canvas was mapped onto it.

    pixels: `[side, side]` float32, 0 paper .. 1 ink.
    scale, offset: a canvas point p lies at `p * scale + offset` (x, y) in raster pixels, where
    row r covers r <= y < r + 1. A raster made from nothing has scale 0.
    """

    pixels: NDArray[np.float32] = field(repr=False)
    scale: float = 0.0
    offset: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        self.pixels.flags.writeable = False

    @property
    def side(self) -> int:
        """Rows, and columns, of the picture."""
        return int(self.pixels.shape[0])

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        return not self.pixels.any()


def rasterise(
    drawing: Drawing, side: int = SIDE, box: float = BOX, counted: bool = False
) -> Raster:
    """The raster of a drawing, `side` x `side`; a drawing with no ink left gives a blank one.

    box, counted: as `Frame` has them. Position, size and direction of the strokes do not change the
    raster (beyond rounding); a dot becomes a dot of the pen's width in the middle.
    """
    return rasterise_ink(visible_ink(drawing), side, box, counted)


def rasterise_in_place(drawing: Drawing, side: int = SIDE, pens: float = 1.0) -> Raster:
    """The raster of a drawing as it lies: the canvas is the picture, and nothing is fitted, as for
    a digit that is only begun. The pen is so many times as wide as in `rasterise`."""
    lines, scale = visible_ink(drawing), side / drawing.size
    if not lines:
        return Raster(np.zeros((side, side), np.float32), scale)
    points, radius, first = _as_one(lines, side)
    pieces = _pieces(points * scale, pens * radius, first)
    return Raster(_paint(pieces, np.zeros(2), side).astype(np.float32), scale)


def rasterise_ink(
    lines: tuple[Ink, ...], side: int = SIDE, box: float = BOX, counted: bool = False
) -> Raster:
    """The raster of the lines that `visible_ink` found."""
    if not lines:
        return Raster(np.zeros((side, side), np.float32))
    if counted:
        return counted_from(rasterise_ink(lines, BEFORE_COUNTED, 1.0), side)
    points, radius, first = _as_one(lines, side)
    scale = _scale_into_box(points, radius, box * side)
    scaled = points * scale
    low, high = _extent(scaled, radius)
    pieces = _pieces(scaled, radius, first)
    middle = side / 2
    offset = middle - (low + high) / 2
    for _ in range(CENTRING_ROUNDS):
        pixels = _paint(pieces, offset, side)
        shift = middle + MASS_AT - centre_of_mass(pixels)
        # Never push ink over the edge, however lopsided its mass.
        offset = np.clip(offset + shift, -low, side - high)
    return Raster(
        _paint(pieces, offset, side).astype(np.float32), scale, (float(offset[0]), float(offset[1]))
    )


def counted_from(raster: Raster, side: int) -> Raster:
    """The raster whose pixels count the ink of a larger one. Its rows lie as scale and offset say;
    along them, it is about its middle that the ink lies as it did."""
    pixels = counted_pixels(raster.pixels, side)
    rows, columns = (np.flatnonzero(raster.pixels.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return Raster(pixels)
    scale = side / (rows[-1] + 1 - rows[0])
    middle = (columns[0] + columns[-1] + 1) / 2
    x, y = raster.offset
    return Raster(
        pixels,
        raster.scale * scale,
        (float((x - middle) * scale + side / 2), float((y - rows[0]) * scale)),
    )


def _as_one(
    lines: tuple[Ink, ...], side: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """All points of some lines, the pen's radius at each in raster pixels, and where each line
    begins."""
    points = np.concatenate([line.points for line in lines])
    radius = np.concatenate([line.weight for line in lines]) * (PEN * side / 2)
    first = np.concatenate([[0], np.cumsum([len(line.points) for line in lines])[:-1]])
    return points, np.maximum(radius, _THINNEST / 2), first.astype(np.intp)


def _extent(
    points: NDArray[np.float64], radius: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and greatest x, y that the ink reaches."""
    return (points - radius[:, None]).min(axis=0), (points + radius[:, None]).max(axis=0)


def _scale_into_box(points: NDArray[np.float64], radius: NDArray[np.float64], box: float) -> float:
    """The scale at which the ink, with its pen width that does not scale, is `box` pixels long.

    The ink's extent is a convex, piecewise linear function of the scale, so Newton's steps from
    above reach the root exactly, in as many steps as the extreme points change.
    """
    span = np.ptp(points, axis=0).max()
    if span <= max(_SPECK * np.abs(points).max(), 1e-300):
        return 1.0  # a dot, at whatever scale
    scale = float(box / span)
    for _ in range(16):
        left = points * scale - radius[:, None]
        right = points * scale + radius[:, None]
        excess, slope = -np.inf, 1.0
        for axis in (0, 1):
            i, j = int(left[:, axis].argmin()), int(right[:, axis].argmax())
            over = right[j, axis] - left[i, axis] - box
            if over > excess:
                excess, slope = float(over), float(points[j, axis] - points[i, axis])
        if slope <= 0 or abs(excess) < 1e-9:
            break
        scale = max(scale - excess / slope, 0.0)
    return scale


@frozen(eq=False)
class _Pieces:
    """Short straight pieces of ink, each from a to a + d with radii ra to rb, in raster pixels."""

    a: NDArray[np.float64]
    d: NDArray[np.float64]
    ra: NDArray[np.float64]
    rb: NDArray[np.float64]

    def part(self, start: int, count: int) -> _Pieces:
        """Some of the pieces."""
        chosen = slice(start, start + count)
        return _Pieces(self.a[chosen], self.d[chosen], self.ra[chosen], self.rb[chosen])


def _pieces(
    points: NDArray[np.float64], radius: NDArray[np.float64], first: NDArray[np.intp]
) -> _Pieces:
    """Cut polylines (each starting at an index in `first`) into pieces of at most one pixel."""
    start = np.arange(len(points) - 1)
    start = np.delete(start, first[1:] - 1)  # no segment from one line's end to the next's start
    last = np.append(first[1:], len(points)) - 1
    dots = first[first == last]  # a line of one point is a piece of no length
    a, b = np.concatenate([start, dots]), np.concatenate([start + 1, dots])
    # Where the pen is pressed more than moved, one end's disc holds all of the piece.
    swallowed = np.abs(radius[b] - radius[a]) >= np.hypot(*(points[b] - points[a]).T)
    a = np.where(swallowed & (radius[b] > radius[a]), b, a)
    b = np.where(swallowed, a, b)
    delta = points[b] - points[a]
    count = np.maximum(1, np.ceil(np.hypot(*delta.T) / _LONGEST_PIECE)).astype(np.intp)
    owner = np.repeat(np.arange(len(a)), count)
    k = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    t0, t1 = k / count[owner], (k + 1) / count[owner]
    r0, dr = radius[a][owner], (radius[b] - radius[a])[owner]
    return _Pieces(
        points[a][owner] + delta[owner] * t0[:, None],
        delta[owner] / count[owner][:, None],
        r0 + dr * t0,
        r0 + dr * t1,
    )


def _paint(pieces: _Pieces, offset: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Coverage of each pixel, `[side, side]`: the part of a pixel that the nearest edge leaves."""
    widest = float(max(pieces.ra.max(), pieces.rb.max()))
    reach = int(np.ceil(widest + _LONGEST_PIECE / 2 + 0.5))
    # A border catches what a piece's window holds beyond the picture.
    border = reach + 1
    wide = side + 2 * border
    picture = np.zeros((wide, wide))
    for start in range(0, len(pieces.a), _AT_ONCE):
        _paint_onto(picture, pieces.part(start, _AT_ONCE), offset + border, reach)
    return picture[border:-border, border:-border]


def _paint_onto(
    picture: NDArray[np.float64], pieces: _Pieces, offset: NDArray[np.float64], reach: int
) -> None:
    """Cover pixels by pieces, in windows of `reach` pixels to each side of a piece.

    A pixel whose centre lies d inside the ink's edge is covered by about 1/2 + d; d is measured to
    the round-capped piece, exactly.
    """
    a = pieces.a + offset
    corner = np.floor(a + pieces.d / 2).astype(np.intp) - reach
    window = np.arange(2 * reach + 1)
    columns = corner[:, 0, None] + window  # [pieces, window]
    rows = corner[:, 1, None] + window
    px = columns + 0.5 - a[:, 0, None]
    py = rows + 0.5 - a[:, 1, None]
    dx, dy = pieces.d[:, 0, None, None], pieces.d[:, 1, None, None]
    length = np.maximum(dx * dx + dy * dy, 1e-12)
    along = px[:, None, :] * dx + py[:, :, None] * dy
    along /= length
    taper = (pieces.rb - pieces.ra)[:, None, None]
    if taper.any():  # the disc that reaches furthest lies towards the wider end
        aside = np.abs(px[:, None, :] * dy - py[:, :, None] * dx) / length
        along += aside * taper / np.sqrt(np.maximum(length - taper**2, 1e-12))
    _limit(along, 0, 1)
    aside_x, aside_y = px[:, None, :] - along * dx, py[:, :, None] - along * dy
    distance = np.square(aside_x, out=aside_x)
    distance += np.square(aside_y, out=aside_y)
    np.sqrt(distance, out=distance)  # np.hypot guards a range that is not met
    cover = np.multiply(along, taper, out=along)
    cover += pieces.ra[:, None, None]
    cover -= distance
    cover += 0.5
    _limit(cover, 0, 1)
    wide = len(picture)
    _limit(rows, 0, wide - 1)
    _limit(columns, 0, wide - 1)
    flat = (rows * wide)[:, :, None] + columns[:, None, :]
    np.maximum.at(picture.reshape(-1), flat.ravel(), cover.ravel())


def _limit(values: NDArray[Any], low: int, high: int) -> None:
    """`np.clip` in place, at a third of its price for arrays as small as these."""
    np.maximum(values, low, out=values)
    np.minimum(values, high, out=values)


def centre_of_mass(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """(x, y) of the ink's mass, in raster pixels."""
    total = pixels.sum()
    middle = np.arange(pixels.shape[0]) + 0.5
    return np.asarray([pixels.sum(axis=0) @ middle, pixels.sum(axis=1) @ middle] / total)
