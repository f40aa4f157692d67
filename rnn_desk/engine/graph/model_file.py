"""From a file to a model in memory that needs no other file any more.

Tensors that are kept in files beside the model are read in here, so that onnxruntime, which looks
for them in the current folder, is never given a path.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

import onnx
from google.protobuf.message import DecodeError, Message
from onnx import ModelProto, TensorProto

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular

MAX_MODEL = 512 * 2**20
"""Bytes, of the file and of what is kept beside it; a reader of small pictures stays far below."""

_LONGEST_TEXT = 2**20
"""Characters; a longer description, or metadata, is left out."""

_OTHER_FORMATS = (
    (0, b"PK\x03\x04", Refused("a zip archive, as torch and Keras save their models in")),
    (0, b"\x89HDF\r\n", Refused("an HDF5 file, as Keras saves its models in")),
    (4, b"TFL3", Refused("a TensorFlow Lite model")),
    (4, b"ORTM", Refused("a model in onnxruntime's own format")),
    (0, b"\x80\x02", Refused("a Python pickle, as torch saves its weights in")),
    (0, b"\x80\x03", Refused("a Python pickle")),
    (0, b"\x80\x04", Refused("a Python pickle")),
    (0, b"\x80\x05", Refused("a Python pickle")),
    (0, b"GGUF", Refused("a GGUF file")),
    (8, b'{"', Refused("a safetensors file")),
    (0, b"\x1f\x8b", Refused("a gzip archive")),
    (0, b"\x89PNG", Refused("a picture")),
    (0, b"\xff\xd8\xff", Refused("a picture")),
    (0, b"%PDF", Refused("a PDF document")),
    (0, b"\x93NUMPY", Refused("a NumPy array")),
    (
        0,
        b"version https://git-lfs",
        Refused("a pointer of Git LFS, not the model itself"),
    ),
    (0, b"<", Refused("a web page or XML")),
    (0, b"{", Refused("JSON")),
)
"""Where in the file which bytes are, and what they tell. An ONNX file begins with the number and
kind of one of a model's fields, and these are none."""


@dataclass(frozen=True, eq=False)
class ModelFile:
    """A model with all its tensors in it.

    sha256: of the file itself, as any other tool tells it. fingerprint: the same where the file is
    all there is, and else of it and everything read from the files beside it. size: bytes of the
    file itself.
    """

    model: ModelProto = field(repr=False)
    sha256: str
    fingerprint: str
    size: int


def read_model(path: Path) -> ModelFile:
    """Read and parse a file, with what it keeps beside it. Raises Refused."""
    data = read_regular(path, MAX_MODEL)
    for start, mark, kind in _OTHER_FORMATS:
        if data[start : start + len(mark)] == mark:
            raise Refused(
                "{file} is not an ONNX model but {reason}: export the model to ONNX",
                file=path,
                reason=kind,
            )
    try:
        model = onnx.load_model_from_string(data)
    except (DecodeError, ValueError) as error:
        raise Refused(
            "{file} is not an ONNX model, or it is damaged: open an .onnx file", file=path
        ) from error
    if not model.HasField("graph") or not model.graph.node:
        raise Refused(
            "{file} holds no network: it is not an ONNX model, or it is damaged", file=path
        )
    _leave_out_texts(model)
    digest = hashlib.sha256(data)
    sha256 = digest.hexdigest()
    beside = _Beside(path.parent)
    try:
        for tensor in tensors(model):
            if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
                digest.update(beside.read_in(tensor))
    except Refused as refusal:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=refusal) from refusal
    return ModelFile(model, sha256, digest.hexdigest(), len(data))


def _leave_out_texts(model: ModelProto) -> None:
    """Exporters put where each line of the source stood into every node; none of it is needed, and
    the model is copied many times."""
    for graph in (model.graph, *model.functions):
        for node in graph.node:
            node.ClearField("doc_string")
            del node.metadata_props[:]
    if len(model.doc_string) > _LONGEST_TEXT:
        model.ClearField("doc_string")
    for place in reversed(range(len(model.metadata_props))):
        if len(model.metadata_props[place].value) > _LONGEST_TEXT:
            del model.metadata_props[place]


def tensors(message: Message) -> Iterator[TensorProto]:
    """Every tensor in the model, wherever: graphs within graphs, functions, sparse ones.

    Raises Refused where a name is no text: protobuf passes damaged ones on as bytes.
    """
    for described, value in message.ListFields():
        parts = (value,) if isinstance(value, str | bytes | Message | int | float) else value
        if described.type == described.TYPE_STRING and not all(isinstance(p, str) for p in parts):
            raise Refused("it has a name that is not text: it is damaged")
        if described.type != described.TYPE_MESSAGE:
            continue
        for part in parts:
            if isinstance(part, TensorProto):
                yield part
            yield from tensors(part)


class _Beside:
    """The files in a model's folder, each read once, all of them together within the limit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, bytes] = {}
        self._taken = 0

    def read_in(self, tensor: TensorProto) -> bytes:
        """Put the tensor's bytes into it, in place of where to find them; raises Refused."""
        told = {entry.key: entry.value for entry in tensor.external_data}
        location = told.get("location", "")
        data = self._file(location)
        try:
            offset = int(told.get("offset", "0"))
            length = int(told.get("length", str(len(data) - offset)))
        except ValueError as error:
            raise Refused(
                "it does not say properly where in {data} its weights are", data=location
            ) from error
        if offset < 0 or length < 0 or offset + length > len(data):
            raise Refused(
                "it wants {length} bytes from byte {offset} of {data}, which has only {size}: "
                "the two files do not belong together, or one is damaged",
                length=length,
                offset=offset,
                data=location,
                size=len(data),
            )
        self._taken += length  # many tensors may claim the same bytes
        if self._taken > MAX_MODEL:
            raise Refused("it claims more than {limit} MiB of weights", limit=MAX_MODEL // 2**20)
        part = data[offset : offset + length]
        tensor.raw_data = part
        tensor.data_location = TensorProto.DEFAULT
        del tensor.external_data[:]
        return part

    def _file(self, location: str) -> bytes:
        path = self._inside(location)
        if path not in self._read:
            if not path.exists():
                raise Refused(
                    "it keeps weights in the file {data}, which is not beside it: put both into "
                    "one folder, or export it as one file",
                    data=location,
                )
            left = MAX_MODEL - sum(map(len, self._read.values()))
            self._read[path] = read_regular(path, left)
        return self._read[path]

    def _inside(self, location: str) -> Path:
        """The path of that name, if it is inside the model's folder, links followed."""
        named = PureWindowsPath(location)  # knows both kinds of slash, drives and servers
        away = Refused(
            "it keeps weights in {data}, outside its own folder, where this program does not "
            "look: export it as one file",
            data=location,
        )
        if not location or "\0" in location:
            raise Refused(
                "it keeps weights in another file and does not name it: export it as one file"
            )
        if named.drive or named.root or "://" in location or ".." in named.parts:
            raise away
        path = self._folder.joinpath(*named.parts)
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._folder)):
            raise away  # a link leads out of it, on Windows perhaps to another drive
        return path
