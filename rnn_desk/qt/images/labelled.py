"""Digits of which a file says what they are: drawings with labels, IDX images with a file of them
beside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import read_idx
from rnn_desk.core.kind import kind_of
from rnn_desk.core.labelled import Labelled, labels_of, names_of
from rnn_desk.qt.images.originals import originals_of

MOST = 2000
"""Digits of a file that are read: a few seconds."""


def labelled_in(path: Path, classes: Sequence[str]) -> Labelled:
    """The first labelled digits of a file. Raises Refused where it has none.

    classes: of the model, for numbers that stand for them.
    """
    originals = list(islice(originals_of(path), MOST))
    if kind_of(path) == "idx":
        labels = names_of(read_idx(labels_of(path), dimensions=1), classes)[: len(originals)]
        pairs = list(zip(originals, labels, strict=True))
    else:
        pairs = [
            (each, str(label))
            for each in originals
            if (label := getattr(each, "label", None)) is not None
        ]
    good = [(each, label) for each, label in pairs if not isinstance(each, Refused)]
    if not good:
        raise Refused("{file} does not say of any digit what it is", file=path)
    return Labelled(path.name, tuple(each for each, _ in good), tuple(label for _, label in good))
