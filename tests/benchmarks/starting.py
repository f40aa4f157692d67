"""How long a start takes, to the first painted window and to the first possible answer.

    python -m tests.benchmarks.starting [--rounds N] [--before DIR] [--json]

Each start is a fresh process: in each round the floor (`starting_floor`: a bare window, then a bare
session of the same model), this checkout's program, and DIR's, one after the other; so a machine
that grows busy slows all of them. Seconds count from the moment at which the process is begun until
its line arrives (`starting_program`). Bytecode is compiled, by a round that is not counted; the
program has a new home, as at a first start: no settings, and no drawing that would come back. The
window is on the screen that QT_QPA_PLATFORM names, of all alike: `offscreen` where it names none.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from rnn_desk.assets_door import default_model
from rnn_desk.one_thread import ONE_THREAD

REPOSITORY = Path(__file__).parents[2]
FLOOR, PROGRAM, BEFORE = "floor", "program", "before"
LINES = ("painted", "answered")


def commands(before: Path | None) -> dict[str, tuple[list[str], Path]]:
    """How each is started, and in which checkout."""
    program = [sys.executable, "-P", str(Path(__file__).with_name("starting_program.py"))]
    floor = [sys.executable, "-m", "tests.benchmarks.starting_floor", str(default_model())]
    found = {FLOOR: (floor, REPOSITORY), PROGRAM: (program, REPOSITORY)}
    if before is not None:
        found[BEFORE] = program, before
    return found


def environment(tree: Path, folder: Path) -> dict[str, str]:
    """That of a process of this checkout: compiled code and its home lie in the folder."""
    elsewhere = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
    own = {
        **elsewhere,
        "PYTHONPATH": str(tree),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "HOME": str(home(folder)),
    }
    own.setdefault("QT_QPA_PLATFORM", "offscreen")
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def home(folder: Path) -> Path:
    """Where a process has all that it keeps."""
    return folder / "home"


def start(command: Sequence[str], tree: Path, env: Mapping[str, str]) -> tuple[float, ...]:
    """Seconds from the start of one process to each of its lines."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=tree, env=env, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        told = [(line.strip(), time.perf_counter() - began) for line in process.stdout]
    if process.returncode or tuple(line for line, _ in told) != LINES:
        raise SystemExit(f"a start went wrong: {command}, exit status {process.returncode}, {told}")
    return tuple(seconds for _, seconds in told)


def measure(rounds: int, before: Path | None) -> dict[str, list[tuple[float, ...]]]:
    """The seconds of every start."""
    found: dict[str, list[tuple[float, ...]]] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        for number in range(rounds + 1):
            for name, (command, tree) in commands(before).items():
                env = environment(tree, Path(temporary))
                if name == FLOOR:
                    env |= ONE_THREAD  # best for it as well
                seconds = start(command, tree, env)
                shutil.rmtree(home(Path(temporary)), ignore_errors=True)
                if number:  # the first has compiled the code
                    found.setdefault(name, []).append(seconds)
    return found


def summary(found: Mapping[str, Sequence[tuple[float, ...]]]) -> dict[str, dict[str, float]]:
    """Medians, and as factors of the floor in the same round."""
    table: dict[str, dict[str, float]] = {}
    for name, starts in found.items():
        table[name] = row = {}
        for k, line in enumerate(LINES):
            row[f"{line}_s"] = median(each[k] for each in starts)
            pairs = zip(starts, found[FLOOR], strict=True)
            row[f"{line}_of_floor"] = median(own[k] / floor[k] for own, floor in pairs)
    return table


def table_of(figures: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as lines to read."""
    lines = [f"{'':8} {'painted':>9} {'of floor':>9} {'answered':>9} {'of floor':>9}"]
    for name, row in figures.items():
        cells = [f"{row[f'{k}_s']:7.3f} s {row[f'{k}_of_floor']:8.2f}x" for k in LINES]
        lines.append(f"{name:8} {' '.join(cells)}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--before", type=Path, metavar="DIR", help="another checkout beside")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = summary(measure(options.rounds, options.before and options.before.resolve()))
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    if options.json:
        sys.stdout.write(json.dumps({"platform": platform, "summary": figures}) + "\n")
        return
    sys.stdout.write(f"{table_of(figures)}\non {platform}, {options.rounds} rounds\n")


if __name__ == "__main__":
    main()
