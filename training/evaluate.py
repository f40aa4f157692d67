"""How well an exported model reads: the same file and the same runtime that the program uses.

Figures come from the ONNX file, never from the torch model it was made from, so they hold for what
people get.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import numpy_helper

from rnn_desk.core.card import CARD_KEY, InputReading, ModelCard, from_json, presentable, to_json
from rnn_desk.core.cells import CELLS
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, write_whole
from rnn_desk.core.settled import settled_row

MAX_BYTES = 2 * 1024**3
"""A protobuf file, and so an ONNX file without external data, cannot be larger."""

BINS = 15
"""Classes of sureness that calibration is measured in."""

Array = NDArray[np.float32]


class Reader:
    """An exported model, opened: pictures in, logits out.

    Raises Refused where the file is none that this package exported.
    """

    def __init__(self, data: bytes, name: str, path: bool = False) -> None:
        model = _parsed(data, name)
        self._data, self._name = data, name
        self.card = _card(model, name)
        self._head = _head_by_row(model, self.card)
        top = [] if self._head is None else [self._head.states]
        self._path = _path(model)
        if path and self._path not in top:
            top.append(self._path)
        for state in top:
            model.graph.output.append(onnx.ValueInfoProto(name=state))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # errors alone: the rest is for the runtime's makers
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    @classmethod
    def open(cls, file: Path, path: bool = False) -> Reader:
        """The model in that file. path: whether its `paths` will be asked for."""
        return cls(read_regular(file, MAX_BYTES), str(file), path)

    def rewrite(self, path: Path, card: ModelCard) -> None:
        """Write the same model with this card."""
        model = _parsed(self._data, self._name)
        onnx.helper.set_model_props(model, {CARD_KEY: to_json(card)})
        write_whole(path, model.SerializeToString())

    @property
    def reads_by_row(self) -> bool:
        """Whether there is a belief after each row."""
        return self._head is not None

    def logits(self, images: Array, batch: int = 1000) -> Array:
        """`[n, classes]` of upright pictures `[n, 28, 28]` in 0..1, in portions of `batch`."""
        return np.concatenate([self._run("logits", part) for part in _portions(images, batch)])

    def logits_by_row(self, images: Array, batch: int = 1000) -> Array:
        """`[rows, n, classes]`: the head applied to each row's state, where `reads_by_row`."""
        head = self._head
        assert head is not None
        states = [self._run(head.states, part)[:, 0] for part in _portions(images, batch)]
        return np.asarray(np.concatenate(states, axis=1) @ head.weight.T + head.bias)

    def paths(self, images: Array, batch: int = 500) -> Array:
        """`[n, steps, units]`: the last recurrent layer's state after each row, both directions
        side by side; in a network without one, what its last layer takes in, as one step."""
        parts = [self._run(self._path, part) for part in _portions(images, batch)]
        if parts[0].ndim == 4:  # [steps, directions, n, units]
            parts = [y.transpose(2, 0, 1, 3).reshape(y.shape[2], len(y), -1) for y in parts]
        together = np.concatenate(parts)
        return together if together.ndim == 3 else together[:, None]

    def as_read(self, images: Array) -> Array:
        """Upright pictures as the network takes them, step by step: turned for columns."""
        turned = self.card.input.reading == "columns"
        return np.ascontiguousarray(images.transpose(0, 2, 1)) if turned else images

    def accuracy(self, images: Array, labels: NDArray[np.int64]) -> float:
        """The part of the pictures whose likeliest class is their label's."""
        return float((self.logits(images).argmax(axis=1) == labels).mean())

    def _run(self, output: str, images: Array) -> Array:
        return np.asarray(self._session.run([output], {"image": self.as_read(images)})[0])


class _Head:
    """What turns a row's state into logits: the states' name in the graph, `[rows, 1, n, units]`,
    and the last layer's weight `[classes, units]` and bias `[classes]`."""

    def __init__(self, states: str, weight: Array, bias: Array) -> None:
        self.states, self.weight, self.bias = states, weight, bias


def calibration_error(logits: Array, labels: NDArray[np.int64]) -> float:
    """Expected calibration error, 0..1: how far sureness is from being right, on the whole.

    Answers are put into 15 classes by their probability; in each, the mean probability is compared
    with the part that is right; the classes count by their size (Guo et al. 2017).
    """
    chances = _probabilities(logits)
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == labels
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(sure[place == k].mean() - right[place == k].mean()) for k in np.unique(place)]
    shares = [(place == k).mean() for k in np.unique(place)]
    return float(np.dot(gaps, shares))


def mean_settled_row(by_row: Array, seen: Array) -> float | None:
    """The row, from 1, from which on the answer stands: the mean over the pictures in which it
    does, None where it does in none.

    by_row: `[rows, n, classes]` logits after each row. seen: the pictures as they are read, `[n,
    rows, pixels]`.
    """
    beliefs = _probabilities(by_row).swapaxes(0, 1)
    rows = [settled_row(belief, picture) for belief, picture in zip(beliefs, seen, strict=True)]
    stand = [row + 1 for row in rows if row is not None]
    return float(np.mean(stand)) if stand else None


def _probabilities(logits: Array) -> Array:
    exp = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(exp / exp.sum(axis=-1, keepdims=True))


def _portions(images: Array, batch: int) -> list[Array]:
    return [images[start : start + batch] for start in range(0, len(images), batch)]


def _path(model: onnx.ModelProto) -> str:
    """The tensor that `Reader.paths` are made of."""
    recurrent = [n for n in model.graph.node if n.op_type in CELLS]
    head = next(n for n in model.graph.node if "logits" in n.output)
    return str(recurrent[-1].output[0] if recurrent else head.input[0])


def _head_by_row(model: onnx.ModelProto, card: ModelCard) -> _Head | None:
    """The head that may be asked after each row; None where it needs all rows, or there are none.

    Ours read downwards in the last recurrent layer, and one matrix turns its state into logits.
    """
    constants = {t.name: t for t in model.graph.initializer}
    recurrent = [n for n in model.graph.node if n.op_type in CELLS]
    head = next(n for n in model.graph.node if "logits" in n.output)
    one_way = all(layer.direction == "forward" for layer in card.recurrent_layers)
    attends = len(model.graph.output) > 1
    if not recurrent or not one_way or attends or head.op_type != "Gemm":
        return None
    weight, bias = (numpy_helper.to_array(constants[name]) for name in head.input[1:3])
    return _Head(recurrent[-1].output[0], weight, bias)


def _parsed(data: bytes, name: str) -> onnx.ModelProto:
    try:
        return onnx.load_from_string(data)
    except Exception:  # noqa: BLE001  protobuf raises its own, another one in each version
        raise _cannot_be_measured(name, Refused("it is not an ONNX file")) from None


def _card(model: onnx.ModelProto, name: str) -> ModelCard:
    """The card of an ONNX file that takes its pictures as ours do. Raises Refused."""
    texts = {entry.key: entry.value for entry in model.metadata_props}
    if CARD_KEY not in texts:
        raise _cannot_be_measured(name, Refused("it has no model card"))
    try:
        card = presentable(from_json(texts[CARD_KEY]))
    except Refused as reason:
        raise _cannot_be_measured(name, reason) from reason
    if card.input != replace(InputReading(), reading=card.input.reading):
        raise _cannot_be_measured(name, Refused("it takes its pictures in another way than ours"))
    return card


def _cannot_be_measured(name: str, reason: Refused) -> Refused:
    return Refused(
        "{file} cannot be measured, {reason}: name a model that `rnn-desk-train export` wrote",
        file=name,
        reason=reason,
    )
