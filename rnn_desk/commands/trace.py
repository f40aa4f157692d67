"""`rnn-desk trace`: every number of one reading, as a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rnn_desk.app.requests import ReadRaster
from rnn_desk.commands.arguments import (
    add_device,
    add_model,
    describe,
    ending,
    whole_number,
)
from rnn_desk.commands.console import tell
from rnn_desk.commands.digits import at_index, digits_of
from rnn_desk.commands.models import opened
from rnn_desk.core.export import save_trace
from rnn_desk.core.trace import Trace


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Read one digit and write all that the model did with it: the pixels, the belief after\n"
        "each row, and of each recurrent layer the states and gates, rows x units.",
        "rnn-desk trace digit.png --out digit.npz\n"
        "rnn-desk trace drawings.jsonl --index 3 --out fourth.csv",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a picture or drawings")
    parser.add_argument(
        "--out",
        type=ending(".npz", ".csv", ".json"),
        required=True,
        metavar="OUT.npz|csv|json",
        help="to write: arrays for NumPy, a line a row for a spreadsheet, or JSON",
    )
    parser.add_argument(
        "--index",
        type=whole_number(0),
        default=0,
        metavar="N",
        help="which digit of the file, from 0",
    )
    add_model(parser)
    add_device(parser)


def _run(chosen: Namespace) -> None:
    trace(chosen.file, chosen.index, chosen.out, chosen.model, chosen.device or "cpu")


def trace(file: Path, index: int, out: Path, model: Path | None, device: str) -> None:
    """Read one digit of the file and write its Trace. Raises Refused."""
    with opened(model, device) as (client, answer):
        opened_model = answer.model
        digit = at_index(digits_of(file, opened_model.card.frame), index, file)
        reading: Trace = client.call(
            ReadRaster(opened_model.ref, opened_model, digit.raster, digit.raster_ms)
        )
    save_trace(reading, out)
    label = reading.classes[reading.answer]
    shapes = ", ".join(f"{layer.name} {len(layer.h)} x {layer.units}" for layer in reading.layers)
    tell(
        f"{out}: reads {label} ({reading.probabilities[reading.answer]:.1%}), {_settled(reading)}; "
        f"{shapes or 'no recurrent layers'}"
    )


def _settled(reading: Trace) -> str:
    row = reading.settled_row
    if row is None:
        return "never settled"
    return f"settled from row {row + 1} of {reading.rows} on"
