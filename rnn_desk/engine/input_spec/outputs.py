"""What a model puts out: which of its outputs is the answer, what its numbers are, its classes."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, helper, numpy_helper

from rnn_desk.core.card import Output
from rnn_desk.core.plain import one_line

_ADDS_UP = 1e-2
"""How far from 1 the sum of probabilities may be, as float16 and 8 bits have it."""

_KEYS = ("classes", "class_names", "labels", "names")
MOST_CLASSES = 1000
_LONGEST = 40
_MOST_TEXT = 2**20
"""Characters of metadata beyond which nobody named a thousand classes in it."""


def vectors(run: Mapping[str, NDArray[Any]], count: int) -> dict[str, NDArray[Any]]:
    """The outputs of a run on `count` pictures that have a vector of numbers for each picture.

    `[count, classes]` each, in the order of the graph; axes of one are dropped.
    """
    found = {}
    for name, value in run.items():
        if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or not value.size:
            continue
        bare = value.reshape([n for n in value.shape if n != 1])
        if count == 1:
            bare = bare[None]
        if bare.ndim == 2 and len(bare) == count and 2 <= bare.shape[1] <= MOST_CLASSES:
            found[name] = bare
    return found


def kind_of(values: NDArray[Any]) -> Output:
    """What the numbers of an answer `[n, classes]` are, told by the values themselves."""
    x = np.asarray(values, np.float64)
    if (x >= 0).all() and (x <= 1 + _ADDS_UP).all():
        adds_up = np.abs(x.sum(axis=1) - 1) < _ADDS_UP
        return "probabilities" if adds_up.all() else "scores"
    if (x <= 0).all() and (np.abs(np.exp(x).sum(axis=1) - 1) < _ADDS_UP).all():
        return "log_probabilities"
    return "logits"


def classes_of(model: ModelProto, count: int) -> tuple[str, ...]:
    """The names of `count` classes: from a classifier's attributes, metadata, or 0, 1, 2..."""
    return tuple(one_line(name, _LONGEST) or "?" for name in _told(model, count))


def _told(model: ModelProto, count: int) -> tuple[str, ...]:
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.name.startswith("classlabels_"):
                labels = helper.get_attribute_value(attribute)
                names = [v.decode() if isinstance(v, bytes) else str(v) for v in labels]
                if len(names) == count:
                    return tuple(names)
    for entry in model.metadata_props:
        if len(entry.value) > _MOST_TEXT:
            continue
        if entry.key.lower() in _KEYS and (told := _listed(entry.value)) and len(told) == count:
            return told
    labelled = {
        name
        for n in model.graph.node
        if n.op_type == "ArrayFeatureExtractor"
        for name in n.input[:1]
    }
    for tensor in model.graph.initializer:
        if tensor.name in labelled and list(tensor.dims) in ([count], [1, count]):
            values = _values(tensor)
            if values:
                return values
    return tuple(str(number) for number in range(count))


def _listed(text: str) -> tuple[str, ...]:
    """Names in a text: JSON, Python's way of writing a list or dictionary, or commas."""
    value: Any = None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
            break
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list | tuple):
        value = [part.strip() for part in text.split(",")]
    return tuple(str(part) for part in value)


def _values(tensor: Any) -> tuple[str, ...]:
    values = numpy_helper.to_array(tensor).ravel().tolist()
    return tuple(v.decode() if isinstance(v, bytes) else str(v) for v in values)
