"""The program's own recurrent network with inputs beside the picture.

    python -m tests.models.extras FOLDER

writes one of each there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper

from tests.models.answers import Ending

FLOAT, INT64, INT32, BOOL = (
    TensorProto.FLOAT,
    TensorProto.INT64,
    TensorProto.INT32,
    TensorProto.BOOL,
)


def _input(e: Ending, name: str, kind: int, shape: list[int | str]) -> None:
    e.model.graph.input.append(helper.make_tensor_value_info(name, kind, shape))


def _on_logits(e: Ending, op: str, factor: str) -> None:
    e.output(e.node(op, "logits", factor), "scores")


def _on_picture(e: Ending, op: str, factor: str) -> None:
    """What is done to the picture before all else."""
    made = e.model.graph.node
    first = next(node for node in made if "image" in node.input)
    node = helper.make_node(op, ["image", factor], ["image_too"])
    first.input[list(first.input).index("image")] = "image_too"
    own = [*made[len(made) - e.extra :]] if e.extra else []
    kept = [n for n in made if n not in own]
    nodes = [*own, node, *kept]
    del made[:]
    made.extend(nodes)
    e.output("logits", "scores")


def temperature(e: Ending) -> None:
    """[1], named by one letter and more."""
    _input(e, "tau", FLOAT, [1])
    _on_logits(e, "Div", "tau")


def unnamed_factor(e: Ending) -> None:
    """A name that says nothing."""
    _input(e, "arg1", FLOAT, [])
    _on_logits(e, "Mul", "arg1")


def training_flag(e: Ending) -> None:
    """True would answer nothing."""
    _input(e, "is_training", BOOL, [])
    none = e.node("Mul", "logits", e.constant(0.0))
    e.output(e.node("Where", "is_training", none, "logits"), "scores")


def flag_that_must_be_set(e: Ending) -> None:
    """What is proposed first answers nothing: it is found by trying."""
    _input(e, "mode", BOOL, [])
    none = e.node("Mul", "logits", e.constant(0.0))
    e.output(e.node("Where", "mode", "logits", none), "scores")


def _masked(e: Ending, name: str, kind: int, shape: list[int | str], through: bool) -> None:
    """Rows that the mask leaves out are blank; through: it lets those through that are 1."""
    _input(e, name, kind, shape)
    before = len(e.model.graph.node)
    mask = e.node("Cast", name, to=FLOAT)
    if not through:
        mask = e.node("Sub", e.constant(1.0), mask)
    mask = e.node("Unsqueeze", mask, e.constant([2]))
    e.extra = len(e.model.graph.node) - before
    _on_picture(e, "Mul", mask)


def lengths(e: Ending, name: str, kind: int, shape: list[int | str]) -> None:
    """Rows from the length on are blank."""
    _input(e, name, kind, shape)
    before = len(e.model.graph.node)
    whole = e.node("Cast", name, to=INT64)
    column = e.node("Reshape", whole, e.constant([-1, 1]))
    rows = e.constant(np.arange(28, dtype=np.int64)[None])
    inside = e.node("Cast", e.node("Less", rows, column), to=FLOAT)
    mask = e.node("Unsqueeze", inside, e.constant([2]))
    e.extra = len(e.model.graph.node) - before
    _on_picture(e, "Mul", mask)


EXTRAS: dict[str, tuple[dict[str, float], Callable[[Ending], None]]] = {
    "temperature": ({"tau": 1}, temperature),
    "unnamed_factor": ({"arg1": 1}, unnamed_factor),
    "training_flag": ({"is_training": 0}, training_flag),
    "flag_that_must_be_set": ({"mode": 1}, flag_that_must_be_set),
    "mask_int64": (
        {"attention_mask": 1},
        lambda e: _masked(e, "attention_mask", INT64, ["batch", 28], True),
    ),
    "mask_bool": ({"valid": 1}, lambda e: _masked(e, "valid", BOOL, ["batch", "steps"], True)),
    "padding_mask": (
        {"src_key_padding_mask": 0},
        lambda e: _masked(e, "src_key_padding_mask", BOOL, ["batch", 28], False),
    ),
    "mask_that_leaves_out": (
        {"mask": 0},
        lambda e: _masked(e, "mask", FLOAT, ["batch", 28], False),
    ),
    "lengths_int64": ({"lengths": 28}, lambda e: lengths(e, "lengths", INT64, ["batch"])),
    "lengths_int32": ({"n": 28}, lambda e: lengths(e, "n", INT32, ["batch", 1])),
}
"""By name: the values that it is to get, and what gives the network its extra input."""


def extended(name: str) -> ModelProto:
    """The network with that extra input."""
    ending = Ending()
    EXTRAS[name][1](ending)
    return ending.model


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in EXTRAS:
        onnx.save(extended(name), folder / f"{name}.onnx")


if __name__ == "__main__":
    main()
