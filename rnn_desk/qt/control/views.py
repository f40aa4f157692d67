"""The gradients that are worked out while a view shows them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.work.baselines import Baselines
from rnn_desk.qt.work.presenter import Presenter


class ViewsControl(Control):
    """Wants what the optional views show."""

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
        self._store = store
        self._presenter = presenter
        self._baselines = baselines
        self.cells = cells
        baselines.refused.connect(self.refused)
        store.views_changed.connect(self._views_changed)
        self._views_changed()

    def _views_changed(self) -> None:
        views = self._store.state.views
        self._baselines.want(self.cells if "cells" in views.shown else ())
        self._presenter.want_gradients(views.gradient_of)
