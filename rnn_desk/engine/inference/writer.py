"""A model that writes, opened: the step that `core.writing` asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from onnx import ModelProto
from onnx.numpy_helper import to_array

from rnn_desk.core import writing
from rnn_desk.core.arrays import Array
from rnn_desk.core.card import ModelCard, presentable
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.writing import Wish, WriterShape, WrittenRow
from rnn_desk.engine.graph.checking import check
from rnn_desk.engine.graph.metadata import card_of, facts_of
from rnn_desk.engine.graph.model_file import read_model
from rnn_desk.engine.graph.recurrent import is_recurrent, read_operator
from rnn_desk.engine.inference.pieces import Between, nothing
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import cause
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.model import Facts

MOST_UNITS = 4096
"""Of the LSTM: more could not be shown while it writes."""

DRAWINGS = 8
"""How often the greys of a picture are drawn as ink or paper, to say how unusual it is."""


KEPT = 32
"""Pictures whose given rows are kept for the next wish; more are written once the pen rests."""


class Writer:
    """A writer on the CPU. Built by `open_writer`; `facts` and `sha256` are its file's."""

    def __init__(
        self, card: ModelCard, facts: Facts, sha256: str, model: bytes, weights: Weights | None
    ) -> None:
        """weights: of its recurrent operator, None where they cannot be had."""
        self.card, self.facts, self.sha256, self.weights = card, facts, sha256, weights
        (layer,) = card.recurrent_layers
        self.shape = WriterShape(card.side, len(card.classes), layer.units)
        self._session = start(model, CPU)
        self._before: Wish | None = None
        self._rows: list[WrittenRow] = []

    def write(self, wish: Wish) -> Iterator[WrittenRow]:
        """Every row of what is wished, as it is written. Raises Refused."""
        wish.check(self.shape)
        known = self._known_of(wish)
        rows = list(known)
        self._before, self._rows = wish, rows
        for row in map(_finite, writing.written(self._step, self.shape, wish, known)):
            if row.row == len(rows) < len(wish.given) and wish.count <= KEPT:
                rows.append(row)
            yield row

    def _known_of(self, wish: Wish) -> tuple[WrittenRow, ...]:
        """The rows that are the same as in what was wished before: while a pen moves, those above
        where it draws."""
        before = self._before
        if before is None or _asks(before) != _asks(wish):
            return ()
        most = min(len(before.given), len(wish.given), len(self._rows))
        same = (before.given[:most] == wish.given[:most]).all(1)
        return tuple(self._rows[: most if same.all() else int(same.argmin())])

    def surprise(
        self,
        picture: Array,
        label: int | None,
        seed: int = 0,
        between: Between = nothing,
        rows: int | None = None,
    ) -> Array:
        """Nats of each pixel `[side, side]` of a picture of greys, the class known or None: the
        mean over some drawings of its greys as ink or paper. Raises Refused.

        between: called after each row, if there is anything else to be done. rows: how many are
        there, None for all; those below have no nats.
        """
        copies = np.broadcast_to(picture, (DRAWINGS, *picture.shape))
        told = writing.one_hot(label, DRAWINGS, self.shape.classes)
        ink = writing.binarised(copies, seed)
        found = np.zeros_like(picture)
        for row in islice(writing.gone_along(self._step, self.shape, ink, told), rows):
            found[row.row] = writing.surprise(row.pixels, row.chances).mean(0)
            between()
        if not np.isfinite(found).all():
            raise _not_numbers()
        return found

    def _step(self, fed: dict[str, Array]) -> tuple[Array, ...]:
        try:
            return tuple(self._session.run(list(writing.OUTPUTS), fed))
        except Exception as error:  # onnxruntime raises its own types, some bare
            raise Refused("it fails on a row: {reason}", reason=cause(error)) from error


def _asks(wish: Wish) -> tuple[object, ...]:
    """All that decides a row beside the rows above it and what is given of it."""
    return wish.label, wish.temperature, wish.seed, wish.count


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
        weights = _weights_of(file.model)
        model = file.model.SerializeToString()
        writer = Writer(presentable(card), facts, file.sha256, model, weights)
        side = card.side
        first = next(writer.write(Wish(np.zeros((0, side), np.float32), 0, count=2)))
        units = (2, writer.shape.units)
        shapes = [part.shape for part in (first.pixels, first.chances, first.h, first.c)]
        if shapes != [(2, side), (2, side), units, units]:
            raise Refused("what it writes are not rows of its picture")
    except (Refused, ValueError) as error:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=error) from error
    return writer


def _weights_of(model: ModelProto) -> Weights | None:
    """Those of the one plain recurrent operator whose states go from row to row, where it is one:
    its gates follow from them."""
    nodes = [node for node in model.graph.node if is_recurrent(node)]
    if len(nodes) != 1:
        return None
    op = read_operator(nodes[0], "Y")
    constants = {each.name: each for each in model.graph.initializer}
    if op.nonstandard is not None or not {op.w, op.r, op.b} <= set(constants):
        return None
    w, r, b = (to_array(constants[name])[0] for name in (op.w, op.r, op.b))
    first = np.zeros(op.units, np.float32)
    return Weights(w, r, b, first, first, op.linear_before_reset)


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
