"""`rnn-desk trace`: every number of one reading, as a file."""

from __future__ import annotations

from pathlib import Path

from rnn_desk.commands.console import tell
from rnn_desk.commands.digits import at_index, digits_of
from rnn_desk.commands.models import opened
from rnn_desk.core.export import save_trace


def trace(file: Path, index: int, out: Path, model: Path | None, device: str) -> None:
    """Read one digit of the file and write its Trace. Raises Refused."""
    reader = opened(model, device)
    digit = at_index(digits_of(file, reader.card.frame), index, file)
    reading = reader.read(digit.raster, digit.raster_ms)
    save_trace(reading, out)
    answer = reading.classes[reading.answer]
    shapes = ", ".join(f"{layer.name} {len(layer.h)} x {layer.units}" for layer in reading.layers)
    tell(
        f"{out}: reads {answer} ({reading.probabilities[reading.answer]:.1%}), settled from row "
        f"{reading.settled_row + 1} of {reading.rows} on; {shapes or 'no recurrent layers'}"
    )
