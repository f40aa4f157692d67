"""Models that want their pictures, or call their classes, otherwise: the program's own network,
with what undoes it before and after.

    python -m tests.models.otherwise FOLDER

writes one of each there, with the accuracy that each must have.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

from rnn_desk.assets_door import asset

IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_LOW = -30.0
"""The logit of a class that is never said."""


@dataclass
class Otherwise:
    """Writes what is done to an input until it is what the network takes, `[N, 28, 28]`, 0..1."""

    shape: Sequence[int | str]
    dtype: int = TensorProto.FLOAT
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    last: str = "given"

    def then(self, op: str, *constants: Any, **attributes: Any) -> Otherwise:
        """One more operator, on what there is and some constants."""
        names = [self.last]
        for value in constants:
            names.append(f"before_{len(self.nodes)}")
            tensor = numpy_helper.from_array(np.asarray(value), names[-1])
            self.nodes.append(helper.make_node("Constant", [], names[-1:], value=tensor))
        self.last = f"before_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, names, [self.last], **attributes))
        return self

    def floats(self) -> Otherwise:
        """As float32."""
        return self.then("Cast", to=TensorProto.FLOAT)

    def unscaled(self, factor: Any, term: Any = 0.0) -> Otherwise:
        """Of pixels * factor + term the pixels again."""
        self.then("Sub", np.float32(term))
        return self.then("Div", np.float32(factor))

    def picked(self, axis: int, places: Sequence[int]) -> Otherwise:
        """Those places of an axis, in that order."""
        return self.then("Gather", np.array(places, np.int64), axis=axis)

    def shaped(self, *shape: int) -> Otherwise:
        """In another shape."""
        return self.then("Reshape", np.array(shape, np.int64))

    def before(self, order: Sequence[int | None] = range(10), name: str = "lstm") -> ModelProto:
        """The model; order: the digit that each of its outputs means, None where none."""
        model = onnx.load(asset("models", f"{name}.onnx"))
        del model.metadata_props[:]
        graph = model.graph
        taken, given = graph.input[0].name, graph.output[0].name
        for node in graph.node:
            node.input[:] = [self.last if each == taken else each for each in node.input]
        extra = np.full((1, 1), _LOW, np.float32)
        picks = np.array([10 if digit is None else digit for digit in order], np.int64)
        after = [
            helper.make_node("Identity", ["given"], ["given_too"]),
            helper.make_node("Shape", [given], ["after_rows"], end=1),
            *_constant("after_one", np.array([1], np.int64)),
            helper.make_node("Concat", ["after_rows", "after_one"], ["after_shape"], axis=0),
            *_constant("after_low", extra),
            helper.make_node("Expand", ["after_low", "after_shape"], ["after_never"]),
            helper.make_node("Concat", [given, "after_never"], ["after_all"], axis=1),
            *_constant("after_picks", picks),
            helper.make_node("Gather", ["after_all", "after_picks"], ["answer"], axis=1),
        ][1:]
        nodes = [*self.nodes, *map(onnx.NodeProto.FromString, _bytes(graph.node)), *after]
        del graph.node[:], graph.input[:], graph.output[:], graph.value_info[:]
        graph.node.extend(nodes)
        graph.input.append(helper.make_tensor_value_info("given", self.dtype, list(self.shape)))
        graph.output.append(
            helper.make_tensor_value_info("answer", TensorProto.FLOAT, ["n", len(picks)])
        )
        return model


def _bytes(nodes: Any) -> list[bytes]:
    return [node.SerializeToString() for node in nodes]


def _constant(name: str, value: Any) -> list[onnx.NodeProto]:
    tensor = numpy_helper.from_array(value, name)
    return [helper.make_node("Constant", [], [name], value=tensor)]


ROWS = ("n", 28, 28)
BACK = range(27, -1, -1)


def plain() -> Otherwise:
    """Rows of pixels, 0..1."""
    return Otherwise(ROWS)


def coloured(side: int = 28) -> Otherwise:
    """Three colours, each with ImageNet's mean and deviation of its own."""
    mean, deviation = (np.array(each, np.float32).reshape(3, 1, 1) for each in IMAGENET)
    made = Otherwise(("n", 3, side, side)).then("Mul", deviation).then("Add", mean)
    return made.then("ReduceMean", np.array([1], np.int64), keepdims=0)


def models() -> dict[str, ModelProto]:
    """One of each kind and more, by name."""
    letters = [None] * 26
    twenty = [7, *[None] * 3, 2, 9, 0, None, 4, None, 1, 8, *[None] * 2, 3, None, 6, *[None] * 2, 5]
    canvas = Otherwise(("n", 28, 28, 4), TensorProto.UINT8).floats()
    return {
        "mean-and-deviation": plain().unscaled(1 / 0.35, -0.2 / 0.35).before(),
        "less-the-mean": plain().unscaled(1.0, -0.1307).before(),
        "twice-and-more": plain().unscaled(5.5, -3.0).before(),
        "percent": plain().unscaled(100.0).before(),
        "int8": Otherwise(ROWS, TensorProto.INT8).floats().unscaled(255.0, -128.0).before(),
        "int8-half": Otherwise(ROWS, TensorProto.INT8).floats().unscaled(127.0).before(),
        "bool": Otherwise(ROWS, TensorProto.BOOL).floats().before(),
        "bfloat16": Otherwise(ROWS, TensorProto.BFLOAT16).floats().before(),
        "imagenet": coloured().before(),
        "imagenet-blue-first": Otherwise(("n", 3, 28, 28)).picked(1, (2, 1, 0)).then(
            "Mul", np.array(IMAGENET[1], np.float32).reshape(3, 1, 1)
        ).then("Add", np.array(IMAGENET[0], np.float32).reshape(3, 1, 1)).then(
            "ReduceMean", np.array([1], np.int64), keepdims=0).before(),
        "upside-down": plain().picked(1, BACK).before(),
        "mirrored": plain().picked(2, BACK).before(),
        "half-turn": plain().picked(1, BACK).picked(2, BACK).before(),
        "quarter-turn": plain().then("Transpose", perm=[0, 2, 1]).picked(1, BACK).before(),
        "quarter-turn-back": plain().then("Transpose", perm=[0, 2, 1]).picked(2, BACK).before(),
        "transposed-minus": plain().unscaled(1.0, -0.5).then("Transpose", perm=[0, 2, 1]).before(),
        "shuffled": plain().before((3, 7, 0, 9, 1, 4, 8, 2, 6, 5)),
        "nine-to-nothing": plain().before((9, 8, 7, 6, 5, 4, 3, 2, 1, 0)),
        "sudoku": plain().before((1, 2, 3, 4, 5, 6, 7, 8, 9)),
        "sudoku-with-empty": plain().before((None, *range(1, 10))),
        "twenty-shuffled": plain().before(twenty),
        "sixteen-bits": Otherwise(ROWS, TensorProto.UINT16).floats().unscaled(65535.0).before(),
        "blank-last": plain().before((*range(10), None)),
        "two-more-between": plain().before((0, 1, 2, 3, 4, None, 5, 6, 7, 8, 9, None)),
        "letters-first": plain().before((*letters, *range(10))),
        "62-mirrored": plain().picked(2, BACK).before((*range(10), *letters, *letters)),
        "black-canvas": canvas.picked(3, (0,)).shaped(-1, 28, 28).unscaled(-255.0, 255.0).before(),
        "ink-in-alpha": Otherwise(("n", 4, 28, 28)).picked(1, (3,)).shaped(-1, 28, 28).before(),
        "flat-canvas": Otherwise((3136,), TensorProto.UINT8).floats().shaped(1, 28, 28, 4).picked(
            3, (3,)).shaped(1, 28, 28).unscaled(255.0).before(),
        "four-rows-a-step": Otherwise(("n", 7, 112)).shaped(-1, 28, 28).before(),
        "wide-paper": Otherwise(("n", 28, 40)).picked(2, range(6, 34)).before(),
        "cropped-from-36": Otherwise(("n", 1, 36, 36)).picked(2, range(4, 32)).picked(
            3, range(4, 32)).shaped(-1, 28, 28).before(),
        "really-one": Otherwise(("n", 28, 28)).shaped(1, 28, 28).before(),
    }  # fmt: skip


def main() -> None:
    """Write one of each."""
    for name, model in models().items():
        onnx.checker.check_model(model)
        onnx.save(model, Path(sys.argv[1]) / f"{name}.onnx")


if __name__ == "__main__":
    main()
