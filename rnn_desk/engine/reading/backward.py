"""The gradient of one model's answer, by its states and by the pixels of the picture.

The recurrent layers are passed back through in `core.gradients`. What comes before and after them
is an arbitrary graph, and is found out by running it: what follows the top layer's states, its
head, is affine as a rule, and then known from its answers to the unit vectors; what precedes the
first layer gives each pixel a place and a factor. How the layers hang together is checked, and the
whole is checked once against the model itself, by a small step in the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.gradients import Gradients, Way, through_stack
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import GradientTrace, LayerTrace, Trace
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import cause
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.engine.signature.feeding import KINDS, feed, log_probabilities
from rnn_desk.engine.states.layers import Layer

Array = NDArray[np.float32]
Tensors = Mapping[str, NDArray[Any]]

MOST_ENTRIES = 8192
"""Numbers that a head may look at; each of them costs a run of the head."""

RUN_NUMBERS = 2**22
"""Numbers given to a head in one run: 16 MiB."""

_AFFINE = 1e-4
_REACHES = 1e-6
_STEP = 0.01
"""A step in one state: large against rounding, small against the states' range of -1..1."""

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
    in and bring out for a picture, by name, and `read` a whole Trace.
    """

    def __init__(
        self,
        card: ModelCard,
        dissected: dissection.Dissected,
        layers: Sequence[Layer],
        tensors: Callable[[Array], Tensors],
        read: Callable[[Raster], Trace],
    ) -> None:
        if not layers:
            raise Refused("it has no recurrent layer to go back through")
        for layer in layers:
            if (why := layer.between(card.side)) is not None:
                raise why
        self._stack = [list(ways) for _, ways in groupby(layers, key=lambda layer: layer.operator)]
        random = np.random.default_rng(0)
        self._trial = Raster(_grey(random.uniform(0.2, 0.8, (card.side, card.side))))
        brought = tensors(self._trial.pixels)
        self._check_stack(brought)
        top = dissected.recurrent[-1]
        self._head = _Head(card, dissected, np.asarray(brought[top.y])[:, :, 0])
        first = dissected.recurrent[0].x
        self._front = _front(card.side, lambda pixels: np.asarray(tensors(pixels)[first])[:, 0])
        self._check_whole(first, tensors, read)

    def gradient(self, trace: Trace, target: int) -> GradientTrace:
        """The gradient of log p of class `target`. Raises Refused where gates are missing."""
        found = self._back(trace, target)
        if isinstance(self._front, Refused):
            return GradientTrace(target, found.h, None, self._front, found.c)
        return GradientTrace(target, found.h, self._front.saliency(found.x), cells=found.c)

    def _back(self, trace: Trace, target: int) -> Gradients:
        """The gradient at each layer's h and c, and at the first one's x."""
        traces = iter(trace.layers)
        stack = [[_way(layer, next(traces)) for layer in ways] for ways in self._stack]
        states = np.stack([way.trace.h for way in stack[-1]], axis=1)
        return through_stack(stack, self._head.gradient(states, target))

    def _check_stack(self, brought: Tensors) -> None:
        """Each layer must take in the states of the one below it, and nothing else."""
        for below, above in pairwise(ways[0].operator for ways in self._stack):
            y = np.asarray(brought[below.y])[:, :, 0]
            x = np.asarray(brought.get(above.x, np.zeros((0, 1, 0))))[:, 0]
            if x.shape != (len(y), y[0].size) or not np.allclose(x, y.reshape(len(y), -1)):
                raise Refused(
                    "a recurrent layer takes in something else than the states of the one before it"
                )

    def _check_whole(
        self, first: str, tensors: Callable[[Array], Tensors], read: Callable[[Raster], Trace]
    ) -> None:
        """A small step in the picture must change log p as the gradient says.

        A step twice as long must change it twice as much; where it does not, the network is too far
        from a straight line to be told anything by a step, as one whose gradient explodes is.
        """
        trace = read(self._trial)
        # The runner-up: unlike the winner's, its log p is seldom so near 0 that all is rounding.
        target = int(np.argsort(trace.probabilities)[-2:][0])
        at_x = self._back(trace, target).x
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


class _Head:
    """What follows the states of the top layer, as a function of these states."""

    def __init__(self, card: ModelCard, dissected: dissection.Dissected, states: Array) -> None:
        self._output = card.output
        self._reverse = [  # which ways of the top layer end at the first row
            dissected.recurrent[-1].direction == "reverse" or k == 1 for k in range(states.shape[1])
        ]
        top = dissected.recurrent[-1]
        self._y, self._last = top.y, dissection.last_state(dissected.model, top)
        self._input, self._card = dissected.input, card
        self._picture = np.zeros((1, card.side, card.side), np.float32)
        try:
            # The picture too: many exporters take the shape of the batch from it, and no more.
            names = [name for name in (self._y, self._last, self._input) if name]
            cut = dissection.part_after(dissected.model, names, dissected.output)
            self._session = start(cut.SerializeToString(), CPU)
            self._kinds = {
                e.name: KINDS.get(e.type, np.float32) for e in self._session.get_inputs()
            }
            self._batched = True
            self._batched = self._answers_batches(states)
            self._check_picture(states)
        except Exception as error:
            raise Refused(
                "its answer depends on more than the states of its last recurrent layer, or on "
                "them in a way that cannot be followed ({reason})",
                reason=error if isinstance(error, Refused) else cause(error),
            ) from error
        self._entries = self._reached(states)
        self._affine = self._find_affine(states)

    def gradient(self, states: Array, target: int) -> Array:
        """d(log p)/d(states), both `[rows, ways, units]`, for one class."""
        found = np.zeros_like(states)
        if self._affine is not None:
            # log p is the affine map less its log-sum-exp: W_k - sum of p_j W_j.
            log_p = self._logs(states[None])[0]
            found[self._entries] = self._affine[target] - np.exp(log_p) @ self._affine
        else:
            found[self._entries] = self._differences(states, target)
        return found

    def _differences(self, states: Array, target: int) -> Array:
        """Central differences, by the numbers that the head looks at."""
        count = len(self._entries[0])
        found = np.empty(count, np.float32)
        size = max(1, RUN_NUMBERS // (2 * states.size))
        for first in range(0, count, size):
            entries = tuple(index[first : first + size] for index in self._entries)
            number = np.arange(len(entries[0]))
            moved = np.repeat(states[None], 2 * len(number), axis=0)
            moved[(number, *entries)] += _STEP
            moved[(number + len(number), *entries)] -= _STEP
            up, down = np.split(self._logs(moved)[:, target], 2)
            found[first : first + size] = (up - down) / (2 * _STEP)
        return found

    def _reached(self, states: Array) -> tuple[NDArray[np.intp], ...]:
        """Where in the states the head looks: as a rule, at one row of each way."""
        rows, ways, units = states.shape
        random = np.random.default_rng(2)
        rest = self._logs(states[None])
        looked_at = np.zeros((rows, ways), bool)
        for row in range(rows):
            moved = np.repeat(states[None], ways, axis=0)
            moved[np.arange(ways), row, np.arange(ways)] += random.normal(size=(ways, units))
            looked_at[row] = (np.abs(self._logs(moved) - rest) > _REACHES).any(axis=1)
        if looked_at.sum() * units > MOST_ENTRIES:
            raise Refused(
                "its head looks at {count} numbers at once, more than can be followed",
                count=int(looked_at.sum() * units),
            )
        return np.nonzero(np.repeat(looked_at[:, :, None], units, axis=2))

    def _find_affine(self, states: Array) -> NDArray[np.float64] | None:
        """W `[classes, entries]`, where log p is `W states + b` up to a common summand.

        The head's answers to zeros and to each unit vector say what W and b are; other states say
        whether they are all there is.
        """
        count = len(self._entries[0])
        random = np.random.default_rng(3)
        origin = self._centred(np.zeros((1, *states.shape), np.float32))[0]
        if not np.isfinite(origin).all():
            return None
        w = np.empty((len(origin), count))
        size = max(1, RUN_NUMBERS // states.size)
        for first in range(0, count, size):
            entries = tuple(index[first : first + size] for index in self._entries)
            number = np.arange(len(entries[0]))
            units = np.zeros((len(number), *states.shape), np.float32)
            units[(number, *entries)] = 1
            w[:, first : first + size] = (self._centred(units) - origin).T
        trials = np.stack([states, *random.uniform(-1, 1, (3, *states.shape))]).astype(np.float32)
        given = self._centred(trials)
        expected = np.stack([trial[self._entries] for trial in trials]) @ w.T + origin
        return w if np.allclose(given, expected, rtol=_AFFINE, atol=_AFFINE) else None

    def _centred(self, states: Array) -> NDArray[np.float64]:
        """log p less its mean over the classes: affine exactly where the logits are."""
        logs = self._logs(states)
        return np.asarray(logs - logs.mean(axis=1, keepdims=True))

    def _logs(self, states: Array) -> NDArray[np.float64]:
        """log p `[n, classes]` of states `[n, rows, ways, units]`."""
        parts = [states] if self._batched else [states[k : k + 1] for k in range(len(states))]
        outputs = []
        for part in parts:
            y = part.transpose(1, 2, 0, 3)
            ends = [y[0 if back else -1, k] for k, back in enumerate(self._reverse)]
            pictures = np.repeat(self._picture, len(part), axis=0)
            given = {self._y: y, self._last: np.stack(ends), self._input: pictures}
            fed: dict[str, NDArray[Any]] = {}
            fed |= {name: given[name].astype(kind) for name, kind in self._kinds.items()}
            if self._input in fed:
                fed[self._input] = feed(pictures, self._card.input)
            outputs.append(self._session.run(None, fed)[0])
        return log_probabilities(np.concatenate(outputs), self._output)

    def _check_picture(self, states: Array) -> None:
        """The same states must get the same answer, whatever the picture. Raises Refused."""
        if self._input not in self._kinds:
            return
        blank = self._logs(states[None])
        self._picture = np.tri(self._card.side, dtype=np.float32)[None]
        if not np.allclose(self._logs(states[None]), blank, atol=1e-6):
            raise Refused("it looks at the picture once more")

    def _answers_batches(self, states: Array) -> bool:
        """Whether two at once get the answers that they get one by one."""
        two = np.stack([states, np.zeros_like(states)])
        one_by_one = np.concatenate([self._logs(two[:1]), self._logs(two[1:])])
        try:
            together = self._logs(two)
        except Exception:  # noqa: BLE001  onnxruntime raises its own types, some bare
            return False
        return together.shape == one_by_one.shape and np.allclose(together, one_by_one, atol=1e-4)


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
        return Refused("its first recurrent layer takes in something else than single pixels")
    return _Front(side, factor.astype(np.float32), row, column)


def _log_p(trace: Trace, target: int) -> float:
    return math.log(max(float(trace.probabilities[target]), 1e-30))


def _way(layer: Layer, trace: LayerTrace) -> Way:
    if trace.why_no_gates is not None or layer.weights is None:
        raise trace.why_no_gates or layer.why_not_plain or Refused("its weights are not known")
    return Way(trace, layer.weights)


def _grey(part: NDArray[np.float64]) -> Array:
    """Rounded to whole grey levels, for models that take those."""
    return np.asarray(np.rint(part * 255) / 255, dtype=np.float32)
