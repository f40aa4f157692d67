"""`rnn-desk guide`: the teacher's guide as a page for the printer."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from rnn_desk.app.values import LANGUAGES
from rnn_desk.cli.arguments import describe, ending
from rnn_desk.cli.standard_streams import as_output
from rnn_desk.core.files import write_whole
from rnn_desk.core.progress import progress
from rnn_desk.qt.platform import startup

_FORMS = (".html",)


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Write the guide for teachers as one HTML page that any browser prints: each lesson's\n"
        "aim, minutes, questions and answers, and what to know of projectors, collecting\n"
        "drawings, privacy and printing.",
        "rnn-desk guide guide.html\nrnn-desk guide guide.html --lang zh",
    )
    parser.add_argument(
        "place",
        type=ending(*_FORMS),
        metavar="OUT.html",
        help="file to write, - is standard output",
    )
    parser.add_argument("--lang", choices=tuple(LANGUAGES), help="language (yours)")


def _run(chosen: Namespace) -> None:
    startup.check({**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    with progress("writing the guide"):
        from rnn_desk import offscreen  # Qt, which has the languages, takes a while to load

        words = offscreen.guide(chosen.lang)
        with as_output(chosen.place, ".html") as target:
            write_whole(target, words.encode())
