"""The parsers of the command line: that of the window, and one for each command.

What can stand after a command's name can stand before it too, and files and options in any order.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

from rnn_desk import __version__
from rnn_desk.cli import window
from rnn_desk.cli.completion import PrintCompletion

COMMANDS = {
    "classify": "read digits from files",
    "evaluate": "how well a model reads labelled digits, and which it misreads",
    "trace": "every number of one reading, as NPZ, CSV or JSON",
    "inspect": "what a model is, and what of it can be shown",
    "models": "the models that come with the program, by name",
    "devices": "what a model can run on here",
    "bench": "how long each stage takes",
    "lesson": "a lesson of your own: begun, checked, and as a page to be printed",
    "render": "the window's picture, with no screen needed",
    "guide": "the lessons for teachers, as a page to print",
}
"""Each in a few words; the module of its name has its arguments and its help."""

_DESCRIPTION = """\
Draw a digit and watch a recurrent network read it, one row of pixels at a time.
Without a command the window opens, with the files in it that are named: a drawing or
a picture goes on the canvas, a model reads, a second one stands beside it, a desk or
a lesson is put up. The commands do the same work with no screen."""

_EXAMPLES = """\
examples:
  rnn-desk                            open the window
  rnn-desk five.png --model gru       with a picture, read by a bundled model
  rnn-desk mine.onnx                  with a model of your own
  rnn-desk mine.rnndesk               with a desk that was saved
  rnn-desk --lang zh --present        in Chinese, large enough for the back row
  rnn-desk classify five.png          read a picture; - is standard input
  rnn-desk classify --help            more about that command
  eval "$(rnn-desk --print-completion bash)"  have bash complete all that"""


class Parser(argparse.ArgumentParser):
    """A parser with help as it was written, which guesses at no option."""

    def __init__(self, **others: Any) -> None:
        self.options: set[str] = set()
        """The options by all their names."""
        self.take_a_value: set[str] = set()
        """Those after which comes a word that is theirs."""
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **others
        )

    def add_argument(self, *names: Any, **others: Any) -> argparse.Action:
        """Add it, and note what it is called and whether it takes a value."""
        action = super().add_argument(*names, **others)
        self.options.update(action.option_strings)
        if action.nargs != 0:
            self.take_a_value.update(action.option_strings)
        return action


def parser(files: bool = True) -> Parser:
    """The whole tree: the window's parser, and below it that of each command.

    files: whether the window's own can stand in a command's place, as they do.
    """
    top = _top(_EXAMPLES, files)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    for name, summary in COMMANDS.items():
        _declare(name, commands.add_parser(name, help=summary))
    return top


def window_parser() -> Parser:
    """That of the window, whose help names the commands without importing any."""
    width = max(map(len, COMMANDS))
    commands = [f"  {name:<{width}}  {summary}" for name, summary in COMMANDS.items()]
    return _top("\n".join(("commands:", *commands, "", _EXAMPLES)))


def command_parser(name: str) -> Parser:
    """That of one command."""
    command = Parser(prog=f"rnn-desk {name}")
    _declare(name, command)
    return command


def split(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The command that is asked for, None for the window, and all other words.

    A command is the first word that is neither an option nor the value of one. After `--` come
    files alone: argparse forgets that where files and options stand in any order.
    """
    end = words.index("--") if "--" in words else len(words)
    before, files = words[:end], [_as_file(word) for word in words[end + 1 :]]
    for place, word in enumerate(before):
        if word in COMMANDS and _are_options(before[:place], word):
            return word, [*before[:place], *before[place + 1 :], *files]
    return None, [*before, *files]


def _as_file(word: str) -> str:
    """A word that argparse takes for a file, though it may begin as an option does."""
    return f"./{word}" if word.startswith("-") and word != "-" else word


def refuse_the_windows_own(command: Parser, words: Sequence[str]) -> None:
    """End with a word on an option that the window has and the command does not: the word after it
    would be taken for a file."""
    own = Parser(add_help=False)
    window.declare(own)
    for option in (word.partition("=")[0] for word in words):
        if option in own.options - command.options:
            command.error(f"{option} is no option of this command")


def _are_options(words: Sequence[str], command: str) -> bool:
    """Whether these are nothing but options, with their values."""
    take_a_value = window_parser().take_a_value | command_parser(command).take_a_value
    due = False
    for word in words:
        if due:
            due = False
        elif not word.startswith("-") or word == "-":
            return False
        else:
            due = word in take_a_value
    return not due


def _declare(name: str, command: Parser) -> None:
    import_module(f"rnn_desk.cli.{name}").declare(command)


def _top(epilog: str, files: bool = True) -> Parser:
    top = Parser(
        prog="rnn-desk",
        usage="rnn-desk [FILE ...] [OPTION ...]\n       rnn-desk COMMAND [-h] ...",
        description=_DESCRIPTION,
        epilog=epilog,
    )
    top.add_argument("--version", action="version", version=f"rnn-desk {__version__}")
    if files:
        window.declare_files(top, tuple(COMMANDS))
    window.declare(top)
    top.add_argument(
        "--print-completion",
        action=PrintCompletion,
        tree=partial(parser, files=False),
        help="a script that has the shell complete these words, see below",
    )
    return top
