"""One direction of a recurrent operator: which of its steps belongs to which row, its gates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.cells.nonstandard import Attributes, replay_nonstandard
from rnn_desk.core.cells.recurrence import Replay, before, replay, tolerance
from rnn_desk.core.errors import Refused
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.trace import CameIn, LayerTrace
from rnn_desk.engine.graph.recurrent import RecurrentOp
from rnn_desk.engine.states.row_steps import UNREAD


@dataclass(frozen=True, eq=False)
class Layer:
    """One direction of a recurrent operator that brings its states out, with its weights.

    steps: how many it takes; as many as there are rows, or more, where a step is a pixel. apart:
    each row is a sequence of its own, and the rows lie where else the pictures of a batch do.
    ends: the step after which each row has been read (see `row_steps`), where a step is neither a
    row nor a pixel; else none.
    """

    name: str
    operator: RecurrentOp
    index: int
    reverse: bool
    weights: Weights | None = field(repr=False)
    why_no_gates: Refused | None = None
    nonstandard: NonstandardCell | None = field(default=None, repr=False)
    steps: int = 0
    apart: bool = False
    ends: tuple[int, ...] = ()

    @property
    def why_not_plain(self) -> Refused | None:
        """Why it cannot be computed as a plain cell; None where it can."""
        return self.nonstandard.words if self.nonstandard is not None else self.why_no_gates

    def between(self, rows: int) -> Refused | None:
        """What lies between the states of two rows, where it is not one step."""
        if self.apart:
            return Refused("each row is read by itself, in {steps} steps", steps=self.steps)
        if self.ends:
            return self._spread(rows)
        if self.steps > rows:
            count = self.steps // rows
            return Refused("a step is a pixel, and a row is {steps} of them", steps=count)
        return None

    def steps_after(self, read: Iterable[int], rows: int) -> frozenset[int]:
        """The steps, in the order of reading, at whose end these rows are read; none where each row
        is read apart, for there all rows end at the same step."""
        if self.apart:
            return frozenset()
        ends = self._ends(rows)
        steps = (ends[row] for row in read if ends[row] != UNREAD)
        return frozenset(self.steps - 1 - step if self.reverse else step for step in steps)

    def of_first(self, steps: NDArray[Any], rows: int) -> NDArray[Any]:
        """Of `[steps, n, ...]` the first picture's, `[steps, ...]`; `[steps, rows, ...]` where
        each row is read apart."""
        return steps[:, :rows] if self.apart else steps[:, 0]

    def by_row(self, steps: NDArray[Any], rows: int) -> Array:
        """Of the first picture's steps what was there once each row was read, `[rows, ...]`."""
        if self.apart:
            return np.array(steps[0 if self.reverse else -1], dtype=np.float32)
        ends = self._ends(rows)
        by_row = np.array(steps[ends], dtype=np.float32)
        by_row[ends == UNREAD] = 0
        return by_row

    def _ends(self, rows: int) -> NDArray[np.intp]:
        """The step after which each row has been read, `[rows]`, as the steps lie."""
        if self.ends:
            return np.array(self.ends)
        per_row = self.steps // rows
        last = 0 if self.reverse else per_row - 1  # in the order of reading
        return np.arange(rows) * per_row + last

    def _spread(self, rows: int) -> Refused:
        """How its steps lie on the rows, where they are neither rows nor pixels."""
        ends = np.array(self.ends[::-1] if self.reverse else self.ends)
        order = self.steps - 1 - ends if self.reverse else ends
        order = np.where(ends == UNREAD, UNREAD, order)
        if np.array_equal(order, np.arange(rows) * self.steps // rows) and not rows % self.steps:
            return Refused("a step is {rows} rows", rows=rows // self.steps)
        first = int((order == UNREAD).sum())
        within = np.clip(np.arange(rows) - first, UNREAD, self.steps - 1)
        if np.array_equal(order, within):
            return Refused(
                "it reads {steps} of the {rows} rows, from row {first} on",
                steps=self.steps,
                rows=rows,
                first=rows - first if self.reverse else first + 1,
            )
        if self.steps > rows:
            return Refused(
                "it takes {steps} steps for {rows} rows: blank ones are added",
                steps=self.steps,
                rows=rows,
            )
        return Refused(
            "its {steps} steps are spread over the {rows} rows", steps=self.steps, rows=rows
        )

    def states(self, y: NDArray[Any], rows: int) -> Array:
        """The hidden states `[n, rows, units]` of all pictures, from the operator's Y."""
        steps = y[:, self.index]
        if self.apart:
            last = self.by_row(steps, rows)
            return last.reshape(-1, rows, last.shape[-1])
        return self.by_row(steps, rows).swapaxes(0, 1)


@dataclass(frozen=True, eq=False)
class NonstandardCell:
    """What replays the gates of an operator that is not the plain cell; `words` say how it is."""

    weights: Weights
    attributes: Attributes
    words: Refused


def layer_trace(layer: Layer, brought: Mapping[str, NDArray[Any]], rows: int) -> LayerTrace:
    """One layer's states, with gates replayed where its weights are known and they agree.

    brought: what the operators take in and bring out for one picture, by name.
    """
    h = layer.of_first(brought[layer.operator.y][:, layer.index], rows)
    weights = layer.weights
    plain = layer.nonstandard is None and layer.between(rows) is None and layer.why_no_gates is None
    if plain and weights is not None and layer.operator.x in brought:
        states = h, layer.of_first(brought[layer.operator.x], rows)
        if all(each.dtype == np.float32 for each in (*states, weights.W)):
            direction = "reverse" if layer.reverse else "forward"
            first, second = (layer.by_row(each, rows) for each in states)
            return ReplayedLayer(layer.name, layer.operator.op, direction, first, second, weights)
    order = slice(None, None, -1) if layer.reverse else slice(None)
    replayer, why, inside = _replayer(layer), layer.why_no_gates, Replay(h, {})
    x = None
    if replayer is not None and layer.operator.x in brought:
        taken_in = layer.of_first(brought[layer.operator.x], rows)
        with np.errstate(all="ignore"):  # a damaged file's weights may be infinite
            replayed = replayer(taken_in[order], h[order])
        if np.allclose(replayed.h, h[order], atol=tolerance(h)):
            gates = {name: values[order] for name, values in replayed.gates.items()}
            inside = Replay(h, gates, None if replayed.c is None else replayed.c[order])
            x = taken_in
        else:
            why = Refused(
                "gates replayed from the weights do not give the states that the model gave"
            )
    return trace_of(layer, x, inside, rows, why)


def trace_of(
    layer: Layer, x: Array | None, inside: Replay, rows: int, why_no_gates: Refused | None = None
) -> LayerTrace:
    """One layer's part of a Trace, from what `of_first` gives of each step: x `[steps, ...]`, None
    where it is not known, and what was inside."""
    weights = layer.weights if layer.nonstandard is None else None
    came_in = None
    if x is not None and weights is not None:
        order = slice(None, None, -1) if layer.reverse else slice(None)
        earlier = before(weights, inside.h[order], None if inside.c is None else inside.c[order])
        came_in = CameIn(
            layer.by_row(x, rows), *(layer.by_row(states[order], rows) for states in earlier)
        )
    return LayerTrace(
        layer.name,
        layer.operator.op,
        "reverse" if layer.reverse else "forward",
        layer.by_row(inside.h, rows),
        None if inside.c is None else layer.by_row(inside.c, rows),
        {name: layer.by_row(values, rows) for name, values in inside.gates.items()},
        why_no_gates,
        layer.nonstandard.words if layer.nonstandard is not None and why_no_gates is None else None,
        layer.between(rows),
        came_in,
    )


def _replayer(layer: Layer) -> Callable[[Array, Array], Replay] | None:
    """What replays the layer's gates from its input and its states; None where nothing can."""
    op = layer.operator.op
    if layer.nonstandard is not None:
        return partial(
            replay_nonstandard, CELLS[op], layer.nonstandard.weights, layer.nonstandard.attributes
        )
    return None if layer.weights is None else partial(replay, CELLS[op], layer.weights)
