"""Nodes written behind those of a graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, TensorProto, helper, numpy_helper

_REDUCES_BY_INPUT = {"ReduceSum": 13, "ReduceMax": 18, "ReduceMean": 18}
"""The opset from which on an operator takes its axes as an input."""


def opset_of(model: ModelProto) -> int:
    """The version of ONNX's standard operators that the model is made for."""
    return max((o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), default=1)


class Nodes:
    """Writes nodes and constants behind a model's, their names beginning with `prefix`."""

    def __init__(self, model: ModelProto, prefix: str) -> None:
        self._graph: GraphProto = model.graph
        self.opset = opset_of(model)
        self._prefix = prefix
        self._count = 0

    def node(self, op: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """Write a node of one output, and give that output's name."""
        made = output or self.name()
        node = helper.make_node(op, list(inputs), [made], name=made, **attributes)
        self._graph.node.append(node)
        return made

    def constant(self, value: NDArray[Any]) -> str:
        """Write a constant, and give its name."""
        name = self.name()
        self._graph.initializer.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def number(self, value: float) -> str:
        """Write one number."""
        return self.constant(np.array(value, np.float32))

    def floats(self, tensor: str, output: str = "") -> str:
        """Write a tensor as float32."""
        return self.node("Cast", tensor, output=output, to=TensorProto.FLOAT)

    def reshaped(self, tensor: str, shape: Sequence[int], output: str = "") -> str:
        """Write a tensor in another shape: 0 keeps an axis, -1 is what is left."""
        return self.node("Reshape", tensor, self.constant(np.array(shape, np.int64)), output=output)

    def reduced(self, op: str, tensor: str, axis: int, output: str = "") -> str:
        """Write a sum, a mean or a maximum along one axis, which is dropped."""
        if self.opset < _REDUCES_BY_INPUT[op]:
            return self.node(op, tensor, output=output, axes=[axis], keepdims=0)
        axes = self.constant(np.array([axis], np.int64))
        return self.node(op, tensor, axes, output=output, keepdims=0)

    def one_hot(self, labels: str, count: int) -> str:
        """Write whole numbers `[..., 1]` as rows of `count` numbers, 1 at their place, else 0."""
        places = self.constant(np.arange(count, dtype=np.int64))
        equal = self.node("Equal", self.node("Cast", labels, to=TensorProto.INT64), places)
        return self.floats(equal)

    def name(self) -> str:
        """A name that no other tensor has."""
        self._count += 1
        return f"{self._prefix}_{self._count}"
