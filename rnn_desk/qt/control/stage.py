"""How the desk stands, as one value: it can be taken down, and put up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.lab import Experiment
from rnn_desk.core.noteworthy import ROWS, UNITS
from rnn_desk.core.picture import Original
from rnn_desk.core.trace import Target, Trace
from rnn_desk.qt.state.selection import Unit

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.qt.desk import Desk


@dataclass(frozen=True)
class RuledUnit:
    """A unit of a layer of the first model, to be found by a rule of `core.noteworthy.UNITS`."""

    layer: int
    rule: str


@dataclass(frozen=True, eq=False)
class DeskState:
    """Everything of the desk that a lesson changes.

    readers: the models, one or two. row: counted from 0, None for all, or a rule of
    `core.noteworthy.ROWS`. shows: what each layer of the models shows, and in which order of its
    units. gradient: its view is shown; cells: in it the plain cells over one another; target: of
    which class it is. panels: Qt's own words for where the panels are, or the name of the only one
    that is open, "" for none. play: the reading is played.
    """

    readers: tuple[Reader, ...]
    drawing: Original
    experiment: Experiment
    row: int | str | None
    unit: Unit | RuledUnit | None
    shows: tuple[tuple[str, str], ...]
    gradient: bool
    cells: bool
    target: Target
    overlay: str
    panels: bytes | str
    play: bool = False


class Stage(QObject):
    """Puts a desk into a state: the models, the drawing and what is done to it at once; the row and
    the unit, which may depend on the reading, as soon as the reading is there."""

    ready = Signal()
    """The desk stands as it was asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._due: DeskState | None = None
        desk.presenter.shown.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a reading is waited for."""
        return self._due is not None

    def as_it_stands(self) -> DeskState:
        """The desk as it is now."""
        desk = self._desk
        rows = desk.window.reading.rows
        return DeskState(
            desk.models.readers,
            desk.document.finished,
            desk.document.experiment,
            desk.selection.pinned,
            desk.selection.pinned_unit,
            tuple((view.quantity, view.order_name) for view in rows.layer_views()),
            desk.gradient.shown,
            desk.gradient.laid_over,
            desk.gradient.target,
            desk.gradient.overlay,
            bytes(desk.window.saveState().data()),
        )

    def put_up(self, state: DeskState) -> None:
        """Change what is different, and nothing else."""
        desk = self._desk
        self._due = None
        desk.window.reading.play(on=False)
        if _paths(state.readers) != _paths(desk.models.readers):
            desk.models.use(state.readers)
        desk.document.set_up(state.drawing, state.experiment)
        desk.gradient.set_target(state.target)
        desk.gradient.show_view(state.gradient)
        if state.cells != desk.gradient.laid_over:
            desk.gradient.show_cells(state.cells)
        desk.gradient.show_overlay(state.overlay)
        desk.window.arrange_panels(state.panels)
        self._due = state
        self._look()

    def _look(self, *_: object) -> None:
        """Finish, once the newest drawing has been read."""
        desk, state = self._desk, self._due
        if state is None or not desk.presenter.settled:
            return
        self._due = None
        views = desk.window.reading.rows.layer_views()
        for view, (quantity, order) in zip(views, state.shows, strict=False):
            view.show_quantity(quantity)
            view.order_by(order)
        desk.selection.pin_unit(_unit(state.unit, desk.presenter.trace))
        desk.selection.pin(_row(state.row, desk.presenter.trace))
        if state.play and desk.presenter.trace is not None:
            desk.window.reading.play(on=True)
        self.ready.emit()


def _paths(readers: tuple[Reader, ...]) -> list[object]:
    return [reader.origin.path for reader in readers]


def _row(row: int | str | None, trace: Trace | None) -> int | None:
    if isinstance(row, str):
        return None if trace is None else ROWS[row](trace)
    return row


def _unit(unit: Unit | RuledUnit | None, trace: Trace | None) -> Unit | None:
    if isinstance(unit, RuledUnit):
        if trace is None:
            return None
        return Unit(0, unit.layer, UNITS[unit.rule](trace.layers[unit.layer]))
    return unit
