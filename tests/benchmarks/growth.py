"""How memory and the time of a reading grow with the model and the drawing; and memory against
another checkout's.

    python -m tests.benchmarks.growth [--axis NAME]... [--before DIR] [--json]

Memory is what the window and all its child processes hold together (PSS: a page that several share
counts once), after some readings; nothing else of the same environment should run meanwhile, as it
would take over its part of the shared ones. A reading lasts from the drawing to the painted window,
everything in it: the least of some, as whatever else a machine does only makes it longer; a run is
the bare network's. Each value on an axis has a window of its own, with a model of random weights
that is otherwise of 28 rows, 128 units and 1 layer, and a drawing of 100 points. Rows go as far as
a picture's may; steps further, by a model that takes the picture pixel by pixel.

The exponent is that of what is added to the least value's cost, the slope of its logarithm: 1 is
linear, 2 as the square. For units it is that over the number of weights.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
import timeit
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np
import psutil

from tests.benchmarks import contestants, pen_floor
from tests.benchmarks.contestants import REPOSITORY
from tests.helpers import models

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

STARTS = 3
"""Windows over whose memory the median is taken, for the ratio."""

WORTH_TELLING = 0.1
"""The part of the first cost that something added must be: less is the machine's own doing."""

FIGURES = ("memory", "reading", "run")

AXES = {
    "rows": (28, 40, 52, 64),
    "steps": (64, 144, 256, 400, 784),
    "units": (64, 128, 256, 512, 1024, 2048),
    "layers": (1, 2, 3, 4),
    "points": (10, 100, 1000, 10_000),
}


@dataclass(frozen=True)
class Load:
    """What a window is given: a model, of rows or else of steps, and a drawing."""

    rows: int = 28
    steps: int | None = None
    units: int = 128
    layers: int = 1
    points: int = 100

    @property
    def side(self) -> int:
        """Rows and columns of its picture."""
        return self.rows if self.steps is None else math.isqrt(self.steps)

    @property
    def weights(self) -> int:
        """Numbers in the model's layers."""
        inputs = [1 if self.steps else self.rows, *[self.units] * (self.layers - 1)]
        return sum(4 * self.units * (n + self.units + 2) for n in inputs)


@dataclass(frozen=True)
class Cost:
    """What it took: memory in MB, milliseconds a reading, and those of the bare run in it."""

    memory: float
    reading: float
    run: float


def cost(load: Load, readings: int) -> Cost:
    """Of a window of its own."""
    with tempfile.TemporaryDirectory() as folder:
        model = models.deep(load.units, load.layers, load.side, by_pixel=load.steps is not None)
        path = models.saved(Path(folder), model, models.card(name="deep", side=load.side))
        run = min(timeit.repeat(pen_floor.reading(path, load.side), number=1, repeat=readings))
        command = contestants.program(None, ["--model", str(path)])
        with contestants.started(command) as window:
            taken = window.ask(points=load.points, times=readings)
            return Cost(memory_of(window.pid), min(taken), run * 1e3)


def memory_of(pid: int) -> float:
    """Megabytes that the process and all below it hold."""
    process = psutil.Process(pid)
    everyone = [process, *process.children(recursive=True)]
    return sum(each.memory_full_info().pss for each in everyone) / 1e6


def own_memory(before: Path | None) -> float:
    """Megabytes of the program with its own model, some digits having been drawn."""
    held = []
    for _ in range(STARTS):
        command = contestants.program(before, [])
        with contestants.started(command, before or REPOSITORY) as window:
            window.ask(digits=[0, 4])
            held.append(memory_of(window.pid))
    return median(held)


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float | None:
    """The slope of what is added over what is asked for more, both as logarithms; None where
    nothing worth telling is added."""
    added = np.array(costs[1:]) - costs[0]
    more = np.array(sizes[1:]) - sizes[0]
    told = added > WORTH_TELLING * costs[0]
    if told.sum() < 2:
        return None
    return float(np.polyfit(np.log(more[told]), np.log(added[told]), 1)[0])


def along(axis: str, readings: int) -> dict[str, object]:
    """The costs of each value of the axis, and with what exponents they grow."""
    loads = [replace(Load(), **{axis: value}) for value in AXES[axis]]
    costs = []
    for load in loads:
        costs.append(cost(load, readings))
        sys.stderr.write(f"{axis} {getattr(load, axis)}: {costs[-1]}\n")
    sizes = [load.weights if axis == "units" else getattr(load, axis) for load in loads]
    return {
        "loads": [asdict(load) for load in loads],
        "costs": [asdict(each) for each in costs],
        "exponents": {
            figure: exponent(sizes, [getattr(each, figure) for each in costs]) for figure in FIGURES
        },
    }


def table_of(axis: str, found: dict) -> str:
    """For people."""
    lines = [f"{axis:>12}{'memory':>12}{'a reading':>14}{'a run':>14}"]
    for load, each in zip(found["loads"], found["costs"], strict=True):
        lines.append(
            f"{load[axis]:>12,}{each['memory']:>9.0f} MB"
            f"{each['reading']:>11.1f} ms{each['run']:>11.2f} ms"
        )
    told = ["flat" if slope is None else f"^ {slope:.2f}" for slope in found["exponents"].values()]
    over = "weights" if axis == "units" else axis
    return "\n".join([*lines, f"over {over:>7}{told[0]:>12}{told[1]:>14}{told[2]:>14}", ""])


def main() -> int:
    """Run it, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--axis", choices=AXES, action="append", help="this one (all)")
    parser.add_argument("--readings", type=int, default=15, help="by each model (15)")
    parser.add_argument("--before", type=Path, metavar="DIR", help="another checkout's memory too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    if options.before is not None:
        held = {"before": own_memory(options.before.resolve()), "now": own_memory(None)}
        figures["own_model"] = held | {"ratio": held["now"] / held["before"]}
        if not options.json:
            sys.stdout.write(
                f"with its own model: {held['now']:.0f} MB, before {held['before']:.0f} MB: "
                f"{held['now'] / held['before']:.2f} x\n\n"
            )
    for axis in options.axis or AXES:
        figures[axis] = along(axis, options.readings)
        if not options.json:
            sys.stdout.write(table_of(axis, figures[axis]) + "\n")
            sys.stdout.flush()
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
