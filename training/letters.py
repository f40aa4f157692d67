"""The project's own letters, A to Z and a to z: drawn by description, varied by a seed, as the
reference digits are. What reads letters is checked on them::

    python -m training.letters assets/reference/letters.jsonl

A letter whose two cases are of one shape is drawn twice all the same: what looks alike is allowed
for where answers are judged (`rnn_desk.core.alphabet`).
"""

from __future__ import annotations

from collections.abc import Iterator

from rnn_desk.core.drawing import Drawing

from .drawings_command import write
from .reference_digits import Prototype, make

EACH = 4
"""Drawings of each letter; its ways of being written take turns."""

CAPITALS: dict[str, tuple[str, ...]] = {
    "A": (
        "M 30 0 L 0 100 | M 30 0 L 60 100 | M 12 62 L 48 62",
        "M 0 100 L 30 0 L 60 100 | M 10 66 L 52 64",
    ),
    "B": (
        "M 0 0 L 0 100 | M 0 0 C 60 0 60 48 0 48 | M 0 48 C 74 48 74 100 0 100",
        "M 4 100 L 4 0 C 62 -4 56 46 6 48 C 76 46 68 104 2 100",
    ),
    "C": ("M 58 14 E 32 50 32 50 -50 -310", "M 56 8 C 10 -16 -20 50 8 84 C 22 104 46 100 58 86"),
    "D": (
        "M 0 0 L 0 100 | M 0 0 C 82 0 82 100 0 100",
        "M 6 100 L 4 0 C 80 0 84 98 2 100",
    ),
    "E": (
        "M 0 0 L 0 100 | M 0 0 L 55 0 | M 0 50 L 45 50 | M 0 100 L 58 100",
        "M 56 2 L 4 0 L 2 100 L 60 98 | M 3 48 L 46 48",
    ),
    "F": (
        "M 0 0 L 0 100 | M 0 0 L 56 0 | M 0 48 L 42 48",
        "M 58 2 L 4 0 L 0 100 | M 2 46 L 44 44",
    ),
    "G": (
        "M 58 14 E 32 50 32 50 -50 -340 | M 36 56 L 62 56 L 62 88",
        "M 56 10 C 10 -18 -22 50 8 84 C 24 104 58 98 58 58 L 34 58",
    ),
    "H": (
        "M 0 0 L 0 100 | M 56 0 L 56 100 | M 0 50 L 56 50",
        "M 2 0 L 0 100 | M 60 2 L 54 100 | M 0 56 L 58 46",
    ),
    "I": ("M 20 0 L 20 100", "M 0 0 L 44 0 | M 22 0 L 22 100 | M 0 100 L 44 100"),
    "J": (
        "M 44 0 L 44 70 C 44 108 6 108 2 76",
        "M 8 0 L 60 0 | M 38 0 L 38 72 C 38 108 4 104 2 78",
    ),
    "K": (
        "M 0 0 L 0 100 | M 54 0 L 0 54 | M 18 38 L 58 100",
        "M 2 0 L 0 100 | M 56 4 L 4 52 L 60 98",
    ),
    "L": ("M 0 0 L 0 100 L 56 100", "M 6 0 L 2 96 Q 30 102 56 96"),
    "M": (
        "M 0 100 L 0 0 L 35 62 L 70 0 L 70 100",
        "M 0 100 L 12 0 L 36 72 L 60 2 L 74 100",
    ),
    "N": ("M 0 100 L 0 0 L 58 100 L 58 0", "M 2 100 L 4 0 | M 4 0 L 56 98 | M 56 98 L 58 2"),
    "O": ("M 32 0 E 32 50 32 50 -90 -450", "M 40 2 C -20 -6 -12 104 32 100 C 76 96 70 4 34 2"),
    "P": (
        "M 0 0 L 0 100 | M 0 0 C 72 -4 72 56 0 54",
        "M 4 100 L 2 2 C 66 -10 72 58 4 54",
    ),
    "Q": (
        "M 32 0 E 32 48 32 48 -90 -450 | M 36 66 L 66 104",
        "M 40 2 C -20 -6 -12 100 32 96 C 76 92 70 4 36 2 | M 34 70 Q 52 84 66 104",
    ),
    "R": (
        "M 0 0 L 0 100 | M 0 0 C 70 -4 70 52 0 50 | M 22 52 L 58 100",
        "M 4 100 L 2 2 C 64 -10 70 52 6 50 L 60 100",
    ),
    "S": (
        "M 54 12 C 34 -10 0 0 4 26 C 8 52 58 46 58 74 C 58 106 14 106 0 86",
        "M 52 8 C 20 -10 -8 20 20 42 C 44 54 62 66 52 86 C 40 104 12 104 2 88",
    ),
    "T": ("M 0 0 L 60 0 | M 30 0 L 30 100", "M 2 4 L 62 0 | M 34 2 L 28 100"),
    "U": ("M 0 0 L 0 62 C 0 112 58 112 58 62 L 58 0", "M 4 0 C -4 120 64 120 56 0"),
    "V": ("M 0 0 L 30 100 L 60 0", "M 2 2 L 28 100 | M 28 100 L 62 4"),
    "W": ("M 0 0 L 18 100 L 38 30 L 58 100 L 76 0", "M 0 2 L 20 98 L 40 20 L 60 98 L 80 2"),
    "X": ("M 0 0 L 58 100 | M 58 0 L 0 100", "M 4 2 L 56 98 | M 60 4 L 2 96"),
    "Y": (
        "M 0 0 L 30 48 L 60 0 | M 30 48 L 30 100",
        "M 2 2 L 32 50 | M 62 0 L 18 100",
    ),
    "Z": ("M 0 0 L 58 0 L 0 100 L 60 100", "M 2 4 L 56 2 L 4 96 L 58 98"),
}
"""Two ways of writing each, its strokes with bars between."""

SMALL: dict[str, tuple[str, ...]] = {
    "a": (
        "M 48 50 C 20 30 -4 60 6 86 C 16 108 48 98 48 66 | M 48 44 L 48 88 Q 50 100 60 98",
        "M 6 52 C 24 34 50 40 48 66 L 48 100 | M 48 66 C 10 56 -6 84 8 96 C 22 106 46 94 48 76",
    ),
    "b": (
        "M 0 0 L 0 100 | M 0 66 C 12 36 54 40 52 70 C 50 106 12 106 0 84",
        "M 4 0 L 2 94 C 20 108 54 100 50 68 C 46 42 14 46 4 66",
    ),
    "c": ("M 50 54 E 28 70 28 30 -40 -320", "M 48 50 C 20 28 -10 60 6 86 C 16 104 40 102 50 90"),
    "d": (
        "M 50 0 L 50 100 | M 50 62 C 36 34 -4 42 0 72 C 2 106 40 106 50 82",
        "M 46 66 C 30 40 -4 50 2 78 C 8 104 44 100 48 70 L 52 0 L 50 88 Q 52 100 60 98",
    ),
    "e": (
        "M 4 70 L 54 70 C 54 32 4 30 2 70 C 2 106 40 104 54 90",
        "M 6 74 C 50 76 60 42 32 40 C 2 40 -6 88 18 98 C 34 104 48 96 54 88",
    ),
    "f": (
        "M 46 10 C 30 -8 16 4 16 26 L 16 100 | M 0 44 L 40 44",
        "M 50 14 C 40 -10 20 0 20 30 L 14 100 | M 2 50 L 42 46",
    ),
    "g": (
        "M 48 50 C 20 28 -4 54 4 76 C 14 98 46 88 48 62 | M 48 44 L 48 116 C 46 142 10 142 4 122",
        "M 46 52 C 24 34 -2 52 6 74 C 16 92 44 84 46 56 L 44 116 C 36 142 2 134 8 116",
    ),
    "h": (
        "M 0 0 L 0 100 | M 0 64 C 14 36 50 36 50 66 L 50 100",
        "M 4 0 L 2 100 L 4 70 C 20 40 46 44 48 68 L 50 98",
    ),
    "i": ("M 10 42 L 10 100 | M 10 18 L 10 22", "M 8 44 L 8 90 Q 10 100 20 98 | M 9 20 L 11 24"),
    "j": (
        "M 34 42 L 34 112 C 32 140 2 138 0 118 | M 34 18 L 34 22",
        "M 30 44 L 28 114 C 22 140 -4 130 2 112 | M 31 20 L 33 24",
    ),
    "k": (
        "M 0 0 L 0 100 | M 44 42 L 0 74 | M 14 64 L 48 100",
        "M 4 0 L 0 100 | M 46 44 L 4 72 L 50 98",
    ),
    "l": ("M 10 0 L 10 100", "M 8 0 L 8 88 Q 10 102 24 98"),
    "m": (
        "M 0 42 L 0 100 | M 0 62 C 8 36 34 36 34 62 L 34 100 | M 34 62 C 44 36 68 36 68 62 L 68 98",
        "M 2 44 L 0 100 L 4 66 C 14 40 34 44 34 66 L 34 100 L 36 66 C 48 40 70 44 68 66 L 70 98",
    ),
    "n": (
        "M 0 42 L 0 100 | M 0 64 C 12 36 48 36 48 64 L 48 100",
        "M 4 44 L 2 100 L 6 66 C 20 40 46 44 46 66 L 48 98",
    ),
    "o": ("M 28 40 E 28 70 28 30 -90 -450", "M 34 42 C -14 36 -8 102 28 100 C 64 96 60 44 30 42"),
    "p": (
        "M 0 42 L 0 140 | M 0 62 C 12 36 52 40 50 70 C 48 104 12 104 0 82",
        "M 4 44 L 2 140 L 4 66 C 20 38 54 50 48 76 C 42 100 16 100 4 86",
    ),
    "q": (
        "M 48 50 C 20 28 -4 54 4 76 C 14 98 46 88 48 62 | M 48 44 L 48 140",
        "M 46 52 C 24 34 -2 52 6 76 C 16 96 44 86 46 56 L 46 138 L 60 126",
    ),
    "r": (
        "M 0 42 L 0 100 | M 0 66 C 8 44 26 38 42 46",
        "M 4 44 L 2 100 L 6 66 C 16 44 34 40 44 50",
    ),
    "s": (
        "M 46 50 C 30 34 4 40 6 56 C 8 72 48 66 48 84 C 48 104 12 104 0 90",
        "M 44 46 C 20 36 -2 52 18 66 C 38 74 52 80 42 94 C 32 104 10 102 2 92",
    ),
    "t": (
        "M 22 8 L 22 84 Q 24 102 44 96 | M 0 40 L 46 40",
        "M 24 10 L 20 100 | M 2 44 L 44 40",
    ),
    "u": (
        "M 0 42 L 0 78 C 0 106 44 106 48 76 | M 48 42 L 48 100",
        "M 4 44 C -4 110 40 108 46 72 L 48 44 L 46 88 Q 48 100 58 96",
    ),
    "v": ("M 0 42 L 24 100 L 48 42", "M 2 44 L 22 98 | M 22 98 L 50 44"),
    "w": ("M 0 42 L 16 100 L 34 52 L 52 100 L 68 42", "M 2 44 L 18 98 L 36 54 L 54 98 L 72 44"),
    "x": ("M 0 42 L 46 100 | M 46 42 L 0 100", "M 2 44 L 48 98 | M 48 46 L 2 96"),
    "y": (
        "M 0 42 L 26 94 | M 50 42 L 14 140",
        "M 2 44 C 0 90 40 96 46 46 L 42 116 C 36 140 6 136 6 116",
    ),
    "z": ("M 0 42 L 46 42 L 0 100 L 48 100", "M 2 46 L 44 44 L 2 98 L 48 96"),
}
"""Likewise."""


def drawings() -> Iterator[Drawing]:
    """All of them, letter by letter, capitals first."""
    for label, ways in (CAPITALS | SMALL).items():
        styles = [
            Prototype(label, f"way {place}", tuple(way.split(" | ")))
            for place, way in enumerate(ways, start=1)
        ]
        for number in range(EACH):
            yield make(styles[number % len(styles)], number // len(styles))


def main(arguments: list[str] | None = None) -> int:
    """Write the file; the command line of this module."""
    return write(drawings, (__doc__ or "").partition(":")[0], arguments)


if __name__ == "__main__":
    raise SystemExit(main())
