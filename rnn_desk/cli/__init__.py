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

from rnn_desk.cli.parsers import (
    command_parser,
    parser,
    refuse_the_windows_own,
    split,
    window_parser,
)
from rnn_desk.cli.wildcards import expanded
from rnn_desk.core import console
from rnn_desk.core.errors import Refused
from rnn_desk.core.terminal import write_plainly
from rnn_desk.stop_signals import interrupt_by_ctrl_c

__all__ = ["main", "parser"]

_STOPPED, _NOBODY_READS = 130, 141  # 128 and the number of the signal, as shells have it


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status. Wrong usage raises SystemExit(2)."""
    write_plainly()
    typed = sys.argv[1:] if argv is None else argv
    command, words = split(expanded(typed) if sys.platform == "win32" else typed)
    with console.speaking_as("rnn-desk" if command is None else f"rnn-desk {command}"):
        try:
            return _done(command, words)
        except Refused as refusal:
            console.warn(str(refusal))
            return 1
        except BrokenPipeError:
            console.give_up_stdout()
            return _NOBODY_READS
        except KeyboardInterrupt:
            console.give_up_stdout()
            console.warn("stopped")
            return _STOPPED


def _done(command: str | None, words: Sequence[str]) -> int:
    if command is None:
        asked = window_parser()
    else:
        asked = command_parser(command)
        interrupt_by_ctrl_c()  # no sooner: it would tear an import apart
        refuse_the_windows_own(asked, words)
    try:
        chosen = asked.parse_intermixed_args(words)
        status: int = chosen.action(chosen) or 0
    except argparse.ArgumentError as error:
        asked.error(str(error))
    finally:
        console.flush()  # help as well, which ends by an exception
    return status
