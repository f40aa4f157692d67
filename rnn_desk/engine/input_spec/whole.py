"""A model that takes a picture in one call, made of one that takes it in many."""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, helper

from rnn_desk.engine.graph.called import PICTURE, whole
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start

_CLOSE = 1e-3


def whole_picture(model: ModelProto) -> ModelProto:
    """The model itself where it takes a picture; of one that takes it part by part, the model of
    all its calls."""
    scanned = whole(model, by_operators=False)
    if scanned is None:
        return model
    by_operators = whole(model)
    same = by_operators is not None and _same(scanned, by_operators)
    return by_operators if same and by_operators is not None else scanned


def _same(one: ModelProto, other: ModelProto) -> bool:
    """Whether both answer a picture of noise alike, call for call."""
    answers = [_run(model) for model in (one, other)]
    return all(answers) and all(
        a.shape == b.shape and np.allclose(a, b, atol=_CLOSE)
        for a, b in zip(*answers, strict=True)
        if a.dtype.kind == "f"
    )


def _run(model: ModelProto) -> list[np.ndarray]:
    """The outputs for a picture of noise; none where the model fails."""
    entry = next(each for each in model.graph.input if each.name == PICTURE)
    side = entry.type.tensor_type.shape.dim[-1].dim_value
    kind = helper.tensor_dtype_to_np_dtype(entry.type.tensor_type.elem_type)
    noise = np.random.default_rng(0).uniform(0, 1, (1, side, side)).astype(kind)
    fed = {PICTURE: noise}
    try:
        session = start(model.SerializeToString(), CPU)
        for other in session.get_inputs():
            if other.name != PICTURE:
                shape = [size if isinstance(size, int) else 1 for size in other.shape]
                fed[other.name] = np.ones(shape, np.float32)
        return list(session.run(None, fed))
    except Exception:  # noqa: BLE001  onnxruntime raises its own types: then there is no answer
        return []
