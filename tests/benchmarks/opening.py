"""What opening a model of somebody else's takes, its examination in a process of its own included.

    python -m tests.benchmarks.opening [FILE...] [--json]

Each file up to 3 MB of tests/models/files and assets/models, or each FILE, is opened as the window
opens it, once, with the runtime loaded already. wall_s: seconds from the wish to the model;
cpu_s: processor seconds of both processes, which other programs on the machine do not change.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from rnn_desk.engine.foreign import opening
from rnn_desk.engine.foreign.opening import open_model

from rnn_desk.core.errors import Refused

REPOSITORY = Path(__file__).parents[2]
LARGEST = 3_000_000


def files() -> list[Path]:
    """The files that are measured where none is named."""
    found = [*(REPOSITORY / "tests/models/files").glob("*.onnx")]
    found += (REPOSITORY / "assets/models").glob("*.onnx")
    return sorted(path for path in found if path.stat().st_size <= LARGEST)


def spent() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(path: Path) -> dict[str, object]:
    """One opening."""
    began, before = time.perf_counter(), spent()
    try:
        open_model(path, "cpu")
        outcome = "opened"
    except Refused:
        outcome = "refused"
    wall = time.perf_counter() - began
    return {
        "file": path.name,
        "outcome": outcome,
        "wall_s": round(wall, 2),
        "cpu_s": round(spent() - before, 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    opening.came_along = lambda _: False  # the program's own are examined as well
    measure(files()[0])  # loads the runtime
    table = [measure(path) for path in wanted.files or files()]
    slowest = max(table, key=lambda row: float(str(row["wall_s"])))
    if wanted.json:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
        sys.stdout.write(json.dumps({"files": table, "slowest": slowest, "load": load}) + "\n")
        return
    for row in table:
        sys.stdout.write(f"{row['wall_s']:>6} s {row['cpu_s']:>6} s  {row['file']}\n")
    sys.stdout.write(f"slowest: {slowest['file']}, {slowest['wall_s']} s\n")


if __name__ == "__main__":
    main()
