"""How familiar a reading is: whether the network's states went where digits take them.

Probabilities share 100 % out among the classes, whatever is drawn, so they cannot say that it is
none of them. The path of the states can: each picture is a path, `[steps, units]`, written as a
point of few numbers (`Chart`). A judge scores the point: by how near it is to those of digits that
the network knows (`Distance`), or by what was learnt from points of digits and of drawings that are
none (`Learnt`). A score tells how unlike known digits the *states* are. It does not tell whether
the answer is right, and what nobody thought of may pass.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import field
from typing import Any, Protocol

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.frozen import frozen

DOUBTED_BELOW = 0.5
"""A familiarity below this: the score is below its model's limit."""

NEAREST = 3
"""Known digits that are told as the nearest."""

SAME_WITHIN = 0.02
"""Points of one model differ by less than this part of their size, in whatever precision its states
are computed and kept; those of two models, trained apart, differ by all of it."""

_STEEPEST = 60.0
"""Beyond this, in widths from the limit, a familiarity is 0 or 1 to float32."""


@frozen
class Familiarity:
    """Of one reading. value: 0..1, more is more familiar. nearest: the known digits that are
    nearest, by their places among the reference digits, the nearest first."""

    value: float
    nearest: tuple[int, ...] = ()

    @property
    def doubted(self) -> bool:
        """Whether it is unlike anything that the network has learnt."""
        return self.value < DOUBTED_BELOW


@frozen(eq=False)
class Chart:
    """Where a path lies, as `k` numbers: steps and units are each brought down to the few
    directions in which known paths differ most, and these together to their main axes.

    mean `[steps, units]`, along `[steps, a]`, across `[units, b]`, axes `[a * b, k]`; scale `[k]`
    makes the coordinates of like size.
    """

    mean: Array = field(repr=False)
    along: Array = field(repr=False)
    across: Array = field(repr=False)
    axes: Array = field(repr=False)
    scale: Array = field(repr=False)

    def points(self, paths: Array) -> Array:
        """Paths `[n, steps, units]` as points `[n, k]`."""
        few = self.along.T @ ((paths - self.mean) @ self.across)
        return np.asarray(few.reshape(len(paths), -1) @ self.axes / self.scale)


class Judge(Protocol):
    """Scores points; more is more familiar."""

    def scores(self, points: Array) -> Array:
        """Of points `[n, k]`, `[n]`."""
        ...


@frozen(eq=False)
class Distance:
    """Minus the distance to the nearest known points `[m, k]`, `count` of them, in the mean."""

    known: Array = field(repr=False)
    count: int = NEAREST

    def scores(self, points: Array) -> Array:
        """See `Judge`."""
        apart = np.sort(distances(points, self.known), axis=1)
        return np.asarray(-apart[:, : self.count].mean(axis=1))

    def own_scores(self) -> Array:
        """Those of the known points, each as if it were not known itself, `[m]`."""
        apart = np.sort(distances(self.known, self.known), axis=1)
        return np.asarray(-apart[:, 1 : self.count + 1].mean(axis=1))


@frozen(eq=False)
class Learnt:
    """A layer of rectified units over the point, and a weighted sum of them.

    weights `[k, h]`, bias `[h]`, out `[h]`.
    """

    weights: Array = field(repr=False)
    bias: Array = field(repr=False)
    out: Array = field(repr=False)

    def scores(self, points: Array) -> Array:
        """See `Judge`."""
        return np.asarray(np.maximum(points @ self.weights + self.bias, 0) @ self.out)


@frozen(eq=False)
class Known:
    """What one model knows, and how to judge by it.

    points `[m, k]`: of reference digits, by their `places`. limit: the score at which familiarity
    is a half. width: the score's step that takes it from there to 73 %.
    """

    chart: Chart
    judge: Judge
    points: Array = field(repr=False)
    places: tuple[int, ...] = field(repr=False)
    limit: float
    width: float

    def of(self, paths: Array) -> list[Familiarity]:
        """Of each path `[n, steps, units]`."""
        points = self.chart.points(paths)
        values = self.values(self.judge.scores(points))
        order = np.argsort(distances(points, self.points), axis=1)[:, :NEAREST]
        return [
            Familiarity(float(value), tuple(self.places[k] for k in nearest))
            for value, nearest in zip(values, order, strict=True)
        ]

    def is_of(self, paths: Array) -> bool:
        """Whether the model is this one whose paths `[n, steps, units]` of the first known digits
        these are."""
        if paths.shape[1:] != self.chart.mean.shape:
            return False
        own = self.points[: len(paths)]
        apart = np.linalg.norm(self.chart.points(paths) - own, axis=1)
        return bool((apart <= SAME_WITHIN * np.linalg.norm(own, axis=1)).all())

    def values(self, scores: Array) -> Array:
        """The familiarity of each score, 0..1; of one that is no number, 0."""
        steps = np.nan_to_num((scores - self.limit) / self.width, nan=-_STEEPEST)
        return np.asarray(1 / (1 + np.exp(-np.clip(steps, -_STEEPEST, _STEEPEST))))


def distances(points: Array, known: Array) -> Array:
    """Euclidean distances `[n, m]` between points `[n, k]` and `[m, k]`."""
    squares = (points**2).sum(axis=1)[:, None] + (known**2).sum(axis=1) - 2 * points @ known.T
    return np.asarray(np.sqrt(np.maximum(squares, 0)))


def chart_of(paths: Array, along: int, across: int, axes: int) -> Chart:
    """The chart of paths `[n, steps, units]` with so many directions, or as many as there are."""
    mean = paths.mean(axis=0)
    apart = paths - mean
    units = _main(apart.reshape(-1, apart.shape[2]), across)
    narrow = apart @ units
    steps = _main(narrow.swapaxes(1, 2).reshape(-1, apart.shape[1]), along)
    few = (steps.T @ narrow).reshape(len(paths), -1)
    main = _main(few, min(axes, len(paths) - 1))
    spread = (few @ main).std(axis=0)
    # Its square root: small axes count for more than they measure, and not for as much as large.
    scale = np.sqrt(np.maximum(spread, 1e-6 * max(float(spread.max()), 1e-12)))
    return Chart(*(each.astype(np.float32) for each in (mean, steps, units, main, scale)))


def by_distance(
    chart: Chart, points: Array, places: Sequence[int], farthest: float, reach: float = 1.0
) -> Known:
    """Judge by the known points' own distances to one another: the limit is `reach` times as far
    beyond the median as the part `farthest` of them lies."""
    judge = Distance(points)
    own = judge.own_scores()
    median = float(np.median(own))
    limit = median - reach * (median - float(np.quantile(own, farthest)))
    width = max(median - limit, 1e-6) / 3  # the median digit's is 95 %
    return Known(chart, judge, points, tuple(places), limit, width)


def to_bytes(known: Known, model: str) -> bytes:
    """What a model knows, with the model's name, for `from_bytes`."""
    if not isinstance(known.judge, Learnt):
        raise TypeError("only what was learnt is kept in a file")
    chart, judge = known.chart, known.judge
    arrays: dict[str, Any] = {
        "mean": chart.mean,
        "along": chart.along,
        "across": chart.across,
        "axes": chart.axes,
        "scale": chart.scale,
        "weights": judge.weights,
        "bias": judge.bias,
        "out": judge.out,
        "points": known.points,
    }
    packed = io.BytesIO()
    half = {name: array.astype(np.float16) for name, array in arrays.items()}
    np.savez_compressed(
        packed,
        allow_pickle=False,
        model=np.array(model),
        places=np.array(known.places, np.int32),
        judged=np.array([known.limit, known.width]),
        **half,
    )
    return packed.getvalue()


def from_bytes(data: bytes) -> tuple[str, Known]:
    """The model's name as `to_bytes` was given it, and what it knows."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        array = {name: kept[name].astype(np.float32) for name in _ARRAYS}
        limit, width = (float(each) for each in kept["judged"])
        chart = Chart(*(array[name] for name in _ARRAYS[:5]))
        judge = Learnt(array["weights"], array["bias"], array["out"])
        places = tuple(int(place) for place in kept["places"])
        return str(kept["model"]), Known(chart, judge, array["points"], places, limit, width)


_ARRAYS = ("mean", "along", "across", "axes", "scale", "weights", "bias", "out", "points")


def _main(values: Array, count: int) -> Array:
    """The directions `[d, count]` in which centred values `[n, d]` differ most, or as many as there
    are."""
    wide = values.astype(np.float64)
    if len(wide) >= wide.shape[1]:
        return np.asarray(np.linalg.eigh(wide.T @ wide)[1][:, ::-1][:, :count])
    variances, shares = np.linalg.eigh(wide @ wide.T)  # as many as there are values, and quicker
    count = min(count, max(1, int((variances > 1e-9 * max(variances[-1], 1e-300)).sum())))
    sizes = np.sqrt(np.maximum(variances[::-1][:count], 1e-300))
    return np.asarray(wide.T @ shares[:, ::-1][:, :count] / sizes)
