"""A model written so that it takes a picture in one call, and that its recurrence can be seen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper

from rnn_desk.engine.graph.called import PICTURE, whole
from rnn_desk.engine.graph.carried import taken_from_around
from rnn_desk.engine.graph.checking import graphs_in
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


def whole_picture(model: ModelProto) -> ModelProto:
    """The model in a plainer way (`graph.rewriting`); of one that takes a picture part by part, the
    model of all its calls. Raises Refused."""
    model = apart(taken_from_around(plainer(modernised(model))))
    for _ in range(_MOST_BRANCHES):
        place = next((k for k, node in enumerate(model.graph.node) if _hides(node)), None)
        if place is None:
            break
        model = branch_outside(model, place, _branch_taken(model, place))
    return _of_calls(model)


def _hides(node: NodeProto) -> bool:
    """Whether it is an If with a recurrent operator in a branch."""
    return (
        node.op_type == "If"
        and node.name != CHOICE
        and any(is_recurrent(inner) for graph in graphs_in(node) for inner in graph.node)
    )


def _branch_taken(model: ModelProto, place: int) -> bool:
    """Whether an If takes its then_branch: the one that has a recurrent operator; of two, the one
    that a picture of noise takes."""
    node = model.graph.node[place]
    branches = {a.name: any(map(is_recurrent, a.g.node)) for a in node.attribute}
    if branches.get("then_branch") != branches.get("else_branch"):
        return bool(branches.get("then_branch"))
    condition = with_outputs(model, [node.input[0]])
    del condition.graph.output[: len(model.graph.output)]
    answers = _run(condition)
    return bool(answers[0].item()) if answers and answers[0].size == 1 else True


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


def _run(model: ModelProto, picture: str = "") -> list[NDArray[Any]]:
    """The outputs for a picture of noise, and ones for all else that goes in; none where the model
    fails."""
    random = np.random.default_rng(0)
    kinds = {e.name: e.type.tensor_type.elem_type for e in model.graph.input}
    try:
        session = start(model.SerializeToString(), CPU)
        fed = {}
        for entry in session.get_inputs():
            shape = [size if isinstance(size, int) else 1 for size in entry.shape]
            noise = random.uniform(0, 1, shape) if entry.name == picture else np.ones(shape)
            fed[entry.name] = noise.astype(helper.tensor_dtype_to_np_dtype(kinds[entry.name]))
        return list(session.run(None, fed))
    except Exception:  # noqa: BLE001  onnxruntime raises its own types: then there is no answer
        return []
