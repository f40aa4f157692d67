"""A recurrent operator of a graph: which tensors it takes, and what it does with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from onnx import NodeProto, helper

from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import CellSpec
from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.rewriting import RECURRENT

_DEFAULT_ATTRIBUTES: Mapping[str, Any] = {
    "direction": b"forward",
    "activations": [],
    "hidden_size": 0,
    "layout": 0,
    "activation_alpha": [],
    "activation_beta": [],
    "input_forget": 0,
    "linear_before_reset": 0,
}

_LISTED: Mapping[str, type] = {"activations": bytes}
"""What a list holds; the others hold numbers."""


@dataclass(frozen=True)
class OperatorAttributes:
    """What an operator may do beyond the plain cell, in its own attributes.

    activations: with those of the other direction, if it has one, after the first one's.
    peepholes: the name of a tensor, "" for none.
    """

    activations: tuple[str, ...]
    alphas: tuple[float, ...]
    betas: tuple[float, ...]
    clip: float | None
    coupled: bool
    peepholes: str


@dataclass(frozen=True)
class RecurrentOp:
    """One recurrent node: the names of its tensors ("" where it has none) and its attributes.

    `nonstandard` names what it does beyond the plain cell, and is None for a plain one;
    `attributes` is the same for replaying its gates, None where they cannot be. `states`: of a
    decomposed cell, the tensors that Y was put together of.
    """

    op: str
    x: str
    w: str
    r: str
    b: str
    h0: str
    c0: str
    y: str
    units: int
    direction: str
    linear_before_reset: bool
    nonstandard: Refused | None
    attributes: OperatorAttributes | None = None
    states: tuple[str, ...] = ()


def cell_of(op: RecurrentOp) -> CellSpec:
    """The cell that the operator is."""
    cell = CELLS[op.op]
    variant = cell.linear_before_reset
    return variant if variant is not None and op.linear_before_reset else cell


def is_recurrent(node: NodeProto) -> bool:
    """Whether it is one of ONNX's, or onnxruntime's own LSTM with weights of 8 bits."""
    standard = node.op_type in RECURRENT and node.domain in ("", "ai.onnx")
    return standard or _quantised(node)


def read_operator(node: NodeProto, spare_name: str) -> RecurrentOp:
    """Read one operator, and give its Y a name where it has none. Raises Refused."""
    attributes = _attributes(node)
    tensors = [*node.input, *[""] * 8]
    op = "LSTM" if _quantised(node) else node.op_type
    cell = CELLS[op]
    if not node.output:
        node.output.append("")
    if not node.output[0]:
        node.output[0] = spare_name
    direction = attributes["direction"].decode()
    plain = list(cell.activations) * (2 if direction == "bidirectional" else 1)
    named = [name.decode() for name in attributes["activations"]]
    activations = named[: len(plain)] or plain  # some exporters name those of both ways for one
    nonstandard = [
        words
        for words, holds in (
            (Refused("activations {names}", names=", ".join(activations)), activations != plain),
            (Refused("a clip"), "clip" in attributes),
            (Refused("weights of 8 bits"), _quantised(node)),
            (Refused("peepholes"), bool(cell.peepholes and tensors[7])),
            (
                Refused("an input gate coupled to the forget gate"),
                bool(attributes["input_forget"]),
            ),
        )
        if holds
    ]
    return RecurrentOp(
        op=op,
        x=tensors[0],
        w=tensors[1],
        r=tensors[2],
        b=tensors[3],
        h0=tensors[5],
        c0=tensors[6] if cell.keeps_c else "",
        y=node.output[0],
        units=attributes["hidden_size"],
        direction=direction,
        linear_before_reset=bool(attributes["linear_before_reset"]),
        nonstandard=reduce(_and, nonstandard) if nonstandard else None,
        attributes=None
        if _quantised(node)
        else OperatorAttributes(
            tuple(activations),
            tuple(attributes["activation_alpha"]),
            tuple(attributes["activation_beta"]),
            attributes.get("clip"),
            bool(attributes["input_forget"]),
            tensors[7] if cell.peepholes else "",
        ),
    )


def _quantised(node: NodeProto) -> bool:
    """Whether it is onnxruntime's own LSTM with weights of 8 bits."""
    return bool(node.domain == "com.microsoft" and node.op_type == "DynamicQuantizeLSTM")


def _attributes(node: NodeProto) -> dict[str, Any]:
    """The operator's attributes, with the defaults of those that are read here. Raises Refused
    where one is of another type than its default, in a damaged file."""
    values = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    defaults = dict(_DEFAULT_ATTRIBUTES)
    if "clip" in values:  # which has no default: without it nothing is clipped
        defaults["clip"] = 0.0
    for name, default in defaults.items():
        value = values.setdefault(name, default)
        if type(value) is not type(default) or (
            isinstance(value, list)
            and not all(isinstance(each, _LISTED.get(name, float)) for each in value)
        ):
            raise Refused(
                "its {op} has {name} {value!r}, which is not possible",
                op=node.op_type,
                name=name,
                value=value,
            )
    return values


def _and(first: Refused, second: Refused) -> Refused:
    return Refused("{first} and {second}", first=first, second=second)
