"""What opening a model of somebody else's takes, the start of a process for it included.

    python -m tests.benchmarks.opening [FILE...] [--json]

Each file up to 3 MB of tests/models/files and assets/models, or each FILE, is opened once, as the
window opens what it did not bring: in a process that is started for it, and that loads the runtime.
wall_s: seconds from the wish to the model; cpu_s: processor seconds of both processes, which other
programs on the machine do not change; wide: whether it was searched for ways of feeding it that are
not usual.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.limits import Limits
from rnn_desk.app.requests import Open
from rnn_desk.assets_door import is_bundled
from rnn_desk.protocol.model import ModelRef

REPOSITORY = Path(__file__).parents[2]
LARGEST = 3_000_000
PATIENT = Limits(seconds=600)
"""A file that takes too long is measured as well."""


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
    """One opening; of the program's own models that of a copy, as of somebody else's file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copy(path, folder)) if is_bundled(path) else path
        stages: list[str] = []
        before = spent()
        with Client(PATIENT) as client:
            began = time.perf_counter()
            try:
                client.call(Open(ModelRef(str(file))), stages.append)
                outcome = "opened"
            except Unanswered:
                outcome = "refused"
            wall = time.perf_counter() - began
    return {
        "file": path.name,
        "outcome": outcome,
        "wide": "searching" in stages,
        "wall_s": round(wall, 2),
        "cpu_s": round(spent() - before, 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    table = [measure(path) for path in wanted.files or files()]
    slowest = max(table, key=lambda row: float(str(row["wall_s"])))
    if wanted.json:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
        sys.stdout.write(json.dumps({"files": table, "slowest": slowest, "load": load}) + "\n")
        return
    for row in table:
        wide = ", wide" if row["wide"] else ""
        sys.stdout.write(f"{row['wall_s']:>6} s {row['cpu_s']:>6} s  {row['file']}{wide}\n")
    sys.stdout.write(f"slowest: {slowest['file']}, {slowest['wall_s']} s\n")


if __name__ == "__main__":
    main()
