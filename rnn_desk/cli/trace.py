"""`rnn-desk trace`: every number of one reading, as a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rnn_desk.app.requests import ReadRaster
from rnn_desk.cli.arguments import (
    add_device,
    add_model,
    add_output,
    describe,
    output,
    whole_number,
)
from rnn_desk.cli.digits import digits_of
from rnn_desk.cli.model_files import opened
from rnn_desk.cli.standard_streams import STREAM, as_output
from rnn_desk.core.console import tell, warn
from rnn_desk.core.export import save_trace
from rnn_desk.core.progress import progress
from rnn_desk.core.trace import Trace
from rnn_desk.qt.images.originals import at_index

_FORMS = (".json", ".npz", ".csv")


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Read one digit and write all that the model did with it: the pixels, the belief after\n"
        "each row, and of each recurrent layer the states and gates, rows x units. As arrays for\n"
        "NumPy (NPZ), as a line a row for a spreadsheet (CSV), or as JSON.",
        "rnn-desk trace digit.png --out digit.npz\n"
        "rnn-desk trace drawings.jsonl --index 3 --out fourth.csv --model lstm\n"
        "cat digit.png | rnn-desk trace - --out - --format csv",
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a picture or drawings, - is standard input"
    )
    add_output(parser, "file to write, - is standard output", _FORMS, required=True)
    parser.add_argument(
        "--index",
        type=whole_number(0),
        default=0,
        metavar="N",
        help="which digit of the file, from 0 (0)",
    )
    add_model(parser)
    add_device(parser)


def _run(chosen: Namespace) -> None:
    out, suffix = output(chosen, _FORMS)
    trace(chosen.file, chosen.index, out, suffix, chosen.model, chosen.device or "cpu")


def trace(file: Path, index: int, out: Path, suffix: str, model: Path | None, device: str) -> None:
    """Read one digit of the file and write its Trace. Raises Refused."""
    with (
        progress("opening the model") as line,
        opened(model, device, line) as (client, answer),
    ):
        line.say(f"reading {file}")
        opened_model = answer.model
        digit = at_index(digits_of(file, opened_model.card.frame), index, file)
        reading: Trace = client.call(
            ReadRaster(opened_model.ref, opened_model, digit.raster, digit.raster_ms)
        )
    with as_output(out, suffix) as target:
        save_trace(reading, target)
    reads = "gives states and no answer"
    if reading.classes:
        label, part = reading.classes[reading.answer], reading.probabilities[reading.answer]
        reads = f"reads {label} ({part:.1%}), {_settled(reading)}"
    shapes = ", ".join(f"{layer.name} {len(layer.h)} x {layer.units}" for layer in reading.layers)
    said = f"{reads}; {shapes or 'no recurrent layers'}"
    if out == STREAM:
        warn(said)
    else:
        tell(f"{out}: {said}")


def _settled(reading: Trace) -> str:
    row = reading.settled_row
    if row is None:
        return "never settled"
    return f"settled from row {row + 1} of {reading.rows} on"
