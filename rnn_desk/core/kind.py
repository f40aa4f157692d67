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
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",  # JPEG
    b"BM",
    b"GIF8",
    b"RIFF",  # WebP; sound and film are RIFF too, and are no pictures when read
    b"II*\0",  # TIFF, as the camera's own files
    b"MM\0*",
    b"8BPS",  # Photoshop; this and what follows is told from models, and refused as a picture
    b"\xff\x0a",  # JPEG XL
    b"\0\0\0\x0cJXL ",
    b"\0\0\0\x0cjP  ",  # JPEG 2000
)
_MEDIA = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
"""Brands of the pictures, AVIF and HEIC, in the container that films have too."""
PICTURE_SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".avif", ".heic",
    ".heif", ".jxl", ".jp2", ".ico", ".svg", ".psd", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".tga",
)  # fmt: skip
"""Of files that somebody takes for pictures, whether they can be read or not."""
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
    if head.startswith(_PICTURES) or (head[4:8] == b"ftyp" and head[8:12] in _MEDIA):
        return "picture"
    if head.startswith(_GZIP):
        head = _unpacked(head)
    if head.startswith(_IDX_OF_BYTES):
        return "idx"
    named = path.name.lower().removesuffix(".gz").endswith((".jsonl", ".json"))
    if named or head.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"{"):
        return "drawings"
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return "picture"
    raise Refused(
        "{file} is neither a picture (PNG, JPEG, BMP, GIF, WebP, TIFF, AVIF or HEIC), nor MNIST's "
        "IDX images, nor drawings (.jsonl)",
        file=path,
    )


def _unpacked(head: bytes) -> bytes:
    """What the start of a gzip file holds; nothing where it is damaged."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, _ENOUGH)
    except zlib.error:
        return b""
