"""What a command says: answers on stdout, everything else on stderr with the program's name."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, TextIO

from rnn_desk.core.errors import Refused
from rnn_desk.core.json_text import json_text
from rnn_desk.core.plain import plain

_SPEAKER = ContextVar("speaker", default="")


@contextmanager
def speaking_as(name: str) -> Iterator[None]:
    """Have what is no answer begin with that name, as `rnn-desk classify: ...`."""
    before = _SPEAKER.set(name)
    try:
        yield
    finally:
        _SPEAKER.reset(before)


def tell(line: str) -> None:
    """One line of the answer. Raises Refused where it cannot be written, a full disk say."""
    _write(sys.stdout, plain(line) + "\n")


def tell_json(value: Mapping[str, Any]) -> None:
    """One JSON object, on one line; in ASCII, so that every console and pipe passes it on."""
    tell(json_text(value, ascii_only=True))


def tell_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows of words, each column but the last as wide as its widest word."""
    for line in table_lines(rows):
        tell(line)


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of such a table."""
    rows = [[plain(word) for word in row] for row in rows]
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [word.ljust(width) for word, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip()


def flush() -> None:
    """Let nobody wait for what was told. Raises Refused as `tell` does."""
    _write(sys.stdout, "", flush=True)


def warn(line: str) -> None:
    """One line that is no answer, with the name before it of whoever speaks."""
    speaker = _SPEAKER.get()
    note(f"{speaker}: {line}" if speaker else line)


def note(line: str) -> None:
    """One line that is no answer, as it is."""
    if sys.stderr is not None:
        with suppress(OSError):  # nowhere is left to say so
            sys.stderr.write(plain(line) + "\n")
            sys.stderr.flush()


def give_up_stdout() -> None:
    """Write nothing more on stdout, not even what Python still holds when it ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return  # closed, or no file: then there is nothing to hold back
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def tell_bytes(data: bytes) -> None:
    """The answer, where that is a file. Raises Refused as `tell` does."""
    if sys.stdout is None:
        return
    flush()
    _guarded(lambda: sys.stdout.buffer.write(data))


def _write(stream: TextIO | None, text: str, flush: bool = False) -> None:
    if stream is None:
        return

    def write() -> None:
        stream.write(text)
        if flush:
            stream.flush()

    _guarded(write)


def _guarded(write: Callable[[], object]) -> None:
    try:
        write()
    except BrokenPipeError:
        raise  # whoever was reading has seen enough: no failure
    except OSError as error:
        if sys.platform == "win32" and error.errno == errno.EINVAL:
            raise BrokenPipeError from error  # as Windows calls it
        give_up_stdout()
        raise Refused(
            "The answer cannot be written: {reason}", reason=error.strerror or "unknown reason"
        ) from error
