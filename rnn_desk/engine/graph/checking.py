"""What can be told of a model that will not run, before a runtime is asked: unknown operators, and
tensors that are not what they claim."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from google.protobuf.message import Message
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, defs, helper

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.model_file import MAX_MODEL, tensors

ONNX_DOMAINS = ("", "ai.onnx", "ai.onnx.ml")
"""Domains whose operators the installed onnx knows by name."""

_RUNTIME_DOMAINS = ("com.microsoft", "com.microsoft.nchwc")
"""Domains whose operators onnxruntime has built in."""

_NUMBERS = "FLOAT DOUBLE FLOAT16 INT8 INT16 INT32 INT64 UINT8 UINT16 UINT32 UINT64"
_WHOLE_BYTES = frozenset(getattr(TensorProto, name) for name in _NUMBERS.split(" "))


def check(model: ModelProto) -> None:
    """Raises Refused where the model cannot run anywhere."""
    if not model.opset_import:
        raise Refused("it does not say which version of ONNX it was made for: it is not complete")
    own = {(function.domain, function.name) for function in model.functions}
    for node in nodes(model):
        if (node.domain, node.op_type) not in own:
            _check_operator(node)
    for tensor in tensors(model):
        _check_tensor(tensor)


def nodes(message: Message) -> Iterator[NodeProto]:
    """Every node of a model, graph or function, those of graphs within nodes too."""
    graph_like = message.graph if isinstance(message, ModelProto) else message
    for node in graph_like.node:
        yield node
        for graph in graphs_in(node):
            yield from nodes(graph)
    if isinstance(message, ModelProto):
        for function in message.functions:
            yield from nodes(function)


def graphs_in(node: NodeProto) -> Iterator[GraphProto]:
    """The graphs that a node holds: branches of an If, bodies of a Loop or Scan."""
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.g
        yield from attribute.graphs


def _check_operator(node: NodeProto) -> None:
    if node.domain in _RUNTIME_DOMAINS:
        return  # which ones it has, the runtime will tell
    if node.domain not in ONNX_DOMAINS:
        raise Refused(
            "it uses the operator {op} of {domain}, which onnxruntime does not have: export it "
            "without custom operators",
            op=node.op_type,
            domain=node.domain,
        )
    domain = "" if node.domain == "ai.onnx" else node.domain
    if not defs.has(node.op_type, domain):
        raise Refused(
            "it uses the operator {op}, which the installed version of ONNX does not have",
            op=node.op_type,
        )


def _check_tensor(tensor: TensorProto) -> None:
    count = prod(tensor.dims)
    if any(size < 0 for size in tensor.dims) or count > MAX_MODEL:
        raise Refused(
            "it claims a tensor {name} of {shape}, more than {limit} million numbers",
            name=tensor.name,
            shape=" x ".join(map(str, tensor.dims)),
            limit=MAX_MODEL // 10**6,
        )
    if tensor.data_type in _WHOLE_BYTES and tensor.HasField("raw_data"):
        size = count * helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize
        if len(tensor.raw_data) != size:
            raise Refused(
                "its tensor {name} has {have} bytes where its shape wants {size}: it is damaged",
                name=tensor.name,
                have=len(tensor.raw_data),
                size=size,
            )
