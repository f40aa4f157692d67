"""What a picture shows: its digits, how they were found, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import BOX, SIDE, Raster
from rnn_desk.core.scan.areas import (
    Box,
    Mask,
    averaged_by_blocks,
    box_of,
    grown,
)
from rnn_desk.core.scan.card import card_in, sheet_on
from rnn_desk.core.scan.contrast import even_ink, ink_of
from rnn_desk.core.scan.enclosing import is_ground
from rnn_desk.core.scan.frame import sheet_of
from rnn_desk.core.scan.look import Looked, look
from rnn_desk.core.scan.paper import even_paper, local_paper
from rnn_desk.core.scan.parts import (
    Sorted,
    at_edge,
    fine_mask,
)
from rnn_desk.core.scan.placed import placed

MOST_PIXELS = 2**18
"""Pixels that are looked at; a larger picture is shrunk first, so that work has a bound."""

_ON_A_CARD = 0.2
"""Ink on a card has this part of the contrast between the card and what it lies on, or more."""

_AS_MUCH_AGAIN = 1.5
"""Times as many digits as there are on what may be a card or a lit part of the sheet."""

_UNEVEN = 0.3
"""Of full ink: a floor above it says that the light is not as even as it was taken to be, as where
a shadow with a soft edge lies on the paper."""

_LEAST_FOR_LOCAL = 40
"""Pixels of the shorter side; less is one piece of paper."""


@frozen(eq=False)
class Digit:
    """A digit that was found. ink: `[rows, columns]` float64, 0..1, of the box that it lies in."""

    box: Box
    ink: Floats = field(repr=False)

    def raster(self, side: int = SIDE, box: float = BOX) -> Raster:
        """Its raster, `side` x `side`; scale and offset are those of the picture's pixels."""
        made = placed(self.ink, side, box)
        rows, columns = self.box.pixels
        x, y = columns.start * made.scale, rows.start * made.scale
        return Raster(made.pixels, made.scale, (made.offset[0] - x, made.offset[1] - y))


@frozen(eq=False)
class Found:
    """What was found in a picture.

    digits: in reading order, none where no ink is to be told from the paper. dark: whether their
    ink is darker than the paper. sheet: what is within borders, bars and bands that were cut away.
    left_out: `[rows, columns]`, ink that was taken for something else. because: what it was taken
    for, of "lines", "frame", "edge".
    """

    digits: tuple[Digit, ...]
    dark: bool
    sheet: Box
    left_out: Mask = field(repr=False)
    because: frozenset[str] = frozenset()


def find(picture: Floats, as_one: bool = False) -> Found:
    """Find the digits in a picture `[rows, columns]` of 0..255, of no more than `MOST_PIXELS`.

    as_one: all the ink in it is one digit's, as a person says who drew a box round it.
    """
    rows, columns = picture.shape
    nothing = Found((), True, Box(0, 0, columns, rows), np.zeros((rows, columns), bool))
    if not picture.size:
        return nothing
    sheet = sheet_of(picture)
    inner = picture[sheet.pixels]
    even = even_ink(inner, even_paper(inner))
    first = None if even is None else look(even, as_one)
    if first is not None and first.is_answer and first.ink.floor < _UNEVEN:
        return _found(picture.shape, sheet, first)
    answer: tuple[Box, Looked] | None = None
    for box, looked in _others(inner, first, as_one):
        if looked.is_answer and (answer is None or _is_more(looked, answer[1])):
            answer = box, looked
    if answer is not None:
        return _found(picture.shape, answer[0].moved(1, sheet.left, sheet.top), answer[1])
    if first is None or any(at_edge(first.parts, k) for k in first.fat):
        return nothing  # a shadow, or the edge of something
    return _found(picture.shape, sheet, first)


def shrunk(picture: NDArray[np.uint8]) -> Floats:
    """The picture with no more than about `MOST_PIXELS`: all that is looked at of a larger one."""
    return averaged_by_blocks(picture, MOST_PIXELS)


_DARK, _INKED = 32, 96
"""Grey levels: MNIST's paper is below the first, and its ink reaches beyond the second."""

_SHORTEST, _LONGEST = 0.5, 0.9
"""How long MNIST's ink is, as a part of the side; 20 of 28 pixels, the faint ones included."""

_OFF_CENTRE = 0.12
"""How far its mass may lie from the middle, as a part of the side."""


def is_in_mnists_manner(grey: NDArray[np.uint8]) -> bool:
    """Whether the border is dark for the most part, and bright ink lies within, as large as MNIST's
    and with its mass in the middle."""
    sides = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if np.median(sides) >= _DARK or grey.max() <= _INKED:
        return False
    side = len(grey)
    if grey.shape != (side, side):
        return False
    mass = grey / grey.sum(dtype=np.float64)
    at = np.arange(side) + 0.5
    centre = np.array([mass.sum(axis=0) @ at, mass.sum(axis=1) @ at])
    longest = box_of(grey > _DARK).longest
    in_middle = bool((np.abs(centre - side / 2) < _OFF_CENTRE * side).all())
    return in_middle and _SHORTEST * side <= longest <= _LONGEST * side


def _others(sheet: Floats, first: Looked | None, as_one: bool) -> Iterator[tuple[Box, Looked]]:
    """What else the ink may be, and where: what lies on a card, or on a sheet that lies on a table;
    or whatever is no wider than a stroke, dark before bright, as it is paper that lies in the
    shade. After a card that is looked at in the light: what is as dark or bright as its ink."""
    darks: tuple[bool, ...] = (True, False)
    if first is not None and first.blobs:
        for box, looked in _on_cards(sheet, first, as_one):
            yield box, looked
            if looked.is_answer and any(is_ground(first.parts, k) for k in first.blobs):
                return  # what is around the sheet is no paper
            if looked.is_answer:
                darks = (looked.ink.dark,)
                break
    if min(sheet.shape) >= _LEAST_FOR_LOCAL:
        for dark in darks:
            found = _local(sheet, dark, as_one)
            if found is not None:
                yield _all_of(sheet), found
                if found.is_answer:
                    break


def _on_cards(sheet: Floats, first: Looked, as_one: bool) -> Iterator[tuple[Box, Looked]]:
    """What lies on the largest of the blobs, or on what that blob lies around."""
    largest = max(first.blobs, key=lambda k: first.parts.mass[k])
    card = card_in(sheet, first.parts, largest)
    if card is not None:
        ink = even_ink(card.levels, even_paper(card.levels))
        if ink is not None and ink.full >= _ON_A_CARD * first.ink.full:
            if not (card.rim & (ink.clear > 0.5)).any():
                yield card.box, look(ink, as_one)
        elif not at_edge(first.parts, largest):
            yield card.box, replace(first, sorted=Sorted((), ()), blobs=(), blank=True)
    if at_edge(first.parts, largest):
        card = sheet_on(sheet, first.parts, largest)
        if card is not None:
            ink = even_ink(card.levels, even_paper(card.levels))
            if ink is not None and ink.full >= _ON_A_CARD * first.ink.full:
                looked = look(ink, as_one)
                if not (card.rim & (looked.clear > 0.5) & looked.of_digits).any():
                    yield card.box, looked  # else it is a shadow, and a digit reaches into it


def _local(sheet: Floats, dark: bool, as_one: bool) -> Looked | None:
    ink = ink_of(sheet, local_paper(sheet, dark), dark)
    return None if ink is None else look(ink, as_one)


def _all_of(sheet: Floats) -> Box:
    rows, columns = sheet.shape
    return Box(0, 0, columns, rows)


def _is_more(whole: Looked, part: Looked) -> bool:
    """Whether all of the sheet has as much again written as the lit part of it has, and as large:
    then that part was no card, and the rest lies in the shade."""
    here, there = whole.heights, part.heights
    if not there or len(here) < _AS_MUCH_AGAIN * len(there):
        return False
    return min(here) >= 0.5 * min(there) and max(here) <= 2 * max(there)


def _found(shape: tuple[int, ...], sheet: Box, looked: Looked) -> Found:
    """What was found, in the picture's own pixels."""
    top, left = int(sheet.top), int(sheet.left)
    k, parts = looked.parts.k, looked.parts
    digits = []
    for group in looked.sorted.digits:
        cells = np.isin(parts.number, np.array(group) + 1)
        cells = grown(cells, 1)  # a stroke's faint edge may lie in the cell beside it
        area = box_of(cells)
        area_pixels = area.moved(k).within(*looked.clear.shape)
        fine = np.repeat(np.repeat(cells[area.pixels], k, axis=0), k, axis=1)
        ink = looked.clear[area_pixels.pixels]
        ink = ink * fine[: ink.shape[0], : ink.shape[1]]
        if not (ink > 0).any():
            continue
        tight = box_of(ink > 0.5 * ink.max())
        near = Box(tight.left - 2, tight.top - 2, tight.right + 2, tight.bottom + 2)
        near = near.within(*ink.shape)
        box = near.moved(1, area_pixels.left + left, area_pixels.top + top)
        digits.append(Digit(box, ink[near.pixels]))
    left_out = np.zeros(shape, bool)
    inside = left_out[sheet.pixels]
    because = set()
    if looked.frame.any():
        because.add("frame")
        inside |= looked.frame
    if looked.sorted.remains:
        because.add("edge")
        inside |= fine_mask(parts, looked.sorted.remains, inside.shape)
    if looked.lines is not None:
        because.add("lines")
        inside |= looked.lines.mask
    return Found(tuple(digits), looked.ink.dark, sheet, left_out, frozenset(because))
