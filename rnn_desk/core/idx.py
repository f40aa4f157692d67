"""The IDX format of MNIST's files, plain or gzip: a short header, then bytes.

Header: two zero bytes, 0x08 (unsigned bytes), the number of dimensions, then each dimension as a
big-endian 32-bit number (LeCun's description of MNIST).
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular

MAX_FILE = 2 * 1024**3
MAX_UNPACKED = 4 * 1024**3


def is_idx(head: bytes) -> bool:
    """Whether a file that starts with these bytes is IDX, or gzip that may hold it."""
    return head[:3] == b"\0\0\x08" or head[:2] == b"\x1f\x8b"


def read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """The array of an IDX file: 3 dimensions for images `[n, rows, columns]`, 1 for labels `[n]`.

    Raises Refused where the file is no IDX file, has other dimensions, or is cut short.
    """
    data = read_regular(path, MAX_FILE)
    if data[:2] == b"\x1f\x8b":
        data = _unpacked(data, path)
    if len(data) < 4 or data[:3] != b"\0\0\x08":
        raise Refused("{file} is not an IDX file of bytes, as MNIST's are", file=path)
    if data[3] != dimensions:
        raise Refused(
            "{file} has {found} dimensions where {wanted} are needed: "
            "images and labels may be interchanged",
            file=path,
            found=data[3],
            wanted=dimensions,
        )
    header = 4 + 4 * dimensions
    if len(data) < header:
        raise Refused("{file} ends within its header: get it again", file=path)
    shape = struct.unpack(f">{dimensions}I", data[4:header])
    if len(data) - header != math.prod(shape):
        raise Refused(
            "{file} should hold {wanted} bytes after its header and holds {found}: get it again",
            file=path,
            wanted=math.prod(shape),
            found=len(data) - header,
        )
    return np.frombuffer(data, np.uint8, offset=header).reshape(shape)


def write_idx(array: NDArray[np.uint8]) -> bytes:
    """The bytes of an IDX file that holds `array`."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def _unpacked(data: bytes, path: Path) -> bytes:
    """Unpack gzip, refusing what is damaged or swells beyond any picture collection."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(data, MAX_UNPACKED)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise Refused("{file} is a damaged gzip file: get it again", file=path) from error
    if not unpacker.eof:
        raise Refused("{file} is a gzip file cut short, or far too large: get it again", file=path)
    return plain
