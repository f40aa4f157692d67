"""`-` in place of a file: standard input or standard output.

What reads and writes files wants paths, engine processes too; so a stream is one for a while, in a
folder of its own, and what is said of that file is said of the stream.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, TypeVar

from rnn_desk.core import console
from rnn_desk.core.errors import Refused

STREAM = Path("-")
"""Standard input, or standard output."""

MAX_INPUT = 2 * 1024**3
"""Bytes of standard input: as many as a model can have that is one file."""

_Refusal = TypeVar("_Refusal", bound=Refused)

_INPUT, _OUTPUT = "standard input", "standard output"
_PIECE = 2**20

_TEXT = (".json", ".csv", ".svg", ".html")
"""The kinds of files that a terminal can show."""


@contextmanager
def as_input(path: Path) -> Iterator[Path]:
    """The file, or standard input as one, for as long as the block lasts. Raises Refused."""
    if path != STREAM:
        yield path
        return
    with _folder() as folder:
        file = folder / _INPUT
        _fill(file)
        try:
            yield file
        except Refused as refusal:
            raise said_of(file, refusal) from refusal


@contextmanager
def as_output(path: Path, suffix: str) -> Iterator[Path]:
    """The file that is to be written, or one of that suffix that goes to standard output when the
    block has ended. Raises Refused."""
    if path != STREAM:
        yield path
        return
    with _folder() as folder:
        file = folder / f"{_OUTPUT}{suffix}"
        try:
            yield file
        except Refused as refusal:
            raise said_of(file, refusal) from refusal
        console.tell_bytes(file.read_bytes())


def check_output(path: Path, suffix: str) -> None:
    """Raise Refused where a file that is no text would be written to a terminal."""
    text = suffix in _TEXT or sys.stdout is None
    if path == STREAM and not text and sys.stdout.isatty():
        raise Refused("The file would be written to the terminal: redirect it, as in `> FILE`")


def said_of(file: Path, refusal: _Refusal) -> _Refusal:
    """What is refused, said of the stream that the file stands for."""
    return refusal.with_fields({name: _said_of(file, f) for name, f in refusal.fields.items()})


def _said_of(file: Path, field: Any) -> Any:
    if isinstance(field, Refused):
        return said_of(file, field)
    if isinstance(field, str | PurePath) and str(field) in (str(file), file.name):
        return file.stem
    return field


def _fill(file: Path) -> None:
    if sys.stdin is None:
        raise Refused("Standard input is closed: name a file")
    if sys.stdin.isatty():
        console.warn("reading standard input, to its end (Ctrl+D, on Windows Ctrl+Z)")
    source: BinaryIO = sys.stdin.buffer
    size = 0
    try:
        with file.open("xb") as target:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > MAX_INPUT:
                    raise Refused(
                        "Standard input is longer than {limit} MiB, which is more than any file "
                        "here can need",
                        limit=MAX_INPUT // 2**20,
                    )
                target.write(piece)
    except OSError as error:
        raise Refused(
            "Standard input cannot be read: {reason}", reason=error.strerror or "unknown reason"
        ) from error


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="rnn-desk-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
