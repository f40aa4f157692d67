"""`--print-completion`: a script that has bash or zsh complete the words of `rnn-desk`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from rnn_desk.app.model_names import model_names
from rnn_desk.cli.arguments import MODEL, NAME_OR_FILE
from rnn_desk.core.console import tell

SHELLS = ("bash", "zsh")

_FILES = ("FILE", "DATA", "OUT.", "COPY.")
"""How the name of an argument begins, in the help, that is a file."""

_OURS = {
    "bash": """\
_rnn_desk_models() {{
  compgen -W "{names}" -- "$1"
  compgen -f -- "$1"
}}
""",
    "zsh": """\
if (( ! $+functions[compdef] )); then
  autoload -Uz compinit
  compinit -i
fi
_rnn_desk_models() {{
  compadd {names}
  _files
}}
functions[_rnn_desk_commands]=$functions[_shtab_rnn_desk_commands]
_shtab_rnn_desk_commands() {{
  _rnn_desk_commands
  _files
}}
""",
}
"""Completes a model's name, and a file in its place, and in that of a command.

A zsh without settings, as macOS has it, has yet to load what completes."""

_LAST = {"bash": "complete -o bashdefault -o default -F _shtab_rnn_desk rnn-desk\n", "zsh": ""}
"""Has bash complete a file where there is no such command."""


class PrintCompletion(argparse.Action):
    """Prints the script for the shell that is named, and ends as `--version` does."""

    def __init__(self, tree: Callable[[], argparse.ArgumentParser], **others: Any) -> None:
        """tree: makes the parser with all others below it."""
        super().__init__(choices=SHELLS, **others)
        self._tree = tree

    def __call__(
        self, parser: argparse.ArgumentParser, _namespace: Any, shell: Any, _option: Any = None
    ) -> None:
        """Print it."""
        for line in script(self._tree(), shell).splitlines():
            tell(line)
        parser.exit()


def script(tree: argparse.ArgumentParser, shell: str) -> str:
    """The script for that shell: commands, options, files, and the names of models."""
    import shtab  # nothing else needs it

    models = {"bash": "_rnn_desk_models", "zsh": "_rnn_desk_models"}
    for action in _actions(tree):
        if action.metavar in (MODEL, NAME_OR_FILE):
            action.complete = models  # type: ignore[attr-defined]
        elif isinstance(action.metavar, str) and action.metavar.startswith(_FILES):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif isinstance(action, argparse._SubParsersAction):
            for told in action._get_subactions():  # the few words, in place of a paragraph
                action.choices[told.dest].description = told.help
    ours = _OURS[shell].format(names=" ".join(model_names()))
    return str(shtab.complete(tree, shell=shell, preamble=ours)) + "\n" + _LAST[shell]


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of those below it."""
    for action in parser._actions:  # argparse has no other way, and shtab goes it too
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _actions(below)
