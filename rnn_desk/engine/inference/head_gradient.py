"""The gradient of a model's answer at the states of its top recurrent layer.

What comes after these states, the head, is an arbitrary graph, and found out by running it: where
it is affine, as it is as a rule, its answers to the unit vectors say all of it; elsewhere the
gradient is made of differences, by the numbers that it looks at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.input_spec.feeding import KINDS, feed, log_probabilities
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import cause
from rnn_desk.engine.runtime.runs import Run
from rnn_desk.engine.runtime.sessions import start

MOST_ENTRIES = 8192
"""Numbers that a head may look at; each of them costs a run of the head."""

RUN_NUMBERS = 2**22
"""Numbers given to a head in one run: 16 MiB."""

_AFFINE = 1e-4
_REACHES = 1e-6
_LEAST = -1e3
_STEP = 0.01
"""A step in one state: large against rounding, small against the states' range of -1..1."""


class HeadGradient:
    """What follows the states of the top layer, as a function of these states.

    states: `[rows, ways, units]` of some reading, to try it on. run: runs its session. Raises
    Refused where the answer follows from more than those states, or cannot be followed.
    """

    def __init__(
        self, card: ModelCard, dissected: dissection.Dissected, states: Array, run: Run
    ) -> None:
        self._output, self._answer = card.output, dissected.output
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
            self._batched = self._answers_batches(states, run)
        except Exception as error:
            raise Refused(
                "what follows its last recurrent layer does not run by itself: {reason}",
                reason=error if isinstance(error, Refused) else cause(error),
            ) from error
        self._check_picture(states, run)
        self._entries = self._reached(states, run)
        self._affine = self._find_affine(states, run)

    def at(self, states: Array, target: int, run: Run) -> Array:
        """d(log p)/d(states), both `[rows, ways, units]`, for one class."""
        found = np.zeros_like(states)
        if self._affine is not None:
            # log p is the affine map less its log-sum-exp: W_k - sum of p_j W_j.
            log_p = self._logs(states[None], run)[0]
            found[self._entries] = self._affine[target] - np.exp(log_p) @ self._affine
        else:
            found[self._entries] = self._differences(states, target, run)
        return found

    def _differences(self, states: Array, target: int, run: Run) -> Array:
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
            up, down = np.split(self._logs(moved, run)[:, target], 2)
            found[first : first + size] = (up - down) / (2 * _STEP)
        return found

    def _reached(self, states: Array, run: Run) -> tuple[NDArray[np.intp], ...]:
        """Where in the states the head looks: as a rule, at one row of each way."""
        rows, ways, units = states.shape
        random = np.random.default_rng(2)
        rest = self._logs(states[None], run)
        looked_at = np.zeros((rows, ways), bool)
        for row in range(rows):
            moved = np.repeat(states[None], ways, axis=0)
            moved[np.arange(ways), row, np.arange(ways)] += random.normal(size=(ways, units))
            looked_at[row] = (np.abs(self._logs(moved, run) - rest) > _REACHES).any(axis=1)
        if looked_at.sum() * units > MOST_ENTRIES:
            raise Refused(
                "its answer depends on {count} states at once, too many for a gradient",
                count=int(looked_at.sum() * units),
            )
        return np.nonzero(np.repeat(looked_at[:, :, None], units, axis=2))

    def _find_affine(self, states: Array, run: Run) -> NDArray[np.float64] | None:
        """W `[classes, entries]`, where log p is `W states + b` up to a common summand.

        The head's answers to zeros and to each unit vector say what W and b are; other states say
        whether they are all there is.
        """
        count = len(self._entries[0])
        random = np.random.default_rng(3)
        origin = self._centred(np.zeros((1, *states.shape), np.float32), run)[0]
        if not np.isfinite(origin).all():
            return None
        w = np.empty((len(origin), count))
        size = max(1, RUN_NUMBERS // states.size)
        for first in range(0, count, size):
            entries = tuple(index[first : first + size] for index in self._entries)
            number = np.arange(len(entries[0]))
            units = np.zeros((len(number), *states.shape), np.float32)
            units[(number, *entries)] = 1
            w[:, first : first + size] = (self._centred(units, run) - origin).T
        trials = np.stack([states, *random.uniform(-1, 1, (3, *states.shape))]).astype(np.float32)
        given = self._centred(trials, run)
        expected = np.stack([trial[self._entries] for trial in trials]) @ w.T + origin
        return w if np.allclose(given, expected, rtol=_AFFINE, atol=_AFFINE) else None

    def _centred(self, states: Array, run: Run) -> NDArray[np.float64]:
        """log p less its mean over the classes: affine exactly where the logits are."""
        logs = self._logs(states, run)
        return np.asarray(logs - logs.mean(axis=1, keepdims=True))

    def _logs(self, states: Array, run: Run) -> NDArray[np.float64]:
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
            outputs.append(run(self._session, [self._answer], fed)[0])
        logs = log_probabilities(np.concatenate(outputs), self._output)
        return np.maximum(logs, _LEAST)  # of a probability of 0 too there are differences

    def _check_picture(self, states: Array, run: Run) -> None:
        """The same states must get the same answer, whatever the picture. Raises Refused."""
        if self._input not in self._kinds:
            return
        blank = self._logs(states[None], run)
        self._picture = np.tri(self._card.side, dtype=np.float32)[None]
        if not np.allclose(self._logs(states[None], run), blank, atol=1e-6):
            raise Refused("its answer depends on more than the states of its last recurrent layer")

    def _answers_batches(self, states: Array, run: Run) -> bool:
        """Whether two at once get the answers that they get one by one."""
        two = np.stack([states, np.zeros_like(states)])
        one_by_one = np.concatenate([self._logs(two[:1], run), self._logs(two[1:], run)])
        try:
            together = self._logs(two, run)
        except Refused:
            return False
        return together.shape == one_by_one.shape and np.allclose(together, one_by_one, atol=1e-4)
