"""What the commands' arguments have in common: how a command is declared, and types of arguments.

Each command declares its own in its file.
"""

from __future__ import annotations

import argparse
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from rnn_desk.app.model_names import model_file
from rnn_desk.cli.standard_streams import STREAM, check_output
from rnn_desk.protocol.devices import CPU_NAME

Action = Callable[[Namespace], int | None]
"""What a command does; its exit status, None for 0. Raises Refused, and argparse.ArgumentError
where the arguments do not go together."""

NAME_OR_FILE, MODEL = "NAME|FILE", "MODEL"
"""What stands in the help for a model: after an option, and by itself."""

_NARROWEST, _WIDEST = 320, 8192


def describe(parser: ArgumentParser, action: Action, text: str, examples: str) -> None:
    """Give a command's parser what it does, a paragraph of help, and examples."""
    parser.description = text
    parser.epilog = "examples:\n" + "\n".join(f"  {line}" for line in examples.splitlines())
    parser.set_defaults(action=action)


def add_model(parser: ArgumentParser) -> None:
    """`--model`."""
    parser.add_argument(
        "--model",
        type=model_file,
        metavar=NAME_OR_FILE,
        help="model that reads: one of `rnn-desk models`, or an ONNX file (champion)",
    )


def add_device(parser: ArgumentParser, default: str = CPU_NAME) -> None:
    """`--device`; default: in words."""
    parser.add_argument(
        "--device",
        metavar="NAME",
        help=f"where it runs: one of `rnn-desk devices`, or auto, the fastest ({default})",
    )


def add_json(parser: ArgumentParser, what: str) -> None:
    """`--json`, and what it gives."""
    parser.add_argument("--json", action="store_true", help=what)


def whole_number(least: int, most: int | None = None) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `least` on, to `most` if that is said."""
    bounds = f"from {least} on" if most is None else f"from {least} to {most}"

    def number(text: str) -> int:
        known = re.fullmatch(r"[0-9]{1,9}", text) is not None
        if not known or int(text) < least or (most is not None and int(text) > most):
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number {bounds}")
        return int(text)

    return number


def number_between(least: float, most: float) -> Callable[[str], float]:
    """The type of an argument that is a number within these."""

    def number(text: str) -> float:
        with suppress(ValueError):
            if least <= (value := float(text)) <= most:
                return value
        raise argparse.ArgumentTypeError(f"{text!r} is no number from {least:g} to {most:g}")

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


def add_output(
    parser: ArgumentParser, words: str, suffixes: Sequence[str], required: bool = False
) -> None:
    """`-o` or `--out`, the file to write, and `--format`, which standard output needs: the first of
    the suffixes where it is not said."""
    kinds = [suffix[1:] for suffix in suffixes]
    parser.add_argument(
        "-o",
        "--out",
        type=ending(*suffixes),
        required=required,
        metavar=f"OUT.{'|'.join(kinds)}",
        help=words,
    )
    parser.add_argument(
        "--format", choices=kinds, help=f"what is written to standard output ({kinds[0]})"
    )


def output(chosen: Namespace, kinds: Sequence[str]) -> tuple[Path, str]:
    """The file that is to be written, and the suffix that says its form."""
    out: Path = chosen.out
    if out == STREAM:
        suffix = f".{chosen.format}" if chosen.format else kinds[0]
        check_output(out, suffix)
        return out, suffix
    if chosen.format:
        raise wrong("--format is for standard output: a file's name says its form")
    return out, out.suffix.lower()


def wrong(words: str) -> argparse.ArgumentError:
    """What is raised where the arguments do not go together."""
    return argparse.ArgumentError(None, words)


def ending(*suffixes: str) -> Callable[[str], Path]:
    """The type of an argument that is a file to write, of one of these kinds, or `-`."""

    def name(text: str) -> Path:
        if text != "-" and not text.lower().endswith(suffixes):
            kinds = " or ".join(filter(None, (", ".join(suffixes[:-1]), suffixes[-1])))
            raise argparse.ArgumentTypeError(f"{text!r} does not end in {kinds}")
        return Path(text)

    return name
