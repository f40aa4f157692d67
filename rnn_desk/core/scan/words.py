"""Names and headings beside digits: three low letters or more that stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.scan.areas import Box, Mask

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


_WOVEN = 3
"""Strokes of a low part that one line crosses: letters that run into one another have as many."""

_LONG, _WOVEN_LONG = 1.8, 4
"""Times its height: how wide a name is that is nearly as tall as the digits beside it; and strokes
of it that one line crosses."""

_AS_HIGH = 1.25
"""Times as high as letters: what is no higher, and no single stroke, is of a word too."""


def words_in(boxes: Sequence[Box], mask_of: Callable[[int], Mask]) -> set[int]:
    """The numbers of those boxes of ink that are letters of words beside taller digits; mask_of:
    the ink of each, within its box.

    In a small picture letters run into one another. Where there are words, whatever low thing is as
    high as their letters is of one: a name of two letters among longer ones.
    """
    edges = np.array([astuple(box) for box in boxes], np.float64).reshape(-1, 4)
    wide, high = (edges[:, 2:] - edges[:, :2]).T
    is_low = high < _LOW * high.max(initial=0.0)
    long = ~is_low & (wide >= _LONG * high)
    low = np.flatnonzero(is_low)
    crossed = {int(k): _most_crossed(mask_of(int(k))) for k in np.flatnonzero(is_low | long)}
    found = _of_letters(edges, low[wide[low] <= _SLIM * high[low]])
    found |= {
        k
        for k, count in crossed.items()
        if count >= (_WOVEN_LONG if long[k] else _WOVEN) and wide[k] >= high[k]
    }
    if not found:
        return set()
    letters = _AS_HIGH * max((high[k] for k in found if is_low[k]), default=0.0)
    rest = [k for k in crossed if k not in found and high[k] <= letters]
    beside = _beside(edges)
    return found | {k for k in rest if crossed[k] > 1 or any(beside[k, other] for other in found)}


def _of_letters(edges: Floats, low: NDArray[np.intp]) -> set[int]:
    """Those of some low boxes of which three or more stand side by side."""
    beside = _beside(edges[low])
    word = np.arange(len(low))
    while True:  # each is of the word that the first of those beside it is of
        first = np.where(beside, word[None, :], len(low)).min(axis=1, initial=len(low))
        if (first == word).all():
            break
        word = first
    letters = np.bincount(word, minlength=len(low))
    return {int(k) for k, of in zip(low, word, strict=True) if letters[of] >= _LETTERS}


def _beside(edges: Floats) -> Mask:
    """Which boxes `[n, 4]` stand side by side as letters do, `[n, n]`."""
    left, top, right, bottom = edges.T
    tall = bottom - top
    lower, higher = np.minimum(tall[:, None], tall), np.maximum(tall[:, None], tall)
    gap = np.maximum(left[:, None], left) - np.minimum(right[:, None], right)
    common = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    return np.asarray(
        (gap <= _GAP * higher) & (common >= _BESIDE * lower) & (lower >= _ALIKE * higher)
    )


def _most_crossed(mask: Mask) -> int:
    """How many strokes the line from left to right crosses that crosses most."""
    return int(
        np.maximum(np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 0)))), 0).sum(axis=1).max()
    )
