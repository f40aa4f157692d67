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
from rnn_desk.core.scan.card import card_in
from rnn_desk.core.scan.contrast import Ink, even_ink, ink_of
from rnn_desk.core.scan.frame import sheet_of
from rnn_desk.core.scan.lines import Lines, without_lines
from rnn_desk.core.scan.paper import even_paper, local_paper
from rnn_desk.core.scan.parts import (
    Parts,
    Sorted,
    at_edge,
    fine_mask,
    frames_in,
    is_blob,
    is_shade,
    parts_of,
    sorted_parts,
)
from rnn_desk.core.scan.placed import placed

MOST_PIXELS = 2**18
"""Pixels that are looked at; a larger picture is shrunk first, so that work has a bound."""

_SIZEABLE = 0.2
"""Of the sheet's shorter side: what is smaller is no shadow and no card, however thick."""

_ON_A_CARD = 0.2
"""Ink on a card has this part of the contrast between the card and what it lies on, or more."""

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
    first = None if even is None else _look(even, as_one)
    if first is not None and first.is_answer:
        return _found(picture.shape, sheet, first)
    for box, looked in _others(inner, first, as_one):
        if looked.is_answer:
            return _found(picture.shape, box.moved(1, sheet.left, sheet.top), looked)
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


def _others(sheet: Floats, first: _Looked | None, as_one: bool) -> Iterator[tuple[Box, _Looked]]:
    """What else the ink may be, and where: what lies on a card; or whatever is no wider than a
    stroke, dark before bright, as it is paper that lies in the shade."""
    rows, columns = sheet.shape
    if first is not None and first.blobs:
        largest = max(first.blobs, key=lambda k: first.parts.mass[k])
        card = card_in(sheet, first.parts, largest)
        if card is not None:
            ink = even_ink(card.levels, even_paper(card.levels))
            if ink is not None and ink.full >= _ON_A_CARD * first.ink.full:
                if not (card.rim & (ink.clear > 0.5)).any():
                    yield card.box, _look(ink, as_one)
            elif not at_edge(first.parts, largest):
                yield card.box, replace(first, sorted=Sorted((), ()), blobs=(), blank=True)
    if min(sheet.shape) >= _LEAST_FOR_LOCAL:
        for dark in (True, False):
            ink = ink_of(sheet, local_paper(sheet, dark), dark)
            if ink is not None:
                yield Box(0, 0, columns, rows), _look(ink, as_one)


@frozen(eq=False)
class _Looked:
    """Ink with what it was sorted into. blank: it is a ruling with nothing on it. blobs: parts that
    are too thick for strokes."""

    ink: Ink
    clear: Floats
    frame: Mask
    lines: Lines | None
    parts: Parts
    sorted: Sorted
    blobs: tuple[int, ...]
    blank: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether it has digits, and nothing that was not written."""
        return not self.blobs and (bool(self.sorted.digits) or self.blank)

    @property
    def fat(self) -> tuple[int, ...]:
        """Those of the blobs that are as thick as they are long."""
        boxes, masks = self.parts.boxes, (self.parts.mask(k) for k in self.blobs)
        return tuple(
            k for k, mask in zip(self.blobs, masks, strict=True) if is_blob(mask[boxes[k].pixels])
        )


def _look(ink: Ink, as_one: bool) -> _Looked:
    """Take frames, lines, remains and specks out of the ink, and put together what is left."""
    parts = parts_of(ink.clear)
    frame = np.zeros_like(ink.depth, bool)
    if as_one:
        every = tuple(k for k, mass in enumerate(parts.mass) if mass >= 0.05 * parts.mass.max())
        return _Looked(
            ink, ink.clear, frame, None, parts, Sorted((every,) if every else (), ()), ()
        )
    if frames := frames_in(parts):
        frame = fine_mask(parts, frames, ink.depth.shape)
        ink = replace(ink, depth=np.where(frame, 0, ink.depth))
        parts = parts_of(ink.clear)
    lines = without_lines(ink)
    blank = False
    clear = ink.clear
    if lines is not None:
        left = parts_of(lines.ink)
        if _is_written(left):
            parts, clear = left, lines.ink
        elif lines.several:
            return _Looked(ink, clear, frame, lines, parts, Sorted((), ()), (), blank=True)
        else:
            lines = None  # what is nothing but a line may be a 1
    sort = sorted_parts(parts)
    return _Looked(ink, clear, frame, lines, parts, sort, _blobs(parts, sort), blank)


def _is_written(parts: Parts) -> bool:
    """Whether something that is no crumb of a line is left."""
    least = 0.06 * min(parts.number.shape)
    return any(box.height >= least and box.longest >= 3 for box in parts.boxes)


def _blobs(parts: Parts, sort: Sorted) -> tuple[int, ...]:
    """Parts that are thicker than any stroke."""
    least = _SIZEABLE * min(parts.number.shape)
    large = {*(k for group in sort.digits for k in group), *sort.remains}
    return tuple(
        k
        for k in sorted(large)
        if (parts.boxes[k].longest >= least and is_blob(parts.mask(k)[parts.boxes[k].pixels]))
        or (parts.boxes[k].longest >= 1.75 * least and is_shade(parts, k))
    )


def _found(shape: tuple[int, ...], sheet: Box, looked: _Looked) -> Found:
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
