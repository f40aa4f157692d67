"""How well an exported model reads: the same file and the same runtime that the program uses.

Figures come from the ONNX file, never from the torch model it was made from, so they hold for what
people get.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from rnn_desk.core.card import CARD_KEY, InputReading, ModelCard, from_json
from rnn_desk.core.drawing import read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular
from rnn_desk.core.raster import rasterise

MAX_BYTES = 2 * 1024**3
"""A protobuf file, and so an ONNX file without external data, cannot be larger."""


class Reader:
    """An exported model, opened: pictures in, logits out.

    Raises Refused where the file is none that this package exported.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.card = _card(data, name)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # errors alone: the rest is for the runtime's makers
        self._session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"]
        )

    @classmethod
    def open(cls, path: Path) -> Reader:
        """The model in that file."""
        return cls(read_regular(path, MAX_BYTES), str(path))

    def logits(self, images: NDArray[np.float32], batch: int = 1000) -> NDArray[np.float32]:
        """`[n, classes]` of pictures `[n, 28, 28]` in 0..1, in portions of `batch`."""
        portions = [
            np.asarray(self._session.run(["logits"], {"image": images[start : start + batch]})[0])
            for start in range(0, len(images), batch)
        ]
        return np.concatenate(portions)

    def accuracy(self, images: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
        """The part of the pictures whose likeliest class is their label's."""
        return float((self.logits(images).argmax(axis=1) == labels).mean())


def rasterised(
    path: Path, classes: tuple[str, ...]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The drawings of a file as the program would show them to a model, and their labels.

    Pictures `[n, 28, 28]` in 0..1, labels `[n]` as indices of `classes`. Raises Refused at the
    first line that is no drawing or has no label among the classes: a figure over a part of a
    file would be a figure for nothing.
    """
    pictures, labels = [], []
    for number, drawing in enumerate(read_drawings(path), start=1):
        if isinstance(drawing, Refused):
            raise drawing
        if str(drawing.label) not in classes:
            raise Refused(
                "{file}, drawing {number}: its label {label} is none of {classes}",
                file=path,
                number=number,
                label=drawing.label,
                classes=", ".join(classes),
            )
        pictures.append(rasterise(drawing).pixels)
        labels.append(classes.index(str(drawing.label)))
    if not pictures:
        raise Refused("{file} holds no drawings", file=path)
    return np.stack(pictures), np.array(labels)


def _card(data: bytes, name: str) -> ModelCard:
    """The card of an ONNX file that takes its pictures as ours do. Raises Refused."""
    try:
        model = onnx.load_from_string(data)
    except Exception:  # noqa: BLE001  protobuf raises its own, another one in each version
        raise _cannot_be_measured(name, Refused("it is no ONNX file")) from None
    texts = {entry.key: entry.value for entry in model.metadata_props}
    if CARD_KEY not in texts:
        raise _cannot_be_measured(name, Refused("it has no model card"))
    try:
        card = from_json(texts[CARD_KEY])
    except Refused as reason:
        raise _cannot_be_measured(name, reason) from reason
    if card.input != InputReading():
        raise _cannot_be_measured(name, Refused("it takes its pictures in another way than ours"))
    return card


def _cannot_be_measured(name: str, reason: Refused) -> Refused:
    return Refused(
        "{file} cannot be measured, {reason}: name a model that `rnn-desk-train export` wrote",
        file=name,
        reason=reason,
    )
