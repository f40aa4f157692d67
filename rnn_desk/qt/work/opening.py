"""Opens models, the newest wish first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Open, Opened
from rnn_desk.core.by_hand import ByHand
from rnn_desk.protocol.model import ModelRef
from rnn_desk.qt.work.engine import Engine


class Opening(QObject):
    """Opens one model at a time; a new wish ends what is under way for the one before."""

    began = Signal(object)
    """The Path of a model that is being opened."""
    stage = Signal(str)
    """What is being done to open it: a stage as the engine names them."""
    ended = Signal()
    """Nothing is being opened any more: it is open, refused, or somebody had enough of waiting."""
    opened = Signal(int, object)
    """The place that a model was wanted at, and the Model."""
    refused = Signal(object)
    """A Refused: why the model was not opened."""
    refused_at = Signal(object, int, object)
    """The same, after that: its Path, the place that it was wanted at, and the Refused."""

    cancelled = Signal()
    """Somebody had enough of waiting, and no model is opened after all."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = 0
        self._slot = engine.slot(
            "open",
            self._opened,
            failed=self._failed,
            progressed=lambda _, stage: self.stage.emit(stage),
        )

    def open(self, path: Path, place: int, chosen: Mapping[str, ByHand]) -> None:
        """Open a model; whoever reads meanwhile goes on.

        place: 1 is beside the model at place 0. chosen: what a person said of files' inputs, by
        their SHA-256.
        """
        self._place = place
        self.began.emit(path)
        self._slot.want_anew(Open(ModelRef(str(path)), chosen))

    def cancel(self) -> None:
        """Open no model after all."""
        self._slot.want(None)
        self.ended.emit()
        self.cancelled.emit()

    def _opened(self, _: Open, answer: Opened) -> None:
        self._slot.want(None)
        self.ended.emit()
        self.opened.emit(self._place, answer.model)

    def _failed(self, request: Open, failure: Failure) -> None:
        self._slot.want(None)
        self.ended.emit()
        if not failure.is_cancelled:
            self.refused.emit(failure.why)
            self.refused_at.emit(Path(request.ref.path), self._place, failure.why)
