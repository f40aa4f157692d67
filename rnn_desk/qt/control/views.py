"""What is wanted of the engine for what is to be seen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from rnn_desk.app.state import AppState
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.work.baselines import Baselines
from rnn_desk.qt.work.presenter import Presenter


class ViewsControl(Control):
    """Wants readings of what is drawn and tried, with the gradients that are shown; and those of
    the models laid over one another."""

    def __init__(
        self,
        store: QtStore,
        presenter: Presenter,
        baselines: Baselines,
        cells: tuple[Path, ...],
        parent: QObject | None = None,
    ) -> None:
        """cells: the files of the models whose gradients are laid over one another."""
        super().__init__(parent)
        self._presenter = presenter
        self._baselines = baselines
        self.cells = cells
        baselines.refused.connect(self.refused)
        store.listen(self._changed)
        self._want(store.state)

    def _changed(self, before: AppState, after: AppState) -> None:
        """Ask once for all that has changed at once."""
        if _of_a_reading(before) != _of_a_reading(after):
            self._want(after)

    def _want(self, state: AppState) -> None:
        views = state.views
        self._baselines.want(self.cells if "cells" in views.shown else ())
        ruled = state.writing.on
        self._presenter.show(state.canvas.read, state.lab, views.gradient_of, ruled)


def _of_a_reading(state: AppState) -> tuple[object, ...]:
    return state.canvas, state.lab, state.views, state.writing.on
