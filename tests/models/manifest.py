"""The truth about the model files and how they are saved, shared by the scripts that make them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import onnx

FILES = Path(__file__).parent / "files"
DIGITS = [str(k) for k in range(10)]


@dataclass(frozen=True)
class Truth:
    """What is right about one file; the words are those of the model card."""

    exporter: str
    layout: str
    value_range: str = "0..1"
    polarity: str = "white_on_black"
    reading: str = "rows"
    batch: int | str = "free"
    dtype: str = "float32"
    side: int = 28
    channels: int = 1
    margin: str = "mnist"
    output: str = "logits"
    classes: list[str] = field(default_factory=lambda: DIGITS)
    states: list[list[Any]] = field(default_factory=list)
    """Recurrent layers that the maker put in: [cell, units, direction]."""
    accepted: bool = True
    input_name: str = ""
    output_name: str = ""


def note(truth: Mapping[str, Truth], keep: bool) -> None:
    """Write the manifest; what it said of other files stays, if that is wanted."""
    path = FILES / "manifest.json"
    old = json.loads(path.read_text()) if path.exists() and keep else {}
    new = {name: asdict(each) for name, each in truth.items()}
    text = json.dumps({**old, **new}, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def save(model: onnx.ModelProto, name: str) -> None:
    """Save without the stack traces that exporters leave in a file, and what can be inferred."""
    import onnx  # whoever only wants the files needs none

    del model.graph.value_info[:]
    for node in _nodes(model):
        node.doc_string = ""
        del node.metadata_props[:]
    for entry in (*model.graph.input, *model.graph.output, *model.graph.initializer):
        del entry.metadata_props[:]
    del model.graph.metadata_props[:]
    onnx.save(model, FILES / name)


def shortened(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with short names within: Keras's own are longer than all of its weights."""
    graph = model.graph
    kept = {entry.name for entry in (*graph.input, *graph.output)}
    short: dict[str, str] = {"": ""}
    for node in graph.node:
        node.name = ""
        for names in (node.input, node.output):
            for place, name in enumerate(names):
                if name not in kept:
                    names[place] = short.setdefault(name, f"t{len(short)}")
    for tensor in graph.initializer:
        tensor.name = short.get(tensor.name, tensor.name)
    return model


def _nodes(model: onnx.ModelProto) -> list[onnx.NodeProto]:
    return [*model.graph.node, *(node for function in model.functions for node in function.node)]
