"""What the person points at: one row, the same in every view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The row now looked at, or none: then the whole picture counts as read.

    Hovering shows a row while it lasts; a pinned row stays. Hovering wins.
    """

    changed = Signal()

    def __init__(self, rows: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._pinned: int | None = None
        self._hovered: int | None = None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._rows

    @property
    def row(self) -> int | None:
        """The row looked at, 0 at the top; None is the whole picture."""
        return self._pinned if self._hovered is None else self._hovered

    @property
    def pinned(self) -> int | None:
        """The row that stays when the pointer leaves."""
        return self._pinned

    def set_rows(self, rows: int) -> None:
        """A model with another number of rows has come."""
        if rows != self._rows:
            self._rows = rows
            self._pinned = self._hovered = None
            self.changed.emit()

    def hover(self, row: int | None) -> None:
        """The pointer is over this row, or over none."""
        self._set(self._pinned, row)

    def pin(self, row: int | None) -> None:
        """Stay at this row (kept within the picture), or at none."""
        self._set(None if row is None else max(0, min(self._rows - 1, row)), None)

    def step(self, by: int) -> None:
        """Move by so many rows from the row looked at; from none, in at the top or the bottom."""
        if self.row is None:
            self.pin(0 if by > 0 else self._rows - 1)
        else:
            self.pin(self.row + by)

    def _set(self, pinned: int | None, hovered: int | None) -> None:
        before = (self._pinned, self._hovered)
        self._pinned, self._hovered = pinned, hovered
        if before != (pinned, hovered):
            self.changed.emit()
