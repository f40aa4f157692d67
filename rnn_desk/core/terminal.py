"""What a command writes is read on a terminal, which obeys more than it shows."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, TextIO, cast

from rnn_desk.core.plain import plain


class PlainStream:
    """A stream of words on which nothing but an end of a line is obeyed.

    Everything goes through here, whoever writes: answers, sentences, the usage of a command, a log
    line that nobody keeps, a traceback.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        """The stream itself, for a progress bar, which moves the cursor."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Write the text as words alone."""
        self.stream.write(plain(text, kept="\n"))
        return len(text)

    def writelines(self, texts: Iterable[str]) -> None:
        """Write each of the texts so."""
        for text in texts:
            self.write(text)


def write_plainly() -> None:
    """Let no words that come from a file be obeyed by a terminal from now on, nor any character
    stop an answer for want of it there."""
    sys.stdout, sys.stderr = _plain(sys.stdout), _plain(sys.stderr)


def _plain(stream: TextIO) -> TextIO:
    if stream is None or isinstance(stream, PlainStream):
        return stream
    if hasattr(stream, "reconfigure"):  # not where a test has its own
        encoding = "utf-8" if sys.platform == "win32" else None
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    return cast(TextIO, PlainStream(stream))
