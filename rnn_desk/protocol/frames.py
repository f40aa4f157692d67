"""Frames: messages with arrays, as bytes on a pipe.

A frame is two lengths, then a message in MessagePack, then the bytes of its arrays one after the
other; in the message an array stands as `[dtype, shape, where its bytes begin]`. Never pickle, and
never memory that two processes share: a process that ran a hostile file could change what has been
checked. Types are checked here; shapes and values against what was asked, in `checks`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from math import prod
from types import MappingProxyType
from typing import Any, Generic, TypeVar, get_args

import msgspec
import numpy as np

from rnn_desk.core.arrays import is_array, register
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.sentences import ProtocolError, pack, unpack

register(np.ndarray)

T = TypeVar("T")

_LENGTHS = struct.Struct("<IQ")
_ALIGNED = 16
_MOST_AXES = 8

DTYPES = frozenset(("<f4", "<i8", "<i4", "|i1", "|u1", "|b1"))
"""What arrays may be of, by NumPy's codes."""

MOST_MESSAGE = 8 * 2**20
"""Bytes of a message without its arrays: one byte of it can become a hundred of Python's."""

Parts = list[bytes | memoryview]
"""A frame, to be written one part after the other."""

Read = Callable[[int], bytes]
"""Gives so many bytes, or fewer where the pipe has ended."""


class Frames(Generic[T]):
    """Writes and reads the messages of one direction, all of the union `kind`."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind
        # A decoder's hook knows no frame, so the bytes of the one that is being read are here.
        self._decoder = msgspec.msgpack.Decoder(kind, dec_hook=self._decoded)
        self._body: bytes = b""

    def parts(self, message: T) -> Parts:
        """The frame of a message. Raises OverflowError, TypeError, ValueError and msgspec's errors
        where the message holds what no frame can."""
        arrays: Parts = []
        length = 0

        def encoded(value: Any) -> Any:
            nonlocal length
            if isinstance(value, np.ndarray):
                with np.errstate(over="ignore"):  # what is beyond is infinite, which is checked
                    array = np.ascontiguousarray(value, _sent_as(value.dtype))
                place = length
                padding = -array.nbytes % _ALIGNED
                if array.nbytes:
                    arrays.append(array.reshape(-1).view(np.uint8).data)
                if padding:
                    arrays.append(bytes(padding))
                length += array.nbytes + padding
                return [array.dtype.str, list(value.shape), place]
            if isinstance(value, Refused):
                return pack(value)
            if isinstance(value, MappingProxyType):
                return dict(value)
            if isinstance(value, np.generic):
                return value.item()
            raise TypeError(f"{type(value).__name__} cannot cross")

        message_bytes = msgspec.msgpack.encode(message, enc_hook=encoded)
        return [_LENGTHS.pack(len(message_bytes), length), message_bytes, *arrays]

    def read(self, read: Read, most: Callable[[], int]) -> T | None:
        """The next message; None at the end of the pipe. Raises ProtocolError.

        most: how many bytes the frame may have at the most, asked once its lengths are known.
        """
        head = read(_LENGTHS.size)
        if not head:
            return None
        if len(head) < _LENGTHS.size:
            raise ProtocolError("a frame that ends in its head")
        size, body = _LENGTHS.unpack(head)
        if size > MOST_MESSAGE or size + body > most():
            raise ProtocolError("a frame longer than was asked for")
        message = read(size)
        self._body = read(body) if body else b""
        if len(message) < size or len(self._body) < body:
            raise ProtocolError("a frame that ends too soon")
        try:
            return self._decoder.decode(message)  # type: ignore[no-any-return]
        except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
            raise ProtocolError(f"a message that is none: {error}") from error
        finally:
            self._body = b""

    def _decoded(self, kind: Any, value: object) -> Any:
        if kind is Refused:
            return unpack(value)
        return self._array(kind, value)

    def _array(self, kind: Any, value: object) -> np.ndarray[Any, Any]:
        match value:
            case [str(code), list(shape), int(place)] if (
                code in DTYPES and len(shape) <= _MOST_AXES
            ):
                pass
            case _:
                raise ProtocolError("an array that is none")
        if not all(isinstance(n, int) and 0 <= n < 2**40 for n in shape):
            raise ProtocolError("an array with a shape that is none")
        dtype = np.dtype(code)
        wanted = _dtype_of(kind)
        if wanted is not None and dtype != wanted:
            raise ProtocolError(f"an array of {code} where {wanted} is due")
        count = prod(shape)
        if not 0 <= place <= len(self._body) or count * dtype.itemsize > len(self._body) - place:
            raise ProtocolError("an array beyond its frame")
        return np.frombuffer(self._body, dtype, count, place).reshape(shape)


def _sent_as(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Models of half or double precision show what they compute as all others do."""
    return np.dtype(np.float32) if dtype.kind == "f" else dtype


def _dtype_of(kind: Any) -> np.dtype[Any] | None:
    """The element type that an annotation such as `NDArray[np.float32]` names; None for any."""
    if is_array(kind):
        return np.dtype(np.float32)
    for argument in get_args(kind):
        for inner in get_args(argument):
            if isinstance(inner, type) and issubclass(inner, np.generic):
                return np.dtype(inner)
    return None
