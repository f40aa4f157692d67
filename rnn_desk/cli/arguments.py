"""What the commands' arguments have in common: how a command is declared, and types of arguments.

Each command declares its own in its file.
"""

from __future__ import annotations

import argparse
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

Action = Callable[[Namespace], int | None]
"""What a command does; its exit status, None for 0. Raises Refused."""

_NARROWEST, _WIDEST = 320, 8192


def describe(parser: ArgumentParser, action: Action, text: str, examples: str) -> None:
    """Give a command's parser what it does, a paragraph of help, and examples."""
    parser.description = text
    parser.epilog = "examples:\n" + "\n".join(f"  {line}" for line in examples.splitlines())
    parser.set_defaults(action=action)


def add_model(parser: ArgumentParser) -> None:
    """`--model`, at the command too: it can stand before the command's name as well."""
    # Suppressed, so that what was said before the command's name still holds.
    parser.add_argument(
        "--model",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="ONNX model that reads (the program's own)",
    )


def add_device(parser: ArgumentParser) -> None:
    """`--device`, likewise."""
    parser.add_argument(
        "--device",
        metavar="NAME",
        default=argparse.SUPPRESS,
        help="where it runs, see `rnn-desk devices`, or auto (cpu)",
    )


def add_json(parser: ArgumentParser, what: str) -> None:
    """`--json`, and what it gives."""
    parser.add_argument("--json", action="store_true", help=what)


def whole_number(least: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `least` on."""

    def number(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
        return int(text)

    return number


def layer_and_unit(text: str) -> tuple[int, int]:
    """`1:38` as a layer and a unit, both counted from 1."""
    match = re.fullmatch(r"([1-9][0-9]{0,3}):([1-9][0-9]{0,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no layer and unit such as 1:38")
    return int(match[1]), int(match[2])


def width_and_height(text: str) -> tuple[int, int]:
    """`1366x768` as width and height in pixels."""
    match = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(_NARROWEST <= side <= _WIDEST for side in size):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no size such as 1366x768, of {_NARROWEST} to {_WIDEST} pixels a side"
        )
    return size


def ending(*suffixes: str) -> Callable[[str], Path]:
    """The type of an argument that is a file to write, of one of these kinds."""

    def name(text: str) -> Path:
        if not text.lower().endswith(suffixes):
            *others, last = suffixes
            kinds = f"{', '.join(others)} or {last}"
            raise argparse.ArgumentTypeError(f"{text!r} does not end in {kinds}")
        return Path(text)

    return name
