"""The models that a lesson needs, opened before they are needed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.jobs import Slot
from rnn_desk.app.lessons import Lesson
from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Open, Opened
from rnn_desk.assets_door import asset
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine


class LessonProps(QObject):
    """Opens the models one after the other, in the order of the steps."""

    arrived = Signal()
    """One thing more is there."""
    refused = Signal(object)
    """A Refused: something cannot be had."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._wanted: tuple[str, ...] = ()
        self._models: dict[str, Model] = {}
        self._before: tuple[Model, ...] = ()
        self._slots: dict[str, Slot] = {}

    def want(self, lesson: Lesson | None) -> None:
        """This lesson is given; what the one before needed, and this one does not, is let go."""
        self._wanted = () if lesson is None else lesson.models
        self._models = {n: model for n, model in self._models.items() if n in self._wanted}
        for name in self._wanted:
            if name not in self._slots:
                self._slots[name] = self._engine.slot(
                    f"lesson {name}", self._opened, failed=self._failed
                )
        for name, slot in self._slots.items():
            slot.want(_open(name) if name in self._wanted else None)
        self._keep()

    def hold(self, models: tuple[Model, ...]) -> None:
        """These read before the lesson, and will after it: their processes are not let go."""
        self._before = models
        self._keep()

    def models(self, names: tuple[str, ...]) -> tuple[Model, ...] | None:
        """The models of these names, or None as long as one is missing."""
        if not all(name in self._models for name in names):
            return None
        return tuple(self._models[name] for name in names)

    def _opened(self, request: Open, answer: Opened) -> None:
        for name in self._wanted:
            if _open(name) == request:
                self._models[name] = answer.model
        self._keep()
        self.arrived.emit()

    def _failed(self, _: Open, failure: Failure) -> None:
        self.refused.emit(failure.why)

    def _keep(self) -> None:
        held = (*self._models.values(), *self._before)
        self._engine.keep("lesson", (model.ref for model in held))


def _open(name: str) -> Open:
    return Open(ModelRef(str(asset("models", f"{name}.onnx"))))
