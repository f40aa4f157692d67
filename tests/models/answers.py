"""The program's own recurrent network with its answer in the forms that strangers' files have.

    python -m tests.models.answers FOLDER

writes one of each there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

from rnn_desk.assets_door import asset

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ROWS, CLASSES = 28, 10


class Ending:
    """The network up to its logits `[N, 10]`, or the logits after each row, to be ended."""

    def __init__(self, name: str = "rnn") -> None:
        self.model = onnx.load(asset("models", f"{name}.onnx"))
        del self.model.metadata_props[:]
        del self.model.graph.output[:]
        del self.model.graph.value_info[:]
        self._count = 0
        self.extra = 0
        """Nodes at the end that belong before all others."""

    @property
    def states(self) -> str:
        """The states after each row `[N, rows, units]`."""
        gather = next(n for n in reversed(self.model.graph.node) if n.op_type == "Gather")
        return str(gather.input[0])

    def after_each_row(self) -> str:
        """The logits after each row, `[N, rows, 10]`."""
        weight = next(t for t in self.model.graph.initializer if t.name == "head.weight")
        turned = self.constant(numpy_helper.to_array(weight).T)
        rows_first = self.states
        maker = next(n for n in self.model.graph.node if rows_first in n.output)
        if maker.op_type == "Squeeze":  # it has the rows before the pictures
            rows_first = self.node("Transpose", rows_first, perm=[1, 0, 2])
        return self.node("Add", self.node("MatMul", rows_first, turned), "head.bias")

    def node(self, op: str, *inputs: str, **attributes: Any) -> str:
        self._count += 1
        made = f"ended_{self._count}"
        self.model.graph.node.append(helper.make_node(op, list(inputs), [made], **attributes))
        return made

    def constant(self, value: Any) -> str:
        self._count += 1
        name = f"ended_{self._count}"
        array = np.array(value, np.float32) if isinstance(value, float) else np.array(value)
        self.model.graph.initializer.append(numpy_helper.from_array(array, name))
        return name

    def output(self, tensor: str, name: str, kind: int = FLOAT) -> None:
        self.model.graph.node.append(helper.make_node("Identity", [tensor], [name]))
        self.model.graph.output.append(helper.make_tensor_value_info(name, kind, None))

    def sequence(self, tensor: str, name: str) -> None:
        self.model.graph.node.append(helper.make_node("Identity", [tensor], [name]))
        entry = helper.make_tensor_sequence_value_info(name, FLOAT, None)
        self.model.graph.output.append(entry)


def per_row_logits(e: Ending) -> None:
    """[N, rows, 10], the rows' softmax."""
    e.output(e.node("Softmax", e.after_each_row(), axis=2), "beliefs")


def per_row_rows_first(e: Ending) -> None:
    """[rows, N, 10], log-probabilities."""
    turned = e.node("Transpose", e.after_each_row(), perm=[1, 0, 2])
    e.output(e.node("LogSoftmax", turned, axis=2), "out")


def per_row_classes_second(e: Ending) -> None:
    """[N, 10, rows], as torch's losses want sequences."""
    e.output(e.node("Transpose", e.after_each_row(), perm=[0, 2, 1]), "scores")


def ctc(e: Ending, blank_first: bool, rows_first: bool, name: str) -> None:
    """11 classes a row, nearly always the blank."""
    logits = e.after_each_row()
    blank = np.full((1, ROWS, 1), 12.0, np.float32)
    blank[:, -3:] = 0
    zeros = e.node("Mul", e.node("Slice", logits, *map(e.constant, ([0], [1], [2]))),
                   e.constant(0.0))  # fmt: skip
    parts = [logits, e.node("Add", zeros, e.constant(blank))]
    joined = e.node("Concat", *(parts[::-1] if blank_first else parts), axis=2)
    if rows_first:
        joined = e.node("Transpose", joined, perm=[1, 0, 2])
    e.output(e.node("LogSoftmax", joined, axis=2), name)


def classes_first(e: Ending) -> None:
    """[10, N], probabilities."""
    e.output(e.node("Transpose", e.node("Softmax", "logits", axis=1), perm=[1, 0]), "by_class")


def label_int64(e: Ending) -> None:
    e.output(e.node("ArgMax", "logits", axis=1, keepdims=0), "class", INT64)


def label_int32(e: Ending) -> None:
    """[N, 1]."""
    best = e.node("ArgMax", "logits", axis=1, keepdims=1)
    e.output(e.node("Cast", best, to=TensorProto.INT32), "prediction", TensorProto.INT32)


def label_float(e: Ending) -> None:
    e.output(e.node("Cast", e.node("ArgMax", "logits", axis=1, keepdims=0), to=FLOAT), "variable")


def labels_per_row(e: Ending) -> None:
    """[N, rows]."""
    e.output(e.node("ArgMax", e.after_each_row(), axis=2, keepdims=0), "said", INT64)


def label_words(e: Ending) -> None:
    best = e.node("ArgMax", "logits", axis=1, keepdims=0)
    words = e.node("LabelEncoder", best, domain="ai.onnx.ml", keys_int64s=list(range(CLASSES)),
                   values_strings=list(WORDS))  # fmt: skip
    e.model.opset_import.append(helper.make_opsetid("ai.onnx.ml", 2))
    e.output(words, "digit", TensorProto.STRING)


def one_hot(e: Ending) -> None:
    """[N, 10] bytes."""
    best = e.node("ArgMax", "logits", axis=1, keepdims=0)
    hot = e.node("OneHot", best, e.constant([CLASSES]), e.constant(np.array([0, 1], np.float32)))
    e.output(e.node("Cast", hot, to=TensorProto.UINT8), "hot", TensorProto.UINT8)


def int8_logits(e: Ending) -> None:
    scaled = e.node("Mul", "logits", e.constant(5.0))
    cut = e.node("Clip", e.node("Round", scaled), e.constant(-128.0), e.constant(127.0))
    e.output(e.node("Cast", cut, to=TensorProto.INT8), "quantised", TensorProto.INT8)


def uint8_probabilities(e: Ending) -> None:
    scaled = e.node("Mul", e.node("Softmax", "logits", axis=1), e.constant(255.0))
    e.output(e.node("Cast", e.node("Round", scaled), to=TensorProto.UINT8), "p", TensorProto.UINT8)


def _top(e: Ending, tensor: str, count: int) -> tuple[str, str]:
    values, places = e.constant([0]) + "_v", e.constant([0]) + "_p"
    node = helper.make_node("TopK", [tensor, e.constant([count])], [values, places], axis=1)
    e.model.graph.node.append(node)
    return values, places


def top5_indices_first(e: Ending) -> None:
    """Of the logits."""
    values, places = _top(e, "logits", 5)
    e.output(places, "ids", INT64)
    e.output(values, "how_sure")


def top1(e: Ending) -> None:
    """[N, 1] each, of probabilities."""
    values, places = _top(e, e.node("Softmax", "logits", axis=1), 1)
    e.output(values, "score")
    e.output(e.node("Cast", places, to=TensorProto.INT32), "label", TensorProto.INT32)


def top3_alone(e: Ending) -> None:
    e.output(_top(e, "logits", 3)[1], "best_three", INT64)


def distances(e: Ending) -> None:
    """To ten prototypes, as it were: none is negative."""
    most = e.node("ReduceMax", "logits", e.constant([1]))
    e.output(e.node("Sub", e.node("Add", most, e.constant(30.0)), "logits"), "distances")


def squared_distances_first(e: Ending) -> None:
    """[10, N]."""
    less = e.node("Sub", "logits", e.constant(40.0))
    e.output(e.node("Transpose", e.node("Mul", less, less), perm=[1, 0]), "d2")


def negative_log(e: Ending) -> None:
    """-log p: the smallest wins."""
    e.output(e.node("Neg", e.node("LogSoftmax", "logits", axis=1)), "energy")


def columns(e: Ending, names: dict[int, str], flat: bool) -> None:
    """An output for each class, [N] or [N, 1], in their order."""
    p = e.node("Softmax", "logits", axis=1)
    for k, name in names.items():
        place = e.constant(np.array(k if flat else [k]))
        e.output(e.node("Gather", p, place, axis=1), name)


def sequence_of_one(e: Ending) -> None:
    e.sequence(e.node("SequenceConstruct", "logits"), "outputs")


def sequence_of_pictures(e: Ending) -> None:
    """[10] for each picture."""
    e.sequence(e.node("SplitToSequence", "logits", axis=0, keepdims=0), "outputs")


def sequence_of_rows(e: Ending) -> None:
    """[N, 10] for each row."""
    e.sequence(e.node("SplitToSequence", e.after_each_row(), axis=1, keepdims=0), "outputs")


def softmax_twice(e: Ending) -> None:
    e.output(e.node("Softmax", e.node("Softmax", "logits", axis=1), axis=1), "p")


def log_softmax_of_softmax(e: Ending) -> None:
    e.output(e.node("LogSoftmax", e.node("Softmax", "logits", axis=1), axis=1), "log_p")


def states_rows_first(e: Ending) -> None:
    e.output(e.node("Transpose", e.states, perm=[1, 0, 2]), "hidden")


def last_state(e: Ending) -> None:
    """[1, N, units], as h_n is."""
    e.output(e.node("Unsqueeze", "select", e.constant([0])), "h_n")


FORMS: dict[str, tuple[str, Callable[[Ending], None]]] = {
    "per_row_softmax": ("last", per_row_logits),
    "per_row_rows_first": ("last", per_row_rows_first),
    "per_row_classes_second": ("last", per_row_classes_second),
    "ctc_blank_first": ("ctc", lambda e: ctc(e, True, False, "log_probs")),
    "ctc_blank_last_rows_first": ("ctc", lambda e: ctc(e, False, True, "y")),
    "ctc_blank_first_rows_first": ("ctc", lambda e: ctc(e, True, True, "y")),
    "classes_first": ("vector", classes_first),
    "label_int64": ("label", label_int64),
    "label_int32": ("label", label_int32),
    "label_float": ("label", label_float),
    "labels_per_row": ("last", labels_per_row),
    "label_words": ("label", label_words),
    "one_hot": ("vector", one_hot),
    "int8_logits": ("vector", int8_logits),
    "uint8_probabilities": ("vector", uint8_probabilities),
    "top5_indices_first": ("top", top5_indices_first),
    "top1": ("top", top1),
    "top3_alone": ("ranked", top3_alone),
    "distances": ("smallest", distances),
    "squared_distances_first": ("smallest", squared_distances_first),
    "negative_log": ("smallest", negative_log),
    "columns_by_word": ("columns", lambda e: columns(e, dict(enumerate(WORDS)), True)),
    "columns_flat": ("columns", lambda e: columns(e, {k: f"p.{k}" for k in range(10)}, False)),
    "columns_shuffled": (
        "columns",
        lambda e: columns(e, {k: f"class_{k}" for k in (3, 1, 4, 5, 9, 2, 6, 8, 7, 0)}, False),
    ),
    "sequence_of_one": ("vector", sequence_of_one),
    "sequence_of_pictures": ("vector", sequence_of_pictures),
    "sequence_of_rows": ("last", sequence_of_rows),
    "softmax_twice": ("vector", softmax_twice),
    "log_softmax_of_softmax": ("vector", log_softmax_of_softmax),
    "states_rows_first": ("states", states_rows_first),
    "last_state": ("states", last_state),
}
"""By name: the form that a card says, and what ends the network so."""


def ended(name: str, network: str = "rnn") -> ModelProto:
    """The network with its answer in that form."""
    ending = Ending(network)
    FORMS[name][1](ending)
    return ending.model


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in FORMS:
        onnx.save(ended(name), folder / f"{name}.onnx")


if __name__ == "__main__":
    main()
