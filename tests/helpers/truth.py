"""A slow and plain raster, written apart from the program's, to compare it with.

Every pixel is asked in `samples` x `samples` places whether a disc, gone along the line, ever
covered it. Nothing of rnn_desk.core.raster is used but what its contract says: the ink is 20/28 of
the side long, the pen 2.4/28 of it wide but a pixel at least, the centre of mass half a pixel
beyond the middle.
"""

import numpy as np

PEN, BOX = 2.4 / 28, 20 / 28


def supersampled(lines, side=28, samples=16):
    """Lines of ink as `[side, side]` coverage."""
    points = np.concatenate([line.points for line in lines])
    radius = np.maximum(np.concatenate([line.weight for line in lines]) * PEN * side, 1) / 2
    scale = _scale(points, radius, BOX * side)
    canvas = _Canvas(lines, scale, radius, side)
    low = (points * scale - radius[:, None]).min(axis=0)
    high = (points * scale + radius[:, None]).max(axis=0)
    offset = side / 2 - (low + high) / 2
    fine = canvas.painted(offset, samples)
    middle = (np.arange(side * samples) + 0.5) / samples
    mass = np.array([fine.sum(axis=0) @ middle, fine.sum(axis=1) @ middle]) / fine.sum()
    moved = np.clip(offset + side / 2 + 0.5 - mass, -low, side - high)
    fine = canvas.painted(moved, samples)
    return fine.reshape(side, samples, side, samples).mean(axis=(1, 3))


def _scale(points, radius, box):
    """By halving: the greatest scale at which the ink is no longer than the box."""

    def length(scale):
        left, right = points * scale - radius[:, None], points * scale + radius[:, None]
        return (right.max(axis=0) - left.min(axis=0)).max()

    if np.ptp(points, axis=0).max() == 0:
        return 1.0
    low, high = 0.0, box / np.ptp(points, axis=0).max()
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if length(middle) <= box else (low, middle)
    return low


class _Canvas:
    def __init__(self, lines, scale, radius, side):
        self.side = side
        self.pieces = []
        ends = np.cumsum([len(line.points) for line in lines])
        for line, end in zip(lines, ends, strict=True):
            at, r = line.points * scale, radius[end - len(line.points) : end]
            if len(at) == 1:
                self.pieces.append((at[0], at[0], r[0], r[0]))
            for k in range(len(at) - 1):
                self.pieces.append((at[k], at[k + 1], r[k], r[k + 1]))

    def painted(self, offset, samples):
        """`[side * samples] * 2`, True where there is ink."""
        grid = (np.arange(self.side * samples) + 0.5) / samples
        ink = np.zeros((len(grid), len(grid)), dtype=bool)
        for start, end, r0, r1 in self.pieces:
            a, d = start + offset, end - start
            low, high = np.minimum(a, a + d) - max(r0, r1), np.maximum(a, a + d) + max(r0, r1)
            (left, top), (right, bottom) = np.searchsorted(grid, low), np.searchsorted(grid, high)
            x, y = grid[None, left:right], grid[top:bottom, None]
            length, wider = np.hypot(*d), r1 - r0
            if length <= abs(wider) or length == 0:  # one disc holds the other
                t = float(wider > 0)
            else:  # the disc that reaches furthest here
                along = ((x - a[0]) * d[0] + (y - a[1]) * d[1]) / length
                aside = np.abs((x - a[0]) * d[1] - (y - a[1]) * d[0]) / length
                t = along / length + aside / length * wider / np.sqrt(length**2 - wider**2)
                t = np.clip(t, 0, 1)
            away = np.hypot(x - a[0] - t * d[0], y - a[1] - t * d[1])
            ink[top:bottom, left:right] |= away < r0 + t * (r1 - r0)
        return ink
