"""A page on a writer: contact sheets of what it writes, and the figures of its card.

It writes from nothing, as no class and as each, and ends test pictures, knowing no class.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from rnn_desk.core.card import ModelCard
from rnn_desk.core.files import write_whole

from .charts import GREY, SIZE, save
from .data import Digits
from .writer_figures import GIVEN, WriterFigures, endings, samples
from .writer_file import WriterFile

Array = NDArray[np.float32]

ACROSS = 12
"""Pictures beside one another."""

FREE_ROWS = 6

_PAPER, _GAP = (0.08, 0.09, 0.11), (0.32, 0.34, 0.38)
_GIVEN, _WRITTEN = (1.0, 1.0, 1.0), (1.0, 0.62, 0.22)
"""Ink that was there, and ink that the model wrote."""


def write_page(file: WriterFile, test: Digits, out: Path) -> list[Path]:
    """Write the page and its sheets into the folder, and return the files. Raises Refused.

    test: pictures that are ended; the first of each class.
    """
    sheets = draw_sheets(file, test, out)
    page = out / "README.md"
    write_whole(page, _page(file.card, sheets).encode())
    return [page, *sheets]


def _page(card: ModelCard, sheets: Sequence[Path]) -> str:
    """The page as Markdown: every figure is the card's, which `export` measured on the file."""
    figures = "\n".join(f"    {line}" for line in WriterFigures.on(card).lines())
    pictures = "\n\n".join(f"![{sheet.stem}]({sheet.name})" for sheet in sheets)
    made = card.training
    rates = fill(", ".join(f"{rate:.5f}" for rate in made["rates"]), 100)
    return _PAGE.format(
        name=card.name,
        parameters=f"{made['parameters']:,}",
        epochs=made["epochs_trained"],
        device=made["device"],
        seconds=f"{min(made['seconds']):.0f}",
        minutes=f"{sum(made['seconds']) / 60:.0f}",
        at_best=f"{min(made['seconds']) * made['epochs_trained'] / 60:.0f}",
        rates=rates,
        figures=figures,
        pictures=pictures,
    )


_PAGE = """# {name}

Written by `rnn-desk-train sheets`; the figures are those of the model's card, which
`rnn-desk-train evaluate` measures again.

Given the rows so far and a class or none, the model says how likely each pixel of the next row is,
given those left of it. An LSTM goes from row to row; within a row a masked network turns its state
into the chances of ink. {parameters} parameters. {epochs} epochs of training on {device} took
{minutes} minutes on the clock; at the pace of the quickest, {seconds} s, they are {at_best}. The
learning rate at the end of each epoch:

{rates}

Nats are of the test pictures as ink or paper, each grey drawn once as the chance of ink, so
published figures for other drawings compare loosely.

{figures}

A temperature divides the logits of pixels with ink near them in the row above, and a colder writer
is told its class more firmly. Dividing all logits was tried first: that a stroke begins is never
likely for any one pixel, so a cold writer began late and left out half of the digit, and fewer were
read than at 1. Dividing those near ink alone mended that.

White is what was given, orange what the model wrote.

{pictures}
"""


def draw_sheets(file: WriterFile, test: Digits, out: Path) -> list[Path]:
    """Write the sheets into the folder, and return their files. Raises Refused."""
    drawn = []
    free = samples(file, None, ACROSS * FREE_ROWS, 1.0).reshape(FREE_ROWS, ACROSS, 28, 28)
    title = "From nothing, no class given"
    drawn.append(_painted(_coloured(free, 0), [""] * FREE_ROWS, title, out / "free.png"))
    names = file.card.classes
    for temperature in (1.0, 0.7):
        lines = [samples(file, label, ACROSS, temperature) for label in range(len(names))]
        title = f"From nothing, as each class, at temperature {temperature}"
        path = out / f"classes-{temperature}.png"
        drawn.append(_painted(_coloured(np.stack(lines), 0), names, title, path))
    greys, labels = (part.numpy() for part in test.batch(slice(None)))
    first = [greys[(labels == label).argmax()] for label in range(len(names))]
    for rows in GIVEN:
        begun = np.repeat(np.stack(first), ACROSS - 1, 0)
        ended = endings(file, begun, rows).reshape(len(names), ACROSS - 1, 28, 28)
        whole = np.stack(first)[:, None]
        title = f"Ended from row {rows}, no class given; on the left, what a hand wrote"
        both = np.concatenate([_coloured(whole, 28), _coloured(ended, rows)], 1)
        drawn.append(_painted(both, names, title, out / f"from-row-{rows:02}.png"))
    return drawn


def _coloured(pictures: Array, given: int) -> Array:
    """Pictures `[lines, across, 28, 28]` of 0..1 as colours `[lines, across, 28, 28, 3]`."""
    ink = np.where(np.arange(28)[:, None, None] < given, _GIVEN, _WRITTEN)
    return (pictures[..., None] * ink + (1 - pictures[..., None]) * _PAPER).astype(np.float32)


def _painted(coloured: Array, names: Sequence[str], title: str, path: Path) -> Path:
    lines, across = coloured.shape[:2]
    tiles = np.empty((lines, across, 30, 30, 3), np.float32)
    tiles[:] = _GAP
    tiles[:, :, 1:-1, 1:-1] = coloured
    image = tiles.transpose(0, 2, 1, 3, 4).reshape(lines * 30, across * 30, 3)
    figure = Figure(figsize=(across * 0.5 + 0.4, lines * 0.5 + 0.4), dpi=100, layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontsize=SIZE)
    axes = figure.subplots()
    axes.imshow(image, interpolation="nearest")
    axes.set_yticks(15 + 30 * np.arange(lines), list(names), color=GREY)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    save(figure, path)
    return path
