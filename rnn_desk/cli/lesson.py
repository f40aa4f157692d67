"""`rnn-desk lesson`: a lesson of one's own begun, checked, and written as a page to be printed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rnn_desk.app.documents.lesson import checked
from rnn_desk.app.documents.lesson_template import TEMPLATE
from rnn_desk.app.values import LANGUAGES
from rnn_desk.cli.arguments import add_json, add_output, describe, output, width_and_height, wrong
from rnn_desk.cli.standard_streams import as_output
from rnn_desk.cli.window_code import load_window
from rnn_desk.core.console import tell, tell_json, warn
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.core.plain import counted, plain
from rnn_desk.core.progress import progress

_KINDS = ("check", "new", "export")
_PAGE = (1366, 768)
"""Pixels of each step's picture."""


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Make lessons of your own, of which each is one TOML file; docs/files.md says what can\n"
        "stand in it, and the window's Teach menu makes one by hand.\n"
        "  new     write one to begin with, which can be given at once\n"
        "  check   say everything that is wrong with files; the exit status is then 1\n"
        "  export  write a page to be printed, each step with its picture, question and notes: of\n"
        "          a file, or of one of the program's own lessons by its name",
        "rnn-desk lesson new mine.toml\n"
        "rnn-desk lesson check mine.toml\n"
        "rnn-desk lesson export mine.toml --out mine.html\n"
        "rnn-desk lesson export gates --out gates.html --lang zh",
    )
    parser.add_argument("what", choices=_KINDS, metavar="new|check|export", help="see above")
    parser.add_argument("lessons", nargs="+", metavar="LESSON", help="a lesson's file, or its name")
    add_output(parser, "the page, - is standard output", (".html",))
    parser.add_argument("--lang", choices=tuple(LANGUAGES), help="language of the page (yours)")
    parser.add_argument(
        "--size",
        type=width_and_height,
        metavar="WxH",
        help=f"pixels of each picture ({_PAGE[0]}x{_PAGE[1]})",
    )
    add_json(parser, "one JSON object (check)")


def _run(chosen: Namespace) -> int:
    if chosen.what != "export" and (chosen.out or chosen.lang or chosen.size):
        raise wrong("--out, --lang and --size are of export")
    if chosen.what != "check" and len(chosen.lessons) > 1:
        raise wrong("name one lesson")
    if chosen.what != "check" and chosen.json:
        raise wrong("--json is of check")
    if chosen.what == "new":
        _begin(Path(chosen.lessons[0]))
        return 0
    if chosen.what == "check":
        return _check([Path(name) for name in chosen.lessons], chosen.json)
    _export(chosen)
    return 0


def _begin(path: Path) -> None:
    if path.exists():
        raise Refused("{file} is there already: choose another name", file=path)
    write_whole(path, TEMPLATE.encode())
    tell(f"{plain(str(path))}: open it with `rnn-desk {plain(str(path))}`, or in any editor")


def _check(paths: list[Path], as_object: bool) -> int:
    """Tell everything that is wrong with the files; 1 where something is."""
    told = {}
    for path in paths:
        try:
            found = checked(path)
            problems, steps = found.problems, found.steps
        except Refused as refusal:
            problems, steps = (refusal,), 0
        told[str(path)] = {"steps": steps, "problems": [str(each) for each in problems]}
        if not as_object:
            for each in problems:
                warn(str(each))
            if not problems:
                tell(f"{plain(str(path))}: {counted(steps, 'step')}, nothing is wrong")
    if as_object:
        tell_json({"lessons": told})
    return 1 if any(each["problems"] for each in told.values()) else 0


def _export(chosen: Namespace) -> None:
    name = chosen.lessons[0]
    if chosen.out is None:
        raise wrong("name the page with --out")
    out, suffix = output(chosen, (".html",))
    with progress("loading the window") as line:
        load_window()
        from rnn_desk import offscreen

        line.say("drawing each step")
        text = offscreen.lesson_page(name, chosen.lang or "", chosen.size or _PAGE)
        with as_output(out, suffix) as target:
            write_whole(target, text.encode())
