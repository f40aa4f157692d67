"""What a model puts out: which of its outputs is the answer, what its numbers are, its classes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, helper, numpy_helper

from rnn_desk.core.card import Output
from rnn_desk.core.plain import one_line

_ADDS_UP = 1e-2
"""How far from 1 the sum of probabilities may be, as float16 and 8 bits have it."""

_KEYS = (
    *("classes", "class_names", "classnames", "labels", "label_names", "names", "categories"),
    *("id2label", "label2id", "idx_to_class", "class_to_idx", "label_map", "vocab"),
)
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


def softmax_twice(answers: NDArray[Any], kind: Output) -> bool:
    """Whether answers `[n, classes]` to pictures of which many are read well are the softmax of
    probabilities: none is then nearer to 0 or to 1 than the softmax of 0s and a 1 is."""
    x = np.asarray(answers, np.float64)
    if kind == "log_probabilities":
        x = np.exp(x)
    elif kind != "probabilities":
        return False
    least, most = 1 / (x.shape[1] - 1 + np.e), np.e / (x.shape[1] - 1 + np.e)
    within = x.min() >= least * (1 - _ADDS_UP) and x.max() <= most * (1 + _ADDS_UP)
    return bool(within and x.max() > (least + most) / 2)


def best_scale(answers: NDArray[Any], truth: Sequence[int]) -> float:
    """What answers `[n, classes]` are best multiplied by, a power of 2, to be logits: then the true
    classes are likeliest on the whole."""
    x = np.asarray(answers, np.float64)
    x = x - x.max(axis=1, keepdims=True)
    own = x[np.arange(len(truth)), list(truth)]

    def loss(scale: float) -> float:
        return float((np.log(np.exp(scale * x).sum(axis=1)) - scale * own).mean())

    return min((2.0**power for power in range(-20, 11)), key=loss)


def classes_of(model: ModelProto, count: int) -> tuple[str, ...]:
    """The names of `count` classes: from a classifier's attributes, metadata, or 0, 1, 2..."""
    return words_of(_told(model, count))


def words_in(model: ModelProto, seen: Sequence[str]) -> tuple[str, ...]:
    """The words that a model answers with, those among which are the ones that were seen; these
    alone where it has no list of them."""
    kept = [helper.get_attribute_value(a) for n in model.graph.node for a in n.attribute]
    kept += [tensor.string_data for tensor in model.graph.initializer]
    for values in kept:
        words = (
            tuple(v.decode() for v in values if isinstance(v, bytes)) if _is_list(values) else ()
        )
        if set(seen) <= set(words) and len(set(words)) == len(words):
            return words
    return tuple(dict.fromkeys(seen))


def _is_list(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str | bytes) and len(value) > 1


def words_of(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they can be shown."""
    return tuple(one_line(name, _LONGEST) or "?" for name in names)


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
    """Names in a text: JSON, Python's way of writing a list or dictionary, commas, or lines."""
    value: Any = None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
            break
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    if isinstance(value, dict):
        value = _in_order(value)
    if not isinstance(value, list | tuple):
        value = [part.strip() for part in re.split(r"[,;\n]", text.strip())]
    return tuple(str(part) for part in value)


def _in_order(names: dict[Any, Any]) -> list[Any]:
    """Names by their numbers, or numbers by their names, in the order of the numbers."""
    for numbers, words in ((names.keys(), names.values()), (names.values(), names.keys())):
        try:
            by_number = {int(number): word for number, word in zip(numbers, words, strict=True)}
        except (TypeError, ValueError):
            continue
        if sorted(by_number) in ([*range(len(names))], [*range(1, len(names) + 1)]):
            return [by_number[number] for number in sorted(by_number)]
    return list(names.values())


def _values(tensor: Any) -> tuple[str, ...]:
    values = numpy_helper.to_array(tensor).ravel().tolist()
    return tuple(v.decode() if isinstance(v, bytes) else str(v) for v in values)
