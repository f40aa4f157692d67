"""Opens models off the window's thread, the newest wish first."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.limits import Limits
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.engine.reading.reader import Reader


@dataclass(frozen=True, eq=False)
class ModelWish:
    """A model and a device that somebody asked for; place 1 is beside the model at place 0.

    unwanted: set once nobody waits for it any longer. chosen: what a person said of files' inputs.
    """

    path: Path
    device: str
    place: int = 0
    unwanted: threading.Event = field(default_factory=threading.Event)
    chosen: Mapping[str, InputReading] = field(default_factory=dict)


class Opening(QObject):
    """Opens one model at a time; a new wish ends what is under way for the one before."""

    began = Signal(object)
    """A ModelWish whose model is being opened."""
    stage = Signal(str)
    """What is being done to open it: a stage as the engine names them."""
    ended = Signal()
    """Nothing is being opened any more: it is open, refused, or somebody had enough of waiting."""
    opened = Signal(int, object)
    """The place that a model was wanted at, and its Reader."""
    refused = Signal(object)
    """A Refused: why the model was not opened."""

    def __init__(self, limits: Limits, parent: QObject | None = None) -> None:
        """limits: what the examination of a model file may take."""
        super().__init__(parent)
        self._limits = limits
        self._unwanted = threading.Event()
        self._worker = Worker(self._open, self)
        self._worker.answered.connect(self._answered)
        self._worker.start()

    def open(self, wish: ModelWish) -> None:
        """Open a model; whoever reads meanwhile goes on."""
        self._unwanted.set()  # whatever is being opened just now
        self.began.emit(wish)
        self._unwanted = wish.unwanted
        self._worker.ask(wish)

    def cancel(self) -> None:
        """Open no model after all."""
        self._unwanted.set()
        self.ended.emit()

    def stop(self) -> None:
        """End the thread, and what is being opened."""
        self._unwanted.set()
        self._worker.stop()

    def _open(self, wish: ModelWish) -> Reader | None:
        """On the worker's thread: the model, or None if it is not wanted any more."""
        from rnn_desk.engine.foreign.examiner import Cancelled
        from rnn_desk.engine.foreign.opening import open_model

        try:
            return open_model(
                wish.path,
                wish.device,
                self._limits,
                self.stage.emit,
                wish.unwanted.is_set,
                wish.chosen,
            )
        except Cancelled:
            return None

    def _answered(self, wish: ModelWish, answer: Reader | Refused | None) -> None:
        if answer is None or wish.unwanted.is_set():
            return
        self.ended.emit()
        if isinstance(answer, Refused):
            self.refused.emit(answer)
        else:
            self.opened.emit(wish.place, answer)
