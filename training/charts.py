"""Pictures of figures: the curves of a run, and the models side by side.

Every line is named where it runs, in its own colour, and has its own dashes too: the pictures are
for projectors, for grey printers and for eyes that see fewer colours. The colours are those of
Okabe and Ito (2008).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, PercentFormatter

from rnn_desk.core.files import write_whole

from .checkpoint import EpochFigures
from .compare import Line

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#7F7F7F")
DASHES = ("-", "--", "-.", ":")
GREY = "#555555"
SIZE = 9
NAMES_AN_INCH = 4
"""How many names have their place below each other."""


def curves(history: Sequence[EpochFigures], title: str, out: Path) -> None:
    """Loss and accuracy of a run, epoch by epoch. Raises Refused where `out` cannot be written."""
    epochs = [figures.epoch for figures in history]
    figure = Figure(figsize=(9, 3.8), dpi=150, layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontsize=SIZE + 3)
    left, right = figure.subplots(1, 2)
    _plain(left, "loss, the mean over the epoch")
    left.plot(epochs, [f.loss for f in history], "o-", color=COLOURS[0], ms=3)
    left.set_ylim(bottom=0)
    _plain(right, "pictures that are read rightly")
    lines = (
        ("validation, unchanged", [f.validation_accuracy for f in history], COLOURS[0], "-"),
        ("training, augmented", [f.training_accuracy for f in history], COLOURS[1], "--"),
    )
    for name, shares, colour, dash in lines:
        above = shares[-1] == max(f[-1] for _, f, *_ in lines)
        right.plot(epochs, shares, marker="o", ms=3, ls=dash, color=colour)
        right.annotate(
            f"{name}: {shares[-1]:.2%}",
            (epochs[-1], shares[-1]),
            xytext=(0, 8 if above else -16),
            textcoords="offset points",
            ha="right",
            va="bottom" if above else "top",
            color=colour,
            fontsize=SIZE,
        )
    best = max(history, key=lambda f: (f.validation_accuracy, f.epoch))
    right.plot(best.epoch, best.validation_accuracy, "o", ms=9, mfc="none", color=COLOURS[0])
    right.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    right.margins(y=0.2)
    for axes in (left, right):
        axes.set_xlabel(
            "epoch" if axes is left else f"epoch; the ring is the best, {best.epoch}", color=GREY
        )
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    _save(figure, out)


def comparison(lines: Sequence[Line], out: Path) -> None:
    """How often each model errs, and what is left of the gradient at each row.

    Raises Refused where `out` cannot be written.
    """
    # Two lines of words a model need their place.
    figure = Figure(figsize=(13, max(5.2, 0.5 * len(lines))), dpi=150, layout="constrained")
    errors, *pair = figure.subplots(1, 3, width_ratios=(1.15, 1, 1))
    _errors(errors, lines)
    ends = [
        _gradients(axes, lines, when, title)
        for axes, when, title in zip(
            pair,
            ("start", "end"),
            ("Gradient before training", "Gradient after training"),
            strict=True,
        )
    ]
    limits = [axes.get_ylim() for axes in pair]
    for axes, where in zip(pair, ends, strict=True):
        axes.set_ylim(min(low for low, _ in limits), max(high for _, high in limits))
        _name(axes, where)
    _save(figure, out)


def _errors(axes: Axes, lines: Sequence[Line]) -> None:
    """Errors on test pictures and on drawings, a model a line, the best at the top."""
    known = sorted((line for line in lines if line.test is not None), key=lambda k: k.test or 0)
    _plain(axes, "Errors, of every 100 pictures")
    axes.grid(axis="y", visible=False)
    for place, line in enumerate(known):
        axes.axhline(place, color="#DDDDDD", lw=0.8, zorder=0)
        assert line.test is not None
        axes.errorbar(
            100 * (1 - line.test),
            place,
            xerr=None if line.deviation is None else 100 * line.deviation,
            fmt="o",
            ms=7,
            capsize=3,
            color=COLOURS[0],
            zorder=3,
        )
        read = line.new_writers if line.new_writers is not None else line.drawings
        if read is not None:
            axes.plot(100 * (1 - read), place, "D", ms=6, mfc="white", color=COLOURS[1], zorder=2)
    axes.set_yticks(
        range(len(known)),
        [f"{k.name}\n{k.parameters:,} parameters" for k in known],
        parse_math=False,  # a name with dollars in it is a name
    )
    axes.set_ylim(-0.6, len(known) - 0.1)
    axes.set_xlim(left=0)
    axes.set_xlabel(
        "● test set, mean ± deviation\n◇ drawings of new writers", color=GREY, fontsize=SIZE
    )


End = tuple[float, str, str]
"""Where a line ends, its name and its colour."""


def _gradients(axes: Axes, lines: Sequence[Line], when: str, title: str) -> list[End]:
    """The gradient's norm at each row as a part of the last row's, on a log axis."""
    _plain(axes, title)
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(numticks=12))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("row t, from the top; 28 is the last that is read", color=GREY)
    axes.set_ylabel("|d loss / d h(t)|, the last row's as 1", color=GREY)
    ends: list[End] = []
    for place, line in enumerate(lines):
        norms = np.array(getattr(line, when))
        if not norms.size:
            continue
        part = norms / norms[-1]
        colour = COLOURS[place % len(COLOURS)]
        dash = DASHES[place // 2 % len(DASHES)]
        axes.plot(np.arange(1, len(part) + 1), part, color=colour, ls=dash, lw=1.8)
        ends.append((part[0], line.name, colour))
    axes.axhline(1, color="#BBBBBB", lw=0.8, zorder=0)
    axes.set_xlim(28, 1)  # the way that the gradient goes: from the last row back to the first
    axes.set_xticks([28, 21, 14, 7, 1])
    if not ends:
        axes.text(0.5, 0.5, "not measured", transform=axes.transAxes, ha="center", color=GREY)
    return ends


def _name(axes: Axes, ends: Sequence[End]) -> None:
    """Write each line's name beside its end, at the right, once the axis has its limits."""
    if not ends:
        return
    names = int(NAMES_AN_INCH * axes.get_figure(root=True).get_figheight())  # type: ignore[union-attr]
    for (value, name, colour), at in zip(
        ends, _apart([value for value, *_ in ends], axes.get_ylim(), names), strict=True
    ):
        axes.annotate(
            name,
            (1, value),
            xytext=(1.09, at),
            textcoords=("axes fraction", "data"),
            va="center",
            color=colour,
            fontsize=SIZE,
            annotation_clip=False,
            parse_math=False,
            # From the line's end to the middle of the name's left side, and not into the names.
            arrowprops={
                "arrowstyle": "-",
                "relpos": (0, 0.5),
                "shrinkA": 1,
                "shrinkB": 1,
                "color": colour,
                "lw": 0.6,
            },
        )


def _apart(values: Sequence[float], limits: tuple[float, float], lines: int) -> list[float]:
    """Where to write names beside values on a log axis so that none lies on another."""
    low, high = np.log10(limits)
    gap = (high - low) / lines
    places = np.log10(np.asarray(values))
    order = np.argsort(places)
    for _ in range(200):  # two that are too near push each other away, until none is
        for below, above in pairwise(order):
            short = gap - (places[above] - places[below])
            if short > 0:
                places[below] -= short / 2
                places[above] += short / 2
    # All of them down, or up, where they stand out at an end.
    places += min(0.0, high - places.max()) + max(0.0, low - places.min())
    return [float(10**place) for place in places]


def _plain(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", fontsize=SIZE + 1)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#E5E5E5", lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=SIZE, colors=GREY)


def _save(figure: Figure, out: Path) -> None:
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    write_whole(out, drawn.getvalue())
