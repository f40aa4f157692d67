"""Reference digits that are harder to read: of other pens, hands and papers, as MNIST's digits are.

The drawings of `assets/reference/digits.jsonl` are clean, and many readings of a model read them
all; which of those reads best is told by these. Each is one of them, slanted, turned, bent, drawn
by a thin pen or a thick one, its strokes grey at their edges, some of them grainy::

    python -m training.hard_digits assets/reference/hard.npz
"""

from __future__ import annotations

import argparse
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.core.raster import BOX, SIDE, rasterise
from rnn_desk.core.references import reference_digits

from .console import warn

EACH = 2
"""Hard pictures of each drawing."""

PENS = 0.45, 2.1
"""Widths of the pen, as parts of the ordinary one's."""

SLANT, TURN = 0.25, np.deg2rad(14)
"""Deviations of the shear, and of the angle."""

BEND, WAVES = 0.035, 1.5
"""How far points are bent, as a part of the canvas; how many waves of that it has."""

BLUR = 0.35, 0.8
"""Deviation of the Gaussian that greys the edges, in pixels."""

SMEAR = 0.05
"""What the blur leaves beside the strokes, where MNIST's paper is black."""

LEVELS, FAINT = (0.95, 1.1), 0.2
"""What white is in the middle of strokes; less than that is an edge."""

GRAINY, GRAIN = 0.3, 0.25
"""Part of the pictures whose ink is grainy, and how much: paper stays clean, as MNIST's is."""


def hard(drawing: Drawing, dice: np.random.Generator) -> Array:
    """One hard picture `[28, 28]` of a drawing."""
    middle, size = drawing.size / 2, drawing.size
    slant, turn = dice.normal(0, SLANT), dice.normal(0, TURN)
    wide = np.exp(dice.normal(0, 0.12))
    shape = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shape = np.array([[wide, 0], [-slant, 1 / wide]]) @ shape
    phase, strength = dice.uniform(0, 2 * np.pi, 4), dice.normal(0, BEND * size, 4)
    width = NOMINAL_WIDTH * size * np.exp(dice.uniform(*np.log(PENS)))

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = ((points - middle) / size * 2 * np.pi * WAVES).T
        waves = np.sin(np.stack([x, y, y, x]) + phase[:, None]) * strength[:, None]
        bent = points + np.stack([waves[0] + waves[1], waves[2] + waves[3]], axis=1) / 2
        return np.asarray((bent - middle) @ shape + middle)

    strokes = tuple(replace(s, points=moved(s.points), width=width) for s in drawing.strokes)
    box = BOX * dice.uniform(0.92, 1.04)
    raster = rasterise(replace(drawing, strokes=strokes), SIDE, box)
    ink = _blurred(raster.pixels, dice.uniform(*BLUR))
    ink = np.maximum(ink - SMEAR, 0) / (1 - SMEAR)
    ink *= dice.uniform(*LEVELS) / np.quantile(ink[ink > FAINT], 0.8)
    if dice.random() < GRAINY:
        ink *= 1 - np.abs(dice.normal(0, GRAIN, ink.shape))
    return np.asarray(np.clip(ink, 0, 1), np.float32)


def _blurred(picture: Array, deviation: float) -> NDArray[np.float64]:
    places = np.arange(SIDE)
    weights = np.exp(-(((places[:, None] - places) / deviation) ** 2) / 2)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(weights @ picture @ weights.T)


def main(arguments: list[str] | None = None) -> int:
    """Write the file; the command line of this module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, help="the file to write")
    try:
        digits = reference_digits()
        pictures = [
            hard(drawing, np.random.default_rng((number, place)))
            for number in range(EACH)
            for place, drawing in enumerate(digits.drawings)
        ]
        packed = io.BytesIO()
        levels = np.rint(np.stack(pictures) * 255).astype(np.uint8)
        np.savez_compressed(packed, pictures=levels)
        write_whole(parser.parse_args(arguments).file, packed.getvalue())
    except Refused as refused:
        warn(str(refused))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
