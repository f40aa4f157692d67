"""A drawing of several digits: what each of them is read as."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import ReadApart
from rnn_desk.core.apart import Apart, may_stand_apart
from rnn_desk.core.drawing import Drawing
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.presenter import Presenter


class DigitsApart(QObject):
    """Asks each model for the digits of a drawing one by one, once the pen is lifted."""

    told = Signal(int, object)
    """A model's place, and an Apart; None where it has nothing to say of it, or not yet."""

    def __init__(
        self,
        engine: Engine,
        store: QtStore,
        models: LoadedModels,
        presenter: Presenter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._models = models
        self._presenter = presenter
        self._slots = tuple(
            engine.slot(f"apart {place}", partial(self._answered, place), failed=self._failed)
            for place in (0, 1)
        )
        self._asked: list[ReadApart | None] = [None, None]
        presenter.shown.connect(self._want)
        store.canvas_changed.connect(self._want)

    @property
    def settled(self) -> bool:
        """Whether all that was asked has been told."""
        return all(slot.settled for slot in self._slots)

    def _want(self, *_: object) -> None:
        wanted = self._wanted()
        for place, slot in enumerate(self._slots):
            request = wanted[place] if place < len(wanted) else None
            if request != self._asked[place]:
                self._asked[place] = request
                self.told.emit(place, None)
                slot.want(request)

    def _wanted(self) -> list[ReadApart | None]:
        """What is to be asked of each model."""
        state, traces = self._store.state, self._presenter.traces
        drawing, models = state.canvas.finished, self._models.loaded
        whole = state.canvas.is_whole and not state.lab.changes_picture
        if not isinstance(drawing, Drawing) or not whole or not may_stand_apart(drawing):
            return []
        return [ReadApart(model.ref, model, drawing) for model in models[: len(traces)]]

    def _answered(self, place: int, request: ReadApart, apart: Apart | None) -> None:
        if request == self._asked[place]:
            self.told.emit(place, apart)

    def _failed(self, _: ReadApart, failure: Failure) -> None:
        """The doubt stands as it is: the reading of the whole says what is wrong."""
