"""What kind of input a file is, found by its content: a name can say anything."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Literal

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_head

FileKind = Literal["picture", "idx", "drawings"]

_GZIP = b"\x1f\x8b"
_IDX_OF_BYTES = b"\0\0\x08"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"GIF8", b"RIFF")
"""PNG, JPEG, BMP, GIF, WebP. (Sound and film are RIFF too; they are no pictures when read.)"""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ENOUGH = 4096
"""Bytes; every mark below lies at the very start, packed or not."""


def kind_of(path: Path) -> FileKind:
    """The kind of a file. Raises Refused where it cannot be read or is none that is known.

    A file whose content says nothing, such as a drawing file with a broken first line, is what
    its suffix says.
    """
    head = read_head(path, _ENOUGH)
    if not head:
        raise Refused("{file} is empty", file=path)
    if head.startswith(_PICTURES):
        return "picture"
    if head.startswith(_GZIP):
        head = _unpacked(head)
    if head.startswith(_IDX_OF_BYTES):
        return "idx"
    named = path.name.lower().removesuffix(".gz").endswith((".jsonl", ".json"))
    if named or head.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"{"):
        return "drawings"
    raise Refused(
        "{file} is neither a picture (PNG, JPEG, BMP, GIF or WebP), nor MNIST's IDX images, nor "
        "drawings (.jsonl)",
        file=path,
    )


def _unpacked(head: bytes) -> bytes:
    """What the start of a gzip file holds; nothing where it is damaged."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, _ENOUGH)
    except zlib.error:
        return b""
