"""Models of which nothing but the gradient is shown, laid over that of the model that reads."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import Model
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.model_shelf import ModelShelf


class Baselines(QObject):
    """Opens those that are wanted."""

    changed = Signal()
    """Others are at hand, or none any more."""
    refused = Signal(object)
    """A Refused: why they cannot be had."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Path, ...] = ()
        self._failed = False
        self._shelf = ModelShelf("baseline", engine, self)
        self._shelf.arrived.connect(self._arrived)
        self._shelf.refused.connect(self._refuse)

    @property
    def models(self) -> tuple[Model, ...]:
        """Those at hand: all that are wanted, or none."""
        return self._shelf.models(self._wanted) or ()

    @property
    def ready(self) -> bool:
        """Whether all that are wanted, if any are, have been opened."""
        return self._shelf.models(self._wanted) is not None

    @property
    def settled(self) -> bool:
        """Whether nothing is waited for: they are there, or one of them cannot be had."""
        return self.ready or self._failed

    def want(self, paths: tuple[Path, ...]) -> None:
        """The models of these files are wanted, or none."""
        if paths != self._wanted:
            self._wanted, self._failed = paths, False
            self._shelf.want(paths)
            self.changed.emit()

    def _refuse(self, refusal: Refused) -> None:
        self._failed = True
        self.refused.emit(refusal)

    def _arrived(self) -> None:
        if self.ready:
            self.changed.emit()
