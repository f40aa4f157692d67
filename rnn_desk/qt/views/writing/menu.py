"""What can be kept of what was written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.qt.style.plain import add_action
from rnn_desk.qt.style.words import tr


class SaveMenu(QMenu):
    """The pictures as a contact sheet, row by row as an animation, or as numbers."""

    chosen = Signal(str)
    """"sheet", "animation" or "numbers"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = {name: add_action(self, "") for name in ("sheet", "animation", "numbers")}
        for name, action in self._actions.items():
            action.triggered.connect(partial(self._choose, name))

    def set_words(self) -> None:
        """Name its entries in the language that is spoken."""
        self._actions["sheet"].setText(tr("Contact sheet…"))
        self._actions["animation"].setText(tr("Animation, row by row…"))
        self._actions["numbers"].setText(tr("Numbers…"))

    def _choose(self, name: str, *_checked: bool) -> None:
        self.chosen.emit(name)
