"""The cards of the models that ship, read once the first model is at work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.requests import ReadCards
from rnn_desk.assets_door import BundledModel
from rnn_desk.qt.work.engine import Engine


class ModelCards(QObject):
    """Reads them once."""

    known = Signal(object)
    """The ModelCard of each file that has one, by its Path."""

    def __init__(
        self, models: Sequence[BundledModel], engine: Engine, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._paths = tuple(model.path for model in models)
        self._slot = engine.slot("cards", lambda _, cards: self.known.emit(cards))

    def read(self, *_: object) -> None:
        """Read them, unless that was done."""
        self._slot.want(ReadCards(self._paths))
