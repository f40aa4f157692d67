"""A file that a person opens by hand: what there is to choose from, and what comes of a choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rnn_desk.core.arrays import Array
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster
from rnn_desk.engine.graph.checking import check
from rnn_desk.engine.graph.metadata import facts_of
from rnn_desk.engine.graph.model_file import read_model
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.input_spec.as_said import (
    as_seen,
    classes_to_choose,
    extras_to_choose,
    ways_to_choose,
)
from rnn_desk.engine.input_spec.whole import whole_picture
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.by_hand import Offered, TriedByHand
from rnn_desk.protocol.model import ModelRef


def offered(path: Path) -> Offered:
    """What there is to choose from. Raises Refused where the file is no network that runs."""
    file = read_model(path)
    try:
        check(file.model)
        model = whole_picture(file.model)
        ways = ways_to_choose(model)
        return Offered(
            file.sha256,
            facts_of(file.model, file.size),
            ways,
            extras_to_choose(model),
            classes_to_choose(model, ways),
        )
    except (Refused, ValueError) as error:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=error) from error


def tried_by_hand(ref: ModelRef, pixels: Array, tell: Callable[[str], None]) -> TriedByHand:
    """What the model gets, and what it answers, fed as the person says. Raises Refused."""
    said = ref.by_hand or ByHand()
    reader = open_reader(Path(ref.path), CPU, tell=tell, chosen={ref.sha256: said})
    trace = reader.read(Raster(pixels))
    seen, black, white = as_seen(pixels, reader.card.input)
    evidence = reader.findings.evidence
    checked = evidence[0] if evidence and reader.findings.unchecked is None else None
    return TriedByHand(
        seen,
        black,
        white,
        reader.card.classes,
        trace.probabilities,
        0 if checked is None else checked.right,
        0 if checked is None else checked.count,
    )
