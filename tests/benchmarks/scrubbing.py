"""How long a frame takes while one moves through the rows, 28 down and 28 up.

    python -m tests.benchmarks.scrubbing [--rounds N] [--all-views] [--compare MODEL] [--json]

A frame is everything that the window's thread does from the key to the painted window: real key
events, the views of a first start, or all of them. On a machine that is busy otherwise, read
`cpu_`, the thread's own time; at rest it is what passes.
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np

from tests.benchmarks.pen_program import add_options, opened_desk  # sets Qt's platform

from PySide6.QtCore import Qt  # isort: skip
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rnn_desk.app.actions import draw, point
from rnn_desk.core.drawing import CANVAS_SIZE
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.program import set_manners
from tests.benchmarks.figures import FRAME_MS, say, some_drawings
from tests.benchmarks.pen_hand import rest


def measure(desk: Desk, rounds: int) -> dict[str, float]:
    """Milliseconds of each frame, on the clock and of the thread's own."""
    desk.store.do(draw.put, some_drawings(1)[0].resized(CANVAS_SIZE))
    while not desk.settled:
        rest(0.01)
    desk.store.do(point.pin, 0)
    QApplication.processEvents()
    passed, worked = [], []
    keys = [Qt.Key.Key_Down] * 27 + [Qt.Key.Key_Up] * 27
    for key in keys * rounds:
        clock, own = time.perf_counter(), time.thread_time()
        QTest.keyClick(desk.window, key)
        QApplication.processEvents()
        passed.append((time.perf_counter() - clock) * 1e3)
        worked.append((time.thread_time() - own) * 1e3)
    return {
        "frames": len(passed),
        "p50_ms": float(np.percentile(passed, 50)),
        "p99_ms": float(np.percentile(passed, 99)),
        "max_ms": max(passed),
        "cpu_p50_ms": float(np.percentile(worked, 50)),
        "cpu_p99_ms": float(np.percentile(worked, 99)),
        "cpu_max_ms": max(worked),
        "over_a_frame": float(np.sum(np.array(passed) > FRAME_MS)),
    }


def main() -> int:
    """Run it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10, help="times down and up (10)")
    add_options(parser)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    set_manners(app)
    desk = opened_desk(all_views=options.all_views, compare=options.compare)
    figures = measure(desk, options.rounds)
    desk.window.close()
    say(figures, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
