"""The row axis that all row views share, and the room that they share out."""

from __future__ import annotations

from math import ceil

from rnn_desk.core.frozen import frozen
from rnn_desk.qt.style.words import tr

DIGITS = 0.8
"""How high digits are, in parts of a line."""

STRIP = 8
"""Pixels that the legend's strip of colours is high, and what it keeps clear above it."""


@frozen
class RowAxis:
    """Where the rows lie, in pixels of every row view alike.

    Above them are a title and a subtitle, below them the legend; `line` is how high their text is.
    """

    row_height: int
    rows: int
    line: int

    @property
    def top(self) -> int:
        """The upper edge of the first row."""
        return 2 * self.line + 12

    @property
    def height(self) -> int:
        """The height of a whole row view, title and legend included."""
        return self.bottom + 2 * STRIP + self.line + 2

    @property
    def bottom(self) -> int:
        """Just below the last row."""
        return self.top + self.rows * self.row_height

    def row_at(self, y: float) -> int | None:
        """The row at that height, if any."""
        row = int((y - self.top) // self.row_height)
        return row if 0 <= row < self.rows else None

    def y(self, row: int) -> int:
        """The upper edge of a row."""
        return self.top + row * self.row_height

    def numbered(self) -> list[int]:
        """The rows whose numbers are told: the first, every seventh or, where rows are low, a
        multiple of seven, and the last."""
        last = self.rows - 1
        step = 7 * ceil((DIGITS * self.line / self.row_height + 1) / 7)
        named = [0, *range(step - 1, last, step)]
        return [*(row for row in named if not self.touch(row, last)), last]

    def touch(self, row: int, other: int) -> bool:
        """Whether the numbers of two rows would touch."""
        return self.row_height * abs(row - other) < DIGITS * self.line


@frozen
class Room:
    """What a row view may take, in pixels.

    whole: all views together. picture: the picture that the network sees. usual: a view of few
    numbers. row_height: of a row. models: how many stand side by side.
    """

    whole: int
    picture: int
    usual: int
    row_height: int
    models: int


def row_words(row: int, rows: int) -> str:
    """How a row is named to a person: counted from 1."""
    return tr("row {row} of {rows}", row=row + 1, rows=rows)
