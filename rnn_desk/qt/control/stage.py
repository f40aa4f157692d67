"""How the desk stands, as one value: it can be taken down, and put up again."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.actions import draw, point
from rnn_desk.app.state import Past
from rnn_desk.app.values import Unit
from rnn_desk.core.lab import Experiment
from rnn_desk.core.noteworthy import ROWS, UNITS
from rnn_desk.core.picture import Original
from rnn_desk.core.trace import Target, Trace
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.gradients import GradientChoice
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.presenter import Presenter


@dataclass(frozen=True)
class RuledUnit:
    """A unit of a layer of the first model, to be found by a rule of `core.noteworthy.UNITS`."""

    layer: int
    rule: str


@dataclass(frozen=True, eq=False)
class DeskState:
    """Everything of the desk that a lesson changes.

    models: the models, one or two. row: counted from 0, None for all, or a rule of
    `core.noteworthy.ROWS`. shows: what each layer of the models shows, and in which order of its
    units. gradient: its view is shown; cells: in it the plain cells over one another; target: of
    which class it is. panels: Qt's own words for where the panels are, or the name of the only one
    that is open, "" for none. play: the reading is played.
    """

    models: tuple[Model, ...]
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
    past: Past = field(default_factory=Past)
    line: str = ""
    columns: bool = False
    play: bool = False


class Stage(QObject):
    """Puts a desk into a state: the models, the drawing and what is done to it at once; the row and
    the unit, which may depend on the reading, as soon as the reading is there."""

    ready = Signal()
    """The desk stands as it was asked for."""

    def __init__(
        self,
        store: QtStore,
        models: LoadedModels,
        presenter: Presenter,
        gradient: GradientChoice,
        window: Window,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._models = models
        self._presenter = presenter
        self._gradient = gradient
        self._window = window
        self._due: DeskState | None = None
        presenter.shown.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a reading is waited for."""
        return self._due is not None

    def as_it_stands(self) -> DeskState:
        """The desk as it is now."""
        rows = self._window.reading.rows
        return DeskState(
            self._models.loaded,
            self._store.state.canvas.finished,
            self._store.state.lab,
            self._store.state.pointed.pinned,
            self._store.state.pointed.pinned_unit,
            tuple((view.quantity, view.order_name) for view in rows.layer_views()),
            self._gradient.shown,
            self._gradient.laid_over,
            self._gradient.target,
            self._gradient.overlay,
            bytes(self._window.saveState().data()),
            self._store.state.past,
            self._window.panels.unit.line,
            self._window.panels.unit.columns_alone,
        )

    def put_up(self, state: DeskState) -> None:
        """Change what is different, and nothing else."""
        self._due = None
        self._window.reading.play(on=False)
        if _shown(state.models) != _shown(self._models.loaded):
            self._models.use(state.models)
        self._store.do(draw.set_up, state.drawing, state.experiment, state.past)
        self._gradient.set_target(state.target)
        self._gradient.show_view(state.gradient)
        if state.cells != self._gradient.laid_over:
            self._gradient.show_cells(state.cells)
        self._gradient.show_overlay(state.overlay)
        self._window.docks.arrange(state.panels)
        self._window.panels.unit.arrange(state.line, state.columns)
        self._due = state
        self._look()

    def _look(self, *_: object) -> None:
        """Finish, once the newest drawing has been read."""
        state, trace = self._due, self._presenter.trace
        if state is None or not self._presenter.settled:
            return
        self._due = None
        if _files(state.models) != _files(self._models.loaded):
            return  # a person has opened another model since, which has other rows and units
        views = self._window.reading.rows.layer_views()
        for view, (quantity, order) in zip(views, state.shows, strict=False):
            view.show_quantity(quantity)
            view.order_by(order)
        self._store.do(point.pin_unit, _unit(state.unit, trace))
        self._store.do(point.pin, _row(state.row, trace))
        if state.play and trace is not None:
            self._window.reading.play(on=True)
        self.ready.emit()


def _shown(models: tuple[Model, ...]) -> list[object]:
    """Which models read, and which tensors are watched in each."""
    return [(model.path, [tensor.name for tensor in model.watched]) for model in models]


def _files(models: tuple[Model, ...]) -> list[object]:
    """Which models read."""
    return [model.path for model in models]


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
