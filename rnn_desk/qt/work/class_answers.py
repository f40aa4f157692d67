"""How the model reads the drawings that were collected."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import ReadDrawings
from rnn_desk.core.drawing import Drawing
from rnn_desk.protocol.model import Model
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels

AT_ONCE = 200
"""Drawings of one request, so that what the pen draws meanwhile is read between two."""


class ClassAnswers(QObject):
    """Reads those that are asked for, each once by each model."""

    read = Signal()
    """Some more are read, or another model reads."""
    refused = Signal(object)
    """A Refused: why they cannot be read."""

    def __init__(self, engine: Engine, models: LoadedModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._model: Model | None = None
        self._wanted: tuple[Drawing, ...] = ()
        self._known: WeakKeyDictionary[Drawing, int] = WeakKeyDictionary()
        self._slot = engine.slot("drawings", self._answered, failed=self._failed)
        models.changed.connect(self._another)

    def want(self, drawings: tuple[Drawing, ...]) -> None:
        """Read these, those that were read already aside."""
        self._wanted = drawings
        self._ask()

    def of(self, drawing: Drawing) -> int | None:
        """The place of the class that it is read as, -1 where it has no ink; None as long as it is
        not read."""
        return self._known.get(drawing)

    @property
    def model(self) -> Model | None:
        """The model that reads."""
        return self._model

    def _another(self, models: tuple[Model, ...]) -> None:
        before, self._model = self._model, models[0] if models else None
        if before is None or self._model is None or before.identity != self._model.identity:
            self._known.clear()
            self.read.emit()
        self._ask()

    def _ask(self) -> None:
        model = self._model
        new = tuple(each for each in self._wanted if each not in self._known)[:AT_ONCE]
        self._slot.want(ReadDrawings(model.ref, model, new) if model is not None and new else None)

    def _answered(self, request: ReadDrawings, places: tuple[int, ...]) -> None:
        self._known.update(zip(request.drawings, places, strict=True))
        self.read.emit()
        self._ask()

    def _failed(self, _: ReadDrawings, failure: Failure) -> None:
        self._wanted = ()
        if not failure.is_silent:
            self.refused.emit(failure.why)
