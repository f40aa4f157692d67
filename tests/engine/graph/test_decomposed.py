"""The recurrence in plain operations: the same states and answers as the operator's."""

import numpy as np
import onnx
import pytest

from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.decomposed import decomposed
from rnn_desk.engine.graph.rewriting import RECURRENT, plainer
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.engine.states.probe import Probe
from tests.helpers import models


def forms(model, card=None):
    """A model that brings its states out, and the same decomposed."""
    probe = Probe(card or models.card(), dissection.dissect(plainer(model)))
    whole = dissection.with_outputs(
        probe.dissected.model, [op.y for op in probe.dissected.recurrent]
    )
    return whole, decomposed(whole, probe.dissected.recurrent, probe.value)


def outputs(model, pictures):
    return start(model.SerializeToString(), CPU).run(None, {"picture": pictures})


@pytest.fixture
def pictures():
    return np.random.default_rng(1).uniform(0, 1, (3, 28, 28)).astype(np.float32)


WAYS = [
    {},
    {"direction": "reverse"},
    {"direction": "bidirectional", "layers": 2},
    {"layers": 3},
    {"biased": False},
    {"states": True, "batch": 3},
    {"states": True, "batch": 3, "direction": "bidirectional"},
]


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize(
    ("op", "attributes"),
    [("LSTM", {}), ("GRU", {"linear_before_reset": 1}), ("GRU", {}), ("RNN", {})],
    ids=str,
)
def test_it_computes_what_the_operator_does(op, attributes, way, pictures):
    model = models.recurrent(op, **way, **attributes)
    whole, out = forms(model, models.card(batch=way.get("batch", "free")))
    assert {node.op_type for node in whole.graph.node} & set(RECURRENT)
    assert not {node.op_type for node in out.graph.node} & set(RECURRENT)
    for mine, theirs in zip(outputs(whole, pictures), outputs(out, pictures), strict=True):
        assert mine.shape == theirs.shape
        assert abs(mine - theirs).max() <= 1e-5


@pytest.mark.parametrize("op", RECURRENT)
@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
def test_the_last_states_come_out_too(op, direction, pictures):
    model = models.recurrent(op, direction=direction)
    node = next(node for node in model.graph.node if node.op_type == op)
    names = ["last_h", "last_c"] if op == "LSTM" else ["last_h"]
    node.output.extend(names)
    whole, out = forms(model)
    run = [outputs(dissection.with_outputs(each, names), pictures) for each in (whole, out)]
    assert len(run[0]) == 2 + len(names)
    for mine, theirs in zip(*run, strict=True):
        assert mine.shape == theirs.shape
        assert abs(mine - theirs).max() <= 1e-5


def test_an_older_opset_has_its_own_split(pictures):
    model = models.recurrent("GRU")
    model.opset_import[0].version = 12
    whole, out = forms(model)
    for mine, theirs in zip(outputs(whole, pictures), outputs(out, pictures), strict=True):
        assert abs(mine - theirs).max() <= 1e-5


def test_weights_that_the_graph_computes_are_put_in_as_numbers(pictures):
    model = models.recurrent("GRU")
    node = next(node for node in model.graph.node if node.op_type == "GRU")
    made = onnx.helper.make_node("Mul", [node.input[1], node.input[1]], ["made"])
    node.input[1] = "made"
    model.graph.node.insert(0, made)
    whole, out = forms(model)
    for mine, theirs in zip(outputs(whole, pictures), outputs(out, pictures), strict=True):
        assert abs(mine - theirs).max() <= 1e-5


def test_what_is_no_plain_cell_is_left():
    assert forms(models.recurrent("LSTM", clip=0.5))[1] is None
    assert forms(models.convolution(), models.card(layout="NCHW"))[1] is None


def test_what_takes_lengths_is_left():
    model = models.recurrent("GRU", batch=3)
    node = next(node for node in model.graph.node if node.op_type == "GRU")
    lengths = onnx.numpy_helper.from_array(np.array([28, 5, 9], np.int32), "lengths")
    model.graph.initializer.append(lengths)
    node.input.append("lengths")
    assert forms(model, models.card(batch=3))[1] is None


def test_a_layer_of_too_many_steps_is_left(monkeypatch):
    monkeypatch.setattr("rnn_desk.engine.graph.decomposed.MOST_STEPS", 27)
    assert forms(models.recurrent("GRU"))[1] is None
