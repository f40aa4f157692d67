"""The digits in a drawing, found as those in a picture are: by where their ink is."""

from __future__ import annotations

from dataclasses import field

from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.core.frozen import frozen
from rnn_desk.core.ink import Ink, visible_ink
from rnn_desk.core.raster import BOX, SIDE, Raster, rasterise_ink
from rnn_desk.core.scan.areas import Box
from rnn_desk.core.scan.parts import grouped


@frozen(eq=False)
class DrawnDigit:
    """A digit of a drawing: its lines of ink, and where they lie, in the drawing's units."""

    lines: tuple[Ink, ...] = field(repr=False)
    box: Box | None

    def raster(self, side: int = SIDE, box: float = BOX, counted: bool = False) -> Raster:
        """Its raster, `side` x `side`, as if it had been drawn alone."""
        return rasterise_ink(self.lines, side, box, counted)


def parts_of(drawing: Drawing) -> list[DrawnDigit]:
    """The digits of a drawing in reading order; one without a box where there is no ink."""
    lines = visible_ink(drawing)
    boxes = [_box(line, drawing.size) for line in lines]
    if not lines:
        return [DrawnDigit((), None)]
    groups = grouped(boxes)
    if len(groups) < 2:
        groups = [list(range(len(lines)))]
    digits = []
    for group in groups:
        box = boxes[group[0]]
        for k in group:
            box = box.around(boxes[k])
        digits.append(DrawnDigit(tuple(lines[k] for k in group), box))
    return digits


def _box(line: Ink, size: float) -> Box:
    """Where a line is, with the pen's width."""
    half = float(line.weight.max()) * NOMINAL_WIDTH * size / 2
    (left, top), (right, bottom) = line.points.min(axis=0), line.points.max(axis=0)
    return Box(float(left) - half, float(top) - half, float(right) + half, float(bottom) + half)
