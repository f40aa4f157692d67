"""Reads the archive that a saved desk is, which comes from anywhere.

Every length is limited before it is read.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import check_regular, unreadable

MAX_MEMBERS = 64
"""Files in an archive: two models, with their weights in some files each."""

_DIRECTORY = 64 * 1024
"""Bytes of a zip archive's directory: of `MAX_MEMBERS` files with names of some length."""

_END, _END_MARK, _END_64, _END_64_MARK = 22, b"PK\x05\x06", 20, b"PK\x06\x07"
"""Lengths and marks of the records with which a zip archive ends."""


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, whose directory is of a reasonable size. Raises Refused."""
    try:
        check_regular(path)
        with path.open("rb") as stream:
            stream.seek(-min(_END + _END_64, stream.seek(0, os.SEEK_END)), os.SEEK_END)
            _check_directory(path, stream.read())
            with zipfile.ZipFile(stream) as archive:
                if len(archive.infolist()) > MAX_MEMBERS:
                    raise too_much(path)
                yield archive
    except OSError as error:
        raise unreadable(path, error) from error
    except (  # what Python says of archives that are damaged, encrypted, or of a rare kind
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise no_desk(path) from error


def _check_directory(path: Path, tail: bytes) -> None:
    """Refuse an archive whose directory is long, before it is read, and any that does not end where
    its directory does, as none of ours: what is checked here is what is read then."""
    end = tail[-_END:]
    if len(end) < _END or not end.startswith(_END_MARK) or end[-2:] != b"\0\0":
        raise no_desk(path)
    size = int.from_bytes(end[12:16], "little")
    if size > _DIRECTORY or tail[:-_END].startswith(_END_64_MARK):
        raise too_much(path)


def info_of(archive: zipfile.ZipFile, member: str) -> zipfile.ZipInfo | None:
    """What its directory says of a member, if that is there, and packed as we pack."""
    info = archive.NameToInfo.get(member)
    if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return None
    return info


def bytes_of(path: Path, archive: zipfile.ZipFile, member: str, limit: int) -> bytes:
    """A member of at most that many bytes. Raises Refused."""
    info = info_of(archive, member)
    if info is None:
        raise no_desk(path)
    if info.file_size > limit:
        raise too_much(path)
    with archive.open(info) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_much(path)
    return data


def no_desk(path: Path) -> Refused:
    """The sentence for what is no saved desk."""
    return Refused("{file} is no desk that RNN Desk has saved, or it is damaged", file=path)


def too_much(path: Path) -> Refused:
    """The sentence for what is larger than any."""
    return Refused("{file} holds more than a saved desk can need, and is not opened", file=path)
