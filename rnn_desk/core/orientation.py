"""How a picture lies before a network: upright, mirrored, turned, its rows for its columns.

The eight ways in which a square can be laid upon itself: one of four turns, and after it, or not,
rows and columns change places.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.frozen import frozen

Turn = Literal["upright", "mirrored", "upside_down", "half_turn"]
"""What is done to a picture first: nothing; left for right; its rows from the bottom up; both."""


@frozen
class Orientation:
    """One of the eight ways. by_columns: after the turn, rows and columns change places, so that
    what a network takes row after row are the picture's columns."""

    turn: Turn = "upright"
    by_columns: bool = False

    def seen(self, pixels: Array) -> Array:
        """Pictures `[..., side, side]` as the network has them before it."""
        turned = _turned(pixels, self.turn)
        return np.swapaxes(turned, -1, -2) if self.by_columns else turned

    def upright(self, seen: Array) -> Array:
        """What `seen` was given, of what it gave: each of its two parts undoes itself."""
        turned = np.swapaxes(seen, -1, -2) if self.by_columns else seen
        return _turned(turned, self.turn)

    @property
    def from_the_end(self) -> bool:
        """Whether the first row seen is the picture's last row, or last column."""
        last = "mirrored" if self.by_columns else "upside_down"
        return self.turn in (last, "half_turn")


UPRIGHT = Orientation()


def _turned(pixels: Array, turn: Turn) -> Array:
    if turn in ("upside_down", "half_turn"):
        pixels = pixels[..., ::-1, :]
    return pixels[..., ::-1] if turn in ("mirrored", "half_turn") else pixels
