"""Reading and writing files: every failure is a sentence, and no file is left half-written."""

from __future__ import annotations

import contextlib
import gzip
import logging
import os
import sys
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from rnn_desk.core.errors import Refused

T = TypeVar("T")

log = logging.getLogger(__name__)

ASIDE = ".unreadable"
"""In place of a damaged file's own suffix."""

MAX_LINE = 16 * 1024 * 1024
"""Bytes of one text line; longer ones are no drawing."""


_PATIENCE, _PAUSE = 0.5, 0.01
"""Seconds that a file may take to be free, and between two tries to move another to its place."""


def unreadable(path: Path, error: OSError) -> Refused:
    """The sentence for a file that the operating system would not open or read."""
    if isinstance(error, FileNotFoundError):
        return Refused("{file} does not exist: check the name", file=path)
    if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where the folder is closed)
        return Refused("{file} is a folder: name a file in it", file=path)
    if isinstance(error, PermissionError):
        return Refused("{file} may not be read: check its permissions", file=path)
    return Refused(
        "{file} cannot be read: {reason}",
        file=path,
        reason=error.strerror or Refused("unknown reason"),
    )


def read_regular(path: Path, limit: int) -> bytes:
    """The whole of an ordinary file of at most `limit` bytes.

    Raises Refused; devices, pipes and folders are refused before a byte is read, so that none
    of them can block the program.
    """
    try:
        check_regular(path)
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read() if size <= limit else b""
    except OSError as error:
        raise unreadable(path, error) from error
    if max(size, len(data)) > limit:
        raise Refused(
            "{file} is larger than {limit} MiB, which is more than such a file can need",
            file=path,
            limit=limit // 2**20,
        )
    if not data:
        raise Refused("{file} is empty", file=path)
    return data


def read_head(path: Path, count: int) -> bytes:
    """The first `count` bytes of an ordinary file, or all of a shorter one. Raises Refused."""
    try:
        check_regular(path)
        with path.open("rb") as stream:
            return stream.read(count)
    except OSError as error:
        raise unreadable(path, error) from error


def read_text_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 text file, plain or gzip. Raises Refused."""
    encoding = "utf-8-sig"  # some editors set a mark before the first line
    try:
        check_regular(path)
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if packed else path.open("rb") as stream:
            while line := stream.readline(MAX_LINE):
                if len(line) == MAX_LINE:
                    raise Refused("{file} has a line longer than any drawing", file=path)
                yield line.decode(encoding)
                encoding = "utf-8"
    except UnicodeDecodeError as error:
        raise Refused("{file} is not a text file in UTF-8", file=path) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused("{file} is a damaged gzip file: get it again", file=path) from error
    except OSError as error:
        raise unreadable(path, error) from error


def check_regular(path: Path) -> None:
    """Refuse what is there and no ordinary file. Raises Refused and OSError."""
    if not path.exists() or path.is_file():
        return
    if path.is_dir():
        raise Refused("{file} is a folder: name a file in it", file=path)
    raise Refused("{file} is not an ordinary file: name a file on disk", file=path)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target and move into place: the old file or the new one, never half.

    Raises Refused.
    """
    with writing_whole(path) as stream:
        stream.write(data)


@contextlib.contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """What is written meanwhile becomes the file, all of it or, where anything is raised, nothing.

    Raises Refused.
    """
    if not path.name or os.path.isdir(path):  # noqa: PTH112 (as above)
        raise Refused("{file} is a folder: name a file in it", file=path)
    temporary = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _put_in_place(temporary, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:  # whatever happened, an interrupt too
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, path: Path) -> None:
    """Move a file to where another may be.

    Windows refuses that while anybody has the other open, as a virus scanner or an index has what
    was just written, for a moment.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            temporary.replace(path)
            return
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() >= end:
                raise
        time.sleep(_PAUSE)


def read_kept(path: Path, take: Callable[[str], T]) -> T | None:
    """What `take` makes of a file that the program keeps for a person; None where there is none, or
    it is damaged, and set aside.

    take: raises ValueError, TypeError, AttributeError or Refused where the text is nothing of its
    kind. Raises Refused where the system does not let the file be read: it is left as it is.
    """
    try:
        return take(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, TypeError, AttributeError, RecursionError, Refused) as error:
        log.warning("%s is damaged (%s) and is set aside", path.name, error)
        set_aside(path)
        return None


def set_aside(path: Path) -> None:
    """Keep a damaged file under another name, so that another can be written in its place."""
    try:
        path.replace(path.with_suffix(ASIDE))
    except OSError as error:
        log.warning("%s cannot be set aside: %s", path.name, error)


def unwritable(path: Path, error: OSError) -> Refused:
    """The sentence for a file that the operating system would not write."""
    return Refused(
        "{file} cannot be written: {reason}",
        file=path,
        reason=error.strerror or Refused("unknown reason"),
    )
