"""What was written: pictures of rows as they come, side by side, counted, and as a Trace."""

import io
from dataclasses import replace
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


def rows_of(count, rows):
    """Rows whose numbers tell the row and the picture."""
    return [
        WrittenRow(
            row,
            _told(SIDE, [(row + picture) % 2 for picture in range(count)]),
            _told(SIDE, [row / 10 + picture / 100 for picture in range(count)]),
            _told(UNITS, [(row + 10 * picture) for picture in range(count)]),
            _told(UNITS, [-(row + 10 * picture) for picture in range(count)]),
        )
        for row in range(rows)
    ]


def _told(width, numbers):
    return np.repeat(np.array(numbers, np.float32)[:, None], width, 1)


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


def mixed():
    """One picture that was told no class, and two that were told the second."""
    first = pictures_of(wish(label=None, count=1), rows_of(1, 4))
    return first.beside(pictures_of(wish(label=1, count=2), rows_of(2, 4)))


def test_rows_that_are_not_written_yet_are_paper():
    pictures = pictures_of(wish(label=1), rows_of(2, 2))
    assert (pictures.count, pictures.begun, pictures.labels) == (2, 1, (1, 1))
    assert pictures.pixels.shape == (2, SIDE, SIDE)
    assert pictures.h.shape == (2, SIDE, UNITS)
    assert pictures.pixels[:, :2, 0].tolist() == [[0, 1], [1, 0]]
    assert not pictures.pixels[:, 2:].any()
    assert pictures.c[:, :2, 0].tolist() == [[0, -1], [-10, -11]]
    assert not pictures.c[:, 2:].any()


def test_pictures_beside_others_keep_their_order_and_their_classes():
    both = mixed()
    assert (both.count, both.labels) == (3, (None, 1, 1))
    one, others = rows_of(1, 4), rows_of(2, 4)
    for name in ("pixels", "chances", "h", "c"):
        for row in range(4):
            of_row = [*getattr(one[row], name), *getattr(others[row], name)]
            assert np.array_equal(getattr(both, name)[:, row], of_row)


def test_a_file_of_them_has_every_number():
    pictures = mixed()
    read = np.array([[0.25, 0.75], [1, 0], [0.5, 0.5]], np.float32)
    for written in (Written(pictures), Written(pictures, read)):
        with np.load(io.BytesIO(as_npz(written))) as file:
            assert file["labels"].tolist() == [-1, 1, 1]
            assert (file["given"], file["temperature"]) == (1, 0.5)
            for name in ("pixels", "chances", "h", "c"):
                assert np.array_equal(file[name], getattr(pictures, name))
            assert ("probabilities" in file) == (written.read is not None)
            assert written.read is None or np.array_equal(file["probabilities"], read)


def test_shares_are_of_what_is_read_as_each_class():
    read = np.array([[0.9, 0.1, 0], [0.6, 0.4, 0], [0, 0.2, 0.8], [1, 0, 0]], np.float32)
    assert shares(read).tolist() == [0.75, 0, 0.25]
    assert shares(np.zeros((0, 3), np.float32)).tolist() == [0, 0, 0]


def test_a_trace_nobody_has_read_believes_in_all_classes_alike():
    pictures = mixed()
    trace = trace_of(writer(), pictures, 2, None)
    assert trace.belief.tolist() == [[0.5, 0.5]] * SIDE
    assert trace.probabilities.tolist() == [0.5, 0.5]
    assert np.array_equal(trace.raster.pixels, pictures.pixels[2])
    [layer] = trace.layers
    assert layer.h[:, 0].tolist() == [10, 11, 12, 13]
    assert layer.c[:, 0].tolist() == [-10, -11, -12, -13]
    assert not layer.gates
    assert trace.model.name == "writer"


def test_a_trace_has_the_belief_of_its_reader():
    believed = np.linspace(0, 1, 2 * SIDE, dtype=np.float32).reshape(SIDE, 2)
    plain = trace_of(writer(), mixed(), 1, None)
    reading = replace(
        plain, probabilities=believed[2], belief=believed, belief_kind="head", layers=()
    )
    trace = trace_of(writer(), mixed(), 1, reading)
    assert trace.probabilities is reading.probabilities
    assert (trace.belief is reading.belief, trace.belief_kind) == (True, "head")
    assert len(trace.layers) == 1  # the writer's


@pytest.mark.parametrize("picture", [0, 2])
def test_its_gates_are_of_the_row_above_and_of_the_class_told(picture):
    inputs = SIDE + 2
    weights = Weights(
        np.zeros((4 * UNITS, inputs), np.float32),
        np.zeros((4 * UNITS, UNITS), np.float32),
        np.zeros(8 * UNITS, np.float32),
        np.zeros(UNITS, np.float32),
        np.zeros(UNITS, np.float32),
    )
    pictures = mixed()
    still = replace(pictures, h=0 * pictures.h, c=0 * pictures.c)  # such weights keep nothing
    [layer] = trace_of(writer(weights), still, picture, None).layers
    assert isinstance(layer, ReplayedLayer)
    assert not layer.x[0, :SIDE].any()
    assert np.array_equal(layer.x[1:, :SIDE], pictures.pixels[picture, :-1])
    told = 0 if pictures.labels[picture] is None else emphasis(0.5)
    assert np.allclose(layer.x[:, SIDE:], [0, told])
    assert (layer.gates["f"] == 0.5).all()
