"""The program's own GRU, and random cells, as models of many calls: rows in, states in and out.

    python -m tests.models.streaming FOLDER

writes one of each there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

from rnn_desk.assets_door import asset

FLOAT = TensorProto.FLOAT
UNITS, CLASSES = 128, 10
Shape = list[int | str]


class Calls:
    """Collects the nodes of one call."""

    def __init__(self) -> None:
        own = onnx.load(asset("models", "gru.onnx"))
        self.weights = {t.name: numpy_helper.to_array(t) for t in own.graph.initializer}
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[Any] | float) -> str:
        name = f"k{len(self.constants)}"
        array = np.array(value, np.float32) if isinstance(value, float) else np.array(value)
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def node(self, op: str, *inputs: str, to: str = "", **attributes: Any) -> str:
        name = to or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], **attributes))
        return name

    def scaled(self, row: str) -> str:
        return self.node("Div", self.node("Sub", row, self.constant(0.1307)), self.constant(0.3081))

    def gru(self, x: str, h: str) -> tuple[str, str]:
        """The operator on `[steps, N, 28]`: Y, and the state behind it."""
        tensors = [self.constant(self.weights[name]) for name in ("val_28", "val_29", "val_45")]
        y, last = f"y{len(self.nodes)}", f"last{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(
                "GRU", [x, *tensors, "", h], [y, last], hidden_size=UNITS, linear_before_reset=1
            )
        )
        return y, last

    def head(self, state: str, to: str) -> str:
        parts = [self.constant(self.weights[f"head.{part}"]) for part in ("weight", "bias")]
        return self.node("Gemm", state, *parts, to=to, transB=1)

    def model(self, inputs: dict[str, Shape], outputs: dict[str, Shape | None]) -> ModelProto:
        graph = helper.make_graph(
            self.nodes,
            "call",
            [helper.make_tensor_value_info(n, FLOAT, shape) for n, shape in inputs.items()],
            [helper.make_tensor_value_info(n, FLOAT, shape) for n, shape in outputs.items()],
            self.constants,
        )
        opset = helper.make_opsetid("", 17)
        return helper.make_model(graph, opset_imports=[opset], ir_version=8)


def operator() -> ModelProto:
    """[1, N, 28] and the operator; the state first."""
    c = Calls()
    _, last = c.gru(c.scaled("x"), "hidden")
    c.node("Identity", last, to="hidden_new")
    state = c.node("Squeeze", last, c.constant(np.array([0])))
    c.head(state, "scores")
    shape: Shape = [1, "N", UNITS]
    return c.model(
        {"hidden": shape, "x": [1, "N", 28]}, {"hidden_new": shape, "scores": ["N", CLASSES]}
    )


def flat_state() -> ModelProto:
    """[N, 28], and a state [N, units] that the operator takes with an axis more."""
    c = Calls()
    x = c.node("Unsqueeze", c.scaled("row"), c.constant(np.array([0])))
    h = c.node("Unsqueeze", "h", c.constant(np.array([0])))
    _, last = c.gru(x, h)
    state = c.node("Squeeze", last, c.constant(np.array([0])), to="h_out")
    c.node("Softmax", c.head(state, "logits"), axis=1, to="p")
    return c.model(
        {"row": ["N", 28], "h": ["N", UNITS]}, {"p": ["N", CLASSES], "h_out": ["N", UNITS]}
    )


def four_rows() -> ModelProto:
    """[1, 4, 28]: four rows a call, of one picture."""
    c = Calls()
    x = c.node("Transpose", c.scaled("rows"), perm=[1, 0, 2])
    _, last = c.gru(x, "state")
    c.node("Identity", last, to="state_next")
    c.head(c.node("Squeeze", last, c.constant(np.array([0]))), "y")
    shape: Shape = [1, 1, UNITS]
    return c.model({"rows": [1, 4, 28], "state": shape}, {"y": [1, CLASSES], "state_next": shape})


def cell() -> ModelProto:
    """The GRU written out in basic operators, as exporters write torch's GRUCell."""
    c = Calls()
    w, r, b = (c.weights[name][0] for name in ("val_28", "val_29", "val_45"))
    units, x = UNITS, c.scaled("row")

    def affine(tensor: str, weights: NDArray[Any], bias: NDArray[Any]) -> str:
        return c.node("Gemm", tensor, c.constant(weights), c.constant(bias), transB=1)

    def part(k: int) -> slice:
        return slice(k * units, (k + 1) * units)

    inputs = [affine(x, w[part(k)], b[part(k)]) for k in range(3)]
    states = [affine("h", r[part(k)], b[3 * units :][part(k)]) for k in range(3)]
    z, reset = (c.node("Sigmoid", c.node("Add", inputs[k], states[k])) for k in range(2))
    n = c.node("Tanh", c.node("Add", inputs[2], c.node("Mul", reset, states[2])))
    kept = c.node("Mul", c.node("Sub", "h", n), z)
    c.node("Add", kept, n, to="h_out")
    c.head("h_out", "logits")
    return c.model({"row": [1, 28], "h": [1, UNITS]}, {"logits": [1, CLASSES], "h_out": [1, UNITS]})


def label() -> ModelProto:
    """The likeliest class alone."""
    c = Calls()
    x = c.node("Unsqueeze", c.scaled("row"), c.constant(np.array([0])))
    _, last = c.gru(x, c.node("Unsqueeze", "h", c.constant(np.array([0]))))
    state = c.node("Squeeze", last, c.constant(np.array([0])), to="h_out")
    c.node("ArgMax", c.head(state, "logits"), axis=1, keepdims=0, to="digit")
    model = c.model({"row": [1, 28], "h": [1, UNITS]}, {"digit": [1], "h_out": [1, UNITS]})
    model.graph.output[0].type.tensor_type.elem_type = TensorProto.INT64
    return model


def states_alone() -> ModelProto:
    """No answer at all."""
    c = Calls()
    _, last = c.gru(c.scaled("x"), "hidden")
    c.node("Identity", last, to="hidden_new")
    shape: Shape = [1, 1, UNITS]
    return c.model({"x": [1, 1, 28], "hidden": shape}, {"hidden_new": shape})


CALLS: dict[str, Callable[[], ModelProto]] = {
    "operator": operator,
    "flat_state": flat_state,
    "four_rows": four_rows,
    "cell": cell,
    "label": label,
    "states_alone": states_alone,
}


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in CALLS.items():
        onnx.save(made(), folder / f"{name}.onnx")


if __name__ == "__main__":
    main()
