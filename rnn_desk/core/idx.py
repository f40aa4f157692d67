"""The IDX format of MNIST's files, plain or gzip: a short header, then bytes.

Header: two zero bytes, 0x08 (unsigned bytes), the number of dimensions, then each dimension as a
big-endian 32-bit number (LeCun's description of MNIST).
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular

MAX_BYTES = 1024**3
"""Bytes of one file, packed or not; MNIST's largest has 47 million, EMNIST's 638 million."""


def read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """The array of an IDX file: 3 dimensions for images `[n, rows, columns]`, 1 for labels `[n]`.

    Raises Refused where the file is no IDX file, has other dimensions, or is cut short.
    """
    data = read_regular(path, MAX_BYTES)
    header = 4 + 4 * dimensions
    if data[:2] != b"\x1f\x8b":
        shape = _shape(data[:header], dimensions, path)
        body = data[header:]
    else:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            shape = _shape(unpacker.decompress(data, header), dimensions, path)
            # Not a byte more than the header says, and one to notice more: no flood fits in.
            body = unpacker.decompress(unpacker.unconsumed_tail, math.prod(shape) + 1)
        except zlib.error as error:
            raise Refused("{file} is a damaged gzip file: get it again", file=path) from error
        if not unpacker.eof and len(body) <= math.prod(shape):
            raise Refused("{file} is a gzip file cut short: get it again", file=path)
    if len(body) != math.prod(shape):
        raise Refused(
            "{file} should hold {wanted} bytes after its header and holds {found}: get it again",
            file=path,
            wanted=math.prod(shape),
            found=len(body) if len(body) < math.prod(shape) else Refused("more"),
        )
    return np.frombuffer(body, np.uint8).reshape(shape)


def _shape(head: bytes, dimensions: int, path: Path) -> tuple[int, ...]:
    """The dimensions that a header of that many says, refused where they cannot be."""
    if len(head) < 4 or head[:3] != b"\0\0\x08":
        raise Refused("{file} is not an IDX file of bytes, as MNIST's are", file=path)
    if head[3] != dimensions:
        raise Refused(
            "{file} is {found}-dimensional, and not {wanted}-dimensional as is needed: "
            "images and labels may be interchanged",
            file=path,
            found=head[3],
            wanted=dimensions,
        )
    if len(head) < 4 + 4 * dimensions:
        raise Refused("{file} ends within its header: get it again", file=path)
    shape = struct.unpack(f">{dimensions}I", head[4:])
    if math.prod(shape) > MAX_BYTES:
        raise Refused(
            "{file} says that it holds {shape} pixels: get it again", file=path, shape=shape
        )
    return shape
