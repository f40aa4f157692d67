"""The optional views' actions, and the gradients that are worked out while a view shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.app.actions import show
from rnn_desk.app.view_table import VIEWS
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.work.presenter import Presenter
from rnn_desk.qt.work.yardsticks import Yardsticks


class ViewsControl(Control):
    """Each view is shown and hidden by the action of its name."""

    def __init__(
        self,
        store: QtStore,
        presenter: Presenter,
        yardsticks: Yardsticks,
        cells: tuple[Path, ...],
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        """cells: the files of the models whose gradients are laid over one another."""
        super().__init__(parent)
        self._store = store
        self._presenter = presenter
        self._yardsticks = yardsticks
        self.cells = cells
        self._actions = actions
        yardsticks.refused.connect(self.refused)
        store.views_changed.connect(self._views_changed)
        self._views_changed()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {spec.name: partial(self._store.do, show.toggle, spec.name) for spec in VIEWS}

    def _views_changed(self) -> None:
        views = self._store.state.views
        for spec in VIEWS:
            self._actions[spec.name].setChecked(spec.name in views.shown)
        self._yardsticks.want(self.cells if "cells" in views.shown else ())
        self._presenter.want_gradients(views.gradient_of)
