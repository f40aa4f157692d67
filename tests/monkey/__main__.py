"""The monkey's command line: one game, and what was found. Exit 0 nothing, 1 something."""

from __future__ import annotations

import argparse
import faulthandler
import gc
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path


def main(words: Sequence[str] | None = None) -> int:
    """Play as the words say."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=0, help="which acts are played (0)")
    add("--seconds", type=float, default=60.0, help="for how long (60)")
    add("--acts", type=int, default=0, metavar="N", help="stop after so many")
    add("--only", default="", metavar="NAME,...", help="play these acts alone")
    add("--without", default="", metavar="NAME,...", help="play all but these")
    add("--list", action="store_true", help="name all acts, and play none")
    add("--all", action="store_true", help="go on after a failure; tell each kind at the end")
    add("--say", action="store_true", help="tell of each act as it is played")
    add("--grow", type=float, default=150.0, metavar="MIB", help="memory that may be added (150)")
    add("--warm-up", type=float, default=60.0, metavar="S", help="seconds before that counts (60)")
    add("--every", type=float, default=10.0, metavar="S", help="between two looks at it (10)")
    add("--objects", action="store_true", help="count what there is more of after the game")
    add("--trace", action="store_true", help="have Python tell which lines took the memory")
    add("--fault", default="", metavar="NAME", help="break the program so, for the monkey's tests")
    chosen = parser.parse_args(words)

    from tests.monkey.acts import acts

    try:
        table = acts(_names(chosen.only), _names(chosen.without))
    except ValueError as error:
        parser.error(str(error))
    if chosen.list:
        for act in table:
            print(f"{act.name:20} {act.weight:4g}  {(act.play.__doc__ or '').splitlines()[0]}")  # noqa: T201
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    faulthandler.enable()
    from tests.monkey.run import Run

    with tempfile.TemporaryDirectory(prefix="rnn-desk-monkey-") as folder:
        status = Run(chosen, table, Path(folder)).play()
    gc.collect()
    return status


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


if __name__ == "__main__":
    sys.exit(main())
