"""What the commands of this package say to the person who ran them."""

from __future__ import annotations

import sys
from typing import TextIO

from rnn_desk.core import console
from rnn_desk.core.console import warn
from rnn_desk.core.terminal import PlainStream

__all__ = ["bar_stream", "tell", "warn"]


def tell(line: str) -> None:
    """One line of the answer, on stdout, at once, so that a log can be followed."""
    console.tell(line)
    console.flush()


def bar_stream() -> TextIO:
    """Stderr as it is, for a progress bar: it moves the cursor, and says no words of a file."""
    return sys.stderr.stream if isinstance(sys.stderr, PlainStream) else sys.stderr
