"""How long from a pen event until a reading of it is painted, as factors of what must be done.

    python -m tests.benchmarks.pen_to_paint [--rounds N] [--digits N] [--before DIR]
                                            [--all-views] [--compare MODEL] [--writing] [--json]

In alternating rounds of one run the same digits are drawn at 120 Hz, with real mouse events, on

- the floor: a bare window that runs the bare network and paints a fixed list (`pen_floor`);
- the program of this checkout: real window, real model, the views that a first start has; with
  --all-views also the gradient and the saliency; with --compare a second model beside the first;
  with --writing the desk on which nine endings are drawn anew while the pen moves;
- with --before, the program of another checkout, in its own environment.

An event counts as painted when the window has painted a reading of the drawing as it was then, or
of a later one; `whole` is the median until one was painted that has everything in it, `wholes` how
many of those there were a second. Each figure is the median over the rounds;
factors are of the floor's figure in the same round, as no machine is twice the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import numpy as np

from tests.benchmarks import contestants
from tests.benchmarks.contestants import REPOSITORY, Contestant

PERCENTILES = {"median": 50, "p95": 95, "p99": 99}
MILLISECONDS = (*PERCENTILES, "whole")
FLOOR, PROGRAM, BEFORE = "floor", "program", "before"

Figures = dict[str, float]


def figures_of(contestant: Contestant, first: int, count: int) -> Figures:
    """Of one turn: it draws so many digits, from the first on."""
    drawn = contestant.ask(digits=[first, count])
    figures = {name: float(np.percentile(drawn["taken"], q)) for name, q in PERCENTILES.items()}
    return figures | {
        "whole": median(drawn["whole"]),
        "wholes": drawn["wholes"] / drawn["seconds"],
        "events": len(drawn["taken"]),
        "lost": drawn["lost"],
    }


def measure(options: argparse.Namespace) -> dict[str, list[Figures]]:
    """The figures of each contestant, round by round."""
    views = ["--all-views"] if options.all_views else []
    if options.compare is not None:
        views += ["--compare", str(options.compare.resolve())]
    if options.writing:
        views.append("--writing")
    commands = {
        FLOOR: (contestants.floor(), REPOSITORY),
        PROGRAM: (contestants.program(None, views), REPOSITORY),
    }
    if options.before is not None:
        before = options.before.resolve()
        commands[BEFORE] = (contestants.program(before, views), before)
    rounds: dict[str, list[Figures]] = {name: [] for name in commands}
    with ExitStack() as stack:
        there = {
            name: stack.enter_context(contestants.started(*command))
            for name, command in commands.items()
        }
        for turn in range(options.rounds):
            for name, contestant in there.items():
                figures = figures_of(contestant, turn * options.digits, options.digits)
                rounds[name].append(figures)
    return rounds


def summary(rounds: dict[str, list[Figures]]) -> dict[str, Figures]:
    """Of each contestant, the medians over the rounds, and those of its factors of the floor."""
    table = {}
    for name, mine in rounds.items():
        row = {"events": sum(each["events"] for each in mine)}
        row["lost"] = sum(each["lost"] for each in mine)
        for figure in (*PERCENTILES, "whole", "wholes"):
            pairs = list(zip(mine, rounds[FLOOR], strict=True))
            row[figure] = median(each[figure] for each, _ in pairs)
            row[f"{figure}_of_floor"] = median(
                each[figure] / floor[figure] for each, floor in pairs
            )
        table[name] = row
    return table


def table_of(figures: dict[str, Figures]) -> str:
    """For people."""
    lines = ["".join(f"{head:>20}" for head in ("", *MILLISECONDS, "wholes / s", "lost events"))]
    for name, row in figures.items():
        cells = [f"{row[each]:.2f} ms {row[f'{each}_of_floor']:6.2f} x" for each in MILLISECONDS]
        cells.append(f"{row['wholes']:.1f} {row['wholes_of_floor']:6.2f} x")
        cells.append(f"{row['lost']:.0f} of {row['lost'] + row['events']:.0f}")
        lines.append("".join(f"{cell:>20}" for cell in (name, *cells)))
    return "\n".join(lines)


def main() -> int:
    """Run it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10, help="turns of each (10)")
    parser.add_argument("--digits", type=int, default=4, help="drawings in each turn (4)")
    parser.add_argument("--before", type=Path, metavar="DIR", help="another checkout beside it")
    parser.add_argument("--all-views", action="store_true", help="gradient and saliency too")
    parser.add_argument("--compare", type=Path, metavar="MODEL", help="a second model beside")
    parser.add_argument("--writing", action="store_true", help="endings while it is drawn")
    parser.add_argument("--json", action="store_true", help="the figures, and those of each round")
    options = parser.parse_args()
    rounds = measure(options)
    figures = summary(rounds)
    if options.json:
        sys.stdout.write(json.dumps({"summary": figures, "rounds": rounds}) + "\n")
    else:
        sys.stdout.write(table_of(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
