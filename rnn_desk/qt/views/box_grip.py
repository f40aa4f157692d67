"""The box round a digit as a hand takes it: by a side or a corner."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt

from rnn_desk.core.frozen import frozen
from rnn_desk.core.scan.areas import Box

_REACH = 6.0
"""Pixels of the screen within which a side or a corner is taken."""

_LEAST = 4.0
"""Pixels of the picture that a box is wide and high at the least."""


@frozen
class Grip:
    """What of a box was taken: which of its sides move, "left", "top", "right", "bottom"."""

    sides: frozenset[str]

    @property
    def cursor(self) -> Qt.CursorShape:
        """What the pointer looks like over it."""
        if self.sides <= {"left", "right"}:
            return Qt.CursorShape.SizeHorCursor
        if self.sides <= {"top", "bottom"}:
            return Qt.CursorShape.SizeVerCursor
        falling = self.sides in ({"left", "top"}, {"right", "bottom"})
        return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor

    def moved(self, box: Box, x: float, y: float, rows: int, columns: int) -> Box:
        """The box with these sides brought to a place in a picture of that size."""
        x, y = min(max(x, 0.0), columns), min(max(y, 0.0), rows)
        if "left" in self.sides:
            box = replace(box, left=min(x, box.right - _LEAST))
        if "right" in self.sides:
            box = replace(box, right=max(x, box.left + _LEAST))
        if "top" in self.sides:
            box = replace(box, top=min(y, box.bottom - _LEAST))
        if "bottom" in self.sides:
            box = replace(box, bottom=max(y, box.top + _LEAST))
        return box.within(rows, columns)


def grip_at(where: QRectF, x: float, y: float) -> Grip | None:
    """What of a box a hand at this place takes; where: the box, in pixels of the screen."""
    across = where.left() - _REACH <= x <= where.right() + _REACH
    down = where.top() - _REACH <= y <= where.bottom() + _REACH
    sides = set()
    if across and down:
        for side, off in (
            ("left", x - where.left()),
            ("right", x - where.right()),
            ("top", y - where.top()),
            ("bottom", y - where.bottom()),
        ):
            if abs(off) <= _REACH:
                sides.add(side)
    if {"left", "right"} <= sides:
        sides.discard("left")
    if {"top", "bottom"} <= sides:
        sides.discard("top")
    return Grip(frozenset(sides)) if sides else None
