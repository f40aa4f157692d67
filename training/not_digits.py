"""Drawings that are no digits: letters without a digit's twin, other signs, shapes, scribbles, and
two digits at once; a few of them ship::

    python -m training.not_digits assets/reference/others.jsonl

What tells the familiar from the unfamiliar (`training.familiarity`) is measured on these, so they
come in two parts that share no way of drawing: what one part is chosen on, the other reports. Made
as the reference digits are, by description and a seed, so that none of them is anybody's.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, Stroke

from .drawings_command import write
from .reference_digits import Prototype, make

Points = NDArray[np.float64]

SEED = "rnn-desk no digits"


@dataclass(frozen=True)
class Kind:
    """One kind of what is no digit, in its two parts: drawings to choose by, drawings to report."""

    name: str
    chosen_by: tuple[Drawing, ...]
    reported: tuple[Drawing, ...]


LETTERS: dict[str, tuple[str, ...]] = {
    "A": (
        "M 30 0 L 0 100 | M 30 0 L 60 100 | M 12 62 L 48 62",
        "M 0 100 L 30 0 L 60 100 | M 10 66 L 52 64",
        "M 2 100 C 4 40 10 0 30 0 C 50 0 56 40 58 100 | M 4 58 L 57 58",
        "M 0 100 Q 22 40 34 0 L 62 100 | M 14 70 Q 34 56 54 66",
    ),
    "E": (
        "M 0 0 L 0 100 | M 0 0 L 55 0 | M 0 50 L 45 50 | M 0 100 L 58 100",
        "M 56 2 L 4 0 L 2 100 L 60 98 | M 3 48 L 46 48",
        "M 54 10 C 20 -8 -6 20 24 46 L 40 46 | M 24 46 C -14 60 0 112 58 88",
        "M 50 0 L 0 4 L 4 52 L 44 50 | M 4 52 L 0 98 L 54 100",
    ),
    "F": (
        "M 0 0 L 0 100 | M 0 0 L 56 0 | M 0 48 L 42 48",
        "M 58 2 L 4 0 L 0 100 | M 2 46 L 44 44",
        "M 60 6 Q 20 -8 8 6 L 4 100 | M 4 52 L 50 50",
        "M 4 0 Q 10 50 6 100 | M 0 2 Q 30 8 60 -2 | M 6 50 L 40 44",
    ),
    "H": (
        "M 0 0 L 0 100 | M 56 0 L 56 100 | M 0 50 L 56 50",
        "M 2 0 L 0 100 | M 60 2 L 54 100 | M 0 56 L 58 46",
        "M 0 0 L 4 100 | M 4 50 L 50 50 | M 48 0 L 54 100",
        "M 6 0 Q 0 50 2 100 | M 52 0 Q 58 60 54 100 | M 2 44 Q 30 54 56 48",
    ),
    "K": (
        "M 0 0 L 0 100 | M 54 0 L 0 54 | M 18 38 L 58 100",
        "M 2 0 L 0 100 | M 56 4 L 4 52 L 60 98",
        "M 4 0 Q 0 50 4 100 | M 50 2 Q 36 40 6 50 Q 36 56 56 100",
        "M 0 0 L 6 100 | M 60 10 Q 20 40 4 50 | M 22 44 Q 50 80 50 100",
    ),
    "M": (
        "M 0 100 L 0 0 L 35 62 L 70 0 L 70 100",
        "M 0 100 L 12 0 L 36 72 L 60 2 L 74 100",
        "M 2 100 Q 8 -20 22 4 L 36 66 Q 46 -16 60 4 Q 70 30 70 100",
        "M 6 0 L 0 100 | M 6 0 L 34 50 L 66 0 | M 66 0 L 74 100",
    ),
    "N": (
        "M 0 100 L 0 0 L 56 100 L 56 0",
        "M 4 100 L 0 2 L 60 98 L 58 0",
        "M 0 100 Q 8 -10 14 4 Q 30 60 48 98 Q 54 60 60 0",
        "M 0 0 L 4 100 | M 0 0 L 54 96 | M 60 0 L 54 100",
    ),
    "R": (
        "M 0 0 L 0 100 | M 0 0 C 66 -4 66 54 0 50 | M 20 50 L 58 100",
        "M 4 2 L 0 100 | M 2 4 C 74 -8 60 60 4 50 L 60 98",
        "M 6 100 L 4 4 Q 60 -10 54 24 Q 48 46 10 48 Q 36 60 60 100",
        "M 4 10 L 4 100 | M -4 14 C 30 -20 70 14 44 40 Q 30 52 6 50 | M 22 52 Q 30 96 60 96",
    ),
    "T": (
        "M 0 0 L 66 0 | M 33 0 L 33 100",
        "M 0 4 L 64 0 | M 34 2 L 30 100",
        "M -2 2 Q 30 10 70 0 | M 34 6 Q 30 60 36 100",
        "M 4 0 L 60 6 | M 30 4 Q 36 50 28 100",
    ),
    "V": (
        "M 0 0 L 30 100 L 60 0",
        "M 0 4 L 26 98 L 62 0",
        "M 0 0 Q 12 60 30 100 Q 46 60 56 4 Q 60 0 66 4",
        "M 0 0 L 32 96 | M 60 0 L 32 100",
    ),
    "W": (
        "M 0 0 L 18 100 L 38 30 L 58 100 L 76 0",
        "M 0 0 L 24 98 L 40 4 L 56 98 L 80 0",
        "M 0 4 C 6 130 34 110 38 20 C 42 110 70 130 76 0",
        "M 0 0 Q 8 60 22 100 Q 34 70 38 40 Q 44 80 56 98 Q 70 60 72 2",
    ),
    "X": (
        "M 0 0 L 60 100 | M 60 0 L 0 100",
        "M 4 2 L 56 98 | M 62 0 L 0 96",
        "M 0 6 Q 12 -4 30 50 Q 48 104 62 94 | M 58 2 Q 40 30 2 100",
        "M 0 0 Q 40 50 54 100 | M 56 0 Q 16 50 2 96",
    ),
    "Y": (
        "M 0 0 L 30 46 L 60 0 | M 30 46 L 30 100",
        "M 2 0 L 32 50 | M 64 0 L 20 100",
        "M 0 0 Q 6 46 30 46 Q 54 46 58 0 | M 30 46 Q 32 70 28 100",
        "M 0 4 L 28 50 L 30 100 | M 28 50 L 58 2",
    ),
    "e": (
        "M 4 54 L 58 54 C 62 -14 0 -16 2 52 C 4 110 44 108 58 84",
        "M 4 50 Q 40 56 58 40 C 52 -16 -2 0 2 56 C 6 104 44 104 62 84",
        "M 0 60 Q 50 56 50 30 C 46 -12 6 0 6 50 C 6 110 46 104 62 78",
        "M 6 56 L 60 46 C 50 -10 0 -2 0 50 C 0 90 30 112 60 90",
    ),
    "f": (
        "M 56 8 C 40 -8 24 -4 24 24 L 24 100 | M 0 40 L 48 40",
        "M 50 10 Q 24 -16 22 30 L 20 98 | M 2 44 L 44 42",
        "M 46 6 C 26 -8 20 20 22 60 Q 24 100 4 98 | M 4 46 L 50 44",
        "M 54 14 Q 40 -10 30 10 Q 22 40 26 100 | M 0 50 Q 24 54 50 44",
    ),
    "h": (
        "M 0 0 L 0 100 | M 0 62 C 10 32 52 32 52 64 L 52 100",
        "M 4 0 L 2 100 Q 4 44 34 44 Q 54 46 52 100",
        "M 6 0 Q 0 50 4 100 L 6 70 C 20 36 48 44 46 70 Q 44 98 60 96",
        "M 0 2 L 6 98 | M 4 66 Q 30 30 50 60 Q 54 80 50 100",
    ),
    "k": (
        "M 0 0 L 0 100 | M 44 42 L 0 72 | M 14 62 L 48 100",
        "M 2 0 L 0 100 | M 46 44 L 4 70 L 50 98",
        "M 4 0 L 4 100 | M 4 66 C 20 36 50 40 40 56 Q 30 68 8 68 Q 30 70 50 100",
        "M 0 0 Q 6 50 2 100 | M 50 36 Q 30 60 4 66 Q 34 72 46 98",
    ),
    "m": (
        "M 0 0 L 0 80 | M 0 28 C 6 -4 44 -4 44 28 L 44 80 | M 44 28 C 50 -4 88 -4 88 28 L 88 80",
        "M 2 2 L 0 80 Q 10 0 30 6 Q 44 10 42 80 Q 50 0 72 6 Q 88 12 86 80",
        "M 0 10 Q 10 -4 12 20 L 10 80 Q 16 10 36 8 Q 48 10 46 80 Q 54 8 74 8 Q 88 12 84 60 "
        "Q 84 84 100 70",
        "M 0 80 C 0 -20 44 -20 42 80 C 44 -20 90 -20 88 80",
    ),
    "n": (
        "M 0 0 L 0 80 | M 0 30 C 8 -6 58 -6 58 30 L 58 80",
        "M 2 2 L 0 80 Q 8 2 34 4 Q 60 8 56 80",
        "M 0 12 Q 10 -4 12 20 L 10 80 Q 18 8 42 8 Q 58 14 54 56 Q 54 84 70 72",
        "M 0 80 C 0 -24 60 -24 60 80",
    ),
    "r": (
        "M 0 0 L 0 90 | M 0 34 C 8 4 36 -6 52 8",
        "M 2 2 L 4 90 Q 4 12 46 4",
        "M 0 10 Q 10 -6 12 16 L 10 90 Q 12 20 34 6 Q 50 0 52 18",
        "M 4 0 Q 0 50 6 92 | M 4 40 Q 20 0 56 6",
    ),
    "t": (
        "M 22 0 L 22 78 C 22 102 44 102 54 88 | M 0 30 L 46 30",
        "M 24 0 L 22 100 | M 0 32 L 46 30",
        "M 26 0 Q 18 60 24 86 Q 34 104 54 90 | M 2 28 Q 24 34 52 26",
        "M 20 4 L 24 98 Q 30 102 40 98 | M 0 40 L 50 34",
    ),
    "v": (
        "M 0 0 L 32 80 L 64 0",
        "M 0 6 L 28 78 L 60 0",
        "M 0 8 Q 10 -8 18 30 L 34 80 Q 50 50 56 10 Q 58 0 68 6",
        "M 0 0 Q 24 40 34 80 Q 44 40 64 2",
    ),
    "w": (
        "M 0 0 L 22 80 L 44 14 L 66 80 L 88 0",
        "M 0 2 C 4 110 40 100 44 10 C 48 100 84 110 88 0",
        "M 2 4 Q 0 80 20 80 Q 40 78 42 20 Q 42 80 62 80 Q 84 74 82 10 Q 84 0 96 6",
        "M 0 0 L 26 78 L 46 30 L 60 80 L 90 4",
    ),
    "x": (
        "M 0 0 L 64 80 | M 64 0 L 0 80",
        "M 2 4 Q 20 0 32 40 Q 44 82 66 74 | M 62 0 Q 40 30 0 80",
        "M 0 2 C 40 4 40 76 0 78 | M 66 2 C 28 4 28 76 66 78",
        "M 4 0 L 58 78 | M 66 8 L 0 70",
    ),
}
"""Capitals and small letters that no digit is written like; a letter's forms take turns in the two
parts. Each as `Prototype` describes a path, `|` between strokes."""

SIGNS: tuple[tuple[str, ...], tuple[str, ...]] = (
    (
        "M 30 0 L 30 100 | M 0 40 L 60 40",  # plus, or ten
        "M 0 0 L 60 0 | M 0 50 L 60 50 | M 0 100 L 60 100",  # three lines
        "M 30 0 Q 26 60 0 100 | M 30 40 Q 40 80 62 100",  # a person
        "M 0 30 L 70 30 | M 35 0 Q 34 60 0 100 | M 35 32 Q 44 80 72 100",  # large
        "M 60 0 L 0 0 L 34 50 L 0 100 L 62 100",  # sigma
        "M 0 0 L 60 100 | M 60 0 L 0 100 | M 30 0 L 30 100",  # zhe
        "M 0 0 L 0 100 L 70 100 L 70 0 | M 35 0 L 35 100",  # sha
        "M 0 6 L 62 6 Q 56 40 26 50 | M 30 30 Q 30 80 4 100",  # a
        "M 0 0 L 60 0 L 60 100 L 0 100 L 0 0 | M 30 0 L 30 100 | M 0 50 L 60 50",  # field
        "M 62 4 C 30 90 0 100 0 60 C 0 20 30 20 62 96",  # alpha
    ),
    (
        "M 35 0 L 35 100 | M 0 36 L 70 36 | M 34 38 Q 20 70 0 80 | M 36 38 Q 50 70 72 80",  # tree
        "M 0 16 L 70 16 | M 35 0 L 35 16 | M 20 40 Q 10 60 0 66 | "
        "M 20 30 Q 50 70 66 100 | M 50 34 L 4 98",
        "M 0 100 L 16 100 C -20 40 10 0 36 0 C 62 0 92 40 56 100 L 72 100",  # omega
        "M 0 0 L 70 0 | M 12 0 L 12 100 | M 56 0 L 56 100",  # pi
        "E 30 50 30 50 -80 -440 | M 30 -14 L 30 114",  # phi
        "M 14 80 L 14 10 L 56 10 L 56 80 | M 0 100 L 0 80 L 70 80 L 70 100",  # de
        "M 0 30 L 64 30 Q 64 100 44 92 | M 34 0 Q 30 70 0 100",  # strength
        "M 0 40 L 30 30 | M 20 0 Q 30 60 60 96 | M 60 10 Q 50 60 6 90",
        "M 6 20 L 60 14 | M 0 50 L 66 44 | M 30 0 L 44 74 | M 8 70 Q 20 104 58 96",  # ki
        "M 0 0 L 0 100 | M 0 50 L 26 50 | M 60 0 C 90 0 90 100 60 100 C 20 100 20 0 60 0",  # yu
    ),
)
"""Simple signs of other scripts, in the two parts."""

SHAPES: tuple[tuple[str, ...], tuple[str, ...]] = (
    (
        "M 40 90 C -10 50 -6 0 20 0 C 36 0 40 16 40 22 C 40 16 44 0 60 0 C 86 0 90 50 40 90",
        "E 40 40 40 40 -90 -455 | E 26 30 3 3 0 360 | E 54 30 3 3 0 360 | M 20 52 Q 40 74 60 52",
        "M 40 0 L 64 76 L 0 28 L 80 28 L 16 76 L 40 0",
        "M 0 0 L 80 0 L 80 80 L 0 80 L 0 0 | M 27 0 L 27 80 | M 54 0 L 54 80 | M 0 27 L 80 27 "
        "| M 0 54 L 80 54",
        "M 0 40 L 90 40 | M 60 10 L 90 40 L 60 70",
        "M 0 100 L 0 40 L 40 0 L 80 40 L 80 100 L 0 100 | M 30 100 L 30 66 L 50 66 L 50 100",
        "M 0 80 L 46 0 L 92 80 L 0 80",
        "M 0 0 L 100 60 | M 0 60 L 100 0 | M 50 -10 L 50 70",
        "M 0 40 Q 15 0 30 40 Q 45 80 60 40 Q 75 0 90 40 Q 105 80 120 40",
    ),
    (
        "M 42 20 C 36 -10 -8 0 2 34 Q 10 66 44 96 Q 70 66 80 40 C 92 4 50 -10 42 20 | "
        "M 42 20 L 44 30",
        "E 40 40 40 38 -60 -430 | M 24 24 L 24 36 | M 54 24 L 54 36 | M 18 56 L 62 56",
        "M 44 0 L 54 32 L 88 34 L 60 54 L 70 88 L 44 66 L 18 86 L 28 54 L 0 34 L 34 32 L 44 0",
        "M 26 0 L 26 90 | M 60 0 L 60 90 | M 0 28 L 88 28 | M 0 60 L 88 60",
        "M 40 100 L 40 0 | M 10 36 L 40 0 L 70 36",
        "M 0 50 L 50 0 L 100 50 | M 12 40 L 12 100 L 88 100 L 88 40 | "
        "M 40 100 L 40 64 L 62 64 L 62 100",
        "M 40 0 L 80 50 L 40 100 L 0 50 L 40 0",
        "M 50 50 E 50 50 6 6 0 180 E 50 50 18 18 180 360 E 50 50 30 30 0 180 E 50 50 42 42 180 360 "
        "E 50 50 54 54 0 180",
        "E 30 30 30 30 -90 -450 | M 30 60 L 30 120 | M 0 84 L 60 84 | M 30 120 L 4 160 | "
        "M 30 120 L 56 160",
        "M 0 50 L 20 50 L 30 0 L 44 100 L 56 30 L 64 50 L 100 50",
        "E 20 70 14 14 0 360 | E 80 70 14 14 0 360 | M 0 60 L 4 40 L 20 40 L 34 16 L 70 16 L 82 40 "
        "L 100 44 L 100 60 L 0 60",
    ),
)
"""Shapes that people draw, in the two parts."""


MARKS: tuple[tuple[str, ...], tuple[str, ...]] = (
    (
        "M 4 24 C 0 -14 60 -14 56 24 C 54 46 30 44 30 72 | M 30 94 L 31 98",  # a question
        "M 10 0 L 10 70 | M 10 94 L 11 98",
        "M 50 0 C 0 -6 -14 90 50 100 C 14 80 14 20 50 0",  # a moon
        "M 0 0 C 60 -4 60 104 0 100 C 34 80 34 20 0 0",
        "M 0 0 L 2 2 | M 60 0 L 62 2",
        "M 0 0 L 2 2 | M 40 60 L 42 62 | M 80 0 L 82 2",
        "M 0 50 L 24 90 L 80 0",
        "E 14 14 12 12 0 360 | E 66 80 12 12 0 360 | M 70 0 L 6 96",
        "M 70 90 L 20 24 C 10 -6 60 -6 46 24 L 8 60 C -6 100 50 110 70 50",
        "E 30 30 30 30 0 360 | E 30 30 22 22 0 360 | E 30 30 14 14 0 360 | E 30 30 6 6 0 360",
    ),
    (
        "M 0 20 Q 6 -4 30 0 Q 60 6 50 36 Q 40 54 26 58 L 26 78 | M 25 98 L 28 99",
        "M 8 4 Q 36 -10 44 14 Q 46 34 22 46 Q 18 54 20 70 | M 19 90 L 20 94",
        "M 6 0 Q 12 30 6 74 | M 4 96 L 7 98",
        "M 44 4 Q -10 10 6 60 Q 20 100 60 88 Q 26 80 26 48 Q 26 20 44 4",
        "M 10 2 Q 70 20 54 70 Q 40 104 0 96 Q 34 84 36 50 Q 34 18 10 2",
        "M 0 0 L 2 2 | M 0 60 L 2 62",
        "M 0 0 L 2 1 | M 44 4 L 46 5 | M 90 0 L 92 2",
        "M 0 40 Q 18 60 26 84 Q 44 30 84 2",
        "E 16 18 15 13 20 400 | E 70 84 14 15 -40 320 | M 84 4 L 0 100",
        "M 0 0 L 3 2 | M 4 50 Q 14 60 2 84",
        "M 20 20 L 24 60 | M 50 20 L 52 58",
    ),
)
"""Marks of writing, dots and moons, in the two parts."""


def letters(each: int, seed: int = 0) -> Kind:
    """`each` drawings of every form; of a letter's forms, half are in each part."""
    parts: tuple[list[Drawing], list[Drawing]] = ([], [])
    for name, forms in LETTERS.items():
        for number, form in enumerate(forms):
            parts[number % 2].extend(_drawn(name, f"form {number}", form, each, seed))
    return Kind("letters", tuple(parts[0]), tuple(parts[1]))


def _kind(name: str, parts: tuple[Sequence[str], Sequence[str]], each: int, seed: int) -> Kind:
    made = [
        [
            drawing
            for number, form in enumerate(part)
            for drawing in _drawn(f"{name} {which}", f"form {number}", form, each, seed)
        ]
        for which, part in enumerate(parts)
    ]
    return Kind(name, tuple(made[0]), tuple(made[1]))


def signs(each: int, seed: int = 0) -> Kind:
    """`each` drawings of every sign of another script."""
    return _kind("other scripts", SIGNS, each, seed)


def shapes(each: int, seed: int = 0) -> Kind:
    """`each` drawings of every shape."""
    return _kind("shapes", SHAPES, each, seed)


def marks(each: int, seed: int = 0) -> Kind:
    """`each` drawings of every mark."""
    return _kind("marks", MARKS, each, seed)


def scribbles(count: int, seed: int = 0) -> Kind:
    """Two kinds of scribble: waves that wander about in the one part, zigzags in the other."""
    makers = (_wandering, _zigzag)
    parts = [
        tuple(
            Drawing(
                (Stroke(np.round(maker(random.Random(f"{SEED}/{seed}/{maker.__name__}/{k}")), 1)),)
            )
            for k in range(count)
        )
        for maker in makers
    ]
    return Kind("scribbles", parts[0], parts[1])


def pairs(
    chosen_by: Sequence[Drawing],
    reported: Sequence[Drawing],
    counts: tuple[int, int],
    seed: int = 0,
) -> Kind:
    """Two digits side by side on one canvas, from those drawings, so many in each part."""
    parts = [
        tuple(
            _pair(drawings, random.Random(f"{SEED}/{seed}/pair/{which}/{k}")) for k in range(count)
        )
        for which, (drawings, count) in enumerate(zip((chosen_by, reported), counts, strict=True))
    ]
    return Kind("two digits", parts[0], parts[1])


SHIPPED = {
    "heart": SHAPES[1][0],
    "letter A": LETTERS["A"][1],
    "two digits": "M 6 20 C 8 -6 60 -10 57 28 C 54 54 24 74 3 98 L 62 98 | "
    "M 126 0 L 83 66 L 146 66 | M 126 1 L 126 100",
}
"""What lessons lay on the canvas, from what is reported."""


def shipped() -> Iterator[Drawing]:
    """One drawing of each that lessons name."""
    for name, form in SHIPPED.items():
        [drawing] = _drawn("shipped", name, form, 1, 0)
        yield replace(drawing, extra={"style": name})


def _drawn(label: str, style: str, form: str, each: int, seed: int) -> Iterator[Drawing]:
    strokes = tuple(piece.strip() for piece in form.split("|"))
    for number in range(each):
        prototype = Prototype(label, style, strokes)
        yield replace(make(prototype, seed * 10_000 + number), label=None)


def _wandering(rng: random.Random) -> Points:
    """A pen that turns now this way, now that way."""
    heading, turning, place, points = rng.uniform(0, 2 * math.pi), 0.0, np.zeros(2), []
    for _ in range(rng.randint(80, 260)):
        turning = 0.9 * turning + rng.gauss(0, 0.12)
        heading += turning
        place = place + 7 * np.array([math.cos(heading), math.sin(heading)])
        points.append(place)
    return _onto_canvas(np.array(points), rng)


def _zigzag(rng: random.Random) -> Points:
    """A pen that goes to and fro over an area, as one scratches something out."""
    turns, lean = rng.randint(6, 16), rng.uniform(-0.5, 0.5)
    across, down = rng.uniform(0.6, 1.6), rng.uniform(0.5, 1.4)
    corners = [
        (
            (k % 2 + rng.gauss(0, 0.12)) * across + lean * k / turns,
            (k / turns + rng.gauss(0, 0.06)) * down,
        )
        for k in range(turns)
    ]
    at = np.linspace(0, turns - 1, 16 * turns)
    corner = np.array(corners)
    path = np.stack([np.interp(at, np.arange(turns), corner[:, axis]) for axis in (0, 1)], axis=1)
    turn = rng.choice((0, 1)) * math.pi / 2 + rng.uniform(-0.3, 0.3)
    cos, sin = math.cos(turn), math.sin(turn)
    return _onto_canvas(path @ np.array([[cos, sin], [-sin, cos]]), rng)


def _onto_canvas(points: Points, rng: random.Random) -> Points:
    span = np.ptp(points, axis=0).max()
    size = rng.uniform(0.4, 0.8) * CANVAS_SIZE
    placed: Points = (points - points.min(axis=0)) / span * size + 20
    return placed


def _pair(drawings: Sequence[Drawing], rng: random.Random) -> Drawing:
    strokes: list[Stroke] = []
    right = 0.0
    for _ in range(2):
        one = rng.choice(drawings)
        points = np.concatenate([stroke.points[:, :2] for stroke in one.strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = 200 * rng.uniform(0.9, 1.1) / max(high[1] - low[1], (high[0] - low[0]) / 1.5, 1e-6)
        corner = np.array([right, 200 + rng.uniform(-15, 15) - (high[1] - low[1]) * scale])
        strokes += [Stroke((s.points[:, :2] - low) * scale + corner) for s in one.strokes]
        right += (high[0] - low[0]) * scale + rng.uniform(20, 60)
    size = 40 + max(right, 300.0)
    return Drawing(tuple(Stroke(s.points + 20) for s in strokes), size=size)


def main(arguments: list[str] | None = None) -> int:
    """Write the file of those that ship; the command line of this module."""
    return write(shipped, (__doc__ or "").partition(";")[0], arguments)


if __name__ == "__main__":
    raise SystemExit(main())
