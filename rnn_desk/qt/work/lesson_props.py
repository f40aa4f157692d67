"""What a lesson needs, fetched before it is needed: its models, and the reference digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.lesson import EMPTY, Lesson
from rnn_desk.qt.work.devices import CPU
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader


class LessonProps(QObject):
    """Opens the models one after the other, in the order of the steps, off the window's thread."""

    arrived = Signal()
    """One thing more is there."""
    refused = Signal(object)
    """A Refused: something cannot be had."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, ...] = ()
        self._readers: dict[str, Reader] = {}
        self._digits: dict[str, Drawing] = {}
        self._worker = Worker(_fetch, self)
        self._worker.answered.connect(self._fetched)
        self._worker.start()

    def want(self, lesson: Lesson | None) -> None:
        """This lesson is given; what the one before needed, and this one does not, is let go."""
        self._wanted = () if lesson is None else lesson.models
        self._readers = {n: reader for n, reader in self._readers.items() if n in self._wanted}
        self._ask()

    def readers(self, names: tuple[str, ...]) -> tuple[Reader, ...] | None:
        """The models of these names, or None as long as one is missing."""
        if not all(name in self._readers for name in names):
            return None
        return tuple(self._readers[name] for name in names)

    def digit(self, name: str) -> Drawing | None:
        """The first reference digit of that label and style, or None as long as it is missing."""
        return Drawing() if name == EMPTY else self._digits.get(name)

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    def _ask(self) -> None:
        missing = [name for name in self._wanted if name not in self._readers]
        if self._wanted and not self._digits:
            self._worker.ask("")
        elif missing:
            self._worker.ask(missing[0])

    def _fetched(self, name: str, answer: Reader | dict[str, Drawing] | Refused) -> None:
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return
        if isinstance(answer, dict):
            self._digits = answer
        elif name in self._wanted:
            self._readers[name] = answer
        self.arrived.emit()
        self._ask()


def _fetch(name: str) -> Reader | dict[str, Drawing]:
    """The model of that name, or the digits by label and style where it is empty."""
    if name:
        from rnn_desk.engine.foreign.opening import open_model

        return open_model(asset("models", f"{name}.onnx"), CPU)
    from rnn_desk.core.references import reference_digits

    digits: dict[str, Drawing] = {}
    for drawing in reference_digits().drawings:
        name = f"{drawing.label} {drawing.extra['style']}"
        digits.setdefault(name, drawing.resized(CANVAS_SIZE))
    return digits
