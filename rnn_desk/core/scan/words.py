"""Names and headings beside digits: three low letters or more that stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np

from rnn_desk.core.scan.areas import Box

_LOW = 0.6
"""Of the tallest: what is higher may be a digit."""

_LETTERS = 3
"""Of a word, at the least; two low things are a digit's own."""

_GAP = 0.7
"""Of the higher letter: how far apart they are at the most."""

_ALIKE = 0.4
"""Of the higher letter: how high the other is at the least."""

_BESIDE = 0.3
"""Of the lower letter: what it has in common with the other's height."""

_SLIM = 2.0
"""Times its height: how wide a letter is at the most; what is flatter is a dash."""


def words_in(boxes: Sequence[Box]) -> set[int]:
    """The numbers of those boxes of ink that are letters of words beside taller digits."""
    if len(boxes) <= _LETTERS:
        return set()
    edges = np.array([astuple(box) for box in boxes], np.float64)
    wide, high = (edges[:, 2:] - edges[:, :2]).T
    low = np.flatnonzero((high < _LOW * high.max()) & (wide <= _SLIM * high))
    if len(low) < _LETTERS:
        return set()
    left, top, right, bottom = edges[low].T
    tall = high[low]
    lower, higher = np.minimum(tall[:, None], tall), np.maximum(tall[:, None], tall)
    gap = np.maximum(left[:, None], left) - np.minimum(right[:, None], right)
    common = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    beside = (gap <= _GAP * higher) & (common >= _BESIDE * lower) & (lower >= _ALIKE * higher)
    word = np.arange(len(low))
    while True:  # each is of the word that the first of those beside it is of
        first = np.where(beside, word[None, :], len(low)).min(axis=1)
        if (first == word).all():
            break
        word = first
    letters = np.bincount(word, minlength=len(low))
    return {int(k) for k, of in zip(low, word, strict=True) if letters[of] >= _LETTERS}
