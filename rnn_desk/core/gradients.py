"""Back-propagation through time, through a stack of recurrent layers that have read a picture.

Nothing is read anew: the states, cells and gates of a Trace and the weights are all that the chain
rule asks for. Time runs backwards here, from the last row read to the first one (Werbos,
"Backpropagation through time: what it does and how to do it", 1990); what one step of it is, each
cell says in `core.cells`. Why the gradient fades on the way: Hochreiter, "Untersuchungen zu
dynamischen neuronalen Netzen", 1991; why less so in an LSTM: Hochreiter and Schmidhuber, "Long
short-term memory", 1997.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import field

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.backward import back, slopes
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.cells.recurrence import before
from rnn_desk.core.frozen import frozen
from rnn_desk.core.trace import LayerTrace

MOST_DECADES = 12
"""Powers of ten that an axis of gradients spans at most: below that is nothing to be seen."""


@frozen(eq=False)
class Way:
    """One direction of one layer: what it held while it read, and its weights."""

    trace: LayerTrace
    weights: Weights = field(repr=False)


@frozen(eq=False)
class Gradients:
    """What came out: at each way's h and at its c with h held, `[rows, units]`, in the order of the
    stack; and at the lowest layer's x, `[rows, inputs]`."""

    h: tuple[Array, ...] = field(repr=False)
    c: tuple[Array, ...] = field(repr=False)
    x: Array = field(repr=False)


def through_stack(stack: Sequence[Sequence[Way]], at_top: Array) -> Gradients:
    """The gradient from the states of the top layer down to what the lowest one takes in.

    stack: the layers from the lowest to the top, each with its one or two ways; each layer takes in
    the states of the one below, those of its two ways side by side. at_top: the gradient that
    enters at the top layer's states from outside, `[rows, ways, units]`.
    """
    at_h: list[Array] = []
    at_c: list[Array] = []
    entering = at_top
    at_x = np.zeros((len(at_top), 0), np.float32)
    for layer, below in zip(reversed(stack), [*reversed(stack[:-1]), None], strict=True):
        passed = [through_time(way, entering[:, k]) for k, way in enumerate(layer)]
        at_h[:0] = [h for h, _, _ in passed]
        at_c[:0] = [c for _, c, _ in passed]
        at_x = np.sum([x for _, _, x in passed], axis=0, dtype=np.float32)
        if below is not None:
            entering = at_x.reshape(len(at_x), len(below), -1)
    return Gradients(tuple(at_h), tuple(at_c), at_x)


def through_time(way: Way, entering: Array) -> tuple[Array, Array, Array]:
    """One way of one layer: the gradient at h and at c, `[rows, units]`, and at x `[rows, inputs]`.

    `entering` `[rows, units]` is what reaches each row's h from above; what reaches it from the
    rows read after it is found here, from the last row read to the first one:
    `dh_t = entering_t + (d h_(t+1) / d h_t)' dh_(t+1)`, and for c likewise.
    """
    trace, weights = way.trace, way.weights
    cell = CELLS[trace.op].of(weights)
    # In the order of reading; an RNN has no c, and no use for what stands here.
    order = slice(None, None, -1) if trace.direction == "reverse" else slice(None)
    h = trace.h[order]
    c = np.zeros_like(h) if trace.c is None else trace.c[order]
    values = {name: numbers[order] for name, numbers in trace.gates.items()} | {"h": h}
    values["h_before"], c_before = before(weights, h, c)
    if cell.keeps_c:
        values |= {"c": c, "c_before": c_before}
    slope = slopes(cell, values)
    at_h, at_c = np.empty_like(h), np.empty_like(h)
    at_a = np.empty((len(h), len(weights.W)), np.float32)
    dh = dc = np.zeros_like(h[0])
    for t, from_above in reversed(list(enumerate(entering[order]))):
        at_h[t], at_c[t] = dh + from_above, dc
        row = {name: numbers[t] for name, numbers in values.items()}
        passed = back(cell, weights, row, slope[t], at_h[t], dc)
        at_a[t], dh, dc = passed.a, passed.h_before, passed.c_before
    return at_h[order], at_c[order], (at_a @ weights.W)[order]


def decades(norms: Iterable[Array]) -> tuple[int, int]:
    """The powers of ten between which all norms lie: one axis for all, of two decades at least.

    Of more than `MOST_DECADES`, the lowest are left out; zeros have no place on such an axis.
    """
    positive = [values[values > 0] for values in norms]
    if not any(len(values) for values in positive):
        return -2, 0
    every = np.concatenate(positive)
    high = math.ceil(math.log10(float(every.max())))
    low = math.floor(math.log10(float(every.min())))
    return min(max(low, high - MOST_DECADES), high - 2), high
