"""Models of which nothing but the gradient is shown, laid over that of the model that reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused
from rnn_desk.qt.work.devices import CPU
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.engine.reading.reader import Reader


class Yardsticks(QObject):
    """Opens those that are wanted, off the window's thread."""

    changed = Signal()
    """Others are at hand, or none any more."""
    refused = Signal(object)
    """A Refused: why they cannot be had."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Path, ...] = ()
        self._readers: tuple[Reader, ...] = ()
        self._worker = Worker(_open, self)
        self._worker.answered.connect(self._opened)
        self._worker.start()

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Those at hand."""
        return self._readers

    @property
    def ready(self) -> bool:
        """Whether all that are wanted, if any are, have been opened."""
        return len(self._readers) == len(self._wanted)

    def want(self, paths: tuple[Path, ...]) -> None:
        """The models of these files are wanted, or none."""
        self._wanted, self._readers = paths, ()
        if paths:
            self._worker.ask(paths)
        self.changed.emit()

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    def _opened(self, paths: tuple[Path, ...], answer: tuple[Reader, ...] | Refused) -> None:
        if paths != self._wanted:
            return
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return
        self._readers = answer
        self.changed.emit()


def _open(paths: tuple[Path, ...]) -> tuple[Reader, ...]:
    from rnn_desk.engine.foreign.opening import open_model

    return tuple(open_model(path, CPU) for path in paths)
