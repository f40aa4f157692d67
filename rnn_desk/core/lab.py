"""An experiment: what is done to the picture before it is read, and to the network while it reads.

Everything is a plain change of what is there, so that its effect can be seen: the empty
`Experiment()` changes nothing, and the same experiment always does the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import numpy as np

from rnn_desk.core.arrays import Array, NDArray
from rnn_desk.core.cells.recurrence import Surgery
from rnn_desk.core.frozen import frozen
from rnn_desk.core.orientation import UPRIGHT, Orientation
from rnn_desk.core.raster import Raster


@frozen
class GateFactor:
    """One gate of one layer, all its units, times a factor."""

    layer: int
    gate: str
    factor: float


HeldAt = float | Literal["mean"]
"""A number, or each unit's mean over all rows of the reference digits."""


@frozen
class GateHeld:
    """One gate of one layer, all its units, held at a value, whatever comes in."""

    layer: int
    gate: str
    at: HeldAt


@frozen
class Experiment:
    """What is done, in this order. To the picture: turned, moved, its rows put into another order,
    noise added, rows covered. To the network: units switched off, gates scaled or held, states
    forgotten.

    covered: rows that are left blank, counted from 0 as they are read. shuffle: the seed of the
    permutation of the rows, or None. noise: the standard deviation of Gaussian noise, as a part of
    full ink; noise_seed: which noise. shift: pixels to the right and down. rotation: degrees
    clockwise. off: (layer, unit) whose hidden state is held at 0. gates, held: each layer and gate
    once, in one of them. zeroed: (layer, row) after which the layer's whole state (h, and c where
    there is one) is 0.
    """

    covered: frozenset[int] = frozenset()
    shuffle: int | None = None
    noise: float = 0.0
    noise_seed: int = 0
    shift: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    off: frozenset[tuple[int, int]] = frozenset()
    gates: tuple[GateFactor, ...] = ()
    held: tuple[GateHeld, ...] = ()
    zeroed: frozenset[tuple[int, int]] = frozenset()

    @property
    def changes_picture(self) -> bool:
        """Whether another picture is read than the one drawn."""
        return bool(
            self.covered
            or self.shuffle is not None
            or self.noise
            or any(self.shift)
            or self.rotation
        )

    @property
    def wants_means(self) -> bool:
        """Whether a gate is held at its mean, which is to be known then."""
        return any(g.at == "mean" for g in self.held)

    @property
    def changes_network(self) -> bool:
        """Whether the network reads in another way than the file says."""
        return bool(self.off or self.gates or self.held or self.zeroed)

    @property
    def on(self) -> bool:
        """Whether anything is done at all."""
        return self.changes_picture or self.changes_network

    def picture_alone(self) -> Experiment:
        """Without what is done to the network: another network has other units."""
        return replace(self, off=frozenset(), gates=(), held=(), zeroed=frozenset())

    def factor(self, layer: int, gate: str) -> float:
        """What the gate is multiplied by; 1 where it is left alone."""
        found = (g.factor for g in self.gates if (g.layer, g.gate) == (layer, gate))
        return next(found, 1.0)

    def held_at(self, layer: int, gate: str) -> HeldAt | None:
        """What the gate is held at; None where it is not."""
        found = (g.at for g in self.held if (g.layer, g.gate) == (layer, gate))
        return next(found, None)

    def with_factor(self, layer: int, gate: str, factor: float) -> Experiment:
        """The same with one gate multiplied by `factor`, in place of what was done to it."""
        free = self._without(layer, gate)
        new = () if factor == 1 else (GateFactor(layer, gate, factor),)
        return replace(free, gates=(*free.gates, *new))

    def with_held(self, layer: int, gate: str, at: HeldAt) -> Experiment:
        """The same with one gate held, in place of what was done to it."""
        free = self._without(layer, gate)
        return replace(free, held=(*free.held, GateHeld(layer, gate, at)))

    def _without(self, layer: int, gate: str) -> Experiment:
        """The same with one gate left alone."""
        return replace(
            self,
            gates=tuple(g for g in self.gates if (g.layer, g.gate) != (layer, gate)),
            held=tuple(g for g in self.held if (g.layer, g.gate) != (layer, gate)),
        )

    def surgery(self, layer: int, means: Mapping[str, Array]) -> Surgery:
        """What is done to one layer, of whose gates these are the means, `[units]` each; of a gate
        without one, none is held at it."""
        return Surgery(
            off=frozenset(unit for where, unit in self.off if where == layer),
            factors={g.gate: g.factor for g in self.gates if g.layer == layer},
            held={
                g.gate: means[g.gate] if g.at == "mean" else g.at
                for g in self.held
                if g.layer == layer and (g.at != "mean" or g.gate in means)
            },
            zeroed=frozenset(row for where, row in self.zeroed if where == layer),
        )


@frozen
class Accuracy:
    """Parts, 0..1, of `count` reference digits that are read correctly: as they are, and under the
    experiment."""

    plain: float
    altered: float
    count: int


def altered(
    raster: Raster,
    experiment: Experiment,
    number: int = 0,
    orientation: Orientation = UPRIGHT,
) -> Raster:
    """The raster as the experiment has it read; the very same one where the picture is left alone.

    number: which of many pictures it is; each gets its own noise. orientation: how it lies as
    it is read, row after row. The canvas keeps its place on the raster as long as one can be
    told: not when it was turned about, or its rows were put elsewhere.
    """
    if not experiment.changes_picture:
        return raster
    pixels = _moved(raster.pixels, experiment.shift, experiment.rotation)
    pixels = orientation.seen(pixels)
    if experiment.shuffle is not None:
        pixels = pixels[permutation(len(pixels), experiment.shuffle)]
    if experiment.noise:
        dice = np.random.default_rng((experiment.noise_seed, number))
        noise = dice.standard_normal(pixels.shape, np.float32) * np.float32(experiment.noise)
        pixels = np.clip(pixels + noise, 0, 1)
    if experiment.covered:
        pixels = pixels.copy()
        pixels[[row for row in experiment.covered if row < len(pixels)]] = 0
    pixels = np.ascontiguousarray(orientation.upright(pixels))
    if experiment.rotation or experiment.shuffle is not None:
        return Raster(pixels)
    (x, y), (dx, dy) = raster.offset, experiment.shift
    return Raster(pixels, raster.scale, (x + dx, y + dy))


def permutation(rows: int, seed: int) -> NDArray[np.intp]:
    """The order of that seed: row r of the new picture is row `permutation[r]` of the old one."""
    return np.asarray(np.random.default_rng(seed).permutation(rows), dtype=np.intp)


def _moved(pixels: Array, shift: tuple[float, float], rotation: float) -> Array:
    """Turned about the picture's middle, then moved; bilinear between pixels, paper around."""
    if not (rotation or any(shift)):
        return pixels
    side = len(pixels)
    middle = (side - 1) / 2
    y, x = np.mgrid[:side, :side] - middle
    x, y = x - shift[0], y - shift[1]
    angle = np.deg2rad(rotation)
    # Where each new pixel was before: the turn undone. With y downwards, clockwise is positive.
    across = np.cos(angle) * x + np.sin(angle) * y + middle
    down = np.cos(angle) * y - np.sin(angle) * x + middle
    left, top = np.floor(across).astype(np.intp), np.floor(down).astype(np.intp)
    right_part, low_part = across - left, down - top
    paper = np.zeros((side + 2, side + 2))
    paper[1:-1, 1:-1] = pixels
    columns = [np.clip(left + k + 1, 0, side + 1) for k in (0, 1)]
    rows = [np.clip(top + k + 1, 0, side + 1) for k in (0, 1)]
    upper = paper[rows[0], columns[0]] * (1 - right_part) + paper[rows[0], columns[1]] * right_part
    lower = paper[rows[1], columns[0]] * (1 - right_part) + paper[rows[1], columns[1]] * right_part
    return np.asarray(upper * (1 - low_part) + lower * low_part, dtype=np.float32)
