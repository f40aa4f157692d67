"""`rnn-desk guide`: the teacher's guide as a page for the printer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from rnn_desk.app.values import LANGUAGES
from rnn_desk.cli.arguments import describe, ending
from rnn_desk.cli.standard_streams import as_output
from rnn_desk.cli.window_code import load_window
from rnn_desk.core.files import write_whole
from rnn_desk.core.progress import progress

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
    with progress("writing the guide"):
        load_window()  # which has the languages
        from rnn_desk import offscreen

        words = offscreen.guide(chosen.lang)
        with as_output(chosen.place, ".html") as target:
            write_whole(target, words.encode())
