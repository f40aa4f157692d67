"""A list of classes that is too long for its room: the most probable are shown, the rest folded."""

from __future__ import annotations

from rnn_desk.core.frozen import frozen

FEW = 12
"""Classes that are all shown, however low their bars get: the ten digits, and a class or two."""

_CLOSE = 1.2
"""Lines of text from one bar to the next at least, where others are folded away."""


@frozen
class Folded:
    """Which part of the list is shown. first: the place of its first class, from 0."""

    first: int = 0

    @staticmethod
    def shown(count: int, height: int, line: int) -> int:
        """How many of so many classes have room in a height, beside a line that tells of the
        others; all of them where they have."""
        rooms = max(2, int(height / (_CLOSE * line)))
        return count if count <= max(FEW, rooms) else rooms - 1

    def next_page(self, count: int, shown: int) -> Folded:
        """The classes after those that are shown; after the last ones the first again."""
        after = self.first + shown
        return Folded() if after >= count else Folded(min(after, count - shown))

    def moved(self, by: int, count: int, shown: int) -> Folded:
        """So many classes further, or back."""
        return Folded(max(0, min(self.first + by, count - shown)))
