"""The command line of the modules that write drawings of the project's own."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from rnn_desk.core.drawing import Drawing, write_drawings
from rnn_desk.core.errors import Refused

from .console import warn


def write(
    drawings: Callable[[], Iterable[Drawing]], summary: str, arguments: list[str] | None = None
) -> int:
    """Write them to the file that the arguments name; the exit status."""
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("file", type=Path, help="the drawing file to write")
    try:
        write_drawings(parser.parse_args(arguments).file, drawings())
    except Refused as refused:
        warn(str(refused))
        return 1
    return 0
