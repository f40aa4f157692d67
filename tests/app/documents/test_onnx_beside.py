import contextlib

import onnx
import pytest
from google.protobuf.descriptor import FieldDescriptor
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from rnn_desk.app.documents.onnx_beside import MESSAGES, files_beside
from rnn_desk.assets_door import asset
from rnn_desk.core.errors import Refused
from tests.models.manifest import FILES

RNN = asset("models", "rnn.onnx").read_bytes()


def reaches_a_tensor(descriptor, seen=()):
    if descriptor.name == "TensorProto":
        return True
    return descriptor.name not in seen and any(
        reaches_a_tensor(each.message_type, (*seen, descriptor.name))
        for each in descriptor.fields
        if each.type == FieldDescriptor.TYPE_MESSAGE
    )


@pytest.mark.parametrize("kind", sorted(set(MESSAGES) - {"TensorProto", "StringStringEntryProto"}))
def test_every_field_in_which_a_tensor_can_be_is_walked_into(kind):
    fields = getattr(onnx, kind).DESCRIPTOR.fields
    wanted = {
        each.number: each.message_type.name
        for each in fields
        if each.type == FieldDescriptor.TYPE_MESSAGE and reaches_a_tensor(each.message_type)
    }
    assert MESSAGES[kind] == wanted


def test_a_tensor_says_where_it_is():
    found = TensorProto.DESCRIPTOR.fields_by_name["external_data"]
    assert MESSAGES["TensorProto"] == {found.number: found.message_type.name}


def test_a_file_that_is_whole_has_nothing_beside_it():
    assert files_beside(RNN) == frozenset()


def test_weights_beside_it_are_found():
    data = (FILES / "dynamo_lstm_external.onnx").read_bytes()
    assert files_beside(data) == {"dynamo_lstm_external.onnx.data"}


def test_weights_within_an_attribute_of_a_graph_within_a_graph_are_found():
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[1])
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("offset", "0"), ("location", "ö.bin")):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    constant = helper.make_node("Constant", [], ["c"], value=tensor)
    inner = helper.make_graph([constant], "inner", [], [])
    branch = helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)
    model = helper.make_model(helper.make_graph([branch], "outer", [], []))
    assert files_beside(model.SerializeToString()) == {"ö.bin"}


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_have_files(data):
    with contextlib.suppress(Refused):
        assert all(isinstance(name, str) for name in files_beside(data))


@pytest.mark.parametrize("end", [10, 1000, -10, -1])
def test_a_file_that_was_cut_off_is_refused(end):
    with pytest.raises(Refused):
        files_beside(RNN[:end])
