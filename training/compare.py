"""The lesson's table: what each recipe costs and what it gives, from the models' own cards.

No figure is computed here, and none is typed: `export` and `release` measured them and wrote them
on the cards, so a table needs nothing but the files. A run that is not exported yet has a line too,
with what is known of it.
"""

from __future__ import annotations

import csv
import io
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import onnx

from rnn_desk.core.card import CARD_KEY, ModelCard, from_json, presentable
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, write_whole
from rnn_desk.core.plain import plain

from .recipes import RECIPES

BEGIN, BEGIN_SHORT, END = "<!-- models -->", "<!-- models in short -->", "<!-- /models -->"
"""The marks between which a Markdown file has the table, or the columns of it that matter most; the
command may stand in the first, after a colon."""

_PLACE = re.compile(r"(<!-- models( in short)?(?:: [^\n]*)? -->\n).*?(<!-- /models -->)", re.DOTALL)

MAX_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Line:
    """What is known of one model; None is not known. Shares are 0..1.

    test, deviation: accuracy on the data set's test part, the mean over `seeds` models and their
    standard deviation; of one model, its own. drawings: on drawings, most of whose writers it may
    know; new_writers: on those of writers it was not trained with. start, end: the gradient's norm
    at each row, with the first and the best weights.
    """

    name: str
    file: str
    parameters: int
    seconds: float | None
    test: float | None
    deviation: float | None
    seeds: int
    drawings: float | None
    new_writers: float | None
    calibration: float | None
    settled_row: float | None
    start: tuple[float, ...]
    end: tuple[float, ...]

    @property
    def vanished(self) -> tuple[float | None, float | None]:
        """What is left of the gradient at the first row, as a part of the last row's."""
        parts = [norms[0] / norms[-1] if norms else None for norms in (self.start, self.end)]
        return parts[0], parts[1]


def line_of(path: Path) -> Line:
    """The line of an exported file, or of a run's folder. Raises Refused where it is neither."""
    if path.is_dir():
        return _of_run(path)
    return _of_card(card_of(path), path.name)


def card_of(path: Path) -> ModelCard:
    """The card of a model file. Raises Refused where it has none."""
    data = read_regular(path, MAX_BYTES)
    try:
        texts = {entry.key: entry.value for entry in onnx.load_from_string(data).metadata_props}
    except Exception:  # noqa: BLE001  protobuf raises its own, another one in each version
        raise Refused("{file} is not an ONNX file", file=path) from None
    if CARD_KEY not in texts:
        raise Refused(
            "{file} has no model card: name files that `rnn-desk-train export` wrote", file=path
        )
    return presentable(from_json(texts[CARD_KEY]))


def shipped(folder: Path) -> list[Path]:
    """The models in a folder, in the recipes' order. Raises Refused where there is none."""
    order = list(RECIPES)
    files = sorted(
        folder.glob("*.onnx"),
        key=lambda p: (order.index(p.stem) if p.stem in order else len(order), p.name),
    )
    if not files:
        raise Refused("{folder} holds no models: name files, or runs' folders", folder=folder)
    return files


def _of_card(card: ModelCard, file: str) -> Line:
    made, figures = card.training, card.figures
    own = f"{made.get('dataset', 'mnist')}_test"
    seeds = figures.get("seeds", {})
    gradient = figures.get("gradient_by_row", {})
    drawn = [share for name, share in card.accuracies.items() if name != own]
    return Line(
        name=card.name,
        file=file,
        parameters=made.get("parameters", 0),
        seconds=seeds.get("seconds_per_epoch"),
        test=seeds.get(f"{own}_mean", card.accuracies.get(own)),
        deviation=seeds.get(f"{own}_deviation"),
        seeds=seeds.get("count", 1),
        drawings=drawn[0] if drawn else None,
        new_writers=seeds.get("new_writers_mean", figures.get("new_writers")),
        calibration=figures.get("calibration_error"),
        settled_row=figures.get("mean_settled_row"),
        start=tuple(gradient.get("start", ())),
        end=tuple(gradient.get("end", ())),
    )


def _of_run(folder: Path) -> Line:
    from .checkpoint import load
    from .models import build, parameter_count

    run = load(folder)
    seconds = [figures.seconds for figures in run.history]
    return Line(
        name=run.recipe.title,
        file=str(folder),
        parameters=parameter_count(build(run.recipe)),
        seconds=statistics.median(seconds) if seconds else None,
        test=None,
        deviation=None,
        seeds=1,
        drawings=None,
        new_writers=None,
        calibration=None,
        settled_row=None,
        start=(),
        end=(),
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2%}"


def _with_deviation(line: Line) -> str:
    if line.test is None or line.deviation is None:
        return _share(line.test)
    return f"{100 * line.test:.2f} ± {100 * line.deviation:.2f}%"


def _part(value: float | None) -> str:
    return "" if value is None else f"{value:.0e}" if value < 0.01 else f"{value:.2g}"


_COLUMNS: tuple[tuple[str, Callable[[Line], str]], ...] = (
    ("Model", lambda line: line.name),
    ("File", lambda line: plain(line.file)),
    ("Parameters", lambda line: f"{line.parameters:,}"),
    ("Seconds an epoch", lambda line: "" if line.seconds is None else f"{line.seconds:.0f}"),
    ("MNIST test set", _with_deviation),
    ("Drawings", lambda line: _share(line.drawings)),
    ("New writers", lambda line: _share(line.new_writers)),
    ("Calibration error", lambda line: _share(line.calibration)),
    (
        "Settled at row",
        lambda line: "" if line.settled_row is None else f"{line.settled_row:.1f}",
    ),
    ("Gradient left, start", lambda line: _part(line.vanished[0])),
    ("Gradient left, end", lambda line: _part(line.vanished[1])),
)
"""The table's columns: the words over each, and what stands in it."""

_SHORT = ("Model", "File", "Parameters", "MNIST test set", "New writers")
"""Those of them that a README has."""

EXPLANATION = (
    "MNIST test set: the mean over several seeds and their standard deviation, where there are "
    "some. New writers: drawings of people whose drawings were not trained on. Settled at row: "
    "after which of the 28 rows the answer stands (ink seen, at least half probable), the mean. "
    "Gradient left: |d loss / d h| at the first row, as a part of the last row's, before training "
    "and after it."
)


def as_text(lines: Sequence[Line]) -> str:
    """The table for a terminal: the words over each column wrap, numbers stand to the right."""
    cells = [[text(line) for _, text in _COLUMNS] for line in lines]
    heads = [_two_lines(words) for words, _ in _COLUMNS]
    widths = [
        max(len(text) for text in (*heads[k], *(row[k] for row in cells)))
        for k in range(len(_COLUMNS))
    ]
    rows = [[head[0] for head in heads], [head[1] for head in heads], *cells]
    return "\n".join(
        "  ".join(
            text.ljust(width) if k < 2 else text.rjust(width)
            for k, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def as_markdown(lines: Sequence[Line], short: bool = False) -> str:
    """The table for a page, or what matters most of it; columns of which nothing is known are left
    out."""
    cells = [[text(line) for _, text in _COLUMNS] for line in lines]
    shown = [
        k
        for k, (words, _) in enumerate(_COLUMNS)
        if any(row[k] for row in cells) and (not short or words in _SHORT)
    ]
    for row in cells:
        row[0] = _words(row[0])
        row[1] = f"`{row[1]}`"
    heads = [_COLUMNS[k][0] for k in shown]
    rules = ["---" if k < 2 else "--:" for k in shown]
    table = [heads, rules, *([row[k] for k in shown] for row in cells)]
    return "\n".join(f"| {' | '.join(row)} |" for row in table)


def _words(text: str) -> str:
    """Words as they can stand in a table of Markdown, in which they are no markup."""
    return escape(text, quote=False).replace("|", "\\|")


def as_csv(lines: Sequence[Line]) -> bytes:
    """Every number in full, one line a model, the gradient's rows as columns of their own."""
    text = io.StringIO()
    rows = max((len(line.start) for line in lines), default=0)
    single = [name for name in Line.__dataclass_fields__ if name not in ("start", "end")]
    gradients = [f"gradient_{when}_row_{t + 1}" for when in ("start", "end") for t in range(rows)]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*single, *gradients])
    for line in lines:
        norms: list[Any] = [
            norm for part in (line.start, line.end) for norm in (part or ("",) * rows)
        ]
        values = (getattr(line, name) for name in single)
        writer.writerow(["" if value is None else value for value in values] + norms)
    return text.getvalue().encode()


def put_into(path: Path, lines: Sequence[Line]) -> None:
    """Write the table between the two marks in a Markdown file.

    Raises Refused where the file cannot be read or written, or has no marks.
    """
    text = read_regular(path, MAX_BYTES).decode("utf-8", errors="surrogateescape")
    found = _PLACE.search(text)
    if found is None:
        raise Refused(
            "{file} has no marks for the table: put {begin} and {end} where it belongs",
            file=path,
            begin=BEGIN,
            end=END,
        )
    table = as_markdown(lines, short=found[2] is not None)
    made = f"{text[: found.start()]}{found[1]}{table}\n{found[3]}{text[found.end() :]}"
    write_whole(path, made.encode("utf-8", errors="surrogateescape"))


def _two_lines(words: str) -> tuple[str, str]:
    """Words over a column, on two lines, the shorter of the possible ways."""
    parts = words.split(" ")
    ways = [(" ".join(parts[:k]), " ".join(parts[k:])) for k in range(len(parts))]
    return min(ways, key=lambda way: max(len(way[0]), len(way[1])))
