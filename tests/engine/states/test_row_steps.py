"""Layers whose steps are not the rows of the picture."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from rnn_desk.core.raster import Raster
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.input_spec.whole import whole_picture
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.states.row_steps import UNREAD, _ends
from tests.helpers import models

CLASSES, UNITS = 12, 5


def lstm(front, inputs, side=28, direction="forward"):
    """An LSTM over what `front` makes of the picture, `[steps, N, inputs]`, and a head of classes
    that are no digits."""
    g = models.Graph(3)
    x = front(g)
    both = 2 if direction == "bidirectional" else 1
    y = g.node("LSTM", x, g.weights(both, 4 * UNITS, inputs, scale=0.2),
               g.weights(both, 4 * UNITS, UNITS), hidden_size=UNITS,
               direction=direction)  # fmt: skip
    last = g.node("Gather", y, g.constant(np.array(0 if direction == "reverse" else -1)), axis=0)
    flat = g.node("Reshape", g.node("Transpose", last, perm=[1, 0, 2]),
                  g.constant(np.array([-1, both * UNITS])))  # fmt: skip
    logits = g.node("Gemm", flat, g.weights(both * UNITS, CLASSES), g.weights(CLASSES))
    return g.model(logits, ["n", side, side], classes=CLASSES)


def several(g):
    rows = g.node("Reshape", "picture", g.constant(np.array([-1, 14, 56])))
    return g.node("Transpose", rows, perm=[1, 0, 2])


def cropped(g):
    ends = map(g.constant, ([2, 4], [30, 28], [1, 2]))
    return g.node("Transpose", g.node("Slice", "picture", *ends), perm=[1, 0, 2])


def padded(g):
    more = g.node("Pad", "picture", g.constant(np.array([0, 2, 0, 0, 2, 0])))
    return g.node("Transpose", more, perm=[1, 0, 2])


def opened(model, folder):
    side = model.graph.input[0].type.tensor_type.shape.dim[1].dim_value
    card = models.card(side=side, classes=tuple("ABCDEFGHIJKL"))
    return open_reader(models.saved(folder, model, card), CPU)


def test_a_step_of_two_rows_is_shown_at_both(tmp_path):
    reader = opened(lstm(several, 56), tmp_path)
    (layer,) = reader.layers
    assert str(layer.between(28)) == "a step is 2 rows"
    picture = np.random.default_rng(0).uniform(0, 1, (28, 28)).astype(np.float32)
    trace = reader.read(Raster(picture))
    h = trace.layers[0].h
    assert np.array_equal(h[::2], h[1::2])
    assert len(np.unique(h[:, 0])) == 14
    assert set(trace.layers[0].gates) == {"i", "o", "f", "g"}
    assert trace.belief_kind == "head"
    assert np.allclose(trace.belief[-1], trace.probabilities, atol=1e-6)


@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
def test_rows_that_are_cut_off_have_no_state(direction, tmp_path):
    reader = opened(lstm(cropped, 24, 32, direction), tmp_path)
    trace = reader.read(Raster(np.full((32, 32), 0.5, np.float32)))
    for layer, seen in zip(reader.layers, trace.layers, strict=True):
        unread = seen.h[-2:] if layer.reverse else seen.h[:2]
        after = seen.h[:3] if layer.reverse else seen.h[-3:]
        assert not unread.any()
        assert (after == after[0]).all()
        assert "28 of the 32 rows" in str(layer.between(32))


def test_rows_that_are_added_are_passed_over(tmp_path):
    reader = opened(lstm(padded, 28), tmp_path)
    assert "32 steps for 28 rows" in str(reader.layers[0].between(28))
    picture = np.random.default_rng(0).uniform(0, 1, (28, 28)).astype(np.float32)
    trace = reader.read(Raster(picture))
    assert np.allclose(trace.belief[-1], trace.probabilities, atol=1e-6)


def test_the_last_step_of_a_row_is_the_one_before_the_next_row_begins():
    assert _ends([0, 0, 1, 1], 2) == [0, 0, 1, 1]
    assert _ends([0, 3, 6], 9) == [2, 5, 8]
    assert _ends([None, 0, 1, None], 2) == [UNREAD, 0, 1, 1]
    assert _ends([2, 3], 6) == [2, 5]
    assert _ends([1, 0], 2) is None


def in_a_branch(least):
    """An LSTM in the branch of an If that pictures take which have a pixel over `least`."""
    model = lstm(lambda g: g.node("Transpose", "picture", perm=[1, 0, 2]), 28)
    graph = model.graph
    place = next(k for k, node in enumerate(graph.node) if node.op_type == "LSTM")
    operator = graph.node[place]
    none = helper.make_tensor_value_info("none", TensorProto.FLOAT, None)
    inner = helper.make_tensor_value_info(operator.output[0], TensorProto.FLOAT, None)
    shape = helper.make_node("Shape", [operator.input[0]], ["long"])
    blank = [shape, helper.make_node("ConstantOfShape", ["sizes"], ["none"])]
    branch = helper.make_graph([operator], "then", [], [inner])
    other = helper.make_graph(blank, "else", [], [none])
    sizes = onnx.numpy_helper.from_array(np.array([28, 1, 1, UNITS]), "sizes")
    graph.initializer.extend([sizes, onnx.numpy_helper.from_array(np.float32(least), "least")])
    chosen = helper.make_node(
        "If", ["any"], [operator.output[0] + "_chosen"], then_branch=branch, else_branch=other
    )
    most = helper.make_node("ReduceMax", ["picture"], ["most"], keepdims=0)
    compared = helper.make_node("Greater", ["most", "least"], ["any"])
    nodes = list(graph.node)
    nodes[place : place + 1] = [most, compared, chosen]
    nodes[place + 3].input[0] = operator.output[0] + "_chosen"
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def test_an_operator_in_a_branch_is_shown(tmp_path):
    reader = opened(in_a_branch(least=-1), tmp_path)
    trace = reader.read(Raster(np.full((28, 28), 0.5, np.float32)))
    assert [layer.op for layer in trace.layers] == ["LSTM"]
    assert set(trace.layers[0].gates) == {"i", "o", "f", "g"}
    assert trace.belief_kind == "head"


def test_a_branch_that_no_digit_takes_is_not_computed():
    """It may take any time or memory: a model that reads well has it for one picture alone."""
    kept = whole_picture(in_a_branch(least=2))
    assert "LSTM" not in {node.op_type for node in kept.graph.node}
    assert "LSTM" in {node.op_type for node in whole_picture(in_a_branch(least=-1)).graph.node}
