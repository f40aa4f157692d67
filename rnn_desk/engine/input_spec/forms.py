"""Answers of every form, written behind a graph as `[N, classes]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from rnn_desk.core.arrays import Array
from rnn_desk.core.card import Form, Output
from rnn_desk.engine.graph.nodes import Nodes
from rnn_desk.engine.input_spec.feeding import probabilities

_WHOLES = (1, 100, 127, 255, 1000, 32767, 65535)
"""What whole numbers add up to that are parts of 1."""

_EVEN = 0.05
"""How far off, as a part, their sums may be."""

_MOST_APART = 1e6
"""A difference of two numbers beyond which it is as good as endless."""

_UNSAID = 1e-6
"""The probability of a class of which a model says nothing."""


@dataclass(frozen=True, eq=False)
class Lies:
    """How an output lies: its shape in a run, and which of its axes are what.

    batch: the axis of the pictures, None where there is none. rest: the other axes longer than 1.
    kind: NumPy's letter of its type. values: what it was.
    """

    shape: tuple[int, ...]
    batch: int | None
    rest: tuple[int, ...]
    kind: str
    values: NDArray[Any] = field(repr=False)

    @classmethod
    def of(cls, value: NDArray[Any], other: NDArray[Any], fixed: int | None = None) -> Lies:
        """Told by a run on some pictures, and one on all of them but the last; where only so many
        may be shown at once (fixed), one with another picture for the last."""
        shape = value.shape
        if fixed is not None and value.shape == other.shape:
            batch = _axis_of_pictures(value, other, fixed)
        else:
            sizes = zip(shape, other.shape, strict=False)
            changed = [k for k, pair in enumerate(sizes) if len({*pair}) > 1]
            batch = changed[0] if len(changed) == 1 and len(shape) == other.ndim else None
        rest = tuple(k for k, size in enumerate(shape) if size > 1 and k != batch)
        return cls(shape, batch, rest, value.dtype.kind, value)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The lengths of the other axes."""
        return tuple(self.shape[axis] for axis in self.rest)

    @property
    def plain(self) -> bool:
        """Whether it is numbers that lie as an answer does, but for axes of one."""
        return self.values.dtype == np.float32 and self.batch in (0, None)


def _axis_of_pictures(value: NDArray[Any], other: NDArray[Any], count: int) -> int | None:
    """The axis of so many pictures along which what changed with the last of them is at the end,
    the first where nothing did; None where no axis is as long, or there is but one picture."""
    axes = [axis for axis, size in enumerate(value.shape) if size == count > 1]
    if value.dtype.kind in "fiub":
        one, two = (np.nan_to_num(each.astype(np.float64)) for each in (value, other))
        apart = np.minimum(np.abs(one / 2 - two / 2), _MOST_APART)
    else:
        apart = (value != other).astype(np.float64)
    return max(axes, key=lambda axis: apart.take(-1, axis).sum(), default=None)


class Written:
    """Writes one answer, whose name begins the names of all that it takes."""

    def __init__(self, model: ModelProto, name: str) -> None:
        self.nodes = Nodes(model, name)
        self._name = name

    def canonical(
        self, output: str, lies: Lies, order: Sequence[int], name: str = "", kind: str = "f"
    ) -> str:
        """Write an output as float32 `[N, ...]`, its other axes in that order; `[N, 1]` where it
        has none. kind: "i" leaves it of its own type."""
        nodes = self.nodes
        tensor = output if kind != "f" or lies.values.dtype == np.float32 else nodes.floats(output)
        left = [axis for axis in range(len(lies.shape)) if axis not in (lies.batch, *order)]
        batch = [] if lies.batch is None else [lies.batch]
        turned = [*batch, *order, *left]
        if turned != list(range(len(turned))):
            tensor = nodes.node("Transpose", tensor, perm=turned)
        sizes = [lies.shape[axis] for axis in order] or [1]
        return nodes.reshaped(tensor, [-1, *sizes], name)

    def vector(self, output: str, lies: Lies, name: str = "") -> str:
        """Write an output as `[N, classes]`; bytes that are parts of one whole as parts of 1."""
        sums = lies.values.astype(np.float64) - _least(lies.values.dtype)
        whole = sums.sum(axis=lies.rest[0])
        known = any(np.abs(whole / of - 1).max() < _EVEN for of in _WHOLES)
        if lies.kind not in "iu" or not known:
            return self.canonical(output, lies, lies.rest, name)
        nodes = self.nodes
        parts = self.canonical(output, lies, lies.rest)
        if least := _least(lies.values.dtype):
            parts = nodes.node("Sub", parts, nodes.number(least))
        return nodes.node("Mul", parts, nodes.number(1 / float(whole.max())), output=name)

    def by_step(
        self,
        output: str,
        lies: Lies,
        axes: tuple[int, int],
        form: Form,
        blank: int,
        suffix: str,
    ) -> None:
        """Write an answer after each step: what is said at each, and what counts of it."""
        nodes, name = self.nodes, self._name
        count = lies.shape[axes[1]]
        if form != "ctc":
            steps = self.canonical(output, lies, axes, name + suffix)
            if form == "mean":
                nodes.reduced("ReduceMean", steps, 1, name)
            else:
                nodes.node("Gather", steps, nodes.constant(np.array(-1)), output=name, axis=1)
            return
        steps = self.canonical(output, lies, axes)
        values = lies.values.astype(np.float64)
        if lies.batch is None:
            values = values[None]
            axes = (axes[0] + 1, axes[1] + 1)
        last = np.moveaxis(values, axes[1], -1)
        if (last >= 0).all() and np.allclose(last.sum(-1), 1, atol=1e-2):
            parts = steps
        else:  # of log-probabilities too: their softmax is what they are of
            parts = nodes.node("Softmax", steps, axis=2)
        best = nodes.node("ArgMax", parts, axis=2, keepdims=1)
        said = nodes.node("Mul", parts, nodes.one_hot(best, count))
        # What is said greedily counts; what is not, only where nothing else is said.
        least = nodes.node("Mul", parts, nodes.number(1e-3))
        kept = nodes.constant(np.array([k for k in range(count) if k != blank], np.int64))
        both = nodes.node("Add", said, least)
        steps = nodes.node("Gather", both, kept, output=name + suffix, axis=2)
        nodes.reduced("ReduceMax", steps, 1, name)

    def top(self, places: str, lies: Lies, values: str, of: Lies, count: int) -> None:
        """Write the likeliest classes and their numbers as a number for each class."""
        nodes = self.nodes
        hot = self._places(places, lies, count)
        numbers = self.canonical(values, of, of.rest)
        if not ((of.values >= 0).all() and (of.values <= 1).all()):
            numbers = nodes.node("Softmax", numbers, axis=1)
        width = of.sizes[0] if of.rest else 1
        spread = nodes.node("Mul", hot, nodes.reshaped(numbers, [-1, width, 1]))
        some = nodes.reduced("ReduceSum", spread, 1)
        # Of a class that is not among them, nothing is known but that it is unlikely.
        nodes.node("Add", some, nodes.number(_UNSAID), output=self._name)

    def ranked(self, places: str, lies: Lies, count: int) -> None:
        """Write the likeliest classes as 1, 1/2, 1/4 ... for each."""
        nodes = self.nodes
        hot = self._places(places, lies, count)
        width = lies.sizes[0]
        worth = nodes.constant((0.5 ** np.arange(width, dtype=np.float32)).reshape(1, width, 1))
        nodes.reduced("ReduceSum", nodes.node("Mul", hot, worth), 1, self._name)

    def label(self, output: str, lies: Lies, count: int) -> None:
        """Write a label as 1 for its class and 0 for the others."""
        nodes = self.nodes
        label = self.canonical(output, lies, (), kind="i")
        places = nodes.constant(np.arange(count, dtype=np.int64))
        whole = nodes.node("Cast", label, to=TensorProto.INT64)
        nodes.floats(nodes.node("Equal", whole, places), self._name)

    def labels(self, output: str, lies: Lies, count: int, suffix: str) -> None:
        """Write a label after each step likewise, and the last of them."""
        nodes = self.nodes
        hot = self._places(output, lies, count)
        steps = nodes.node("Identity", hot, output=self._name + suffix)
        nodes.node("Gather", steps, nodes.constant(np.array(-1)), output=self._name, axis=1)

    def words(self, output: str, lies: Lies, classes: Sequence[str]) -> None:
        """Write a label that is a word likewise."""
        nodes = self.nodes
        numbers = nodes.node(
            "LabelEncoder",
            self.canonical(output, lies, (), kind="i"),
            domain="ai.onnx.ml",
            keys_strings=list(classes),
            values_int64s=list(range(len(classes))),
            default_int64=-1,
        )
        places = nodes.constant(np.arange(len(classes), dtype=np.int64))
        nodes.floats(nodes.node("Equal", numbers, places), self._name)

    def _places(self, places: str, lies: Lies, count: int) -> str:
        """Whole numbers as `[N, k, count]`, 1 at their places."""
        width = lies.sizes[0] if lies.rest else 1
        whole = self.canonical(places, lies, lies.rest, kind="i")
        return self.nodes.one_hot(self.nodes.reshaped(whole, [-1, width, 1]), count)


def _least(dtype: np.dtype[Any]) -> float:
    """The number that stands for nothing where bytes stand for parts."""
    return -128.0 if dtype == np.int8 else 0.0


def belief(steps: NDArray[Any], form: Form, kind: Output, rows: int) -> Array:
    """Probabilities `[rows, classes]` after each row, of what is said at each step."""
    values = np.asarray(steps, np.float32)
    if form == "mean":
        values = (
            np.cumsum(values, axis=0) / np.arange(1, len(values) + 1, dtype=np.float32)[:, None]
        )
    elif form == "ctc":
        values = np.maximum.accumulate(values, axis=0)
    ends = (np.arange(1, rows + 1) * len(values)) // rows - 1
    return probabilities(values[np.maximum(ends, 0)], kind)
