"""What a model of 784 steps, two layers of 1,024 units, costs the window's thread.

    python -m tests.benchmarks.large_model [--readings N] [--steps N] [--units N] [--json]

An LSTM with random weights that takes a pixel a step is opened in the real window; its readings, of
a second and more each, are handed to every view, gradient and saliency asked for. `update_` is all
that the window's thread does from a reading to the painted window; `scrub_` a move to another row;
`turn_` how late a timer of 5 ms is while the model reads: how long the pen would wait for the
window. On a busy machine, read `cpu_`, the thread's own time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.pen_program import opened_desk  # sets Qt's platform

from PySide6.QtCore import QTimer  # isort: skip
from PySide6.QtWidgets import QApplication

from rnn_desk.app.actions import draw, point
from rnn_desk.core.drawing import CANVAS_SIZE
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.program import set_manners
from tests.benchmarks.figures import say, some_drawings
from tests.benchmarks.pen_hand import rest
from tests.helpers import models

TURN_MS = 5


def measure(desk: Desk, readings: int) -> dict[str, float]:
    """Milliseconds, on the clock and of the thread's own."""
    turns: list[float] = []
    before = [time.perf_counter()]

    def turn() -> None:
        now = time.perf_counter()
        turns.append((now - before[0]) * 1e3 - TURN_MS)
        before[0] = now

    timer = QTimer()
    timer.timeout.connect(turn)
    found = []
    desk.presenter.shown.connect(found.append)
    for drawing in some_drawings(readings):
        desk.store.do(draw.put, drawing.resized(CANVAS_SIZE))
        before[0] = time.perf_counter()
        timer.start(TURN_MS)
        while not desk.settled:
            rest(0.02)
        timer.stop()
    traces = [shown.traces for shown in found if shown.traces]
    updates = [_timed(lambda each=each: desk.window.show_traces(each)) for each in traces * 4]
    scrubs = [_timed(lambda row=row: desk.store.do(point.pin, row)) for row in [*range(28)] * 3]
    figures: dict[str, float] = {"readings": len(traces)}
    for name, pairs in (("update", updates), ("scrub", scrubs)):
        for kind, values in zip(("", "cpu_"), zip(*pairs, strict=True), strict=True):
            figures[f"{kind}{name}_p50_ms"] = float(np.percentile(values, 50))
            figures[f"{kind}{name}_max_ms"] = max(values)
    figures["turn_p99_ms"] = float(np.percentile(turns, 99))
    return figures


def _timed(job) -> tuple[float, float]:
    clock, own = time.perf_counter(), time.thread_time()
    job()
    QApplication.processEvents()
    return (time.perf_counter() - clock) * 1e3, (time.thread_time() - own) * 1e3


def main() -> int:
    """Run it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readings", type=int, default=5, help="how many drawings (5)")
    parser.add_argument("--steps", type=int, default=784, choices=(28, 784), help="(784)")
    parser.add_argument("--units", type=int, default=1024, help="of each layer (1024)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    set_manners(app)
    with tempfile.TemporaryDirectory() as folder:
        model = models.deep(options.units, layers=2, by_pixel=options.steps == 784)
        path = models.saved(Path(folder), model, models.card(name="large"))
        desk = opened_desk(path, all_views=True)
        figures = measure(desk, options.readings)
        desk.window.close()
    say(figures, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
