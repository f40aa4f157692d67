"""Whether what is shown is of what lies there now: asked only while nothing is under way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from rnn_desk.core.lab import altered
from rnn_desk.core.raster import Raster
from rnn_desk.core.ruled import raster_on
from rnn_desk.core.trace import Trace
from rnn_desk.qt.window.window import Window
from tests.monkey.inside import Model, Standing


def untrue(standing: Standing, views: Mapping[str, Trace | None], window: Window) -> list[str]:
    """Every sentence that can be said against what is shown."""
    return [*_readings(standing), *_views(standing, views), *_words(standing, window)]


def expected(standing: Standing) -> Raster | None:
    """The raster that has to be read now, worked out anew; None where there is nothing to read."""
    if not standing.models or standing.original.is_empty:
        return None
    first = standing.models[0]
    plain = raster_on(standing.original, standing.ruled, *first.frame)
    raster = altered(plain, standing.experiment, orientation=first.orientation)
    return None if raster.is_blank and not standing.experiment.changes_picture else raster


def _readings(standing: Standing) -> Iterator[str]:
    raster = expected(standing)
    refused = standing.refused
    for place, (trace, model) in enumerate(zip(standing.traces, standing.models, strict=True)):
        if trace is None:
            if raster is not None and not refused[0] and not refused[place]:
                yield f"{model.name} has read nothing, and nobody says why"
        elif raster is None:
            yield f"a reading by {model.name} is shown of an empty sheet"
        elif refused[place]:
            yield f"a reading by {model.name} is shown, though there is none of what lies there"
        else:
            yield from _reading(trace, model, raster)
    if standing.traces and standing.traces[0] is not None:
        yield from _network(standing.traces[0], standing)


def _reading(trace: Trace, model: Model, raster: Raster) -> Iterator[str]:
    if not np.array_equal(trace.raster.pixels, raster.pixels):
        off = float(np.abs(trace.raster.pixels - raster.pixels).max())
        yield f"{model.name} read another picture than the one that lies there ({off:.3f} off)"
    if (trace.model.name, trace.model.sha256) != (model.name, model.sha256):
        yield f"{model.name} reads, and what is shown is of {trace.model.name}"
    if tuple(layer.units for layer in trace.layers) != model.units:
        yield f"what is shown of {model.name} has other layers than the model"
    if not np.isfinite(trace.probabilities).all():
        yield f"{model.name} answers what is no number"


def _network(trace: Trace, standing: Standing) -> Iterator[str]:
    """What is done to the first network is seen in its states."""
    for layer, unit in standing.experiment.off:
        if layer < len(trace.layers) and trace.layers[layer].h[:, unit].any():
            yield f"unit {unit} of layer {layer} is switched off, and is not 0"


def _views(standing: Standing, views: Mapping[str, Trace | None]) -> Iterator[str]:
    wanted = standing.traces[0] if standing.traces else None
    for name, shown in views.items():
        if shown is not wanted:
            yield f"{name} shows another reading than the newest"


def _words(standing: Standing, window: Window) -> Iterator[str]:
    """What the header and the answer say."""
    buttons = (window.header.model.text(), window.header.compare.text())
    for model, words in zip(standing.models, buttons, strict=False):
        if model.name not in words:
            yield f"the header says {words!r} where {model.name} reads"
    for answer in window.answers:
        # In the mode of writing an answer may be to what is written: these are its words alone, and
        # whether it is the newest, `_views` asks in the other modes.
        trace = answer._trace
        if trace is None:
            continue
        if tuple(trace.classes) != tuple(answer.classes):
            yield "the bars have other classes than the model"
        said = answer.answer_words()[0]
        row = window.reading.store.state.pointed.row
        if row is not None and row >= trace.rows:
            yield f"row {row} is looked at, of {trace.rows}"
            continue
        parts = trace.probabilities if row is None else trace.belief[row]
        winner = trace.classes[int(parts.argmax())]
        if said not in (winner, "?"):
            yield f"the answer says {said!r}, and the reading {winner!r}"


def told(standing: Standing) -> str:
    """Which models read, and how many readings there are."""
    names = " and ".join(model.name for model in standing.models) or "no model"
    return f"{names}, {sum(trace is not None for trace in standing.traces)} readings"
