"""Whether switching the device while drawing is felt, the pen moving at 120 Hz.

    python -m tests.benchmarks.switch_devices [--digits N] [--device NAME] [--json]

As `pen_to_paint`, first with no switching, then with another device chosen every half second, as
the menu does it. That other device is the one named; or the CPU's own provider, had as a plug-in's
is, so that there is one on any machine: its sessions, their profile and their first runs are real.

No frame over 33 ms and no answer lost: max_ms_switching, the longest from a pen's event to the
painted answer, and not_painted.

slowest_turn_ms: the longest that the window's thread took for one move of the models.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Callable

import numpy as np

from tests.benchmarks.pen_program import Program, opened_desk  # sets Qt's platform

from PySide6.QtCore import QTimer  # isort: skip
from PySide6.QtWidgets import QApplication

from rnn_desk.app import engine_process
from rnn_desk.engine.runtime import devices as table
from rnn_desk.protocol.model import Model
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.program import set_manners
from tests.benchmarks.pen_hand import Strokes, draw, some_strokes
from tests.helpers import second_device

SWITCH_MS = 500


class Switcher:
    """Chooses one device after the other, and takes the time of what the window does for it."""

    def __init__(self, desk: Desk, other: str) -> None:
        self.moves = 0
        self.slowest = 0.0
        self._desk = desk
        self._names = itertools.cycle([other, "cpu"])
        self._move = desk.models.move
        desk.models.move = self._timed  # type: ignore[method-assign]
        self._timer = QTimer()
        self._timer.timeout.connect(lambda: desk.choice.set_device(next(self._names)))
        self._timer.start(SWITCH_MS)

    def _timed(self, before: Model, after: Model) -> None:
        began = time.perf_counter()
        self._move(before, after)
        self.slowest = max(self.slowest, (time.perf_counter() - began) * 1e3)
        self.moves += 1


def measure(
    drawings: list[Strokes], meanwhile: Callable[[Desk], object] = lambda _: None
) -> dict[str, float]:
    """Milliseconds from a pen's event to the painted answer, on a desk of its own."""
    desk = opened_desk()
    kept = meanwhile(desk)
    drawn = draw(Program(desk), drawings)
    del kept
    desk.window.close()
    return {
        "not_painted": drawn.lost,
        "p50_ms": float(np.percentile(drawn.taken, 50)),
        "p99_ms": float(np.percentile(drawn.taken, 99)),
        "max_ms": max(drawn.taken),
    }


def main() -> int:
    """Run it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--digits", type=int, default=30, help="how many drawings (30)")
    parser.add_argument("--device", help="the other one, as `rnn-desk devices` names it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    set_manners(app)
    drawings = some_strokes(0, options.digits)
    other = options.device or second_device.DEVICE.name
    if options.device is None:
        engine_process.engine_command = lambda: list(second_device.COMMAND)
    else:
        table.device_named(other)  # refused now, if it cannot be had
    switchers: list[Switcher] = []

    def switching(desk: Desk) -> Switcher:
        switchers.append(Switcher(desk, other))
        return switchers[0]

    still = measure(drawings)
    moving = measure(drawings, switching)
    figures = {
        "moves": switchers[0].moves,
        "slowest_turn_ms": switchers[0].slowest,
        "not_painted": still["not_painted"] + moving["not_painted"],
        **{f"{name}_still": still[name] for name in ("p50_ms", "p99_ms", "max_ms")},
        **{f"{name}_switching": moving[name] for name in ("p50_ms", "p99_ms", "max_ms")},
    }
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        for name, value in figures.items():
            sys.stdout.write(f"{name:>18} {value:10.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
