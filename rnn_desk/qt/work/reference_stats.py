"""What the reference digits tell of the first model: the map of its states, and how well it reads
them while something is done to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import MapStates, MeasureAccuracy
from rnn_desk.core.lab import Experiment
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.model import Model
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels


class ReferenceStats(QObject):
    """Asked for anew whenever another model reads, or something else is done to it."""

    mapped = Signal(object)
    """A StateMap of the first model's top layer, None where it has no states, or a Refused."""
    judged = Signal(object, object)
    """An Experiment, and the Accuracy of the first model under it, or a Refused."""

    def __init__(self, engine: Engine, models: LoadedModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._experiment = Experiment()
        self._mapped_of: Model | None = None
        self._map = engine.slot(
            "map", lambda _, answer: self.mapped.emit(answer), failed=self._no_map
        )
        self._accuracy = engine.slot(
            "accuracy",
            lambda asked, answer: self.judged.emit(asked.experiment, answer),
            failed=self._no_accuracy,
        )
        models.changed.connect(self._changed)
        models.moved.connect(self._ask_accuracy)

    @property
    def settled(self) -> bool:
        """Whether all that was asked for has been answered."""
        return self._map.settled and self._accuracy.settled

    def try_out(self, experiment: Experiment) -> None:
        """This is done to the picture and to the first model from now on."""
        self._experiment = experiment
        self._ask_accuracy()

    def _changed(self, models: tuple[Model, ...]) -> None:
        first = models[0]
        if not first.same_as(self._mapped_of) or self._map.has_failed:
            self._mapped_of = first  # the same one, which shows more, has the same map
            self._map.want_anew(MapStates(first.ref, first))
        self._ask_accuracy()

    def _ask_accuracy(self, *_: object) -> None:
        """How well the reference digits are read under the experiment, if there is one."""
        loaded = self._models.loaded
        if not self._experiment.on or not loaded:
            self._accuracy.want(None)
            return
        slot, request = self._accuracy, MeasureAccuracy(loaded[0].ref, loaded[0], self._experiment)
        (slot.want_anew if slot.has_failed else slot.want)(request)

    def _no_map(self, asked: MapStates, failure: Failure) -> None:
        if not _is_replaced(asked.opened, failure):
            self.mapped.emit(failure.why)

    def _no_accuracy(self, asked: MeasureAccuracy, failure: Failure) -> None:
        if not _is_replaced(asked.opened, failure):
            self.judged.emit(asked.experiment, failure.why)


def _is_replaced(model: Model, failure: Failure) -> bool:
    """Whether another model takes this one's place, and this is asked of that one."""
    return failure.cause is Cause.LOST and not model.is_own
