"""What one run on the CPU finds out about a model: weights, layers, and where its head begins."""

import numpy as np
import onnx
import pytest
from onnx import helper

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.rewriting import RECURRENT
from rnn_desk.engine.states.probe import Probe
from tests.helpers import models


def probed(model, card=None):
    return Probe(models.card() if card is None else card, dissection.dissect(model))


def test_layers_have_a_name_a_person_can_read():
    assert [layer.name for layer in probed(models.recurrent(layers=2)).layers] == [
        "LSTM 1",
        "LSTM 2",
    ]
    both = probed(models.recurrent("GRU", direction="bidirectional")).layers
    assert [(layer.name, layer.index, layer.reverse) for layer in both] == [
        ("GRU 1 ↓", 0, False),
        ("GRU 1 ↑", 1, True),
    ]
    [backwards] = probed(models.recurrent("RNN", direction="reverse")).layers
    assert (backwards.name, backwards.reverse) == ("RNN 1 ↑", True)


@pytest.mark.parametrize("op", RECURRENT)
def test_weights_are_the_files_own(op):
    model = models.recurrent(op, direction="bidirectional", states=True)
    [(w, r, b, h0, c0)] = models.weights_of(model, op)
    for k, layer in enumerate(probed(model).layers):
        assert np.array_equal(layer.weights.W, w[k])
        assert np.array_equal(layer.weights.R, r[k])
        assert np.array_equal(layer.weights.B, b[k])
        assert np.array_equal(layer.weights.h0, h0[k, 0])
        assert np.array_equal(layer.weights.c0, c0[k, 0] if op == "LSTM" else np.zeros(6))


def test_weights_that_are_not_there_are_zero():
    [layer] = probed(models.recurrent(biased=False)).layers
    assert layer.weights.B.shape == (48,)
    for zeros in (layer.weights.B, layer.weights.h0, layer.weights.c0):
        assert not zeros.any()


def test_weights_that_the_graph_computes_are_brought_out():
    """As torch's exporter does: it stores its own order, and turns it at run time."""
    model = models.recurrent()
    [(w, *_)] = models.weights_of(model)
    lstm = next(node for node in model.graph.node if node.op_type == "LSTM")
    doubled = helper.make_node("Add", [lstm.input[1], lstm.input[1]], ["doubled"])
    model.graph.node.insert(0, doubled)
    lstm = next(node for node in model.graph.node if node.op_type == "LSTM")
    lstm.input[1] = "doubled"
    [layer] = probed(model).layers
    assert np.array_equal(layer.weights.W, 2 * w[0])


def test_an_odd_operator_has_no_weights_of_a_plain_cell_and_says_why():
    [layer] = probed(models.recurrent(clip=1.0)).layers
    assert layer.weights is None
    assert str(layer.why_not_plain) == "the operator has a clip"


HEADS = [
    pytest.param(models.recurrent(), True, id="one layer"),
    pytest.param(models.recurrent("GRU", layers=3), True, id="three layers"),
    pytest.param(models.recurrent(head="mean"), False, id="mean over the rows"),
    pytest.param(models.recurrent(head="first"), False, id="the first row's state"),
    pytest.param(models.recurrent(direction="reverse", head="first"), False, id="reverse"),
    pytest.param(models.recurrent(direction="bidirectional"), False, id="bidirectional"),
    pytest.param(models.recurrent(units=1), True, id="one unit"),
]


@pytest.mark.parametrize(("model", "has_head"), HEADS)
def test_a_head_is_found_where_the_last_state_alone_feeds_it(model, has_head):
    assert (probed(model).head is not None) == has_head


def test_no_head_where_the_picture_goes_around_the_layer():
    """The last state and the picture's mean, added: rows' states alone do not give the answer."""
    model = models.recurrent()
    gather = next(node for node in model.graph.node if node.op_type == "Gather")
    gemm = next(node for node in model.graph.node if node.op_type == "Gemm")
    around = [
        helper.make_node("ReduceMean", ["picture"], ["mean"], axes=[1, 2], keepdims=0),
        helper.make_node("Add", [gather.output[0], "mean"], ["both"]),
    ]
    gemm.input[0] = "both"
    place = [*model.graph.node].index(gemm)
    for node in reversed(around):
        model.graph.node.insert(place, node)
    onnx.checker.check_model(model)
    assert probed(model).head is None


def test_no_head_where_it_mixes_what_it_is_given_at_once():
    """A head that scales by the batch's own maximum would let each row see all others."""
    model = models.recurrent()
    *before, last = model.graph.node
    logits = last.input[0]
    axes = {"axes": [0], "keepdims": 1}
    mixing = [
        helper.make_node("ReduceMax", [logits], ["most"], **axes),
        helper.make_node("Sub", [logits, "most"], ["apart"]),
        helper.make_node("Add", ["apart", logits], [last.output[0]]),
    ]
    del model.graph.node[:]
    model.graph.node.extend([*before, *mixing])
    onnx.checker.check_model(model)
    assert probed(model).head is None


def test_a_model_without_layers_has_none():
    probe = probed(models.convolution(), models.card(layout="NCHW", reading="whole"))
    assert probe.layers == ()
    assert probe.head is None


def test_a_model_that_fails_on_a_picture_is_refused():
    with pytest.raises(Refused, match="it fails on a picture"):
        probed(models.recurrent(), models.card(layout="NCHW"))
