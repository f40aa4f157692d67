"""What the command says to the person who ran it."""

from __future__ import annotations

import sys


def tell(line: str) -> None:
    """One line of the answer, on stdout, at once, so that a log can be followed."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def warn(line: str) -> None:
    """One line that is no answer, on stderr."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
