"""Models that are opened ahead of their use, several at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.jobs import Slot
from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Open, Opened
from rnn_desk.core.by_hand import ByHand
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine


class ModelShelf(QObject):
    """Opens those that are wanted, each in a slot of its own, and keeps them open as long."""

    arrived = Signal()
    """One model more is open."""
    refused = Signal(object)
    """A Refused: why one of them cannot be had."""

    def __init__(self, owner: str, engine: Engine, parent: QObject | None = None) -> None:
        """owner: names whose shelf it is."""
        super().__init__(parent)
        self._owner = owner
        self._engine = engine
        self._models: dict[Path, Model] = {}
        self._slots: dict[Path, Slot] = {}
        self._held: tuple[Model, ...] = ()

    def want(self, paths: tuple[Path, ...], chosen: Mapping[str, ByHand] | None = None) -> None:
        """The models of these files are wanted; all others are let go.

        chosen: what a person said of files' inputs, by their SHA-256."""
        said = dict(chosen or {})
        self._models = {path: model for path, model in self._models.items() if path in paths}
        for path in paths:
            if path not in self._slots:
                name = f"{self._owner} {path.stem}"
                self._slots[path] = self._engine.slot(name, self._opened, failed=self._failed)
        for path, slot in self._slots.items():
            slot.want(Open(ModelRef(str(path)), said) if path in paths else None)
        self._keep()

    def hold(self, models: tuple[Model, ...]) -> None:
        """These, which others have opened, are kept open too."""
        self._held = models
        self._keep()

    def models(self, paths: tuple[Path, ...]) -> tuple[Model, ...] | None:
        """The models of these files, or None as long as one is missing."""
        if not all(path in self._models for path in paths):
            return None
        return tuple(self._models[path] for path in paths)

    def _opened(self, request: Open, answer: Opened) -> None:
        self._models[Path(request.ref.path)] = answer.model
        self._keep()
        self.arrived.emit()

    def _failed(self, _: Open, failure: Failure) -> None:
        if not failure.is_cancelled:
            self.refused.emit(failure.why)

    def _keep(self) -> None:
        kept = (*self._models.values(), *self._held)
        self._engine.keep(self._owner, (model.ref for model in kept))
