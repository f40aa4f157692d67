"""What a loop carries along unchanged."""

from __future__ import annotations

import numpy as np
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from rnn_desk.engine.graph.carried import taken_from_around


def counting(copied):
    """A Loop that adds `step` to its state three times; copied: it gives the step on as a copy."""
    value, tensor = helper.make_tensor_value_info, numpy_helper.from_array
    nodes = [helper.make_node("Add", ["before", "handed"], ["behind"])]
    nodes.append(helper.make_node("Identity", ["on"], ["goes_on"]))
    given = "handed"
    if copied:
        nodes.append(helper.make_node("Identity", ["handed"], ["copy"]))
        given = "copy"
    body = helper.make_graph(
        nodes,
        "body",
        [
            value("turn", TensorProto.INT64, []),
            value("on", TensorProto.BOOL, []),
            *(value(name, TensorProto.FLOAT, [1]) for name in ("before", "handed")),
        ],
        [
            value("goes_on", TensorProto.BOOL, []),
            *(value(name, TensorProto.FLOAT, [1]) for name in ("behind", given)),
        ],
    )
    loop = helper.make_node("Loop", ["three", "yes", "x", "step"], ["y", "step_too"], body=body)
    graph = helper.make_graph(
        [loop],
        "counting",
        [value("x", TensorProto.FLOAT, [1])],
        [value("y", TensorProto.FLOAT, [1]), value("step_too", TensorProto.FLOAT, [1])],
        [
            tensor(np.array(3), "three"),
            tensor(np.array(True), "yes"),
            tensor(np.array([0.5], np.float32), "step"),
        ],
    )
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(graph, opset_imports=opset, ir_version=8)


@pytest.mark.parametrize("copied", [False, True])
def test_it_is_taken_from_around_and_nothing_else_changes(copied):
    model = counting(copied)
    found = taken_from_around(model)
    add = found.graph.node[0].attribute[0].g.node[0]
    assert list(add.input) == ["before", "step"]
    one, other = (
        ort.InferenceSession(each.SerializeToString(), providers=["CPUExecutionProvider"]).run(
            None, {"x": np.array([1], np.float32)}
        )
        for each in (model, found)
    )
    assert one == other == [2.5, 0.5]
    assert list(model.graph.node[0].attribute[0].g.node[0].input) == ["before", "handed"]
