"""The gradient of one model's answer, by its states and by the pixels of the picture.

The recurrent layers are passed back through in `core.gradients`. What comes before and after them
is an arbitrary graph, and is found out by running it: what follows the top layer's states, its
head, is affine as a rule, and then known from its answers to the unit vectors; what precedes the
first layer gives each pixel a place and a factor. How the layers hang together is checked, and the
whole is checked once against the model itself, by a small step in the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.card import ModelCard
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.gradients import Gradients, Way, through_stack
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import GradientTrace, LayerTrace, Trace
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.inference.head_gradient import HeadGradient
from rnn_desk.engine.runtime.runs import Run, Tensors
from rnn_desk.engine.states.layers import Layer

_PIXEL_STEP = 1 / 255
"""A step in a pixel: one grey level, for models that take those."""

_AGREES = 0.05
"""How far the gradient may be from the model's own change, as a part of what is expected of a
random step: wide enough for rounding, far too narrow for a wrong structure."""

_ROUNDING = 1e-5
"""How far log p may be off by rounding alone."""


class Backward:
    """One model's way back. Raises Refused, with the reason, where it has none that is known.

    layers, card and dissected are the reader's; `tensors` gives what the recurrent operators take
    in and bring out for a picture, by name, `read` a whole Trace, and `run` runs a part of it.
    """

    def __init__(
        self,
        card: ModelCard,
        dissected: dissection.Dissected,
        layers: Sequence[Layer],
        tensors: Callable[[Array], Tensors],
        read: Callable[[Raster], Trace],
        run: Run,
    ) -> None:
        if not layers:
            raise Refused("it has no recurrent layer to go back through")
        for layer in layers:
            if (why := layer.between(card.side)) is not None:
                raise why
            _weights(layer)
        self._stack = [list(ways) for _, ways in groupby(layers, key=lambda layer: layer.operator)]
        random = np.random.default_rng(0)
        self._trial = Raster(_grey(random.uniform(0.2, 0.8, (card.side, card.side))))
        brought = tensors(self._trial.pixels)
        self._check_stack(brought)
        top = dissected.recurrent[-1]
        self._head = HeadGradient(card, dissected, np.asarray(brought[top.y])[:, :, 0], run)
        first = dissected.recurrent[0].x
        self._front = _front(card.side, lambda pixels: np.asarray(tensors(pixels)[first])[:, 0])
        self._check_whole(first, tensors, read, run)

    def gradient(self, trace: Trace, target: int, run: Run) -> GradientTrace:
        """The gradient of log p of class `target`. Raises Refused where gates are missing."""
        found = self._back(trace, target, run)
        if isinstance(self._front, Refused):
            return GradientTrace(target, found.h, None, self._front, found.c)
        return GradientTrace(target, found.h, self._front.saliency(found.x), cells=found.c)

    def _back(self, trace: Trace, target: int, run: Run) -> Gradients:
        """The gradient at each layer's h and c, and at the first one's x."""
        traces = iter(trace.layers)
        stack = [[_way(layer, next(traces)) for layer in ways] for ways in self._stack]
        states = np.stack([way.trace.h for way in stack[-1]], axis=1)
        return through_stack(stack, self._head.at(states, target, run))

    def _check_stack(self, brought: Tensors) -> None:
        """Each layer must take in the states of the one below it, and nothing else."""
        for below, above in pairwise(ways[0].operator for ways in self._stack):
            y = np.asarray(brought[below.y])[:, :, 0]
            x = np.asarray(brought.get(above.x, np.zeros((0, 1, 0))))[:, 0]
            if x.shape != (len(y), y[0].size) or not np.allclose(x, y.reshape(len(y), -1)):
                raise Refused(
                    "the input of a recurrent layer is not the states of the layer before it"
                )

    def _check_whole(
        self,
        first: str,
        tensors: Callable[[Array], Tensors],
        read: Callable[[Raster], Trace],
        run: Run,
    ) -> None:
        """A small step in the picture must change log p as the gradient says.

        A step twice as long must change it twice as much; where it does not, the network is too far
        from a straight line to be told anything by a step, as one whose gradient explodes is.
        """
        trace = read(self._trial)
        # The runner-up: unlike the winner's, its log p is seldom so near 0 that all is rounding.
        target = int(np.argsort(trace.probabilities)[-2:][0])
        at_x = self._back(trace, target, run).x
        if not at_x.any():
            raise Refused("its answer does not change with small changes of the picture")
        random = np.random.default_rng(1)
        for _ in range(3):
            step = random.choice([-_PIXEL_STEP, _PIXEL_STEP], self._trial.pixels.shape)
            ends = [self._trial.pixels + part * step for part in (1, -1, 2, -2)]
            log_p = [_log_p(read(Raster(end.astype(np.float32))), target) for end in ends]
            measured, doubled = log_p[0] - log_p[1], log_p[2] - log_p[3]
            x = [np.asarray(tensors(end.astype(np.float32))[first])[:, 0] for end in ends[:2]]
            moved = x[0] - x[1]
            usual = float(np.linalg.norm(at_x * moved))
            straight = abs(doubled - 2 * measured) <= _AGREES * abs(doubled) + _ROUNDING
            expected = float(np.sum(at_x * moved))
            if straight and not abs(measured - expected) <= _AGREES * usual + _ROUNDING:
                raise Refused(
                    "what was worked out does not agree with how its answer changes with the "
                    "picture: the network is built otherwise than it seems"
                )


@dataclass(frozen=True, eq=False)
class _Front:
    """How the first layer's x is made of pixels: `x = factor * pixel[row, column] + constant`."""

    side: int
    factor: Array = field(repr=False)
    row: NDArray[np.intp] = field(repr=False)
    column: NDArray[np.intp] = field(repr=False)

    def saliency(self, at_x: Array) -> Array:
        """The gradient at the pixels `[side, side]` from that at x."""
        found = np.zeros((self.side, self.side), np.float32)
        np.add.at(found, (self.row, self.column), self.factor * at_x)
        return found


def _front(side: int, x_of: Callable[[Array], NDArray[Any]]) -> _Front | Refused:
    """Which pixel each number of x is, found by pictures that are ramps; or why there is none.

    Whatever order the graph puts the pixels into, and whatever it normalises them by.
    """
    ramp = np.broadcast_to(np.arange(side) / (side - 1), (side, side)).astype(np.float32)
    black, white = np.zeros_like(ramp), np.ones_like(ramp)
    trial = _grey(np.random.default_rng(4).uniform(size=ramp.shape))
    constant = x_of(black)
    factor = x_of(white) - constant
    scale = np.where(factor == 0, 1, factor)
    places = [
        np.rint((x_of(picture) - constant) / scale * (side - 1)) for picture in (ramp.T, ramp)
    ]
    row, column = (np.clip(place, 0, side - 1).astype(np.intp) for place in places)
    expected = constant + factor * trial[row, column]
    if not np.allclose(x_of(trial), expected, atol=1e-3 * float(np.abs(factor).max())):
        return Refused("the input of its first recurrent layer is not single pixels")
    return _Front(side, factor.astype(np.float32), row, column)


def _log_p(trace: Trace, target: int) -> float:
    return math.log(max(float(trace.probabilities[target]), 1e-30))


def _way(layer: Layer, trace: LayerTrace) -> Way:
    if trace.why_no_gates is not None:
        raise trace.why_no_gates
    return Way(trace, _weights(layer))


def _weights(layer: Layer) -> Weights:
    """Those of a plain cell, through which the gradient goes. Raises Refused where it is none."""
    if layer.weights is None:
        raise layer.why_not_plain or Refused("its weights are not known")
    return layer.weights


def _grey(part: NDArray[np.float64]) -> Array:
    """Rounded to whole grey levels, for models that take those."""
    return np.asarray(np.rint(part * 255) / 255, dtype=np.float32)
