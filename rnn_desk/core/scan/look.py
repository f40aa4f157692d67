"""What the ink of a sheet is sorted into: digits, and what was not written."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import numpy as np

from rnn_desk.core.arrays import Floats
from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import Box, Mask
from rnn_desk.core.scan.contrast import Ink
from rnn_desk.core.scan.enclosing import frames_in, rims_of
from rnn_desk.core.scan.lines import Lines, without_lines
from rnn_desk.core.scan.parts import (
    Parts,
    Sorted,
    fine_cells,
    fine_mask,
    is_blob,
    is_shade,
    parts_of,
    sorted_parts,
)

_SIZEABLE = 0.2
"""Of the sheet's shorter side: what is smaller is no shadow and no card, however thick."""

_FAINT, _ABOVE = 0.5, 1.15
"""Of full ink: frames below it are told from it by their depth, and so many times that is left
out."""

_ONE, _OF_MANY, _MANY, _CRUMB = 0.06, 0.03, 6, 4
"""Of the sheet's shorter side: how tall a digit is that stands alone on a ruled sheet, and one of
so many; and cells that are no taller than a crumb of a line."""


@frozen(eq=False)
class Looked:
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
    def of_digits(self) -> Mask:
        """The pixels of its digits."""
        every = [k for group in self.sorted.digits for k in group]
        return fine_mask(self.parts, every, self.clear.shape)

    @property
    def heights(self) -> list[float]:
        """Of its digits, in pixels."""
        boxes = ([self.parts.boxes[k] for k in group] for group in self.sorted.digits)
        return [self.parts.k * reduce(Box.around, group).height for group in boxes]

    @property
    def fat(self) -> tuple[int, ...]:
        """Those of the blobs that are as thick as they are long."""
        boxes, masks = self.parts.boxes, (self.parts.mask(k) for k in self.blobs)
        return tuple(
            k for k, mask in zip(self.blobs, masks, strict=True) if is_blob(mask[boxes[k].pixels])
        )


def look(ink: Ink, as_one: bool) -> Looked:
    """Take frames, lines, remains and specks out of the ink, and put together what is left."""
    parts = parts_of(ink.clear)
    frame = np.zeros_like(ink.depth, bool)
    if as_one:
        every = tuple(k for k, mass in enumerate(parts.mass) if mass >= 0.05 * parts.mass.max())
        return Looked(ink, ink.clear, frame, None, parts, Sorted((every,) if every else (), ()), ())
    frames = frames_in(parts)
    if frames.thick:
        return Looked(ink, ink.clear, frame, None, parts, Sorted((), ()), frames.thick)
    if frames.thin:
        rims = rims_of(parts, frames.thin)
        frame = fine_mask(parts, frames.thin, ink.depth.shape)
        frame |= fine_cells(parts, rims, ink.depth.shape)
        ink = _without(ink, frame)
        parts = parts_of(ink.clear)
    lines = without_lines(ink)
    blank = False
    clear = ink.clear
    if lines is not None:
        left = parts_of(lines.ink)
        if _is_written(left):
            parts, clear = left, lines.ink
        elif lines.several:
            return Looked(ink, clear, frame, lines, parts, Sorted((), ()), (), blank=True)
        else:
            lines = None  # what is nothing but a line may be a 1
    sort = sorted_parts(parts)
    return Looked(ink, clear, frame, lines, parts, sort, _blobs(parts, sort), blank)


def _without(ink: Ink, frame: Mask) -> Ink:
    """The ink without a frame: by its depth where it is faint, with all its loose ends and without
    what crosses it; else by its place."""
    depth = ink.depth[frame & (ink.depth > ink.floor)]
    level = float(np.percentile(depth, 90)) if depth.size else 1.0
    if level >= _FAINT:
        return replace(ink, depth=np.where(frame, 0, ink.depth))
    floor = _ABOVE * level
    return replace(ink, depth=np.clip((ink.depth - floor) / (1 - floor), 0, 1))


def _is_written(parts: Parts) -> bool:
    """Whether something that is no crumb of a line is left: one that is tall, or several that are
    lower, as on a page that is written full."""
    side = min(parts.number.shape)
    tall = [box.height for box in parts.boxes if box.longest >= 3]
    if any(height >= _ONE * side for height in tall):
        return True
    several = [height for height in tall if height >= max(_OF_MANY * side, _CRUMB)]
    return len(several) >= _MANY


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
