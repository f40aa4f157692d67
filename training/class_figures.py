"""What a class gains by teaching a model its hand, and what the model forgets: measured.

Of each writer whose drawings the models that ship have not learnt from, the first hundred drawings
are taken as collected, and learnt as the README says; read before and after are that writer's other
drawings, those of the other unknown writers, and MNIST's test pictures.

    python -m training.class_figures --drawings pen.jsonl.gz --data mnist --markdown docs/models.md
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, write_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole

from .checkpoint import Weights, load
from .cli import main as train
from .console import tell
from .data import Digits, read_digits
from .drawn import held_out_writers, labelled, pictures
from .recipes import Recipe
from .reopen import trained_weights
from .runs import accuracy_of

COLLECTED = 100
"""Drawings that a class collects of a writer."""

RECIPE = "lstm"

_PLACE = re.compile(r"(<!-- class: [^\n]* -->\n).*?(<!-- /class -->)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One writer. Each pair is the part that is read before, and after; `others` are the other
    drawings of this writer, `strangers` those of other writers."""

    writer: str
    others: tuple[float, float]
    strangers: tuple[float, float]
    mnist: tuple[float, float]


def measured(drawings: Path, data: Path, writers: Sequence[str] | None) -> Iterator[Line]:
    """A line for each of these writers, or of all that the model does not know."""
    model = asset("models", f"{RECIPE}.onnx")
    recipe, known = trained_weights(model)
    everyone = labelled(drawings, recipe.classes)
    unknown = held_out_writers(everyone, 0)
    test = read_digits(data, "test", len(recipe.classes))
    for writer in unknown if writers is None else writers:
        if writer not in unknown:
            raise Refused(
                "{writer} is none of the writers that the model does not know: {unknown}",
                writer=writer,
                unknown=", ".join(unknown),
            )
        own = [each for each in everyone if str(each.writer) == writer]
        strangers = [
            each for each in everyone if str(each.writer) in unknown and str(each.writer) != writer
        ]
        sets = [
            pictures(own[COLLECTED:], recipe.classes),
            pictures(strangers, recipe.classes),
            test,
        ]
        with tempfile.TemporaryDirectory() as folder:
            learnt = _learnt(own[:COLLECTED], model, data, Path(folder))
            run = load(learnt)
        yield Line(writer, *(_before_and_after(recipe, known, run.best, each) for each in sets))


def _before_and_after(
    recipe: Recipe, known: Weights, learnt: Weights, digits: Digits
) -> tuple[float, float]:
    return accuracy_of(recipe, known, digits), accuracy_of(recipe, learnt, digits)


def _learnt(collected: list[Drawing], model: Path, data: Path, folder: Path) -> Path:
    """Train on what was collected, by the command of the README; the run's folder."""
    file, out = folder / "class.jsonl", folder / "run"
    write_drawings(file, collected)
    command = ["run", RECIPE, "--from", str(model), "--drawings", str(file)]
    if train([*command, "--data", str(data), "--device", "cpu", "--out", str(out)]) != 0:
        raise Refused("{file} cannot be learnt from", file=file)
    return out


def as_markdown(lines: Sequence[Line]) -> str:
    """The table, with the mean over the writers as its last line."""
    heads = ("Writer", "The writer's other drawings", "Other new writers", "MNIST test set")
    rows = [f"| {' | '.join(heads)} |", "| --- | --: | --: | --: |"]
    for line in lines:
        cells = (_both(pair) for pair in (line.others, line.strangers, line.mnist))
        rows.append(f"| {line.writer} | {' | '.join(cells)} |")
    means = []
    for name in ("others", "strangers", "mnist"):
        pairs = [getattr(line, name) for line in lines]
        means.append(_both((_mean([p[0] for p in pairs]), _mean([p[1] for p in pairs]))))
    rows.append(f"| mean | {' | '.join(means)} |")
    return "\n".join(rows)


def _both(pair: tuple[float, float]) -> str:
    return f"{pair[0]:.2%} → {pair[1]:.2%}"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def main() -> None:
    """Measure, and write the table between its marks in a Markdown file, or say it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--drawings", type=Path, required=True, help="drawings of several writers")
    parser.add_argument("--data", type=Path, required=True, help="folder with MNIST's files")
    parser.add_argument("--writer", action="append", help="one of them; all that are unknown")
    parser.add_argument("--markdown", type=Path, help="file with the marks for the table")
    chosen = parser.parse_args()
    lines = []
    for line in measured(chosen.drawings, chosen.data, chosen.writer):
        lines.append(line)
        for row in as_markdown(lines).splitlines():
            tell(row)
    if chosen.markdown is not None:
        text = chosen.markdown.read_text(encoding="utf-8")
        made = _PLACE.sub(lambda m: f"{m[1]}{as_markdown(lines)}\n{m[2]}", text)
        write_whole(chosen.markdown, made.encode())


if __name__ == "__main__":
    main()
