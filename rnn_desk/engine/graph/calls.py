"""A model that is called again and again: which input is a part of the picture, which are states.

Exports for streaming take one row, or some, and the states that the last call gave; they give an
answer and the states for the next call.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import permutations
from math import prod

from onnx import ModelProto, TensorProto, ValueInfoProto

from rnn_desk.core.errors import Refused

NARROWEST, WIDEST = 8, 300
"""Pixels of a row."""

_USUAL_PIXELS = 28 * 28
"""Of a picture, in rows of whatever length."""

_MOST_STATES = 6
"""Of one shape, that are told apart by their names; more are taken in their order."""

_NUMBERS = (TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.DOUBLE)
_PIXELS = (*_NUMBERS, TensorProto.UINT8, TensorProto.INT8, TensorProto.INT32, TensorProto.INT64)
_SAYS_NOTHING = re.compile(
    r"in(put)?|out(put)?|prev(ious)?|next|new|old|last|cur(rent)?|initial|init|final|begin|end|"
    r"0|n|t|t1|1|state|states"
)

Dims = tuple[int | None, ...]


@dataclass(frozen=True)
class Call:
    """What one call of a model takes and gives.

    part: the input for a part of the picture, `rows` of it of `side` pixels each, whose axes are
    `dims`, None for that of the pictures. states: inputs, and the outputs that the next call takes.
    answers: the other outputs.
    """

    part: str
    kind: int
    dims: Dims
    rows: int
    side: int
    states: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]

    @property
    def calls(self) -> int:
        """How many calls a picture takes."""
        return self.side // self.rows


def call_of(model: ModelProto) -> Call | None:
    """How the model is called; None where it takes no part of a picture, or keeps no state."""
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = [entry for entry in model.graph.input if entry.name not in constants]
    if any(_is_picture(entry) for entry in inputs):
        return None
    outputs = list(model.graph.output)
    found: list[tuple[tuple[bool, int], Call]] = []
    for part in inputs:
        rows = _rows_of(part)
        states = _paired([entry for entry in inputs if entry is not part], outputs)
        kept = {name for name, _ in states}
        free = [None in (dims_of(entry) or ()) for entry in inputs if entry.name in kept]
        if states and rows is not None and all((None in (dims_of(part) or ())) == f for f in free):
            given = {output for _, output in states}
            answers = tuple(entry.name for entry in outputs if entry.name not in given)
            kind = part.type.tensor_type.elem_type
            call = Call(part.name, kind, dims_of(part) or (), *rows, states, answers)
            comes_out = any(dims_of(part) == dims_of(output) for output in outputs)
            found.append(((not comes_out, len(states)), call))
    return max(found, key=lambda each: each[0])[1] if found else None


def check_states(model: ModelProto) -> None:
    """Raises Refused where the model takes a part of a picture, and states that do not come out."""
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = [entry for entry in model.graph.input if entry.name not in constants]
    if call_of(model) is not None or any(_is_picture(entry) for entry in inputs):
        return
    for part in inputs:
        rows = _rows_of(part)
        others = [e.name for e in inputs if e is not part and _is_state(e)]
        if rows is not None and others:
            raise Refused(
                "it takes {rows} of the {side} rows of a picture a call, and no state that it "
                "takes ({names}) comes out again for the next call",
                rows=rows[0],
                side=rows[1],
                names=", ".join(others),
            )


def dims_of(entry: ValueInfoProto) -> Dims | None:
    """The length of each axis, None where the file leaves it open; None where it gives no shape."""
    tensor = entry.type.tensor_type
    if not tensor.HasField("shape"):
        return None
    return tuple(dim.dim_value or None for dim in tensor.shape.dim)


def _is_picture(entry: ValueInfoProto) -> bool:
    """Whether an input has two axes that are as long as a picture's sides."""
    long = [size for size in dims_of(entry) or () if size is not None and size >= NARROWEST]
    return len(set(long)) < len(long) or prod(long) == _USUAL_PIXELS


def _rows_of(entry: ValueInfoProto) -> tuple[int, int] | None:
    """How many rows of how many pixels an input takes; None where it takes none, or a picture."""
    dims = dims_of(entry)
    if not dims or entry.type.tensor_type.elem_type not in _PIXELS:
        return None
    if sum(size is None for size in dims) > 1:
        return None
    long = [size for size in dims if size is not None and size > 1]
    if not long or len(long) > 2 or dims[-1] != long[-1]:
        return None
    rows, side = (1, *long) if len(long) == 1 else long
    if not NARROWEST <= side <= WIDEST or side % rows or rows == side:
        return None
    return rows, side


def _paired(
    inputs: Sequence[ValueInfoProto], outputs: Sequence[ValueInfoProto]
) -> tuple[tuple[str, str], ...]:
    """The states that go in, each with the output that it comes out as."""
    pairs: list[tuple[str, str]] = []
    left = [entry for entry in inputs if _is_state(entry)]
    free = list(outputs)
    while left:
        alike = [entry for entry in left if dims_of(entry) == dims_of(left[0])]
        left = [entry for entry in left if entry not in alike]
        fitting = [entry for entry in free if _same_shape(alike[0], entry)]
        chosen = _by_name([e.name for e in alike], [e.name for e in fitting])
        pairs.extend(zip([e.name for e in alike], chosen, strict=False))
        free = [entry for entry in free if entry.name not in chosen]
    order = [entry.name for entry in inputs]
    return tuple(sorted(pairs, key=lambda pair: order.index(pair[0])))


def _by_name(inputs: Sequence[str], outputs: Sequence[str]) -> Sequence[str]:
    """The outputs of these inputs, in their order: those that are called most alike."""
    if len(outputs) < len(inputs):
        return ()
    if len(outputs) > _MOST_STATES:
        return outputs[-len(inputs) :]

    def alike(chosen: Sequence[str]) -> float:
        pairs = zip(inputs, chosen, strict=True)
        return sum(_alike(one, other) for one, other in pairs)

    return max(permutations(outputs, len(inputs)), key=alike)


def _alike(one: str, other: str) -> float:
    """How alike two names are, apart from what only says that they go in or come out."""
    first, second = ("_".join(_telling(name)) for name in (one, other))
    return (
        SequenceMatcher(None, first, second).ratio()
        + 0.1 * SequenceMatcher(None, one, other).ratio()
    )


def _telling(name: str) -> list[str]:
    words = re.findall(r"[a-z]+|\d+", re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower())
    return [word for word in words if not _SAYS_NOTHING.fullmatch(word)]


def _is_state(entry: ValueInfoProto) -> bool:
    dims = dims_of(entry)
    kind = entry.type.tensor_type.elem_type
    return dims is not None and bool(dims) and kind in _NUMBERS and dims[-1] is not None


def _same_shape(one: ValueInfoProto, other: ValueInfoProto) -> bool:
    """Whether both may be of one shape: an axis that is open, or not told, may be of any length."""
    a, b = dims_of(one), dims_of(other)
    if one.type.tensor_type.elem_type != other.type.tensor_type.elem_type:
        return False
    if a is None or b is None:
        return True
    return (
        len(a) == len(b)
        and all(x == y or None in (x, y) for x, y in zip(a, b, strict=True))
        and (a[-1] == b[-1] or b[-1] is None)
    )
