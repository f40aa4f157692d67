"""The reference digits, read by a model: labelled drawings that ship with the program."""

from __future__ import annotations

import numpy as np

from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, read_drawings
from rnn_desk.core.raster import rasterise
from rnn_desk.core.state_map import References, StateMap, fit
from rnn_desk.engine.reader import Reader


def reference_drawings() -> tuple[Drawing, ...]:
    """The labelled drawings. Raises Refused where they are missing or damaged."""
    entries = read_drawings(asset("reference", "digits.jsonl"))
    return tuple(entry for entry in entries if isinstance(entry, Drawing))


def state_map(reader: Reader) -> StateMap | None:
    """The map of the top layer's states; None for a model without states."""
    if not reader.layers:
        return None
    drawings = reference_drawings()
    pictures = np.stack([rasterise(drawing, reader.card.side).pixels for drawing in drawings])
    labels = tuple(str(drawing.label) for drawing in drawings)
    return fit(References(labels, drawings, pictures, reader.top_states(pictures)))
