"""The cards of the models that ship, read once the first model is at work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.assets_door import BundledModel
from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.qt.work.worker import Worker


class ModelCards(QObject):
    """Reads them off the window's thread, once."""

    known = Signal(object)
    """The ModelCard of each file that has one, by its Path."""

    def __init__(self, models: Sequence[BundledModel], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = tuple(model.path for model in models)
        self._asked = False
        self._worker = Worker(_read, self)
        self._worker.answered.connect(self._answered)
        self._worker.start()

    def read(self, *_: object) -> None:
        """Read them, unless that was done."""
        if not self._asked:
            self._asked = True
            self._worker.ask(self._paths)

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    def _answered(self, _: object, cards: dict[Path, ModelCard] | Refused) -> None:
        if not isinstance(cards, Refused):
            self.known.emit(cards)


def _read(paths: tuple[Path, ...]) -> dict[Path, ModelCard]:
    from rnn_desk.engine.graph.metadata import cards_of

    return cards_of(paths)
