"""A writer from its run to its ONNX file, and the file opened again to be measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray

from rnn_desk.core import writing
from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular
from rnn_desk.core.raster import SIDE
from rnn_desk.core.writing import WriterShape

from .evaluate import MAX_BYTES, own_card, parsed
from .graph import TOLERANCE, exported
from .writer import RowWriter, one_hot
from .writer_step import WriterStep

Array = NDArray[np.float32]

CHECKED = 100
"""Pictures on which the file must agree with torch, at every row."""


class WriterFile:
    """An exported writer, opened: a step at a time, as `rnn_desk.core.writing` asks for it.

    Raises Refused where the file is none that this package exported.
    """

    def __init__(self, data: bytes, name: str) -> None:
        model = parsed(data, name)
        self.card: ModelCard = own_card(model, name)
        if self.card.kind != "writer":
            raise Refused("{file} reads digits and writes none: name a writer", file=name)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # errors alone: the rest is for the runtime's makers
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"]
        )
        (layer,) = self.card.recurrent_layers
        self.shape = WriterShape(self.card.side, len(self.card.classes), layer.units)

    @classmethod
    def open(cls, path: Path) -> WriterFile:
        """The model in that file."""
        return cls(read_regular(path, MAX_BYTES), str(path))

    def step(self, fed: dict[str, Array]) -> tuple[Array, ...]:
        """One row: see `rnn_desk.core.writing.Step`."""
        return tuple(self._session.run(list(writing.OUTPUTS), fed))


def to_graph(writer: RowWriter) -> onnx.ModelProto:
    """The writer as an ONNX graph: the inputs and outputs of `rnn_desk.core.writing`."""
    units, some = writer.layer.hidden_size, 3
    free = {0: torch.export.Dim("batch")}
    inputs = {
        "above": (torch.zeros(some, SIDE), free),
        "class": (torch.zeros(some, writer.classes), free),
        "h": (torch.zeros(some, units), free),
        "c": (torch.zeros(some, units), free),
        "draws": (torch.zeros(some, SIDE), free),
        "temperature": (torch.ones(some, SIDE), free),
    }
    assert tuple(inputs) == writing.INPUTS
    return exported(WriterStep(writer).eval(), inputs, writing.OUTPUTS)


@torch.no_grad()
def check_agreement(file: WriterFile, writer: RowWriter, pictures: Array, labels: Array) -> None:
    """Refuse a file that, row by row, does not say what torch says of whole pictures.

    pictures: `[n, 28, 28]` of 0 and 1. Half of them go with their class, and half with none.
    """
    writer.eval()
    rows = torch.from_numpy(pictures).transpose(0, 1)
    named = one_hot(torch.from_numpy(labels), file.shape.classes)
    named[::2] = 0
    chances = torch.sigmoid(writer(rows, named))
    state, cell = torch.zeros(2, 1, len(pictures), file.shape.units)
    above = torch.zeros_like(rows[0])
    worst = 0.0
    for row in writing.gone_along(file.step, file.shape, pictures, named.numpy()):
        _, (state, cell) = writer.layer(torch.cat([above, named], 1)[None], (state, cell))
        above = rows[row.row]
        for mine, its in ((row.chances, chances[row.row]), (row.h, state[0]), (row.c, cell[0])):
            # A cell state has no bound: where it is above 1, the difference is a part of it.
            allowed = np.maximum(1, np.abs(its.numpy()))
            worst = max(worst, float((np.abs(mine - its.numpy()) / allowed).max()))
    if not worst <= TOLERANCE:
        raise Refused(
            "The exported model and torch differ by {difference:.1e} on {n} pictures, where "
            "{tolerance:.0e} is allowed: nothing was written; try another version of torch",
            difference=worst,
            n=len(pictures),
            tolerance=TOLERANCE,
        )
