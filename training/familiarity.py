"""What tells familiar drawings from others, for each model that ships: made from its file, measured
on what it was not made of, and written beside it.

    python -m training.familiarity --data MNIST --drawings PEN.jsonl.gz --report FILE.md

No network is trained. Each one's states are looked at while it reads digits and while it reads
drawings that are none (`training.not_digits`); a small judge (`rnn_desk.core.familiarity`) learns
to tell the two apart. Three groups of writers that share nobody: of most are the digits that the
judge learns from, of some those that set its limit, of the others those that are reported. The
small models were trained without the two latter groups; the champion has seen all of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Known, Learnt, chart_of, from_bytes, to_bytes
from rnn_desk.core.files import read_regular, write_whole
from rnn_desk.core.raster import rasterise
from rnn_desk.core.references import reference_digits

from . import invented_signs, not_digits
from .console import tell, warn
from .data import read_digits
from .drawn import FOLDS, labelled, varied
from .evaluate import MAX_BYTES, Reader
from .reference_digits import invented

Array = NDArray[np.float32]

MODELS = ("champion", "lstm", "gru", "rnn", "bilstm", "lstm-attention", "hierarchical", "columns")
WITHOUT_STATES = ("cnn",)

DOUBTED = 0.02
"""The part of known writers' digits below the limit."""

ALONG, ACROSS, AXES = 12, 24, 96
"""Directions of a chart, see `Chart`; of a path of one step, `AXES_OF_ONE` of its numbers."""
AXES_OF_ONE = 64

HIDDEN, STEPS, BATCH, RATE, DECAY = 96, 3000, 512, 3e-3, 1e-4
"""Of the judge, and of how it learns."""

EACH, MANY = 40, 600
"""Drawings of every form of a letter; of every sign, shape and mark half as many again; of
scribbles, and of two digits, of which four times as many are learnt from."""

MNIST = 5000
"""Pictures of the data set's training part that the judge learns from, and a quarter as many more
that set its limit; as many of its test part are reported."""

SPREAD = 5
"""Of so many pictures one goes into the chart: the paths of all would fill the memory."""


@dataclass(frozen=True, eq=False)
class Pictures:
    """Everything that is read, as rasters `[n, 28, 28]`: digits and others, to learn from; digits
    to set the limit by; digits and others to report, by their kind."""

    digits: tuple[Array, ...]
    others: tuple[Array, ...]
    limit: tuple[Array, ...]
    reported: dict[str, Array]
    reported_others: dict[str, Array]


@dataclass(frozen=True)
class Line:
    """One model's figures: the part doubted of each kind, the area under the curve over all
    writers' digits and all others, and the bytes of its file."""

    name: str
    doubted: dict[str, float]
    doubted_others: dict[str, float]
    area: float
    size: int


class Paths:
    """The paths of an exported model's readings (see `rnn_desk.engine.states.path`)."""

    def __init__(self, path: Path) -> None:
        self._reader = Reader.open(path, path=True)
        self.name = self._reader.card.name

    def of(self, pictures: Array) -> Array:
        """`[n, steps, units]`, of pictures `[n, 28, 28]`."""
        return self._reader.paths(pictures)


def pictures(data: Path, drawings: Path, learning: bool = True) -> Pictures:
    """All of them, the same ones every time; without those to learn from, if nothing is to be
    learnt. Raises Refused."""
    classes = tuple("0123456789")
    drawn = labelled(drawings, classes)
    writers = sorted({str(drawing.writer) for drawing in drawn})
    held = writers[::FOLDS]
    limit, reported = held[::2], held[1::2]
    known, setting, telling = (
        [d for d in drawn if str(d.writer) in group]
        for group in (set(writers) - set(held), limit, reported)
    )
    generator = np.random.default_rng(0)
    train = _shares(read_digits(data, "train", 10), MNIST + MNIST // 4)
    test = _shares(read_digits(data, "test", 10), MNIST)
    own = list(invented(6))
    kinds = (
        not_digits.letters(EACH),
        not_digits.signs(3 * EACH // 2),
        not_digits.shapes(3 * EACH // 2),
        not_digits.marks(3 * EACH // 2),
        not_digits.scribbles(MANY),
        not_digits.pairs(known, telling, (4 * MANY, MANY)),
    )
    others = (
        []
        if not learning
        else [
            _rasters([_again(d, generator) for d in drawings])
            for drawings in (*(kind.chosen_by for kind in kinds), *invented_signs.invented(known))
        ]
    )
    return Pictures(
        digits=()
        if not learning
        else (
            train[:MNIST],
            _rasters(known),
            _rasters([varied(d, generator) for d in known]),
            _rasters(own),
        ),
        others=tuple(others),
        limit=(train[MNIST:], _rasters(setting)),
        reported={
            "new writers": _rasters(telling),
            "MNIST test": test,
            "reference digits": _rasters(reference_digits().drawings),
        },
        reported_others={kind.name: _rasters(kind.reported) for kind in kinds},
    )


def known_by(paths: Paths, shown: Pictures) -> Known:
    """What the model knows, learnt from its paths."""
    some = paths.of(np.concatenate([each[::SPREAD] for each in (*shown.digits, *shown.others)]))
    steps, units = some.shape[1:]
    few = (1, AXES_OF_ONE, AXES_OF_ONE) if steps == 1 else (ALONG, min(ACROSS, units), AXES)
    chart = chart_of(some, *few)

    def points(pictures: Array) -> Array:
        return np.concatenate([chart.points(paths.of(part)) for part in _parts(pictures)])

    judge = _learnt(
        [points(each) for each in shown.digits], [points(each) for each in shown.others]
    )
    scores = [judge.scores(points(each)) for each in shown.limit]
    limit = min(float(np.quantile(own, DOUBTED)) for own in scores)
    width = (float(np.median(np.concatenate(scores))) - limit) / 4  # the median digit's is 98 %
    places = tuple(range(len(shown.reported["reference digits"])))
    known = points(shown.reported["reference digits"])
    return Known(chart, judge, known, places, limit, width)


def measured(name: str, paths: Paths, known: Known, shown: Pictures, size: int) -> Line:
    """The figures of what was not learnt from."""

    def scores(each: Array) -> Array:
        found = [known.judge.scores(known.chart.points(paths.of(part))) for part in _parts(each)]
        return np.concatenate(found)

    def doubted(found: Array) -> float:
        return float((known.values(found) < 0.5).mean())

    digits = {kind: scores(each) for kind, each in shown.reported.items()}
    others = {kind: scores(each) for kind, each in shown.reported_others.items()}
    return Line(
        name,
        {kind: doubted(found) for kind, found in digits.items()},
        {kind: doubted(found) for kind, found in others.items()},
        area_under_curve(digits["new writers"], np.concatenate(list(others.values()))),
        size,
    )


def area_under_curve(familiar: Array, others: Array) -> float:
    """How often a familiar score is above another, 0..1; ties count half."""
    ordered = np.sort(others)
    below = np.searchsorted(ordered, familiar, "left")
    not_above = np.searchsorted(ordered, familiar, "right")
    return float((below + not_above).mean() / 2 / len(others))


def as_markdown(lines: Sequence[Line]) -> str:
    """The report."""
    kinds, others = list(lines[0].doubted), list(lines[0].doubted_others)
    heads = ["Model", *kinds, *others, "all others", "area under the curve", "kilobytes"]
    table = [heads, ["---", *(["--:"] * (len(heads) - 1))], *map(_cells, lines)]
    return _REPORT.format(table="\n".join(f"| {' | '.join(row)} |" for row in table))


def _cells(line: Line) -> list[str]:
    return [
        line.name,
        *(f"{part:.1%}" for part in (*line.doubted.values(), *line.doubted_others.values())),
        f"{np.mean(list(line.doubted_others.values())):.1%}",
        f"{line.area:.3f}",
        f"{line.size / 1000:.0f}",
    ]


_REPORT = """# Is it a digit at all?

Written by `python -m training.familiarity --report`, from the models' own files. Parts that are
doubted: of digits, the fewer the better; of what is no digit, the more. *New writers*: people whose
digits neither taught the judge nor set its limit; the champion itself has seen them in training,
the other models have not. Letters, signs, shapes, marks and scribbles are drawn in other ways than
those that the judge learnt from, the letters being the same letters in other forms; the two digits
are new writers'. *All others*: the mean over these kinds. The area under the curve is that of new
writers' digits against all others.

{table}

What this does not show: how people draw letters and shapes (these are drawn by description, with a
hand's variations), and what nobody thought of drawing. A circle, a triangle and a rhomb are near a
0 in any network's states, and some of them pass.
"""


def _learnt(digits: Sequence[Array], others: Sequence[Array]) -> Learnt:
    """A judge of points; each group of pictures counts alike on its side."""
    torch.manual_seed(0)
    groups = [*digits, *others]
    points = torch.tensor(np.concatenate(groups))
    truth = torch.tensor([1.0] * sum(map(len, digits)) + [0.0] * sum(map(len, others)))
    weight = torch.cat(
        [
            torch.full((len(group),), 1 / len(side) / len(group))
            for side in (digits, others)
            for group in side
        ]
    )
    hidden, out = nn.Linear(points.shape[1], HIDDEN), nn.Linear(HIDDEN, 1)
    judge = nn.Sequential(hidden, nn.ReLU(), out)
    optimiser = torch.optim.AdamW(judge.parameters(), RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    loss = nn.BCEWithLogitsLoss()
    for _ in range(STEPS):
        chosen = torch.multinomial(weight, BATCH, replacement=True)
        optimiser.zero_grad()
        loss(judge(points[chosen])[:, 0], truth[chosen]).backward()
        optimiser.step()
        pace.step()
    parameters = (hidden.weight.T, hidden.bias, out.weight[0])
    return Learnt(*(each.detach().numpy().copy() for each in parameters))


def _parts(pictures: Array) -> list[Array]:
    return [pictures[start : start + 1000] for start in range(0, len(pictures), 1000)]


def _again(drawing: Drawing, generator: np.random.Generator) -> Drawing:
    """The drawing, or, as often, as another hand with another pen would draw it."""
    return varied(drawing, generator) if generator.random() < 0.5 else drawing


def _rasters(drawings: Sequence[Drawing]) -> Array:
    return np.stack([rasterise(drawing).pixels for drawing in drawings])


def _shares(digits: Any, count: int) -> Array:
    """Evenly spread pictures of a data set."""
    places = np.linspace(0, len(digits) - 1, min(count, len(digits))).astype(int)
    images, _ = digits.batch(torch.tensor(places))
    return np.asarray(images.numpy())[np.random.default_rng(0).permutation(len(places))]


def main(arguments: list[str] | None = None) -> int:
    """Write the files, and the report; the command line of this module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("models", nargs="*", metavar="NAME", help="models by name (all that ship)")
    parser.add_argument("--data", type=Path, required=True, help="the folder with MNIST")
    parser.add_argument("--drawings", type=Path, required=True, help="pen digits of many writers")
    parser.add_argument("--models-in", type=Path, default=Path("assets/models"), metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=Path("assets/familiarity"), metavar="FOLDER")
    parser.add_argument("--measure", action="store_true", help="measure the files as they are")
    parser.add_argument("--report", type=Path, help="the figures, to write as Markdown")
    chosen = parser.parse_args(arguments)
    try:
        shown = pictures(chosen.data, chosen.drawings, learning=not chosen.measure)
        lines = []
        for name in chosen.models or (*MODELS, *WITHOUT_STATES):
            paths, file = Paths(chosen.models_in / f"{name}.onnx"), chosen.out / f"{name}.npz"
            if not chosen.measure:
                chosen.out.mkdir(exist_ok=True)
                write_whole(file, to_bytes(known_by(paths, shown), paths.name))
            data = read_regular(file, MAX_BYTES)
            lines.append(measured(name, paths, from_bytes(data)[1], shown, len(data)))
            tell(" ".join(_cells(lines[-1])))
        if chosen.report is not None:
            write_whole(chosen.report, as_markdown(lines).encode())
    except Refused as refused:
        warn(str(refused))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
