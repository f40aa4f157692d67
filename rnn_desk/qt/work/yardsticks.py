"""Models of which nothing but the gradient is shown, laid over that of the model that reads."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.jobs import Slot
from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Open, Opened
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine


class Yardsticks(QObject):
    """Opens those that are wanted."""

    changed = Signal()
    """Others are at hand, or none any more."""
    refused = Signal(object)
    """A Refused: why they cannot be had."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._wanted: tuple[Path, ...] = ()
        self._models: dict[Path, Model] = {}
        self._slots: dict[Path, Slot] = {}

    @property
    def models(self) -> tuple[Model, ...]:
        """Those at hand: all that are wanted, or none."""
        there = tuple(self._models[path] for path in self._wanted if path in self._models)
        return there if len(there) == len(self._wanted) else ()

    @property
    def ready(self) -> bool:
        """Whether all that are wanted, if any are, have been opened."""
        return len(self.models) == len(self._wanted)

    def want(self, paths: tuple[Path, ...]) -> None:
        """The models of these files are wanted, or none."""
        if paths == self._wanted:
            return
        self._wanted, self._models = paths, {}
        for path in paths:
            if path not in self._slots:
                name = f"baseline {path.stem}"
                self._slots[path] = self._engine.slot(name, self._opened, failed=self._failed)
        for path, slot in self._slots.items():
            slot.want(Open(ModelRef(str(path))) if path in paths else None)
        self._keep()
        self.changed.emit()

    def _opened(self, request: Open, answer: Opened) -> None:
        self._models[Path(request.ref.path)] = answer.model
        self._keep()
        if self.ready:
            self.changed.emit()

    def _failed(self, _: Open, failure: Failure) -> None:
        self.refused.emit(failure.why)

    def _keep(self) -> None:
        self._engine.keep("baselines", (model.ref for model in self._models.values()))
