"""What a model file says of itself: its size, its exporter, its operators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from onnx import ModelProto

from rnn_desk.core.errors import one_line
from rnn_desk.engine.checking import nodes

_LONGEST = 60


@dataclass(frozen=True)
class Facts:
    """size: bytes of the file itself. opset: version of ONNX's standard operators, if it has any.

    operators: how often each is used, the most used first. exporter: its name and version, "" where
    the file does not say.
    """

    size: int
    opset: int | None
    operators: Mapping[str, int]
    exporter: str


def facts_of(model: ModelProto, size: int) -> Facts:
    """The facts of a model whose file has that many bytes."""
    versions = {entry.domain or "ai.onnx": entry.version for entry in model.opset_import}
    counted = Counter(one_line(node.op_type, _LONGEST) for node in nodes(model))
    exporter = one_line(f"{model.producer_name} {model.producer_version}".strip(), _LONGEST)
    return Facts(size, versions.get("ai.onnx"), dict(counted.most_common()), exporter)
