"""`rnn-desk render`: the picture of the window, or its reading as an animation, with no screen."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rnn_desk.app.model_names import model_file
from rnn_desk.app.values import LANGUAGES, THEMES
from rnn_desk.app.view_table import VIEWS
from rnn_desk.cli.arguments import (
    NAME_OR_FILE,
    add_device,
    add_model,
    add_output,
    describe,
    ending,
    layer_and_unit,
    number_between,
    output,
    whole_number,
    width_and_height,
    wrong,
)
from rnn_desk.cli.digits import digits_of
from rnn_desk.cli.standard_streams import as_output
from rnn_desk.cli.window_code import load_window
from rnn_desk.core.errors import Refused
from rnn_desk.core.progress import progress
from rnn_desk.core.writing import LEAST_TEMPERATURE, MOST_TEMPERATURE
from rnn_desk.qt.images.formats import ANIMATED, PICTURES
from rnn_desk.qt.images.originals import at_index

_FORMS = (*PICTURES, *ANIMATED)

_WRITING = ("writing", "dream", "write_as", "temperature", "seed")
"""What says how the writer is asked; each but the first has it asked."""

_BY_LESSON = (
    *("model", "drawing", "index", "row", "unit", "compare", "panel", "open"),
    *_WRITING,
)
"""What a lesson's step says itself, beside the views."""


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Write the picture of the window, as PNG, SVG or PDF, with a digit on its\n"
        "canvas or none; or, as GIF or WebP, the network reading it row by row.",
        "rnn-desk render window.png --drawing drawings.jsonl --size 1366x768\n"
        "rnn-desk render slide.svg --drawing drawings.jsonl --index 3 --row 14 --theme dark\n"
        "rnn-desk render reading.gif --drawing drawings.jsonl\n"
        "rnn-desk render slide.png --lesson gates --step 3 --size 1920x1080 --present\n"
        "cat digit.png | rnn-desk render --drawing - -o - --format svg > slide.svg",
    )
    parser.add_argument(
        "place",
        nargs="?",
        type=ending(*_FORMS),
        metavar="OUT" + "|".join(_FORMS).replace("|.", "|"),
        help="file to write, - is standard output",
    )
    add_output(parser, "the same, as an option", _FORMS)
    parser.add_argument(
        "--drawing",
        type=Path,
        metavar="FILE",
        help="drawings, or a picture, - is standard input",
    )
    parser.add_argument(
        "--index", type=whole_number(0), metavar="N", help="which digit of it, from 0 (0)"
    )
    add_model(parser)
    add_device(parser)
    parser.add_argument("--lang", choices=tuple(LANGUAGES), help="language (yours)")
    parser.add_argument(
        "--size",
        type=width_and_height,
        metavar="WxH",
        help="pixels (1366x768; an animation: as large as what it shows)",
    )
    parser.add_argument(
        "--theme",
        choices=tuple(THEMES),
        default="light",
        help="colours (light)",
    )
    parser.add_argument(
        "--row", type=whole_number(1), metavar="N", help="row to point at, from 1 as in the window"
    )
    parser.add_argument(
        "--unit",
        type=layer_and_unit,
        metavar="L:N",
        help="unit N of layer L to show the equations of, both from 1 as in the window",
    )
    parser.add_argument(
        "--compare",
        type=model_file,
        metavar=NAME_OR_FILE,
        help="a second model beside the first",
    )
    for spec in VIEWS:
        words = spec.tip[0].lower() + spec.tip[1:]
        parser.add_argument(f"--{spec.name}", action="store_true", help=words)
        for older in spec.also:
            same = f"the same as --{spec.name}, or none"
            parser.add_argument(f"--{older}", choices=("none", spec.name), help=same)
    _declare_writing(parser)
    parser.add_argument(
        "--panel",
        choices=("unit", "map", "lab", "speed", "learning"),
        help="a panel to bring to the front",
    )
    parser.add_argument(
        "--open", type=Path, metavar="FILE", help="a file opened then, for what is said of it"
    )
    parser.add_argument(
        "--lesson",
        metavar="NAME",
        help="the desk as a lesson has it: rows, gates, gradient..., or a lesson's file (.toml)",
    )
    parser.add_argument(
        "--step",
        type=whole_number(1),
        metavar="N",
        help="at this step of the lesson (1)",
    )
    parser.add_argument("--present", action="store_true", help="in the letters for a projector")


def _declare_writing(parser: ArgumentParser) -> None:
    """How the writer is asked."""
    parser.add_argument(
        "--writing", action="store_true", help="the digit ended by a network that writes"
    )
    parser.add_argument("--dream", action="store_true", help="what it writes from nothing")
    parser.add_argument(
        "--write-as",
        type=whole_number(0, 9),
        metavar="CLASS",
        help="the class that it is told, a digit (none)",
    )
    parser.add_argument(
        "--temperature",
        type=number_between(LEAST_TEMPERATURE, MOST_TEMPERATURE),
        metavar="T",
        help=f"{LEAST_TEMPERATURE} careful .. {MOST_TEMPERATURE:.0f} bold (0.7)",
    )
    parser.add_argument(
        "--seed", type=whole_number(0), metavar="N", help="what chooses the pictures (0)"
    )


def _run(chosen: Namespace) -> None:
    out, suffix = _checked(chosen)
    drawn = None
    if chosen.drawing is not None:
        digit = at_index(digits_of(chosen.drawing), chosen.index or 0, chosen.drawing)
        drawn = digit.original
    with progress("loading the window") as line:
        load_window()
        from rnn_desk import offscreen

        scene = offscreen.Scene(
            record=_record(chosen),
            size=chosen.size,
            panel=chosen.panel,
            opened=chosen.open,
            lesson=chosen.lesson,
            step=chosen.step or 1,
            present=chosen.present,
        )
        line.say("drawing the window")
        with as_output(out, suffix) as target:
            offscreen.render(target, drawn, scene)


def _checked(chosen: Namespace) -> tuple[Path, str]:
    """The file to write and its form, where the flags go together. Raises ArgumentError and
    Refused."""
    if (chosen.place is None) == (chosen.out is None):
        raise wrong("name one file to write")
    chosen.out = chosen.out or chosen.place
    out, suffix = output(chosen, _FORMS)
    if chosen.lesson is not None:
        views = (name for spec in VIEWS for name in (*spec.also, spec.name))
        for name in (*_BY_LESSON, *views):
            if getattr(chosen, name) not in (None, False):
                flag = name.replace("_", "-")
                raise wrong(f"--{flag} is what the lesson says: it does not go with --lesson")
    elif chosen.step is not None:
        raise wrong("--step is a lesson's: name it with --lesson")
    if chosen.index is not None and chosen.drawing is None:
        raise wrong("--index is of a file: name it with --drawing")
    if suffix in ANIMATED and chosen.drawing is None and chosen.lesson is None:
        raise Refused("{file} would show a reading: name a drawing with --drawing", file=out)
    return out, suffix


def _record(chosen: Namespace) -> dict[str, object]:
    """What the flags say of the state, as every document says it."""
    said: dict[str, object] = {
        "model": chosen.model and str(chosen.model),
        "compare": chosen.compare and str(chosen.compare),
        "device": chosen.device,
        "language": chosen.lang,
        "theme": chosen.theme,
        "row": chosen.row,
        **{name: getattr(chosen, name) for name in _WRITING},
        "unit": chosen.unit and ":".join(map(str, chosen.unit)),
        **{name: getattr(chosen, name) for spec in VIEWS for name in (*spec.also, spec.name)},
    }
    if any(said[name] is not None and said[name] is not False for name in _WRITING):
        said["writing"] = True
    return {name: value for name, value in said.items() if value is not None and value is not False}
