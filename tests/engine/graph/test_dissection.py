"""Taking graphs apart: what is found, and copies that leave the original as it was."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.rewriting import RECURRENT
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from tests.helpers import models

PICTURE = np.random.default_rng(0).random((1, 28, 28)).astype(np.float32)


def run(model, names=None, **fed):
    return start(model.SerializeToString(), CPU).run(names, fed or {"picture": PICTURE})


@pytest.mark.parametrize("op", RECURRENT)
@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
def test_every_recurrent_operator_is_found_in_order(op, direction):
    found = dissection.dissect(
        models.recurrent(op, units=5, direction=direction, layers=3)
    ).recurrent
    assert [(each.op, each.units, each.direction) for each in found] == [(op, 5, direction)] * 3
    assert all(each.nonstandard is None for each in found)
    assert all(each.x and each.w and each.r and each.b and each.y for each in found)
    assert all(not each.h0 and not each.c0 for each in found)


def test_initial_states_are_found():
    [lstm] = dissection.dissect(models.recurrent(states=True)).recurrent
    assert lstm.h0
    assert lstm.c0
    [gru] = dissection.dissect(models.recurrent("GRU", states=True)).recurrent
    assert gru.h0
    assert not gru.c0


def test_a_convolution_has_none():
    dissected = dissection.dissect(models.convolution())
    assert (dissected.recurrent, dissected.downstream) == ((), ())
    assert (dissected.input, dissected.output) == ("picture", "logits")


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"activations": ["Sigmoid", "Tanh", "Relu"]}, "activations Sigmoid, Tanh, Relu"),
        ({"activations": ["Sigmoid", "Tanh", "Tanh"]}, None),
        ({"clip": 3.0}, "a clip"),
        ({"layout": 1}, None),
        ({"layout": 0}, None),
        ({"input_forget": 1}, "an input gate coupled to the forget gate"),
        ({"clip": 3.0, "input_forget": 1}, "a clip and an input gate coupled"),
    ],
)
def test_what_is_unusual_is_named(attributes, words):
    [found] = dissection.dissect(models.recurrent(**attributes)).recurrent
    assert (found.nonstandard is None) == (words is None)
    assert words is None or words in str(found.nonstandard)


def test_plain_activations_count_for_both_directions():
    names = ["Sigmoid", "Tanh", "Tanh"] * 2
    model = models.recurrent(direction="bidirectional", activations=names)
    assert dissection.dissect(model).recurrent[0].nonstandard is None
    model = models.recurrent(direction="bidirectional", activations=[*names[:5], "Relu"])
    assert dissection.dissect(model).recurrent[0].nonstandard is not None


def test_activations_of_a_second_direction_are_none_of_the_first():
    """ONNX's default for an RNN names two of them, and exporters write it out."""
    assert (
        dissection.dissect(models.recurrent("RNN", activations=["Tanh", "Tanh"]))
        .recurrent[0]
        .nonstandard
        is None
    )
    odd = models.recurrent("RNN", activations=["Relu", "Tanh"])
    assert dissection.dissect(odd).recurrent[0].nonstandard is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("direction", 3),
        ("direction", ["forward"]),
        ("activations", "Tanh"),
        ("activations", [1, 2]),
        ("hidden_size", 6.0),
        ("layout", "first"),
        ("clip", "much"),
    ],
)
def test_an_attribute_of_another_type_is_refused(name, value):
    model = models.recurrent()
    lstm = next(node for node in model.graph.node if node.op_type == "LSTM")
    kept = [attribute for attribute in lstm.attribute if attribute.name != name]
    del lstm.attribute[:]
    lstm.attribute.extend([*kept, helper.make_attribute(name, value)])
    with pytest.raises(Refused, match=f"its LSTM has {name} "):
        dissection.dissect(model)


@pytest.mark.parametrize(("place", "words"), [(4, "None"), (7, "peepholes")])
def test_peepholes_are_unusual_and_sequence_lengths_are_not(place, words):
    model = models.recurrent()
    lstm = next(node for node in model.graph.node if node.op_type == "LSTM")
    lstm.input.extend([""] * (place - len(lstm.input)) + ["t0_0"])
    assert str(dissection.dissect(model).recurrent[0].nonstandard) == words


def test_an_operator_whose_states_are_not_named_brings_them_out():
    """Exporters leave Y unnamed where only the last state Y_h is used."""
    model = models.recurrent()
    lstm = next(node for node in model.graph.node if node.op_type == "LSTM")
    start_of = [*model.graph.node].index(lstm)
    del model.graph.node[start_of + 1 :]
    lstm.output[:] = ["", "last"]
    axes = helper.make_tensor("axes", TensorProto.INT64, [1], [0])
    model.graph.initializer.append(axes)
    weights = [tensor.name for tensor in model.graph.initializer if tensor.dims == [6, 10]]
    model.graph.node.extend(
        [
            helper.make_node("Squeeze", ["last", "axes"], ["state"]),
            helper.make_node("MatMul", ["state", weights[0]], ["logits"]),
        ]
    )
    dissected = dissection.dissect(model)
    [found] = dissected.recurrent
    assert found.y
    y, last = run(dissection.with_outputs(dissected.model, [found.y, "last"]), [found.y, "last"])
    assert y.shape == (28, 1, 1, 6)
    assert np.array_equal(y[-1], last)
    assert "last" in dissected.downstream


def test_two_operators_without_names_get_different_ones():
    model = models.recurrent(layers=2)
    for node in model.graph.node:
        if node.op_type == "LSTM":
            node.output[0] = ""
    found = dissection.dissect(model).recurrent
    assert found[0].y != found[1].y


def test_downstream_is_what_depends_on_the_last_operator():
    model = models.recurrent(layers=2)
    dissected = dissection.dissect(model)
    lstms = [k for k, node in enumerate(model.graph.node) if node.op_type == "LSTM"]
    expected = [name for node in model.graph.node[lstms[-1] :] for name in node.output]
    assert dissected.downstream == tuple(expected)


def test_the_model_that_is_taken_apart_stays_as_it_was():
    model = models.recurrent()
    next(node for node in model.graph.node if node.op_type == "LSTM").output[0] = ""
    before = model.SerializeToString()
    dissected = dissection.dissect(model)
    dissection.with_outputs(dissected.model, ["t0_0"])
    dissection.part_after(dissected.model, ["t0_0"], "logits")
    assert model.SerializeToString() == before


@pytest.mark.parametrize("count", [0, 2])
def test_one_input_is_needed(count):
    model = models.recurrent()
    first = model.graph.input.pop()
    for number in range(count):
        first.name = f"picture{number}"
        model.graph.input.append(first)
    with pytest.raises(Refused, match=f"it has {count} inputs"):
        dissection.dissect(model)


def test_constants_among_the_inputs_do_not_count():
    """Before IR version 4 every initialiser stood among the inputs too."""
    model = models.recurrent()
    for tensor in model.graph.initializer:
        entry = helper.make_tensor_value_info(tensor.name, tensor.data_type, tensor.dims)
        model.graph.input.append(entry)
    assert dissection.dissect(model).input == "picture"


def test_an_operator_of_the_same_name_elsewhere_is_not_recurrent():
    model = models.recurrent()
    next(node for node in model.graph.node if node.op_type == "LSTM").domain = "org.example"
    assert dissection.dissect(model).recurrent == ()


def test_outputs_are_added_once():
    model = models.recurrent()
    wider = dissection.with_outputs(model, ["t0_0", "t0_0", "", "logits", "picture"])
    assert [entry.name for entry in wider.graph.output] == ["logits", "t0_0"]
    logits, turned = run(wider)
    assert np.array_equal(turned, PICTURE.transpose(1, 0, 2))
    assert np.array_equal(logits, run(model)[0])


def test_outputs_of_other_types_keep_them():
    g = models.Graph()
    shape = g.node("Shape", "picture")
    model = g.model(g.node("Flatten", "picture"), ["n", 28, 28], classes=784)
    wider = dissection.with_outputs(model, [shape])
    assert run(wider)[1].dtype == np.int64
    assert run(wider)[1].tolist() == [1, 28, 28]


def test_the_head_is_what_follows_a_tensor():
    model = models.recurrent()
    state = next(node for node in model.graph.node if node.op_type == "Gather").output[0]
    values, logits = run(dissection.with_outputs(model, [state]), [state, "logits"])
    head = dissection.part_after(model, [state], "logits")
    assert {node.op_type for node in head.graph.node} == {"Gemm", "Identity"}
    several = np.concatenate([values, values * 0, values])
    found = run(head, None, **{state: several})[0]
    assert found.shape == (3, 10)
    assert np.abs(found[[0, 2]] - logits).max() <= 1e-6


def test_constants_are_known_by_name():
    model = models.recurrent()
    name = model.graph.initializer[0].name
    assert dissection.constant(model, name)
    assert not dissection.constant(model, "picture")
    expected = onnx.numpy_helper.to_array(model.graph.initializer[0])
    assert np.array_equal(dissection.constant_value(model, name), expected)
