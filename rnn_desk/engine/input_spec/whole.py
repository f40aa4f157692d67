"""A model written so that it takes a picture in one call, and that its recurrence can be seen."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, ValueInfoProto, helper

from rnn_desk.engine.graph.called import PICTURE, whole
from rnn_desk.engine.graph.carried import taken_from_around
from rnn_desk.engine.graph.dissection import with_outputs
from rnn_desk.engine.graph.joined import apart
from rnn_desk.engine.graph.recurrent import is_recurrent
from rnn_desk.engine.graph.rewriting import CHOICE, branch_outside, plainer
from rnn_desk.engine.graph.versions import modernised
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start

_CLOSE = 1e-3

_MOST_BRANCHES = 8
"""Branches of Ifs that are looked into."""

_INK = 0.15
"""Part of a picture that a digit covers."""

_SIDE = 28
"""Taken for a size that the file leaves open."""


def whole_picture(model: ModelProto) -> ModelProto:
    """The model in a plainer way (`graph.rewriting`); of one that takes a picture part by part, the
    model of all its calls. Raises Refused."""
    model = apart(taken_from_around(plainer(modernised(model))))
    for _ in range(_MOST_BRANCHES):
        model, whether = _with_recurrence_outside(model)
        if not whether:
            break
    return _of_calls(model)


def _with_recurrence_outside(model: ModelProto) -> tuple[ModelProto, bool]:
    """The model with the first recurrent branch that a usual picture takes computed before its If;
    and whether there was one.

    A branch that such a picture does not take stays where it is: computed for each, it could take
    any time and memory, and its states would be of no answer.
    """
    for place, node in enumerate(model.graph.node):
        if (
            node.op_type == "If"
            and node.name != CHOICE
            and any(_recurs(b) for b in _branches(node))
        ):
            then = _takes_then(model, place)
            if then is not None and _recurs(_branches(node)[0 if then else 1]):
                return branch_outside(model, place, then), True
    return model, False


def _branches(node: NodeProto) -> tuple[GraphProto, GraphProto]:
    """What an If computes where its condition holds, and where not."""
    told = {attribute.name: attribute.g for attribute in node.attribute}
    return told["then_branch"], told["else_branch"]


def _recurs(branch: GraphProto) -> bool:
    return any(is_recurrent(node) for node in branch.node)


def _takes_then(model: ModelProto, place: int) -> bool | None:
    """Whether an If takes its then_branch for a picture with as much ink as a digit has; None where
    that cannot be computed."""
    condition = with_outputs(model, [model.graph.node[place].input[0]])
    del condition.graph.output[: len(model.graph.output)]
    answers = _run(condition, _largest_input(model), ink=_INK)
    return bool(answers[0].item()) if answers and answers[0].size == 1 else None


def _largest_input(model: ModelProto) -> str:
    """The input that pictures go into: the one of the most numbers a picture."""

    def numbers(entry: ValueInfoProto) -> int:
        return math.prod(d.dim_value or _SIDE for d in entry.type.tensor_type.shape.dim)

    return max(model.graph.input, key=numbers).name if model.graph.input else ""


def _of_calls(model: ModelProto) -> ModelProto:
    scanned = whole(model, by_operators=False)
    if scanned is None:
        return model
    by_operators = whole(model)
    same = by_operators is not None and _same(scanned, by_operators)
    return by_operators if same and by_operators is not None else scanned


def _same(one: ModelProto, other: ModelProto) -> bool:
    """Whether both answer a picture of noise alike, call for call."""
    answers = [_run(model, PICTURE) for model in (one, other)]
    return all(answers) and all(
        a.shape == b.shape and np.allclose(a, b, atol=_CLOSE)
        for a, b in zip(*answers, strict=True)
        if a.dtype.kind == "f"
    )


def _run(model: ModelProto, picture: str, ink: float = 1.0) -> list[NDArray[Any]]:
    """The outputs for a picture of noise, and ones for all else that goes in; none where the model
    fails. ink: part of the picture's numbers that are not 0."""
    random = np.random.default_rng(0)
    kinds = {e.name: e.type.tensor_type.elem_type for e in model.graph.input}
    try:
        session = start(model.SerializeToString(), CPU)
        fed = {}
        for entry in session.get_inputs():
            if entry.name == picture:
                sizes = [1, *[_SIDE] * len(entry.shape)]  # one picture
                shape = [
                    n if isinstance(n, int) else m for n, m in zip(entry.shape, sizes, strict=False)
                ]
                given = random.uniform(0, 1, shape)
                given *= random.uniform(0, 1, shape) < ink
            else:
                given = np.ones([size if isinstance(size, int) else 1 for size in entry.shape])
            fed[entry.name] = given.astype(helper.tensor_dtype_to_np_dtype(kinds[entry.name]))
        return list(session.run(None, fed))
    except Exception:  # noqa: BLE001  onnxruntime raises its own types: then there is no answer
        return []
