"""Which files an ONNX file keeps its weights in, found without ONNX's own library.

The window's process never loads that, and a whole parse is more than is wanted: this walks over
protobuf's fields, and into those alone in which a tensor can be.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnn_desk.core.errors import Refused

Inside = dict[int, str]
"""Of a kind of message: the fields in which messages are that can hold a tensor, and their kind."""

MESSAGES: dict[str, Inside] = {
    "ModelProto": {7: "GraphProto", 20: "TrainingInfoProto", 25: "FunctionProto"},
    "TrainingInfoProto": {1: "GraphProto", 2: "GraphProto"},
    "FunctionProto": {7: "NodeProto", 11: "AttributeProto"},
    "GraphProto": {1: "NodeProto", 5: "TensorProto", 15: "SparseTensorProto"},
    "NodeProto": {5: "AttributeProto"},
    "AttributeProto": {
        5: "TensorProto",
        6: "GraphProto",
        10: "TensorProto",
        11: "GraphProto",
        22: "SparseTensorProto",
        23: "SparseTensorProto",
    },
    "SparseTensorProto": {1: "TensorProto", 2: "TensorProto"},
    "TensorProto": {13: "StringStringEntryProto"},
    "StringStringEntryProto": {},
}
"""By their numbers in onnx.proto."""

_KEY, _VALUE = 1, 2

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
"""Protobuf's kinds of fields, and how long those of a fixed length are."""

_FIXED = {_EIGHT: 8, _FOUR: 4}

_MOST_BYTES_OF_A_NUMBER = 10


def files_beside(data: bytes) -> frozenset[str]:
    """The names of the files in which a model's weights are, as it has them: from its folder on.

    Raises Refused where the data is no ONNX model.
    """
    found = set()
    waiting = [("ModelProto", memoryview(data))]
    while waiting:
        kind, message = waiting.pop()
        inside = MESSAGES[kind]
        if not inside:
            entry = dict(_fields(message))
            if bytes(entry.get(_KEY, b"")) == b"location":
                found.add(_text(entry.get(_VALUE, message[:0])))
            continue
        waiting += [(inside[n], part) for n, part in _fields(message) if n in inside]
    return frozenset(found)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The numbers and contents of the fields that have a length. Raises Refused."""
    place = 0
    while place < len(message):
        tag, place = _number(message, place)
        kind = tag & 7
        if kind == _VARINT:
            _, place = _number(message, place)
            continue
        if kind == _BYTES:
            length, place = _number(message, place)
        elif kind in _FIXED:
            length = _FIXED[kind]
        else:
            raise _damaged()
        if place + length > len(message):
            raise _damaged()
        if kind == _BYTES:
            yield tag >> 3, message[place : place + length]
        place += length


def _number(message: memoryview, place: int) -> tuple[int, int]:
    """A number of variable length at that place, and the place after it. Raises Refused."""
    number = 0
    for index, byte in enumerate(message[place : place + _MOST_BYTES_OF_A_NUMBER]):
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return number, place + index + 1
    raise _damaged()


def _text(data: memoryview) -> str:
    try:
        return bytes(data).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _damaged() from error


def _damaged() -> Refused:
    return Refused("it is not an ONNX model, or it is damaged")
