"""What was written: pictures of rows as they come, side by side, counted, and as a Trace."""

import io
from types import SimpleNamespace

import numpy as np
import pytest

from rnn_desk.app.written import Written, as_npz, pictures_of, shares, trace_of
from rnn_desk.core.card import InputReading, LayerSpec, ModelCard
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.writing import Wish, WrittenRow, emphasis
from rnn_desk.protocol.model import ModelRef, WriterModel

SIDE, UNITS = 4, 3


def rows_of(count, rows, kept=1):
    """Rows whose every number tells which row it is, the states `kept` times that."""
    return [
        WrittenRow(
            row,
            np.full((count, SIDE), row % 2, np.float32),
            np.full((count, SIDE), row / 10, np.float32),
            np.full((count, UNITS), kept * row, np.float32),
            np.full((count, UNITS), -kept * row, np.float32),
        )
        for row in range(rows)
    ]


def wish(label=None, count=2, begun=1):
    return Wish(np.zeros((begun, SIDE), np.float32), label, 0.5, count=count)


def writer(weights=None):
    card = ModelCard(
        name="writer",
        classes=("0", "1"),
        input=InputReading(),
        side=SIDE,
        recurrent_layers=(LayerSpec("LSTM", UNITS),),
    )
    return WriterModel(ModelRef("writer.onnx"), card, SimpleNamespace(), weights)


def test_rows_that_are_not_written_yet_are_paper():
    pictures = pictures_of(wish(label=1), rows_of(2, 2))
    assert (pictures.count, pictures.begun, pictures.labels) == (2, 1, (1, 1))
    assert pictures.pixels.shape == (2, SIDE, SIDE)
    assert pictures.h.shape == (2, SIDE, UNITS)
    assert pictures.pixels[:, 1].all()
    assert not pictures.pixels[:, 2:].any()
    assert (pictures.c[:, 1] == -1).all()
    assert not pictures.c[:, 2:].any()


def test_pictures_beside_others_keep_their_order_and_their_classes():
    first = pictures_of(wish(label=None, count=1), rows_of(1, 4))
    both = first.beside(pictures_of(wish(label=0, count=2), rows_of(2, 2)))
    assert (both.count, both.labels) == (3, (None, 0, 0))
    assert both.chances[0, 3, 0] == np.float32(0.3)
    assert not both.chances[1:, 3].any()


def test_a_file_of_them_has_every_number():
    pictures = pictures_of(wish(), rows_of(2, 4))
    read = np.array([[0.25, 0.75], [1, 0]], np.float32)
    for written in (Written(pictures), Written(pictures, read)):
        with np.load(io.BytesIO(as_npz(written))) as file:
            assert file["labels"].tolist() == [-1, -1]
            assert (file["given"], file["temperature"]) == (1, 0.5)
            assert np.array_equal(file["h"], pictures.h)
            assert ("probabilities" in file) == (written.read is not None)


def test_shares_are_of_what_is_read_as_each_class():
    read = np.array([[0.9, 0.1, 0], [0.6, 0.4, 0], [0, 0.2, 0.8], [1, 0, 0]], np.float32)
    assert shares(read).tolist() == [0.75, 0, 0.25]
    assert shares(np.zeros((0, 3), np.float32)).tolist() == [0, 0, 0]


def test_a_trace_nobody_has_read_believes_in_all_classes_alike():
    pictures = pictures_of(wish(), rows_of(2, 4))
    trace = trace_of(writer(), pictures, 1, None)
    assert trace.belief.tolist() == [[0.5, 0.5]] * SIDE
    [layer] = trace.layers
    assert layer.h[:, 0].tolist() == [0, 1, 2, 3]
    assert not layer.gates
    assert trace.model.name == "writer"


@pytest.mark.parametrize("label", [None, 1])
def test_its_gates_are_of_the_row_above_and_of_the_class_told(label):
    inputs = SIDE + 2
    weights = Weights(
        np.zeros((4 * UNITS, inputs), np.float32),
        np.zeros((4 * UNITS, UNITS), np.float32),
        np.zeros(8 * UNITS, np.float32),
        np.zeros(UNITS, np.float32),
        np.zeros(UNITS, np.float32),
    )
    pictures = pictures_of(wish(label), rows_of(2, 4, kept=0))  # as such weights keep nothing
    reading = trace_of(writer(), pictures, 0, None)
    [layer] = trace_of(writer(weights), pictures, 0, reading).layers
    assert isinstance(layer, ReplayedLayer)
    assert not layer.x[0, :SIDE].any()
    assert np.array_equal(layer.x[1:, :SIDE], pictures.pixels[0, :-1])
    told = 0 if label is None else emphasis(0.5)
    assert np.allclose(layer.x[:, SIDE:], [0, told])
    assert (layer.gates["f"] == 0.5).all()
