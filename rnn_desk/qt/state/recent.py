"""A menu of the models that were opened lately, from files of a person's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from rnn_desk.core.plain import one_line
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import add_action, set_tip


class RecentModels:
    """Fills the menu, the newest first, and opens the one that is chosen.

    What is not there any more stays in the menu: opening it says so.
    """

    def __init__(self, menu: QMenu, store: QtStore, opened: Callable[[Path], object]) -> None:
        self._menu = menu
        self._store = store
        self._open = opened
        store.personal_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        paths = self._store.state.personal.recent
        self._menu.clear()
        for path in map(Path, paths):
            action = add_action(self._menu, one_line(path.name, 60))
            set_tip(action, str(path))
            action.triggered.connect(partial(self._chosen, path))
        self._menu.setToolTipsVisible(True)
        self._menu.setEnabled(bool(paths))

    def _chosen(self, path: Path, *_checked: bool) -> None:
        self._open(path)
