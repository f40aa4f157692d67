"""A model that writes, opened: the step that `core.writing` asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from onnx import ModelProto

from rnn_desk.core import writing
from rnn_desk.core.arrays import Array
from rnn_desk.core.card import ModelCard, presentable
from rnn_desk.core.errors import Refused
from rnn_desk.core.writing import Wish, WriterShape, WrittenRow
from rnn_desk.engine.graph.checking import check
from rnn_desk.engine.graph.metadata import card_of, facts_of
from rnn_desk.engine.graph.model_file import read_model
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import cause
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.model import Facts

MOST_UNITS = 4096
"""Of the LSTM: more could not be shown while it writes."""

DRAWINGS = 8
"""How often the greys of a picture are drawn as ink or paper, to say how unusual it is."""


class Writer:
    """A writer on the CPU. Built by `open_writer`; `facts` and `sha256` are its file's."""

    def __init__(self, card: ModelCard, facts: Facts, sha256: str, model: bytes) -> None:
        self.card, self.facts, self.sha256 = card, facts, sha256
        (layer,) = card.recurrent_layers
        self.shape = WriterShape(card.side, len(card.classes), layer.units)
        self._session = start(model, CPU)

    def write(self, wish: Wish) -> Iterator[WrittenRow]:
        """Every row of what is wished, as it is written. Raises Refused."""
        yield from map(_finite, writing.written(self._step, self.shape, wish))

    def surprise(self, picture: Array, label: int | None, seed: int = 0) -> Array:
        """Nats of each pixel `[side, side]` of a picture of greys, the class known or None: the
        mean over some drawings of its greys as ink or paper. Raises Refused."""
        copies = np.broadcast_to(picture, (DRAWINGS, *picture.shape))
        told = writing.one_hot(label, DRAWINGS, self.shape.classes)
        ink = writing.binarised(copies, seed)
        found: Array = writing.nats(self._step, self.shape, ink, told).mean(0)
        if not np.isfinite(found).all():
            raise _not_numbers()
        return found

    def _step(self, fed: dict[str, Array]) -> tuple[Array, ...]:
        try:
            return tuple(self._session.run(list(writing.OUTPUTS), fed))
        except Exception as error:  # onnxruntime raises its own types, some bare
            raise Refused("it fails on a row: {reason}", reason=cause(error)) from error


def open_writer(path: Path) -> Writer:
    """Open a file whose card says that it writes, and let it write a row. Raises Refused."""
    file = read_model(path)
    try:
        check(file.model)
        card = card_of(file.model)
        if card is None or card.kind != "writer":
            raise Refused("it reads digits and writes none")
        if len(card.recurrent_layers) != 1 or card.recurrent_layers[0].units > MOST_UNITS:
            raise Refused("its model card does not say one recurrent layer, as a writer has")
        _check_ports(file.model)
        facts = facts_of(file.model, file.size)
        writer = Writer(presentable(card), facts, file.sha256, file.model.SerializeToString())
        side = card.side
        first = next(writer.write(Wish(np.zeros((0, side), np.float32), 0, count=2)))
        units = (2, writer.shape.units)
        shapes = [part.shape for part in (first.pixels, first.chances, first.h, first.c)]
        if shapes != [(2, side), (2, side), units, units]:
            raise Refused("what it writes are not rows of its picture")
    except (Refused, ValueError) as error:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=error) from error
    return writer


def _check_ports(model: ModelProto) -> None:
    kept = {tensor.name for tensor in model.graph.initializer}
    takes = {port.name for port in model.graph.input} - kept
    gives = {port.name for port in model.graph.output}
    if takes != set(writing.INPUTS) or not gives >= set(writing.OUTPUTS):
        raise Refused(
            "a writer takes {inputs} and gives {outputs}, and it does not",
            inputs=", ".join(writing.INPUTS),
            outputs=", ".join(writing.OUTPUTS),
        )


def _finite(row: WrittenRow) -> WrittenRow:
    if not all(np.isfinite(part).all() for part in (row.chances, row.h, row.c)):
        raise _not_numbers()
    return row


def _not_numbers() -> Refused:
    return Refused("its answer to a picture is not a number: its weights are damaged")
