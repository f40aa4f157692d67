"""The command `rnn-desk`: what a person types, and how it ends.

Exit 0 done, 1 refused or failed (the reason on stderr, in one sentence), 2 wrong usage, 130 stopped
by Ctrl-C, 141 where nobody reads the answer any longer. Qt, and the runtime that reads models, take
a while to load, so each action imports what it needs when it is asked for.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_desk import __version__
from rnn_desk.commands import console
from rnn_desk.core.errors import Refused

if TYPE_CHECKING:
    from rnn_desk.commands.inspect import Wanted

_STOPPED, _NOBODY_READS = 130, 141  # 128 and the number of the signal, as shells have it
_NARROWEST, _WIDEST = 320, 8192


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status. Wrong usage raises SystemExit(2)."""
    console.prepare()
    chosen = _parser().parse_args(argv)
    action: Callable[[argparse.Namespace], int | None] = chosen.action
    try:
        status = action(chosen) or 0
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


def _window(chosen: argparse.Namespace) -> int:
    from rnn_desk.commands.window import show_window

    return show_window(chosen.model, chosen.device, chosen.lang, chosen.present)


def _classify(chosen: argparse.Namespace) -> int:
    from rnn_desk.commands.classify import classify

    return classify(chosen.files, chosen.model, chosen.device, chosen.json)


def _inspect(chosen: argparse.Namespace) -> None:
    from rnn_desk.commands.inspect import inspect

    inspect(chosen.file, chosen.device or "cpu", chosen.json, _wanted(chosen))


def _wanted(chosen: argparse.Namespace) -> Wanted:
    from rnn_desk.commands.inspect import Wanted

    return Wanted(chosen.save, chosen.scaled, chosen.report)


def _trace(chosen: argparse.Namespace) -> None:
    from rnn_desk.commands.trace import trace

    trace(chosen.file, chosen.index, chosen.out, chosen.model, chosen.device or "cpu")


def _devices(chosen: argparse.Namespace) -> None:
    from rnn_desk.commands.devices import tell_devices

    tell_devices(chosen.json)


def _render(chosen: argparse.Namespace) -> None:
    from rnn_desk.commands.window import render

    render(
        out=chosen.out,
        drawing=chosen.drawing,
        index=chosen.index,
        model=chosen.model,
        device=chosen.device,
        lang=chosen.lang,
        row=chosen.row,
        unit=chosen.unit,
        size=chosen.size,
        theme=chosen.theme,
        compare=chosen.compare,
        gradient=chosen.gradient,
        cells=chosen.cells,
        overlay=chosen.overlay,
        panel=chosen.panel,
        opened=chosen.open,
        lesson=chosen.lesson,
        step=chosen.step,
        present=chosen.present,
    )


def _bench(chosen: argparse.Namespace) -> int:
    from rnn_desk.commands.bench import bench

    return bench(chosen.model, chosen.device, chosen.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rnn-desk",
        description="Draw a digit and watch a recurrent network read it, one row of pixels at a "
        "time. Without a command the window opens; the commands do the same work with no screen.",
        epilog="examples:\n"
        "  rnn-desk                            open the window\n"
        "  rnn-desk --lang zh --present        in Chinese, large enough for the back row\n"
        "  rnn-desk classify digit.png         read a picture\n"
        "  rnn-desk classify --help            more about that command",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"rnn-desk {__version__}")
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="ONNX model that reads (the program's own)"
    )
    parser.add_argument(
        "--device",
        metavar="NAME",
        help="where it runs, see `devices`, or auto (cpu, or as chosen last)",
    )
    parser.add_argument("--lang", choices=("en", "zh"), help="language of the window (yours)")
    parser.add_argument("--present", action="store_true", help="large, for a projector")
    parser.set_defaults(action=_window)
    commands = parser.add_subparsers(title="commands", metavar="")
    _add_classify(commands)
    _add_inspect(commands)
    _add_trace(commands)
    _add_devices(commands)
    _add_bench(commands)
    _add_render(commands)
    return parser


_Commands = argparse._SubParsersAction  # argparse gives the type no public name


def _command(
    commands: _Commands[argparse.ArgumentParser],
    name: str,
    action: Callable[[argparse.Namespace], int | None],
    summary: str,
    text: str,
    examples: str,
) -> argparse.ArgumentParser:
    """A command with its help: a line in the list, a paragraph, and examples."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=text,
        epilog="examples:\n" + "\n".join(f"  {line}" for line in examples.splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(action=action)
    return parser


def _add_model(parser: argparse.ArgumentParser) -> None:
    # Suppressed, so that what was said before the command's name still holds.
    parser.add_argument(
        "--model",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="ONNX model that reads (the program's own)",
    )


def _add_device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device",
        metavar="NAME",
        default=argparse.SUPPRESS,
        help="where it runs, see `rnn-desk devices`, or auto (cpu)",
    )


def _add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=what)


def _add_classify(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "classify",
        _classify,
        "read digits from files",
        "Read every digit of the files: pictures (PNG, JPEG, BMP; one digit each), MNIST's IDX\n"
        "images and drawings (.jsonl), the latter two packed with gzip or not. What a file is, is\n"
        "found by its content. A file or line that cannot be read is named, and the others are\n"
        "answered; the exit status is then 1.\n\n"
        'With --json each digit is one line {"file", "index", "label", "probabilities": [...]};\n'
        "index counts the digits of a file from 0. Where there is no ink, label and\n"
        'probabilities are null and there is "empty": true.',
        "rnn-desk classify digit.png\n"
        "rnn-desk classify drawings.jsonl --json > answers.jsonl\n"
        "rnn-desk classify t10k-images-idx3-ubyte.gz --model mine.onnx",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="pictures or drawings")
    _add_model(parser)
    _add_device(parser)
    _add_json(parser, "one JSON object a digit, a line each")


def _add_inspect(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "inspect",
        _inspect,
        "what a model is, and what of it can be shown",
        "Tell a model's card, how it is fed, how well it reads the program's reference digits,\n"
        "and what of each recurrent layer can be shown: hidden states h, cell states c, gates.\n"
        "A file without a card is tried on those digits in every way that its input allows.\n"
        "With --json a refused model is told as well, and the exit status is 1.",
        "rnn-desk inspect model.onnx\nrnn-desk inspect model.onnx --json\n"
        "rnn-desk inspect model.onnx --save with-card.onnx\n"
        "rnn-desk inspect model.onnx --report why.html",
    )
    parser.add_argument("file", type=Path, metavar="MODEL", help="an ONNX file")
    parser.add_argument(
        "--save", type=Path, metavar="COPY.onnx", help="write a copy that carries its card"
    )
    parser.add_argument(
        "--scaled",
        action="store_true",
        help="let the copy take 0..1, white ink on black, and scale it itself",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="OUT.html",
        help="write a page: how it reads other pens, places and sizes, and what it missed",
    )
    _add_device(parser)
    _add_json(parser, "one JSON object")


def _add_trace(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "trace",
        _trace,
        "every number of one reading, as NPZ, CSV or JSON",
        "Read one digit and write all that the model did with it: the pixels, the belief after\n"
        "each row, and of each recurrent layer the states and gates, rows x units.",
        "rnn-desk trace digit.png --out digit.npz\n"
        "rnn-desk trace drawings.jsonl --index 3 --out fourth.csv",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a picture or drawings")
    parser.add_argument(
        "--out",
        type=_ending(".npz", ".csv", ".json"),
        required=True,
        metavar="OUT.npz|csv|json",
        help="to write: arrays for NumPy, a line a row for a spreadsheet, or JSON",
    )
    parser.add_argument(
        "--index", type=_from(0), default=0, metavar="N", help="which digit of the file, from 0"
    )
    _add_model(parser)
    _add_device(parser)


def _add_devices(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "devices",
        _devices,
        "what a model can run on here",
        "Tell every device that the program knows, and why one cannot be used.",
        "rnn-desk devices\nrnn-desk classify digit.png --device cuda",
    )
    _add_json(parser, "one JSON object")


def _add_bench(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "bench",
        _bench,
        "how long each stage takes",
        "Measure a reading stage by stage (raster, run, replay, paint), and runs of 1, 28, 256\n"
        "and 4,096 digits: the session's start, the first run, the median, the 99th percentile,\n"
        "digits per second. On every device that can be used, or on the one that is named.",
        "rnn-desk bench\nrnn-desk bench --device cpu --json",
    )
    _add_model(parser)
    _add_device(parser)
    _add_json(parser, "one JSON object")


def _add_render(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "render",
        _render,
        "the window's picture, with no screen needed",
        "Write the picture of the window, as PNG, SVG or PDF, with a drawing on its\n"
        "canvas or none; or, as GIF or WebP, the network reading the drawing row by row.",
        "rnn-desk render window.png --drawing drawings.jsonl --size 1366x768\n"
        "rnn-desk render slide.svg --drawing drawings.jsonl --index 3 --row 14 --theme dark\n"
        "rnn-desk render reading.gif --drawing drawings.jsonl\n"
        "rnn-desk render slide.png --lesson gates --step 3 --size 1920x1080 --present",
    )
    parser.add_argument(
        "out",
        type=_ending(".png", ".svg", ".pdf", ".gif", ".webp"),
        metavar="OUT.png|svg|pdf|gif|webp",
        help="to write",
    )
    parser.add_argument("--drawing", type=Path, metavar="FILE", help="drawings (.jsonl)")
    parser.add_argument(
        "--index", type=_from(0), default=0, metavar="N", help="which drawing, from 0 (0)"
    )
    _add_model(parser)
    _add_device(parser)
    parser.add_argument(
        "--lang", choices=("en", "zh"), default=argparse.SUPPRESS, help="language (yours)"
    )
    parser.add_argument(
        "--size", type=_size, default=(1366, 768), metavar="WxH", help="pixels (1366x768)"
    )
    parser.add_argument(
        "--theme",
        choices=("light", "dark", "contrast_light", "contrast_dark"),
        default="light",
        help="colours (light)",
    )
    parser.add_argument(
        "--row", type=_from(1), metavar="N", help="row to point at, from 1 as in the window"
    )
    parser.add_argument(
        "--unit",
        type=_unit,
        metavar="L:N",
        help="unit N of layer L to show the equations of, both from 1 as in the window",
    )
    parser.add_argument(
        "--compare", type=Path, metavar="FILE", help="a second model beside the first"
    )
    parser.add_argument("--gradient", action="store_true", help="the gradient through the rows")
    parser.add_argument(
        "--cells", action="store_true", help="the gradients of RNN, GRU and LSTM over one another"
    )
    parser.add_argument(
        "--overlay", choices=("none", "saliency"), default="none", help="over the picture (none)"
    )
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
        "--step", type=_from(1), default=1, metavar="N", help="at this step of the lesson (1)"
    )
    parser.add_argument(
        "--present",
        action="store_true",
        default=argparse.SUPPRESS,
        help="in the letters for a projector",
    )


def _from(least: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `least` on."""

    def number(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
        return int(text)

    return number


def _unit(text: str) -> tuple[int, int]:
    """`1:38` as a layer and a unit, both counted from 1."""
    match = re.fullmatch(r"([1-9][0-9]{0,3}):([1-9][0-9]{0,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no layer and unit such as 1:38")
    return int(match[1]), int(match[2])


def _size(text: str) -> tuple[int, int]:
    """`1366x768` as width and height in pixels."""
    match = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(_NARROWEST <= side <= _WIDEST for side in size):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no size such as 1366x768, of {_NARROWEST} to {_WIDEST} pixels a side"
        )
    return size


def _ending(*suffixes: str) -> Callable[[str], Path]:
    """The type of an argument that is a file to write, of one of these kinds."""

    def name(text: str) -> Path:
        if not text.lower().endswith(suffixes):
            *others, last = suffixes
            kinds = f"{', '.join(others)} or {last}"
            raise argparse.ArgumentTypeError(f"{text!r} does not end in {kinds}")
        return Path(text)

    return name
