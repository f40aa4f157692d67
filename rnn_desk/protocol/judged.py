"""Drawings whose labels are known, held against what a model says of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.alphabet import allowed, character_of, class_of
from rnn_desk.core.arrays import Array
from rnn_desk.core.picture import Original
from rnn_desk.protocol.report import Missed, Right


def confusion_of(
    labels: Sequence[str], said: NDArray[np.intp], classes: Sequence[str]
) -> NDArray[np.int64]:
    """`[classes, classes]`: a row what was drawn, a column what was said; what is a right answer
    stands on the diagonal. A label that is none of the classes is left out."""
    counts = np.zeros((len(classes), len(classes)), np.int64)
    right = allowed(labels, classes)
    for place, (label, answer) in enumerate(zip(labels, said.tolist(), strict=True)):
        row = class_of(label, classes)
        if row is not None:
            counts[row, row if right[place, answer] else answer] += 1
    return counts


def occurring(confusion: NDArray[np.int64]) -> list[int]:
    """The classes that something was, or was taken for: what a matrix of them shows."""
    found: list[int] = np.flatnonzero(confusion.sum(axis=0) + confusion.sum(axis=1)).tolist()
    return found


def judged(
    drawings: Sequence[Original],
    labels: Sequence[str],
    probabilities: Array,
    classes: Sequence[str],
) -> tuple[tuple[Missed, ...], tuple[Right, ...]]:
    """Those that are read wrongly, the surest errors first, and the others."""
    right = allowed(labels, classes)
    missed, others = [], []
    for place, (drawing, label, row) in enumerate(
        zip(drawings, labels, probabilities, strict=True)
    ):
        answer = int(row.argmax())
        said = character_of(classes[answer]) or classes[answer]
        if right[place, answer]:
            others.append(Right(drawing, label, said))
        else:
            of_truth = float(row[right[place]].max(initial=0.0))
            missed.append(Missed(drawing, label, said, float(row[answer]), of_truth))
    return tuple(sorted(missed, key=lambda miss: -miss.sure)), tuple(others)
