"""What the window shows: the models that read, and their newest readings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from rnn_desk.app.actions import choose, draw, point
from rnn_desk.app.values import ModelChoice, Unit
from rnn_desk.core.unit import telling_row, telling_unit
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.window.turns import When
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.presenter import Presenter, Shown
from rnn_desk.qt.work.reference_stats import ReferenceStats


class Display(Control):
    """Hands what the engine answers to the window, which decides nothing."""

    def __init__(
        self,
        store: QtStore,
        models: LoadedModels,
        presenter: Presenter,
        survey: ReferenceStats,
        window: Window,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._presenter = presenter
        self._window = window
        models.changed.connect(self._models_changed)
        models.moved.connect(window.show_device)
        presenter.shown.connect(self._show)
        window.turns.given.connect(self._given)
        presenter.timed.connect(window.header.show_time)
        self._shows_models = False
        presenter.refused.connect(self.refused)
        panels = window.panels
        survey.mapped.connect(panels.map.show_answer)
        survey.mapped.connect(lambda _: presenter.time_anew())
        store.canvas_changed.connect(self._pen_moved)
        panels.map.chosen.connect(store.doing(draw.lay))
        panels.unit.quantity_wanted.connect(window.reading.rows.show_quantity)

    def _models_changed(self, models: tuple[Model, ...]) -> None:
        if self._shows_models:
            self._window.banner.hide()
        self._shows_models = True  # until then, it speaks of a file that was named at the start
        choices = tuple(
            ModelChoice(str(model.path.absolute()), tuple(tensor.name for tensor in model.watched))
            for model in models
        )
        layers = models[0].layers
        alterable = bool(layers) and all(layer.why_not_plain is None for layer in layers)
        units = tuple(model.units for model in models)
        self._store.do(choose.read_by, choices, models[0].card.side, units, alterable)
        self._window.show_models(models)

    def _show(self, shown: Shown) -> None:
        when: When = "in turn" if self._store.state.canvas.pen_is_down else "next"
        self._window.show_traces(shown.traces, shown.beside, when if shown.traces else "at once")

    def _given(self, panel: object) -> None:
        """The unit told of goes with the panel that tells of it."""
        if panel is self._window.panels.unit:
            self._store.do(point.suggest_unit, self._telling_unit())

    def _pen_moved(self, *_: object) -> None:
        """With the pen up, the unit told of is the one that changes most, whichever it was."""
        if not self._store.state.canvas.pen_is_down:
            self._store.do(point.suggest_unit, self._telling_unit())

    def _telling_unit(self) -> Unit | None:
        """The unit of the first layer that changes most where the answer is made; while the pen
        moves, the one told of before, so that its numbers can be followed."""
        trace, before = self._presenter.trace, self._store.state.pointed.suggested_unit
        if trace is None or not trace.layers:
            return None
        if before is not None and self._store.state.canvas.pen_is_down:
            return before
        return Unit(0, 0, telling_unit(trace.layers[0], telling_row(trace)))
