"""Tensors beside the recurrent states: which ones run along the rows, and what is shown of them;
layers whose steps are no rows of the upright picture."""

import numpy as np
import onnx
import pytest
from onnx import helper
from onnxruntime import InferenceSession

from rnn_desk.assets_door import asset
from rnn_desk.core.lab import Experiment
from rnn_desk.core.orientation import Orientation
from rnn_desk.core.raster import Raster
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.split_model import CutUp
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers import models, steps
from tests.helpers.model_files import open_as_told

PICTURE = np.random.default_rng(0).uniform(0, 1, (28, 28)).astype(np.float32)
CLOSE = 1e-5


def opened(folder, model, card=None):
    return open_reader(models.saved(folder, model, card), CPU)


def own(model, *names, picture=PICTURE[None]):
    """What onnxruntime itself says of tensors in the graph."""
    wider = onnx.ModelProto.FromString(model.SerializeToString())
    have = {entry.name for entry in wider.graph.output}
    for name in names:
        if name not in have:
            wider.graph.output.append(helper.make_empty_tensor_value_info(name))
    session = InferenceSession(wider.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(list(names), {session.get_inputs()[0].name: picture})


def test_weights_of_attention_are_shown_unasked(tmp_path):
    model = models.attention()
    reader = opened(tmp_path, model)
    [watched] = reader.read(Raster(PICTURE)).watched
    (truth,) = own(model, "attention")
    assert (watched.name, watched.kind, watched.weights) == ("attention", "rows", True)
    assert np.abs(watched.values[:, 0] - truth[0]).max() <= CLOSE
    assert len(reader.layers) == 1


def test_attention_that_was_trained_is_shown_unasked():
    """Its weights lie on few rows, and all of them change wherever the picture does."""
    reader = open_reader(asset("models", "lstm-attention.onnx"), CPU)
    trace = reader.read(Raster(PICTURE))
    assert [(each.name, each.weights) for each in trace.watched] == [("attention", True)]
    assert trace.watched[0].values.shape == (28, 1)


def test_maps_of_a_convolution_are_shown_unasked(tmp_path):
    model = models.convolution()
    card = models.card(layout="NCHW", reading="whole")
    reader = opened(tmp_path, model, card)
    relu = next(node for node in model.graph.node if node.op_type == "Relu").output[0]
    (truth,) = own(model, relu, picture=PICTURE[None, None])
    [watched] = reader.read(Raster(PICTURE)).watched
    assert (watched.name, watched.kind) == (relu, "maps")
    assert np.array_equal(watched.values, truth[0])


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("dynamo_cnn.onnx", [(8, 14, 14), (12, 7, 7)]),
        ("ts_cnn_batch10.onnx", [(8, 14, 14), (12, 7, 7)]),  # of ten pictures the first
        ("dynamo_cnn_rgb_last.onnx", [(8, 14, 14), (12, 7, 7)]),
        ("keras_cnn.onnx", [(8, 14, 14), (12, 7, 7)]),
        ("dynamo_cnn_32.onnx", [(8, 16, 16), (12, 8, 8)]),
        ("ts_lstm.onnx", []),
        ("ts_mlp_softmax.onnx", []),
    ],
)
def test_real_exporters_maps_are_found(name, shapes):
    reader = open_as_told(name)
    assert [each.shape for each in reader.watched] == shapes
    trace = reader.read(Raster(np.eye(reader.card.side, dtype=np.float32)))
    assert [each.values.shape for each in trace.watched] == shapes


def test_any_tensor_along_the_rows_can_be_chosen_by_its_name(tmp_path):
    model = models.attention(units=6)
    reader = opened(tmp_path, model)
    tanh = next(node for node in model.graph.node if node.op_type == "Tanh").output[0]
    listed = {each.name: each for each in reader.watchable}
    assert listed[tanh].shape == (28, 6)
    other = reader.watching([listed[tanh], listed["attention"]])
    trace = other.read(Raster(PICTURE))
    assert [each.name for each in trace.watched] == [tanh, "attention"]
    (truth,) = own(model, tanh)
    assert np.abs(trace.watched[0].values - truth[0]).max() <= CLOSE
    before = reader.read(Raster(PICTURE))
    assert np.array_equal(trace.probabilities, before.probabilities)
    assert [each.name for each in before.watched] == ["attention"]


def test_what_does_not_run_along_the_rows_is_not_listed(tmp_path):
    model = models.recurrent()
    reader = opened(tmp_path, model)
    listed = {each.name for each in reader.watchable}
    gemm = next(node for node in model.graph.node if node.op_type == "Gemm")
    assert not listed & {gemm.output[0], gemm.input[0], "logits"}
    # The operator's own input and states are shown as its layer already, and so are their copies.
    lstm = next(node for node in model.graph.node if node.op_type == "LSTM")
    assert not listed & {lstm.output[0], lstm.input[0]}


def test_a_sequence_stored_from_its_end_is_turned(tmp_path):
    """The rows are reversed, read, and never put back."""
    g = models.Graph()
    rows = g.node("Transpose", "picture", perm=[1, 0, 2])
    bounds = [g.constant(np.array([k])) for k in (-1, -(2**62), 0, -1)]
    reversed_rows = g.node("Slice", rows, *bounds)
    product = g.node("MatMul", reversed_rows, g.weights(28, 5))
    mean = g.node("ReduceMean", product, axes=[0], keepdims=0)
    model = g.model(g.node("Gemm", mean, g.weights(5, 10), g.weights(10)), ["n", 28, 28])
    reader = opened(tmp_path, model)
    found = next(each for each in reader.watchable if each.name == product)
    assert found.upwards
    (truth,) = own(model, product)
    trace = reader.watching([found]).read(Raster(PICTURE))
    assert np.abs(trace.watched[0].values - truth[::-1, 0]).max() <= CLOSE


def test_in_the_lab_a_watched_tensor_follows_what_is_done_to_the_network(tmp_path):
    reader = opened(tmp_path, models.attention())
    parts = CutUp(reader)
    plain = reader.read(Raster(PICTURE))
    same = parts.read(Raster(PICTURE), Experiment())
    assert np.abs(same.watched[0].values - plain.watched[0].values).max() <= 1e-4
    changed = parts.read(Raster(PICTURE), Experiment(off=frozenset({(0, 0), (0, 1), (0, 2)})))
    assert np.abs(changed.watched[0].values - plain.watched[0].values).max() > 1e-3


# --- rows that are read apart ---


def test_rows_that_are_read_apart_show_the_state_at_each_ones_end(tmp_path):
    model = models.hierarchical()
    reader = opened(tmp_path, model)
    below, above = reader.layers
    assert (below.apart, below.steps, above.apart) == (True, 28, False)
    trace = reader.read(Raster(PICTURE))
    (w, r, *_), (w2, r2, *_) = models.weights_of(model)
    made = [
        steps.run("LSTM", row[:, None].astype(float), w[0], r[0], None, None, None)
        for row in PICTURE
    ]
    for name, values in trace.layers[0].quantities.items():
        expected = np.array([each[name][-1] for each in made])
        assert values.shape == (28, 5)
        assert np.abs(values - expected).max() <= CLOSE, name
    assert "by itself" in str(trace.layers[0].between)
    codes = np.array([each["h"][-1] for each in made])
    second = steps.run("LSTM", codes, w2[0], r2[0], None, None, None)
    assert np.abs(trace.layers[1].h - second["h"]).max() <= CLOSE
    assert trace.layers[1].between is None
    assert trace.belief_kind == "head"
    assert np.abs(trace.belief[-1] - trace.probabilities).max() <= CLOSE


def test_rows_read_apart_can_be_experimented_on(tmp_path):
    reader = opened(tmp_path, models.hierarchical())
    parts = CutUp(reader)
    plain, same = (
        read(Raster(PICTURE)) for read in (reader.read, lambda r: parts.read(r, Experiment()))
    )
    for one, other in zip(plain.layers, same.layers, strict=True):
        assert np.abs(one.h - other.h).max() <= 1e-4
    off = parts.read(Raster(PICTURE), Experiment(off=frozenset({(0, 2)})))
    assert not off.layers[0].h[:, 2].any()
    states = reader.top_states(np.stack([PICTURE, PICTURE.T]))
    assert np.abs(states[0] - plain.layers[-1].h).max() <= CLOSE


def test_a_model_of_pixels_can_be_experimented_on():
    reader = open_as_told("ts_rnn_pixels.onnx")
    parts = CutUp(reader)
    one, other = reader.read(Raster(PICTURE)), parts.read(Raster(PICTURE), Experiment())
    assert np.abs(one.layers[0].h - other.layers[0].h).max() <= 1e-4
    assert "a row is 28 of them" in str(other.layers[0].between)
    zeroed = parts.read(Raster(PICTURE), Experiment(zeroed=frozenset({(0, 9)})))
    assert not zeroed.layers[0].h[9].any()
    assert zeroed.layers[0].h[10].any()


# --- columns ---


@pytest.mark.parametrize("within", [True, False], ids=["turned in the graph", "turned before"])
def test_a_model_that_reads_columns_shows_a_column_as_a_row(tmp_path, within):
    if within:
        reader = opened(tmp_path, models.by_columns())
        columns = reader.read(Raster(PICTURE))
    else:
        reader = opened(tmp_path, models.recurrent(), models.card(reading="columns"))
        columns = reader.read(Raster(PICTURE))
    assert columns.turned
    assert np.array_equal(columns.seen, PICTURE.T)
    changed = PICTURE.copy()
    changed[:, 20:] = 0
    other = reader.read(Raster(changed))
    assert np.array_equal(other.layers[0].h[:20], columns.layers[0].h[:20])
    assert not np.array_equal(other.layers[0].h[20], columns.layers[0].h[20])


def test_belief_of_a_model_that_reads_columns_covers_columns(tmp_path):
    model = models.recurrent(direction="bidirectional")
    reader = opened(tmp_path, model, models.card(reading="columns"))
    trace = reader.read(Raster(PICTURE))
    covered = PICTURE.copy()
    covered[:, 10:] = 0
    assert trace.belief_kind == "covered"
    assert np.abs(trace.belief[9] - reader.classify(covered[None])[0]).max() <= CLOSE


@pytest.mark.parametrize("name", ["ts_lstm.onnx", "ts_bilstm.onnx", "ts_rnn_pixels.onnx",
                                  "dynamo_rnn.onnx", "dynamo_cnn.onnx"])  # fmt: skip
def test_other_models_read_rows(name):
    assert not open_as_told(name).turned


def test_the_lab_covers_what_is_read_as_a_row():
    from rnn_desk.core.lab import altered

    covered = Experiment(covered=frozenset({3}))
    raster = altered(Raster(PICTURE), covered, orientation=Orientation(by_columns=True))
    assert not raster.pixels[:, 3].any()
    assert np.array_equal(np.delete(raster.pixels, 3, 1), np.delete(PICTURE, 3, 1))
