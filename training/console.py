"""What the command says to the person who ran it."""

from __future__ import annotations

import sys
from typing import TextIO

from rnn_desk.core.plain import plain
from rnn_desk.core.terminal import PlainStream


def tell(line: str) -> None:
    """One line of the answer, on stdout, at once, so that a log can be followed."""
    sys.stdout.write(plain(line) + "\n")
    sys.stdout.flush()


def warn(line: str) -> None:
    """One line that is no answer, on stderr."""
    sys.stderr.write(plain(line) + "\n")
    sys.stderr.flush()


def bar_stream() -> TextIO:
    """Stderr as it is, for a progress bar: it moves the cursor, and says no words of a file."""
    return sys.stderr.stream if isinstance(sys.stderr, PlainStream) else sys.stderr
