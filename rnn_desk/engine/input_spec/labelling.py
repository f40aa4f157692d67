"""Which output of a model means which label: as its file says, in some usual order, or as known
drawings light them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.card import Labels
from rnn_desk.core.number_words import digit_of

DIGITS = tuple("0123456789")
UNKNOWN = ""
"""The label of an output of which nothing is known."""

_ENOUGH = 8
"""Labels, of the ten digits, that a model must have to be checked on digits."""

_FEWEST = 9
"""Outputs from which on digits may be found among them, in whatever order: a sudoku's."""

_LETTERS_ALONE = (26, 27, 52, 53)
"""Outputs of models of letters: some order of theirs reads many digits."""

MOST_OUTPUTS = 64
"""Classes of which nothing is said, among which digits are looked for at all."""

_BALANCED = (*DIGITS, *ascii_uppercase, *"abdefghnqrt")
"""EMNIST's classes where letters that look alike in both cases are one."""

_WITH_LETTERS = {36: (*DIGITS, *ascii_uppercase), 47: _BALANCED,
                 62: (*DIGITS, *ascii_uppercase, *ascii_lowercase)}  # fmt: skip
"""What stands after the ten digits in the usual sets of so many classes."""


@dataclass(frozen=True)
class Labelling:
    """The label of each output; UNKNOWN where it has none that is known here."""

    labels: tuple[str, ...]
    origin: Labels

    @property
    def free(self) -> bool:
        """Whether any output may mean any label: what the drawings alone said."""
        orders = (each.labels for each in usual(len(self.labels)))
        return self.origin == "proposed" and self.labels not in orders

    def names(self, told: Sequence[str]) -> tuple[str, ...]:
        """The names of all classes, what is not known by its number. told: as the file has them."""
        if self.origin != "proposed":
            pairs = zip(self.labels, told, strict=True)
            return tuple("0" if (one, other) == ("0", "10") else other for one, other in pairs)
        count = len(self.labels)
        known = _WITH_LETTERS.get(count, ())
        if known[:10] == self.labels[:10]:
            return known
        rest = "-" if self.labels.count(UNKNOWN) == 1 else "#{}"
        return tuple(label or rest.format(k) for k, label in enumerate(self.labels))


def told(names: Sequence[str]) -> Labelling:
    """The digits that a file's names mean."""
    return Labelling(tuple(meant(names)), "named")


def meant(names: Sequence[str]) -> list[str]:
    """The digits that names mean, and names that mean none; "10" is 0 where 1 to 10 are named."""
    if len(names) >= _FEWEST and "0" not in names and {*DIGITS[1:], "10"} <= set(names):
        names = ["0" if name == "10" else name for name in names]
    return [digit_of(name) or name for name in names]


def checkable(labelling: Labelling) -> bool:
    """Whether the labels are enough of the ten digits to be checked, and each is there once."""
    digits = [label for label in labelling.labels if label in DIGITS]
    return _ENOUGH <= len(digits) == len(set(digits))


def usual(count: int) -> tuple[Labelling, ...]:
    """The usual orders of ten digits, or of nine, among so many outputs, the plainest first."""
    if count > MOST_OUTPUTS:
        return ()
    found = [Labelling(labels, "proposed") for labels in _ordered(count)]
    if count == len(DIGITS):
        found[0] = Labelling(DIGITS, "counted")
        found.append(Labelling((UNKNOWN, *DIGITS[1:]), "proposed"))  # a sudoku's, 0 is no digit
    return tuple(found)


def _ordered(count: int) -> list[tuple[str, ...]]:
    if count == len(DIGITS):
        return [DIGITS, (*DIGITS[1:], "0")]
    if count == len(DIGITS) - 1:
        return [DIGITS[1:], DIGITS[:-1]]
    return [
        (*[UNKNOWN] * before, *DIGITS, *[UNKNOWN] * (count - before - len(DIGITS)))
        for before in range(count - len(DIGITS) + 1)
    ]


def assigned(values: NDArray[Any], labels: Sequence[str]) -> Labelling | None:
    """The labelling that fits answers `[n, classes]` to drawings of those labels best; None where
    there are too few outputs or too many, or they are letters.

    Each digit gets the output that answers it most, no two the same one.
    """
    count = values.shape[1]
    if not _FEWEST <= count <= MOST_OUTPUTS or count in _LETTERS_ALONE:
        return None
    known = np.array(labels)
    standing = (values - values.mean(axis=0)) / (values.std(axis=0) + 1e-12)
    said = np.eye(count)[values.argmax(axis=1)] + 0.1 * standing.clip(-3, 3)
    digits = [digit for digit in DIGITS if digit in labels]
    lit = np.stack([said[known == digit].mean(axis=0) for digit in digits])
    found = [UNKNOWN] * count
    for digit, output in _matched(lit):
        found[output] = digits[digit]
    return Labelling(tuple(found), "proposed")


def _matched(worth: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Rows and columns of `worth` in pairs, none twice, so that their sum is the greatest (Kuhn's
    Hungarian method, with potentials)."""
    wide = worth.shape[0] <= worth.shape[1]
    cost = -np.asarray(worth if wide else worth.T, np.float64)
    rows, columns = cost.shape
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    row_of, way = np.zeros(columns + 1, np.intp), np.zeros(columns + 1, np.intp)
    for row in range(1, rows + 1):
        row_of[0], at = row, 0
        least, used = np.full(columns + 1, np.inf), np.zeros(columns + 1, bool)
        while row_of[at]:
            used[at] = True
            reduced = cost[row_of[at] - 1] - u[row_of[at]] - v[1:]
            closer = ~used[1:] & (reduced < least[1:])
            least[1:][closer] = reduced[closer]
            way[1:][closer] = at
            nearest = int(np.where(used, np.inf, least)[1:].argmin()) + 1
            step = least[nearest]
            u[row_of[used]] += step
            v[used] -= step
            least[~used] -= step
            at = nearest
        while at:
            row_of[at] = row_of[way[at]]
            at = int(way[at])
    for column in range(1, columns + 1):
        if row_of[column]:
            pair = int(row_of[column]) - 1, column - 1
            yield pair if wide else pair[::-1]
