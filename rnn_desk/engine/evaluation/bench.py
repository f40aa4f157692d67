"""How long a device takes to load a model, to run it the first time, and to run it then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.trace import Trace
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.input_spec.feeding import feed
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.devices import BatchFigures, Device, DeviceFigures, spread

BATCHES = (1, 28, 256, 4096)
"""Digits in one run: one; as many as the rows of the belief's covered pictures; many; very many."""

SECONDS = 1.0
"""How long a batch is measured, in runs that are all finished."""

MOST_RUNS = 300


def measure(
    reader: Reader,
    device: Device,
    pictures: Array,
    traces_of: Callable[[Reader], Iterable[Trace]],
    batches: Iterable[int] = BATCHES,
    seconds: float = SECONDS,
    stopped: Callable[[], bool] = bool,
) -> DeviceFigures:
    """Measure a model on a device, one thread, pictures `[n, side, side]` over and over.

    traces_of: readings of whole drawings, whose stages are told. A model of fixed batch is measured
    at that batch alone. stopped: asked before each batch whether the rest is to be left out. Raises
    Refused, NotGranted and DeviceFailed.
    """
    there = reader.on(device)
    began = time.perf_counter()
    session = start(there.model_bytes, device)
    load_ms = (time.perf_counter() - began) * 1e3
    fixed = reader.card.input.batch
    output = [session.get_outputs()[0].name]
    name = session.get_inputs()[0].name
    figures = []
    for batch in batches if fixed == "free" else (fixed,):
        if stopped():
            break
        part = np.resize(pictures, (batch, *pictures.shape[1:]))
        fed = {name: feed(part, reader.card.input)}
        first, *rest = _times(partial(there.runs.run, session, output, fed, device), seconds)
        figures.append(BatchFigures(batch, first, spread(rest)))
    timings = [trace.timings for trace in traces_of(there)]
    stages = {
        stage: spread([getattr(timing, stage) for timing in timings])
        for stage in ("raster", "run", "replay")
    }
    return DeviceFigures(device, load_ms, tuple(figures), stages, there.placement)


def _times(run: Callable[[], object], seconds: float) -> list[float]:
    """Milliseconds of the first run, and of the ones after it."""
    taken: list[float] = []
    until = None
    while (
        until is None or len(taken) < 2 or (time.perf_counter() < until and len(taken) < MOST_RUNS)
    ):
        began = time.perf_counter()
        run()
        ended = time.perf_counter()
        taken.append((ended - began) * 1e3)
        until = until or ended + seconds
    return taken
