"""`rnn-desk render`: the picture of the window, or its reading as an animation, with no screen."""

from __future__ import annotations

import os
from argparse import SUPPRESS, ArgumentParser, Namespace
from pathlib import Path

from rnn_desk.app.values import LANGUAGES, THEMES
from rnn_desk.app.view_table import VIEWS
from rnn_desk.commands.arguments import (
    add_device,
    add_model,
    describe,
    ending,
    layer_and_unit,
    whole_number,
    width_and_height,
)
from rnn_desk.commands.digits import at_index, digits_of
from rnn_desk.core.errors import Refused
from rnn_desk.qt.images.formats import ANIMATED, PICTURES
from rnn_desk.qt.platform import startup


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
        "rnn-desk render slide.png --lesson gates --step 3 --size 1920x1080 --present",
    )
    parser.add_argument(
        "out",
        type=ending(*PICTURES, *ANIMATED),
        metavar="OUT" + "|".join((*PICTURES, *ANIMATED)).replace("|.", "|"),
        help="to write",
    )
    parser.add_argument("--drawing", type=Path, metavar="FILE", help="drawings, or a picture")
    parser.add_argument(
        "--index",
        type=whole_number(0),
        default=0,
        metavar="N",
        help="which digit of it, from 0 (0)",
    )
    add_model(parser)
    add_device(parser)
    parser.add_argument(
        "--lang", choices=tuple(LANGUAGES), default=SUPPRESS, help="language (yours)"
    )
    parser.add_argument(
        "--size",
        type=width_and_height,
        default=(1366, 768),
        metavar="WxH",
        help="pixels (1366x768)",
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
        "--compare", type=Path, metavar="FILE", help="a second model beside the first"
    )
    for spec in VIEWS:
        words = spec.tip[0].lower() + spec.tip[1:]
        parser.add_argument(f"--{spec.name}", action="store_true", help=words)
        for older in spec.also:
            same = f"the same as --{spec.name}, or none"
            parser.add_argument(f"--{older}", choices=("none", spec.name), help=same)
    parser.add_argument(
        "--panel", choices=("unit", "map", "lab", "speed"), help="a panel to bring to the front"
    )
    parser.add_argument(
        "--open", type=Path, metavar="FILE", help="a file opened then, for what is said of it"
    )
    parser.add_argument(
        "--lesson", metavar="NAME", help="the desk as a lesson has it: rows, gates, gradient..."
    )
    parser.add_argument(
        "--step",
        type=whole_number(1),
        default=1,
        metavar="N",
        help="at this step of the lesson (1)",
    )
    parser.add_argument(
        "--present",
        action="store_true",
        default=SUPPRESS,
        help="in the letters for a projector",
    )


def _run(chosen: Namespace) -> None:
    out: Path = chosen.out
    if chosen.drawing is None and out.suffix.lower() in ANIMATED:
        raise Refused("{file} would show a reading: name a drawing with --drawing", file=out)
    drawn = None
    if chosen.drawing is not None:
        drawn = at_index(digits_of(chosen.drawing), chosen.index, chosen.drawing).original
    startup.check({**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    from rnn_desk import offscreen  # Qt takes a while to load

    scene = offscreen.Scene(
        record=_record(chosen),
        size=chosen.size,
        panel=chosen.panel,
        opened=chosen.open,
        lesson=chosen.lesson,
        step=chosen.step,
        present=chosen.present,
    )
    offscreen.render(out, drawn, scene)


def _record(chosen: Namespace) -> dict[str, object]:
    """What the flags say of the state, as every document says it."""
    said: dict[str, object] = {
        "model": chosen.model and str(chosen.model),
        "compare": chosen.compare and str(chosen.compare),
        "device": chosen.device,
        "language": chosen.lang,
        "theme": chosen.theme,
        "row": chosen.row,
        "unit": chosen.unit and ":".join(map(str, chosen.unit)),
        **{name: getattr(chosen, name) for spec in VIEWS for name in (*spec.also, spec.name)},
    }
    return {name: value for name, value in said.items() if value not in (None, False)}
