"""How long a row takes to be written, for one picture and for several side by side.

    python -m tests.benchmarks.writing

Each line: pictures, the milliseconds that a row takes in the engine, and how many times as long as
the best reader takes for one digit in the same run. Medians of the processor's time, which other
work on the machine does not lengthen much.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from rnn_desk.assets_door import default_model, writer_model
from rnn_desk.core.raster import Raster
from rnn_desk.core.writing import Wish
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.writer import open_writer
from rnn_desk.engine.runtime.devices import CPU

TIMES = 30


def milliseconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that prepares."""
    work()
    taken = []
    for _ in range(TIMES):
        began = time.thread_time()
        work()
        taken.append((time.thread_time() - began) * 1e3)
    return statistics.median(taken)


def main() -> None:
    """Print the table."""
    reader, writer = open_reader(default_model(), CPU), open_writer(writer_model())
    digit = Raster(np.eye(28, dtype=np.float32))
    read = milliseconds(lambda: reader.read(digit))
    print(f"{reader.card.name}: one digit in {read:.2f} ms")  # noqa: T201  it is a command
    nothing = np.zeros((0, 28), np.float32)
    for count in (1, 6, 9, 200):
        wish = Wish(nothing, 3, count=count)
        row = milliseconds(lambda wish=wish: list(writer.write(wish))) / 28
        print(f"{count:4} pictures: {row:.2f} ms a row, {row / read:.2f} times as long")  # noqa: T201


if __name__ == "__main__":
    main()
