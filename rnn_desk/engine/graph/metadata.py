"""What a model file says of itself: its card, its size, its exporter, its operators."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from math import prod
from pathlib import Path

import onnx
from onnx import ModelProto, TensorProto, ValueInfoProto

from rnn_desk.core.card import CARD_KEY, ModelCard, from_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import one_line
from rnn_desk.engine.graph.checking import nodes
from rnn_desk.engine.graph.model_file import tensors
from rnn_desk.protocol.model import Facts, Port

log = logging.getLogger(__name__)

_LONGEST = 60

_NO_WEIGHTS = (TensorProto.INT64, TensorProto.INT32, TensorProto.BOOL, TensorProto.STRING)
"""What indices, shapes and names are kept as."""


def facts_of(model: ModelProto, size: int) -> Facts:
    """The facts of a model whose file has that many bytes."""
    versions = {entry.domain or "ai.onnx": entry.version for entry in model.opset_import}
    counted = Counter(one_line(node.op_type, _LONGEST) for node in nodes(model))
    exporter = one_line(f"{model.producer_name} {model.producer_version}".strip(), _LONGEST)
    kept = {tensor.name for tensor in model.graph.initializer}
    return Facts(
        size,
        versions.get("ai.onnx"),
        dict(counted.most_common()),
        exporter,
        tuple(_port(entry) for entry in model.graph.input if entry.name not in kept),
        tuple(_port(entry) for entry in model.graph.output),
        sum(_parameters(tensor) for tensor in tensors(model)),
    )


def _parameters(tensor: TensorProto) -> int:
    count = prod(tensor.dims)
    return 0 if count == 1 or tensor.data_type in _NO_WEIGHTS else count


def _port(entry: ValueInfoProto) -> Port:
    name, tensor = one_line(entry.name, _LONGEST), entry.type.tensor_type
    if not tensor.HasField("shape"):
        return Port(name, None)
    dims = (str(d.dim_value or one_line(d.dim_param, _LONGEST) or "?") for d in tensor.shape.dim)
    return Port(name, tuple(dims))


def card_of(model: ModelProto) -> ModelCard | None:
    """The card that the file carries, None without one. Raises Refused where it is no card."""
    for entry in model.metadata_props:
        if entry.key == CARD_KEY:
            return from_json(entry.value)
    return None


def cards_of(paths: Iterable[Path]) -> dict[Path, ModelCard]:
    """The card of each of the program's own files, none of which is opened; a file without one is
    left out."""
    cards = {}
    for path in paths:
        try:
            card = card_of(onnx.load(str(path), load_external_data=False))
        except (Refused, OSError, ValueError) as error:
            log.info("%s has no card: %s", path.name, error)
        else:
            if card is not None:
                cards[path] = card
    return cards
