"""Small models for tests, put together node by node with onnx.helper: no torch, random weights."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rnn_desk.core.card import CARD_KEY, to_json
from tests.helpers.cards import card

GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
OPSET = 17


class Graph:
    """Collects nodes and constants, and gives each tensor a name."""

    def __init__(self, seed=0):
        self.nodes, self.constants = [], []
        self.random = np.random.default_rng(seed)

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def weights(self, *shape, scale=0.5):
        return self.constant(self.random.normal(0, scale, shape).astype(np.float32))

    def node(self, op, *inputs, outputs=1, **attributes):
        names = [f"t{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def inner(self):
        """Give all that is made here names that a graph around it has not; what was called what."""
        own = {name: f"inner_{name}" for node in self.nodes for name in node.output}
        own |= {tensor.name: f"inner_{tensor.name}" for tensor in self.constants}
        for node in self.nodes:
            node.input[:] = [own.get(name, name) for name in node.input]
            node.output[:] = [own[name] for name in node.output]
        for tensor in self.constants:
            tensor.name = own[tensor.name]
        return own

    def model(self, output, input_shape, classes=10, input_type=TensorProto.FLOAT, batch="n"):
        self.nodes.append(helper.make_node("Identity", [output], ["logits"]))
        graph = helper.make_graph(
            self.nodes,
            "test",
            [helper.make_tensor_value_info("picture", input_type, input_shape)],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [batch, classes])],
            self.constants,
        )
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8
        )


def recurrent(
    op="LSTM",
    units=6,
    direction="forward",
    layers=1,
    head="last",
    batch="n",
    states=False,
    biased=True,
    side=28,
    seed=0,
    **attributes,
):
    """A stack of recurrent layers over the rows of `[batch, side, side]`, and a linear head.

    head: it reads the "last" row's state of the top layer, the "first" row's, or their "mean".
    states: begin with states other than zero. attributes: more of the operator's own.
    """
    g = Graph(seed)
    both = 2 if direction == "bidirectional" else 1
    count = 1 if batch == "n" else batch
    x, inputs = g.node("Transpose", "picture", perm=[1, 0, 2]), side
    for _ in range(layers):
        tensors = [
            x,
            g.weights(both, GATES[op] * units, inputs),
            g.weights(both, GATES[op] * units, units),
            g.weights(both, 2 * GATES[op] * units) if biased else "",
        ]
        if states:
            tensors += ["", g.weights(both, count, units)]
            if op == "LSTM":
                tensors.append(g.weights(both, count, units))
        while not tensors[-1]:
            tensors.pop()
        y = g.node(op, *tensors, hidden_size=units, direction=direction, **attributes)
        turned = g.node("Transpose", y, perm=[0, 2, 1, 3])  # rows, batch, directions, units
        x = g.node("Reshape", turned, g.constant(np.array([0, 0, -1])))
        inputs = both * units
    if head == "mean":
        state = g.node("ReduceMean", x, axes=[0], keepdims=0)
    else:
        state = g.node("Gather", x, g.constant(np.array({"last": -1, "first": 0}[head])), axis=0)
    logits = g.node("Gemm", state, g.weights(inputs, 10), g.weights(10))
    return g.model(logits, [batch, side, side], batch=batch)


def convolution(side=28, seed=0):
    """A small CNN over `[n, 1, side, side]`: no recurrent layer at all."""
    g = Graph(seed)
    maps = g.node("Conv", "picture", g.weights(3, 1, 3, 3), strides=[2, 2], kernel_shape=[3, 3])
    flat = g.node("Flatten", g.node("Relu", maps))
    width = 3 * ((side - 3) // 2 + 1) ** 2
    logits = g.node("Gemm", flat, g.weights(width, 10, scale=0.05), g.weights(10))
    return g.model(logits, ["n", 1, side, side])


def attention(units=6, side=28, seed=0):
    """An LSTM, and weights of attention over its rows `[n, side]` as an output of its own."""
    g = Graph(seed)
    x = g.node("Transpose", "picture", perm=[1, 0, 2])
    y = g.node("LSTM", x, g.weights(1, 4 * units, side), g.weights(1, 4 * units, units),
               hidden_size=units)  # fmt: skip
    turned = g.node("Transpose", y, perm=[2, 0, 1, 3])  # n, rows, 1, units
    states = g.node("Reshape", turned, g.constant(np.array([0, 0, -1])))
    scores = g.node("MatMul", g.node("Tanh", states), g.weights(units, 1, scale=3.0))
    flat = g.node("Reshape", scores, g.constant(np.array([0, -1])))
    g.nodes.append(helper.make_node("Softmax", [flat], ["attention"], axis=1))
    weights = g.node("Unsqueeze", "attention", g.constant(np.array([2])))
    mean = g.node("ReduceSum", g.node("Mul", weights, states), g.constant(np.array([1])),
                  keepdims=0)  # fmt: skip
    model = g.model(g.node("Gemm", mean, g.weights(units, 10), g.weights(10)), ["n", side, side])
    shown = helper.make_tensor_value_info("attention", TensorProto.FLOAT, ["n", side])
    model.graph.output.append(shown)
    return model


def hierarchical(units=5, above=4, side=28, seed=0):
    """An LSTM reads each row by itself, pixel by pixel; another one reads the rows' last states."""
    g = Graph(seed)
    rows = g.node("Reshape", "picture", g.constant(np.array([-1, side, 1])))
    x = g.node("Transpose", rows, perm=[1, 0, 2])  # pixels, n * rows, 1
    _, last = g.node("LSTM", x, g.weights(1, 4 * units, 1, scale=2.0),
                     g.weights(1, 4 * units, units), outputs=2, hidden_size=units)  # fmt: skip
    codes = g.node("Reshape", last, g.constant(np.array([-1, side, units])))
    x = g.node("Transpose", codes, perm=[1, 0, 2])
    _, last = g.node("LSTM", x, g.weights(1, 4 * above, units), g.weights(1, 4 * above, above),
                     outputs=2, hidden_size=above)  # fmt: skip
    state = g.node("Squeeze", last, g.constant(np.array([0])))
    logits = g.node("Gemm", state, g.weights(above, 10), g.weights(10))
    return g.model(logits, ["n", side, side])


def by_columns(units=6, side=28, seed=0):
    """An LSTM over the columns of an upright picture: it is turned within the graph."""
    g = Graph(seed)
    x = g.node("Transpose", "picture", perm=[2, 0, 1])
    _, last = g.node("LSTM", x, g.weights(1, 4 * units, side), g.weights(1, 4 * units, units),
                     outputs=2, hidden_size=units)  # fmt: skip
    state = g.node("Squeeze", last, g.constant(np.array([0])))
    logits = g.node("Gemm", state, g.weights(units, 10), g.weights(10))
    return g.model(logits, ["n", side, side])


def deep(units, layers, side=28, by_pixel=False, seed=0):
    """LSTMs over the rows of `[n, side, side]`, or over its pixels one by one."""
    g = Graph(seed)
    steps, width = (side * side, 1) if by_pixel else (side, side)
    cut = g.node("Reshape", "picture", g.constant(np.array([-1, steps, width])))
    x, inputs = g.node("Transpose", cut, perm=[1, 0, 2]), width
    scale = 1 / np.sqrt(units)
    for _ in range(layers):
        y = g.node("LSTM", x, g.weights(1, 4 * units, inputs, scale=scale),
                   g.weights(1, 4 * units, units, scale=scale),
                   g.weights(1, 8 * units, scale=scale), hidden_size=units)  # fmt: skip
        x, inputs = g.node("Squeeze", y, g.constant(np.array([1]))), units
    last = g.node("Gather", x, g.constant(np.array(-1)), axis=0)
    logits = g.node("Gemm", last, g.weights(units, 10, scale=0.1), g.weights(10))
    return g.model(logits, ["n", side, side])


def unrolled(squash, units=6, side=28):
    """A simple network written out step by step, with that activation, batch 1."""
    g = Graph()
    w, r = g.weights(side, units), g.weights(units, units)
    h = g.constant(np.zeros((1, units), np.float32))
    for row in range(side):
        x = g.node("Gather", "picture", g.constant(np.array(row)), axis=1)
        h = g.node(squash, g.node("Add", g.node("MatMul", x, w), g.node("MatMul", h, r)))
    return g.model(g.node("Gemm", h, g.weights(units, 10)), [1, side, side], batch=1)


def carrying(model, card_or_text):
    """The model with that card, or that text where a card should be."""
    text = card_or_text if isinstance(card_or_text, str) else to_json(card_or_text)
    helper.set_model_props(model, {CARD_KEY: text})
    return model


def saved(folder: Path, model, card_or_text=None, name="model.onnx") -> Path:
    """Write the model with a card, the plain one where none is given, and answer its path."""
    path = folder / name
    onnx.save(carrying(model, card() if card_or_text is None else card_or_text), path)
    return path


def weights_of(model, op="LSTM"):
    """(W, R, B, h0, c0) of each node of that kind, None where it has none."""
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    found = []
    for node in model.graph.node:
        if node.op_type == op:
            tensors = [*node.input, *[""] * 8]
            found.append([arrays.get(tensors[k]) for k in (1, 2, 3, 5, 6)])
    return found
