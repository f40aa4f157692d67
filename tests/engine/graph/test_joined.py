"""Cells written by hand with one matrix over what comes in and the state, known as any other."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper

from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import GradientTrace
from rnn_desk.engine.graph.joined import apart
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers import models

ROWS, UNITS = 28, 7
PICTURE = np.random.default_rng(0).uniform(0, 1, (ROWS, ROWS)).astype(np.float32)
NAMES = ("h", "c")


def lstm(g, x, h, c, weights, bias, gemm, state_first):
    """One step: the state behind it, and the cell state."""
    both = g.node("Concat", *((h, x) if state_first else (x, h)), axis=-1 if gemm else 1)
    sums = (
        g.node("Gemm", both, weights, bias, transB=1)
        if gemm
        else g.node("Add", g.node("MatMul", both, weights), bias)
    )
    i, f, o, new = g.node("Split", sums, g.constant(np.array([UNITS] * 4)), outputs=4, axis=1)
    kept = g.node("Mul", g.node("Sigmoid", f), c)
    c = g.node("Add", kept, g.node("Mul", g.node("Sigmoid", i), g.node("Tanh", new)))
    return g.node("Mul", g.node("Sigmoid", o), g.node("Tanh", c)), c


def weights_of(g, gemm):
    inputs = ROWS + UNITS
    shape = (4 * UNITS, inputs) if gemm else (inputs, 4 * UNITS)
    g.weights(*shape)
    g.weights(4 * UNITS)
    g.constants[0].name, g.constants[1].name = "both", "bias"  # of no name in a loop's body
    return "both", "bias"


def unrolled(gemm, state_first):
    g = models.Graph()
    weights, bias = weights_of(g, gemm)
    h = c = g.constant(np.zeros((1, UNITS), np.float32))
    for row in range(ROWS):
        x = g.node("Gather", "picture", g.constant(np.array(row)), axis=1)
        h, c = lstm(g, x, h, c, weights, bias, gemm, state_first)
    return g.model(g.node("Gemm", h, g.weights(UNITS, 10)), [1, ROWS, ROWS], batch=1)


def looped(op, gemm, state_first):
    """A Scan over the rows; or a Loop, whose weights are carried along as if they were states."""
    g, body = models.Graph(), models.Graph()
    weights, bias = weights_of(g, gemm)
    rows = g.node("Transpose", "picture", perm=[1, 0, 2])
    zeros = g.constant(np.zeros((1, UNITS), np.float32))
    value = helper.make_tensor_value_info
    if op == "Scan":
        h, c = lstm(body, "row", *NAMES, weights, bias, gemm, state_first)
        taken, given = [*NAMES, "row"], [h, c]
    else:
        x = body.node("Gather", "rows", "turn", axis=0)
        h, c = lstm(body, x, *NAMES, "W", "b", gemm, state_first)
        copies = [body.node("Identity", name) for name in ("on", "W", "b", "rows")]
        taken, given = ["turn", "on", *NAMES, "W", "b", "rows"], [copies[0], h, c, *copies[1:]]
    own = body.inner()
    kinds = {"turn": TensorProto.INT64, "on": TensorProto.BOOL}
    shapes = dict.fromkeys(kinds, ())  # a Loop's own have to be said
    inputs = [value(name, kinds.get(name, TensorProto.FLOAT), shapes.get(name)) for name in taken]
    outputs = [value(own[name], TensorProto.FLOAT, None) for name in given]
    if op == "Loop":
        outputs[0] = value(own[given[0]], TensorProto.BOOL, ())
    graph = helper.make_graph(body.nodes, "body", inputs, outputs, body.constants)
    if op == "Scan":
        last, _ = g.node("Scan", zeros, zeros, rows, outputs=2, body=graph, num_scan_inputs=1)
    else:
        more = g.constant(np.array(ROWS)), g.constant(np.array(True))
        last, *_ = g.node("Loop", *more, zeros, zeros, weights, bias, rows, outputs=5, body=graph)
    return g.model(g.node("Gemm", last, g.weights(UNITS, 10)), [1, ROWS, ROWS], batch=1)


FORMS = {
    "unrolled": lambda *how: unrolled(*how),
    "scan": lambda *how: looped("Scan", *how),
    "loop": lambda *how: looped("Loop", *how),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("gemm", "state_first"), [(False, False), (True, True)])
def test_its_gates_weights_and_gradient_are_there(tmp_path, form, gemm, state_first):
    model = FORMS[form](gemm, state_first)
    reader = open_reader(models.saved(tmp_path, model, models.card(batch=1)), CPU)
    (layer,) = reader.layers
    assert layer.why_no_gates is None
    assert layer.operator.op == "LSTM"
    both = onnx.numpy_helper.to_array(
        next(t for t in model.graph.initializer if UNITS + ROWS in t.dims)
    )
    both = both if gemm else both.T  # gates i, f, o, new; ONNX's are i, o, f, new
    parts = both[:, UNITS:] if state_first else both[:, :ROWS]
    i, f, o, new = np.split(parts, 4)
    assert np.abs(layer.weights.W - np.concatenate([i, o, f, new])).max() <= 1e-5
    trace = reader.with_gradient(reader.read(Raster(PICTURE)), 3)
    assert isinstance(trace.gradient, GradientTrace)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (logits,) = session.run(None, {"picture": PICTURE[None]})
    said = np.exp(logits[0] - logits[0].max())
    assert np.abs(trace.probabilities - said / said.sum()).max() <= 1e-5


def test_what_multiplies_once_is_left_as_it_is():
    """As in a network of branches that are joined before its head."""
    g = models.Graph()
    flat = g.node("Flatten", "picture")
    first, second = g.node("Relu", flat), g.node("Tanh", flat)
    joined = g.node("Concat", first, second, axis=1)
    model = g.model(g.node("MatMul", joined, g.weights(2 * ROWS**2, 10)), ["n", ROWS, ROWS])
    assert [node.op_type for node in apart(model).graph.node].count("MatMul") == 1
