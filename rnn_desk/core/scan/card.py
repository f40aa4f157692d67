"""A card, a sticker or a panel in the picture: the paper is what is bright or dark in one piece."""

from __future__ import annotations

from dataclasses import field
from itertools import pairwise

import numpy as np

from rnn_desk.core.arrays import Floats
from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import Box, Mask, box_of, grown
from rnn_desk.core.scan.labels import labelled
from rnn_desk.core.scan.paper import even_paper
from rnn_desk.core.scan.parts import Parts

_LEAST = 0.03
"""Of the picture: how large a card is at the least."""

_SOLID = 0.92
"""Of the area that a string round it has: how much of it a card fills; a shadow with a digit that
reaches out of it does not."""

_LEAST_SHEET = 0.3
"""Likewise, of a sheet."""

_WRITTEN = 3
"""Cells: half of what a line on a sheet is thick, at the most."""

_RIM = 2
"""Cells along a card's edge that are left out: they are neither it nor what it lies on."""


@frozen(eq=False)
class Card:
    """A card by itself. box: where it lies. levels: `[rows, columns]` of that box, what is not of
    the card as bright as its paper is. rim: where it ends: ink there goes on beyond it."""

    box: Box
    levels: Floats = field(repr=False)
    rim: Mask = field(repr=False)


def card_in(picture: Floats, parts: Parts, number: int) -> Card | None:
    """The card that a part is, with all that lies on it; None where it is none."""
    cells = _filled(parts.mask(number))
    return _card(picture, parts.k, cells, _LEAST)


def sheet_on(picture: Floats, parts: Parts, number: int) -> Card | None:
    """The sheet that lies on a part, as paper does on a table that is seen around it; None where
    there is none. What is ruled on it, or written, may reach the table."""
    mask = parts.mask(number)
    table = grown(~grown(~mask, _WRITTEN), _WRITTEN) & mask
    number_of, count = labelled(~table, corners=False)
    if not count or not table.any():
        return None
    largest = np.bincount(number_of.ravel())[1:].argmax() + 1
    return _card(picture, parts.k, _filled(number_of == largest), _LEAST_SHEET)


def _card(picture: Floats, k: int, cells: Mask, least: float) -> Card | None:
    """The card that lies in these cells of `k` pixels a side."""
    if np.count_nonzero(cells) < _SOLID * _hull_area(cells):
        return None
    cells = ~grown(~np.pad(cells, _RIM), _RIM)[_RIM:-_RIM, _RIM:-_RIM]
    if np.count_nonzero(cells) < least * cells.size:
        return None
    card = np.repeat(np.repeat(cells, k, axis=0), k, axis=1)[: picture.shape[0], : picture.shape[1]]
    box = box_of(card)
    card, levels = card[box.pixels], picture[box.pixels]
    rim = card & grown(~np.pad(card, 1), 2)[1:-1, 1:-1]
    levels = np.where(card, levels, np.median(levels[card]))
    return Card(box, np.where(card, levels, even_paper(levels)), rim)


def _filled(mask: Mask) -> Mask:
    """The mask with its holes."""
    outside, _ = labelled(~np.pad(mask, 1), corners=False)
    return np.asarray(outside != outside[0, 0])[1:-1, 1:-1]


def _hull_area(mask: Mask) -> float:
    """The area within a string drawn tight round the mask (Andrew's monotone chain)."""
    rows = np.flatnonzero(mask.any(axis=1))
    left = mask[rows].argmax(axis=1)
    right = mask.shape[1] - mask[rows, ::-1].argmax(axis=1)
    area = 0.0
    for columns, sign in ((right, 1), (left, -1)):
        hull: list[tuple[int, int]] = []
        points = [(int(y + d), int(x)) for y, x in zip(rows, columns, strict=True) for d in (0, 1)]
        for y, x in points:
            while len(hull) > 1 and sign * _turn(hull[-2], hull[-1], (y, x)) <= 0:
                hull.pop()
            hull.append((y, x))
        for (y0, x0), (y1, x1) in pairwise(hull):
            area += sign * (x0 + x1) / 2 * (y1 - y0)
    return area


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    """Above 0 where the way from a over b to c turns to the side of smaller x."""
    return (b[1] - a[1]) * (c[0] - a[0]) - (c[1] - a[1]) * (b[0] - a[0])
