"""The page on the command line, made of the parsers themselves.

    python -m tests.docs.command_line

writes docs/command-line.md.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import groupby

from rnn_desk.cli import parser
from tests.docs.pages import ROOT
from training.cli import ACTIONS
from training.download import default_folder
from training.usage import parser_of

PAGE = ROOT / "docs/command-line.md"

_HEAD = """\
# Command line

`rnn-desk` opens the window; its commands do the same work with no screen, and `rnn-desk-train`
makes models. With `--json` a command prints JSON on standard output and nothing else; all that is
said beside the answer goes to standard error. Exit status: 0 done, 1 refused or failed (the reason
on standard error, in one sentence), 2 wrong usage, 130 stopped by Ctrl+C.

<!-- Made by: python -m tests.docs.command_line -->
"""


def page() -> str:
    """The page as Markdown."""
    trees = (parser(), parser_of(ACTIONS))
    return "\n".join((_HEAD, *(line for tree in trees for line in _of(tree, tree.prog, 2))))


def _of(parser: argparse.ArgumentParser, name: str, level: int) -> Iterator[str]:
    """A parser and those below it, each under a heading with its name."""
    yield f"{'#' * level} {name}\n"
    yield from _described(parser)
    positional, options, below = [], [], {}
    for action in parser._actions:  # argparse has no other way to them
        if isinstance(action, argparse._SubParsersAction):
            below = action.choices
        elif action.help != argparse.SUPPRESS and not isinstance(action, argparse._HelpAction):
            (options if action.option_strings else positional).append(action)
    if positional or options:
        yield "| argument | |\n| --- | --- |"
        yield from (f"| {_name(action)} | {_help(action)} |" for action in [*positional, *options])
        yield ""
    if parser.epilog:
        examples = parser.epilog.partition(":")[2].strip("\n")
        yield f"```text\n{_plain(_left(examples))}\n```\n"
    for word, each in below.items():
        yield from _of(each, f"{name} {word}", level + 1)


def _described(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Its description: paragraphs; what is indented there is a table or an example."""
    for paragraph in _plain(parser.description or "").split("\n\n"):
        for indented, lines in groupby(paragraph.splitlines(), lambda line: line.startswith("  ")):
            if indented:
                yield f"```text\n{_left(chr(10).join(lines))}\n```\n"
            else:
                yield _escaped(" ".join(lines)) + "\n"


def _left(text: str) -> str:
    """The lines with no more room before them than they have in common."""
    return "\n".join(line.strip() for line in text.splitlines())


def _name(action: argparse.Action) -> str:
    """How it is typed."""
    value = action.metavar if isinstance(action.metavar, str) else None
    if value is None and action.choices is not None:
        value = "|".join(map(str, action.choices))
    if not action.option_strings:
        return f"`{value or action.dest}`".replace("|", "\\|")
    after = "" if action.nargs == 0 else f" {value or action.dest.upper()}"
    return ", ".join(f"`{name}{after}`" for name in action.option_strings).replace("|", "\\|")


def _help(action: argparse.Action) -> str:
    words = (action.help or "").replace("%%", "%")
    return _escaped(_plain(words)).replace("|", "\\|")


def _escaped(text: str) -> str:
    """Words as Markdown: what stands in braces or angles is no markup."""
    return re.sub(r"([<>{}*])", r"\\\1", text)


def _plain(text: str) -> str:
    """Without what is of this machine."""
    return text.replace(str(default_folder() / "NAME"), "~/.cache/rnn-desk/NAME")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
