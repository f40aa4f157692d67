"""Models of versions of ONNX that onnxruntime does not run."""

import numpy as np
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.versions import modernised


def gemm(version, op="Gemm"):
    random = np.random.default_rng(0)
    w, b = random.normal(size=(784, 10)), random.normal(size=10)
    kept = {"shape": np.array([-1, 784]), "w": w.astype(np.float32), "b": b.astype(np.float32)}
    attributes = {"broadcast": 1} if op == "Gemm" and version < 7 else {}
    graph = helper.make_graph(
        [
            helper.make_node("Reshape", ["x", "shape"], ["flat"]),
            helper.make_node(op, ["flat", "w", "b"], ["y"], **attributes),
        ],
        "old",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 28, 28])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 10])],
        [numpy_helper.from_array(value, name) for name, value in kept.items()],
    )
    opset = helper.make_opsetid("", version)
    return helper.make_model(graph, opset_imports=[opset], ir_version=4), w, b


def test_an_old_model_is_converted_and_gives_what_it_did():
    model, w, b = gemm(6)
    new = modernised(model)
    assert new is not model
    session = ort.InferenceSession(new.SerializeToString(), providers=["CPUExecutionProvider"])
    x = np.random.default_rng(1).uniform(size=(3, 28, 28)).astype(np.float32)
    (y,) = session.run(None, {"x": x})
    assert np.allclose(y, x.reshape(3, 784) @ w + b, atol=1e-3)


def test_a_model_that_is_run_is_left_alone():
    model, _, _ = gemm(7)
    assert modernised(model) is model


def test_what_cannot_be_converted_is_refused_with_its_version():
    model, _, _ = gemm(6, "Upsample")
    with pytest.raises(Refused, match="version 6 of ONNX's operators"):
        modernised(model)
