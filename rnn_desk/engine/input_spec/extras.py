"""Inputs beside the picture: what each probably is, the value that it gets, and that value given.

An extra input gets one number, everywhere in it. Which, its name and its shape tell: a mask lets
all through, a temperature is 1, a model is not in training, lengths are those of the whole picture,
states begin at zero. Where the reference digits are not read with it, others are tried.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

import numpy as np
from onnx import ModelProto, TensorProto, ValueInfoProto, helper, numpy_helper

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.nodes import Nodes
from rnn_desk.engine.input_spec.input_shape import _dims, _dtype, fits

Axis = int | Literal["pictures", "steps"]
"""How long an axis is: so long, as many as there are pictures, or as a picture has steps."""

_MOST_TRIED = 8
"""Ways to give the extra inputs their values."""

_KINDS = (
    TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.DOUBLE, TensorProto.BFLOAT16,
    TensorProto.INT64, TensorProto.INT32, TensorProto.INT16, TensorProto.INT8, TensorProto.UINT8,
    TensorProto.UINT16, TensorProto.UINT32, TensorProto.UINT64, TensorProto.BOOL,
)  # fmt: skip

_BY_NAME: tuple[tuple[str, float | Literal["steps"]], ...] = (
    (r"pad(ding)?_?mask|padded|is_?pad|ignore|key_padding", 0),
    (r"mask|valid|attend|present|visible", 1),
    (r"keep_?prob|keep", 1),
    (r"lens?$|lengths?|seq_?len|sizes?$|num_?(steps|rows|frames)|n_?(steps|rows|frames)", "steps"),
    (r"temp(erature)?|tau$|scale|gain|factor|multiplier|sharp", 1),
    (r"train(ing)?|phase|drop(out)?|noise|eps|jitter|augment|teacher|forcing|bias|offset|shift", 0),
    (r"(^|_)[hc](_?\d|_?n|_?in|_?init)?(_|$|\d)|hidden|state|init(ial)?|memory|carry|context", 0),
)
"""What names say, the first that fits: a mask that lets through what is 1, one that leaves it out,
how much is kept, how long a picture is, what multiplies, what only training wants, and states."""


@dataclass(frozen=True)
class Extra:
    """An input beside the picture: its type by NumPy's name, its axes, what it gets, and what else
    it could get, the likeliest first."""

    name: str
    dtype: str
    kind: int
    axes: tuple[Axis, ...]
    proposed: float
    others: tuple[float, ...]


Values = Mapping[str, float]
"""The value of each extra input, by its name."""


def extras_of(model: ModelProto) -> tuple[Extra, ...]:
    """The inputs beside the picture. Raises Refused where one can hold no number."""
    picture, others = _inputs(model)
    if picture is None:
        return ()
    found = fits(_dims(picture), _dtype(picture))
    side = found[0].side
    steps = side**2 if found[0].layout in ("NFC", "FNC") else side
    batch = _params(picture)[max(0, found[0].layout.find("N"))] if _params(picture) else ""
    return tuple(_extra(entry, steps, side, batch) for entry in others)


def given_values(model: ModelProto, said: Values) -> Iterator[dict[str, float]]:
    """Values for all extra inputs, the likeliest first. said: what a person or a card says, which
    is not varied. Raises Refused."""
    extras = extras_of(model)
    first = {each.name: said.get(each.name, each.proposed) for each in extras}
    yield first
    varied = [each for each in extras if each.name not in said]
    tried = [first]
    tried += [{**first, **{each.name: value for each in varied}} for value in (1.0, 0.0)]
    tried += [{**first, each.name: other} for each in varied for other in each.others]
    for place, values in enumerate(tried):
        if values not in tried[:place] and place < _MOST_TRIED:
            yield values


def with_values(model: ModelProto, values: Values) -> ModelProto:
    """A copy whose extra inputs are made in the graph."""
    extras = extras_of(model)
    if not extras:
        return model
    model = copy.deepcopy(model)
    picture, _ = _inputs(model)
    assert picture is not None
    layout = fits(_dims(picture), _dtype(picture))[0].layout
    own = [copy.deepcopy(node) for node in model.graph.node]
    del model.graph.node[:]
    nodes = Nodes(model, "desk_given")
    count = ""
    if any("pictures" in each.axes for each in extras):
        axis = nodes.constant(np.array([max(0, layout.find("N"))]))
        count = nodes.node("Gather", nodes.node("Shape", picture.name), axis, axis=0)
    for each in extras:
        _write(nodes, each, values[each.name], count)
    model.graph.node.extend(own)
    names = {each.name for each in extras}
    kept = [copy.deepcopy(entry) for entry in model.graph.input if entry.name not in names]
    del model.graph.input[:]
    model.graph.input.extend(kept)
    return model


def in_words(values: Values) -> Refused:
    """Names and values, as a sentence says them."""
    each = [Refused("{name} = {value:g}", name=n, value=v) for n, v in values.items()]
    return reduce(lambda one, two: Refused("{first}, {second}", first=one, second=two), each)


def _write(nodes: Nodes, extra: Extra, value: float, count: str) -> None:
    kind: Any = helper.tensor_dtype_to_np_dtype(extra.kind)
    filler = numpy_helper.from_array(np.array([value]).astype(kind))
    if not extra.axes:
        whole = nodes.constant(np.zeros(0, np.int64))
    else:
        sizes = [count if a == "pictures" else nodes.constant(np.array([a])) for a in extra.axes]
        whole = nodes.node("Concat", *sizes, axis=0)
    nodes.node("ConstantOfShape", whole, output=extra.name, value=filler)


def _extra(entry: ValueInfoProto, steps: int, side: int, batch: str) -> Extra:
    dims, kind = _dims(entry), entry.type.tensor_type.elem_type
    if dims is None or kind not in _KINDS:
        raise Refused(
            "it needs {name} beside the picture, which is no tensor of numbers of a known shape",
            name=entry.name,
        )
    dtype = str(np.dtype(helper.tensor_dtype_to_np_dtype(kind)).name)
    axes = _axes(dims, _params(entry), batch, steps)
    proposed = _proposed(entry.name, dtype, axes, steps, side)
    others = (1.0, 0.0, float(steps), float(side), float(side**2), 0.5)
    return Extra(
        entry.name,
        dtype,
        kind,
        axes,
        proposed,
        tuple(dict.fromkeys(value for value in others if value != proposed)),
    )


def _axes(
    dims: Sequence[int | None], params: Sequence[str], batch: str, steps: int
) -> tuple[Axis, ...]:
    """What each axis counts: the open one of the picture's own name the pictures, or the first;
    another open one the steps."""
    open_ones = [k for k, size in enumerate(dims) if size is None]
    named = [k for k in open_ones if batch and params[k] == batch]
    pictures = (named or open_ones or [-1])[0]
    return tuple(
        size if size is not None else "pictures" if k == pictures else steps
        for k, size in enumerate(dims)
    )


def _proposed(name: str, dtype: str, axes: Sequence[Axis], steps: int, side: int) -> float:
    told = next((v for words, v in _BY_NAME if re.search(words, name.lower())), None)
    if told == "steps":
        return float(steps)
    if told is not None:
        return float(told)
    long = [size for size in axes if size != 1 and size != "pictures"]
    if dtype == "bool":
        return 1.0 if long else 0.0
    if not long:  # one number for each picture, or for all
        return float(steps) if "int" in dtype else 1.0
    if long in ([steps], [side], [side, side], [side**2]):
        return 1.0
    return 0.0


def _inputs(model: ModelProto) -> tuple[ValueInfoProto | None, list[ValueInfoProto]]:
    """The input for the picture, and the others."""
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = [entry for entry in model.graph.input if entry.name not in constants]
    picture = next((e for e in inputs if fits(_dims(e), _dtype(e))), None)
    return picture, [entry for entry in inputs if entry is not picture]


def _params(entry: ValueInfoProto) -> list[str]:
    return [dim.dim_param for dim in entry.type.tensor_type.shape.dim]
