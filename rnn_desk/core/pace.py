"""When each point of a drawing was made, and the drawing as it stood at any moment of that."""

from __future__ import annotations

from dataclasses import field, replace

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.frozen import frozen

SPEED = 1.2
"""Sides of the canvas a second, on paper and above it, where a drawing does not say when its points
were made: about as fast as a teacher draws on a board."""

LONGEST_PAUSE = 0.5
"""Seconds between two strokes at most: nobody waits for somebody who thought for a while."""


@frozen(eq=False)
class Pace:
    """A drawing, and for each of its points, one stroke's after the other's, the second at which it
    was made, `[points]`, from 0 on and never running backwards."""

    drawing: Drawing
    seconds: NDArray[np.float64] = field(repr=False)

    @property
    def length(self) -> float:
        """Seconds that the whole drawing takes."""
        return float(self.seconds[-1]) if len(self.seconds) else 0.0

    def at(self, second: float) -> Drawing:
        """The drawing as it stood then. A finished stroke is the drawing's own object."""
        left = int(np.searchsorted(self.seconds, second, side="right"))
        strokes: list[Stroke] = []
        for stroke in self.drawing.strokes:
            if left <= 0:
                break
            strokes.append(stroke if left >= len(stroke.points) else stroke.cut(left))
            left -= len(stroke.points)
        return replace(self.drawing, strokes=tuple(strokes))


def pace_of(drawing: Drawing) -> Pace:
    """When its points were made, as it says; where it does not, at an even speed by length."""
    seconds: list[NDArray[np.float64]] = []
    now = 0.0
    before: Stroke | None = None
    for stroke in drawing.strokes:
        own = stroke.seconds
        if own is None:
            steps = np.linalg.norm(np.diff(stroke.points, axis=0), axis=1)
            own = np.concatenate([[0.0], np.cumsum(steps)]) / (SPEED * drawing.size)
        if before is not None:
            now += _pause(before, stroke, drawing.size)
        seconds.append(own - own[0] + now)
        now = float(seconds[-1][-1])
        before = stroke
    return Pace(drawing, np.concatenate(seconds) if seconds else np.zeros(0))


def _pause(before: Stroke, after: Stroke, size: float) -> float:
    """Seconds between two strokes, for which the pen moves above the paper."""
    if before.seconds is not None and after.seconds is not None:
        pause = float(after.seconds[0] - before.seconds[-1])
    else:
        pause = float(np.linalg.norm(after.points[0] - before.points[-1])) / (SPEED * size)
    return min(max(pause, 0.0), LONGEST_PAUSE)
