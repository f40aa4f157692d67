"""The command `rnn-desk`: what a person types, and how it ends.

Exit 0 done, 1 refused or failed (the reason on stderr, in one sentence), 2 wrong usage, 130 stopped
by Ctrl-C, 141 where nobody reads the answer any longer. Qt takes a while to load, so a command
imports it when it is asked for pictures; the runtime that reads models is another process's. Of the
commands, the one that is asked for is imported.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from rnn_desk import __version__
from rnn_desk.cli import console, window
from rnn_desk.core.errors import Refused
from rnn_desk.core.terminal import write_plainly
from rnn_desk.stop_signals import interrupt_by_ctrl_c

COMMANDS = {
    "classify": "read digits from files",
    "inspect": "what a model is, and what of it can be shown",
    "trace": "every number of one reading, as NPZ, CSV or JSON",
    "devices": "what a model can run on here",
    "bench": "how long each stage takes",
    "render": "the window's picture, with no screen needed",
}
"""Each in a few words; a module of its name has its arguments and its help."""

_STOPPED, _NOBODY_READS = 130, 141  # 128 and the number of the signal, as shells have it


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status. Wrong usage raises SystemExit(2)."""
    try:
        write_plainly()
        words = window.with_desk(sys.argv[1:] if argv is None else argv)
        chosen = _parser().parse_args(words)
        status: int = chosen.action(chosen) or 0
        console.flush()
    except Refused as refusal:
        console.warn(str(refusal))
        return 1
    except BrokenPipeError:
        console.give_up_stdout()
        return _NOBODY_READS
    except KeyboardInterrupt:
        console.give_up_stdout()
        console.warn("Stopped.")
        return _STOPPED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rnn-desk",
        description="Draw a digit and watch a recurrent network read it, one row of pixels at a "
        "time. Without a command the window opens; the commands do the same work with no screen.",
        epilog="examples:\n"
        "  rnn-desk                            open the window\n"
        "  rnn-desk --lang zh --present        in Chinese, large enough for the back row\n"
        "  rnn-desk mine.rnndesk               with a desk that was saved\n"
        "  rnn-desk classify digit.png         read a picture\n"
        "  rnn-desk classify --help            more about that command",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"rnn-desk {__version__}")
    window.declare(parser)
    commands = parser.add_subparsers(title="commands", metavar="", parser_class=_Command)
    for name, summary in COMMANDS.items():
        commands.add_parser(name, help=summary, module=f"rnn_desk.cli.{name}")
    return parser


class _Command(argparse.ArgumentParser):
    """A command's own parser, which imports the command when it is the one that is asked for."""

    def __init__(self, module: str, **others: Any) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **others
        )
        self._module = module

    def parse_known_args(self, *args: Any, **kwargs: Any) -> Any:
        """As ever, once it is known what there is to be parsed."""
        import_module(self._module).declare(self)
        interrupt_by_ctrl_c()  # no sooner: it would tear an import apart
        return super().parse_known_args(*args, **kwargs)
