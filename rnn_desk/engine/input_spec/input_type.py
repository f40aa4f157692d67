"""Inputs of a type that NumPy has not: the model is opened with a cast before them."""

from __future__ import annotations

import copy
from dataclasses import replace

from onnx import ModelProto, TensorProto, helper

from rnn_desk.engine.input_spec.input_shape import Signature

_TAKEN = "desk_picture"


def with_float_input(model: ModelProto, found: Signature) -> tuple[ModelProto, Signature]:
    """A model of one input that takes float32 in place of bfloat16; any other as it is."""
    if found.dtype != "bfloat16":
        return model, found
    model = copy.deepcopy(model)
    graph = model.graph
    constants = {tensor.name for tensor in graph.initializer}
    entry = next(entry for entry in graph.input if entry.name not in constants)
    cast = helper.make_node("Cast", [_TAKEN], [entry.name], to=TensorProto.BFLOAT16)
    nodes = [cast, *map(copy.deepcopy, graph.node)]
    entry.name = _TAKEN
    entry.type.tensor_type.elem_type = TensorProto.FLOAT
    del graph.node[:]
    graph.node.extend(nodes)
    return model, replace(found, name=_TAKEN)
