"""The models that a lesson needs, so that a step waits for none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.lessons import Lesson
from rnn_desk.assets_door import asset
from rnn_desk.core.by_hand import ByHand
from rnn_desk.protocol.model import Model
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.model_shelf import ModelShelf


class LessonModels(QObject):
    """Opens all models of a lesson as it begins, and keeps them open until it ends."""

    arrived = Signal()
    """One thing more is there."""
    refused = Signal(object)
    """A Refused: something cannot be had."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = ModelShelf("lesson", engine, self)
        self._shelf.arrived.connect(self.arrived)
        self._shelf.refused.connect(self.refused)

    def want(self, lesson: Lesson | None, chosen: Mapping[str, ByHand] | None = None) -> None:
        """This lesson is given; what the one before needed, and this one does not, is let go.

        chosen: what a person said of files' inputs, by their SHA-256."""
        self._shelf.want(() if lesson is None else _files(lesson.models), chosen or {})

    def hold(self, models: tuple[Model, ...]) -> None:
        """These read before the lesson, and will after it: their processes are not let go."""
        self._shelf.hold(models)

    def models(self, names: tuple[str, ...]) -> tuple[Model, ...] | None:
        """The models of these names, or None as long as one is missing."""
        return self._shelf.models(_files(names))


def _files(names: tuple[str, ...]) -> tuple[Path, ...]:
    """The files of models by their names; one of somebody else's is named by its path."""
    return tuple(
        path if (path := Path(name)).is_absolute() else asset("models", f"{name}.onnx")
        for name in names
    )
