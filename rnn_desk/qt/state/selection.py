"""What the person points at: one row, the same in every view, and one unit of a layer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class Unit:
    """Unit number `unit` of layer number `layer` of model number `model`, all counted from 0."""

    model: int
    layer: int
    unit: int


class Selection(QObject):
    """The row now looked at, or none: then the whole picture counts as read. And a unit, or none.

    Hovering shows a row (and a unit) while it lasts; a pinned one stays. Hovering wins.
    """

    changed = Signal()

    def __init__(self, rows: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._pinned: int | None = None
        self._hovered: int | None = None
        self._pinned_unit: Unit | None = None
        self._hovered_unit: Unit | None = None
        self._suggested: Unit | None = None

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

    @property
    def unit(self) -> Unit | None:
        """The unit looked at."""
        return self._hovered_unit or self._pinned_unit or self._suggested

    @property
    def suggested(self) -> Unit | None:
        """The unit that is looked at while a person chooses none."""
        return self._suggested

    @property
    def pinned_unit(self) -> Unit | None:
        """The unit that stays when the pointer leaves."""
        return self._pinned_unit

    def start(self, rows: int) -> None:
        """Another model has come, with so many rows, and other units."""
        self._rows = rows
        self._pinned = self._hovered = None
        self._pinned_unit = self._hovered_unit = self._suggested = None
        self.changed.emit()

    def forget_second(self) -> None:
        """The second model is another one, or gone; what is looked at of the first stays."""
        if self._pinned_unit is not None and self._pinned_unit.model > 0:
            self._pinned_unit = None
        self._hovered = self._hovered_unit = None
        self.changed.emit()

    def hover(self, row: int | None, unit: Unit | None = None) -> None:
        """The pointer is over this row (and unit), or over none."""
        before = self._hovered_unit
        self._hovered_unit = unit
        self._set(self._pinned, row, force=before != unit)

    def suggest(self, unit: Unit | None) -> None:
        """Look at this unit for as long as a person chooses none."""
        before, self._suggested = self._suggested, unit
        if unit != before:
            self.changed.emit()

    def pin_unit(self, unit: Unit | None) -> None:
        """Stay at this unit, or at none."""
        self._pinned_unit = unit
        self.changed.emit()

    def pin(self, row: int | None) -> None:
        """Stay at this row (kept within the picture), or at none."""
        self._set(None if row is None else max(0, min(self._rows - 1, row)), None)

    def step(self, by: int) -> None:
        """Move by so many rows from the row looked at; from none, in at the top or the bottom."""
        if self.row is None:
            self.pin(0 if by > 0 else self._rows - 1)
        else:
            self.pin(self.row + by)

    @contextmanager
    def for_a_moment(self, row: int | None) -> Iterator[None]:
        """Look at this row, or at none, whatever is pinned or hovered; then as before."""
        before = self._pinned, self._hovered
        self._pinned, self._hovered = row, None
        self.changed.emit()
        try:
            yield
        finally:
            self._pinned, self._hovered = before
            self.changed.emit()

    def _set(self, pinned: int | None, hovered: int | None, force: bool = False) -> None:
        before = (self._pinned, self._hovered)
        self._pinned, self._hovered = pinned, hovered
        if force or before != (pinned, hovered):
            self.changed.emit()
