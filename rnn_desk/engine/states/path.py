"""What is compared of a reading, to tell whether it is familiar: a path `[steps, units]`.

Of a recurrent network, the hidden states of its last layer after each row. Of another, one step:
what its last product, which makes the answer, takes in; and where that cannot be had, its answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto

from rnn_desk.core.arrays import Array
from rnn_desk.engine.graph.dissection import Dissected
from rnn_desk.engine.states.layers import Layer

_PRODUCTS = {"Gemm": 0, "MatMul": 0}
"""Operators that make an answer of what comes before, and which input that is."""

_ANSWERS_MOST = 30.0
"""Numbers of an answer are cut at this size: what is farther from 0 says no more."""

_BETWEEN = {
    "Add", "Cast", "Div", "Flatten", "Identity", "LogSoftmax", "Mul", "Reshape", "Sigmoid",
    "Softmax", "Squeeze", "Sub", "Unsqueeze",
}  # fmt: skip
"""Operators between the last product and the answer."""


@dataclass(frozen=True, eq=False)
class Path:
    """Which tensors make the path. layers: of the last operator, both directions where it has
    them; tensor: in place of states."""

    layers: tuple[Layer, ...]
    tensor: str

    @property
    def names(self) -> list[str]:
        """The tensors that have to be brought out."""
        return [self.layers[0].operator.y] if self.layers else [self.tensor]

    def of(self, brought: Mapping[str, NDArray[Any]], rows: int) -> Array:
        """Of tensors by name, the paths `[n, steps, units]` of the pictures."""
        if self.layers:
            y = brought[self.layers[0].operator.y]
            return np.concatenate([layer.states(y, rows) for layer in self.layers], axis=2)
        values = np.asarray(brought[self.tensor], np.float32)
        cut = np.clip(np.nan_to_num(values), -_ANSWERS_MOST, _ANSWERS_MOST)
        return cut.reshape(len(values), 1, -1)


def path_of(dissected: Dissected, layers: tuple[Layer, ...]) -> Path:
    """The path that readings of this network take."""
    last = tuple(layer for layer in layers if layer.operator is layers[-1].operator)
    return Path(last, "" if last else _before_answer(dissected))


def _before_answer(dissected: Dissected) -> str:
    """What the last product takes in, by name; the answer itself where there is none."""
    graph = dissected.model.graph
    makers: dict[str, NodeProto] = {name: node for node in graph.node for name in node.output}
    constants = _constants(graph)
    name = dissected.output
    while (node := makers.get(name)) is not None:
        taken = [each for each in node.input if each and each not in constants]
        if len(taken) != 1 or node.op_type not in {*_PRODUCTS, *_BETWEEN}:
            break
        name = taken[0]
        if node.op_type in _PRODUCTS:
            return name if name != dissected.input else dissected.output
    return dissected.output


def _constants(graph: GraphProto) -> set[str]:
    """Names of the tensors that are the same for every picture."""
    return {tensor.name for tensor in graph.initializer} | {
        name for node in graph.node if node.op_type == "Constant" for name in node.output
    }
