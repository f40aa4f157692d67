"""What the reference digits tell of the first model: the map of its states, and how well it reads
them while something is done to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.state_map import StateMap
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.core.lab import Accuracy
    from rnn_desk.engine.reading.lab import Lab
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.protocol.findings import Findings


@dataclass(frozen=True, eq=False)
class _JudgeWish:
    lab: Lab
    experiment: Experiment


class Survey(QObject):
    """Asked for anew whenever another model reads, or something else is done to it."""

    mapped = Signal(object)
    """A StateMap of the first model's top layer, None where it has no states, or a Refused."""
    judged = Signal(object, object)
    """An Experiment, and the Accuracy of the first model under it, or a Refused."""

    def __init__(self, models: LoadedModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._experiment = Experiment()
        self._asked: Reader | None = None
        self._mapped_of: Findings | None = None
        self._mapping = Worker(_map, self)
        self._judging = Worker(_judge, self)
        self._mapping.answered.connect(self._mapped)
        self._judging.answered.connect(self._judged)
        self._mapping.start()
        self._judging.start()
        models.changed.connect(self._changed)
        models.moved.connect(self._ask_accuracy)

    def try_out(self, experiment: Experiment) -> None:
        """This is done to the picture and to the first model from now on."""
        self._experiment = experiment
        self._ask_accuracy()

    def stop(self) -> None:
        """End the threads."""
        self._mapping.stop()
        self._judging.stop()

    def _changed(self, readers: tuple[Reader, ...]) -> None:
        first = readers[0]
        # The same model, which shows more, has the same map; but who is let go makes none.
        if first.findings is not self._mapped_of and first is not self._asked:
            self._asked, self._mapped_of = first, None
            self._mapping.ask(first)
        self._ask_accuracy()

    def _ask_accuracy(self, *_: object) -> None:
        """How well the reference digits are read under the experiment, if there is one."""
        if self._experiment.on and self._models.lab is not None:
            self._judging.ask(_JudgeWish(self._models.lab, self._experiment))

    def _judged(self, wish: _JudgeWish, answer: Accuracy | Refused) -> None:
        if (wish.lab, wish.experiment) == (self._models.lab, self._experiment):
            self.judged.emit(wish.experiment, answer)

    def _mapped(self, reader: Reader, answer: StateMap | Refused | None) -> None:
        if reader is self._asked:  # else another one has come since
            self._mapped_of = reader.findings
            self.mapped.emit(answer)


def _map(reader: Reader) -> StateMap | None:
    from rnn_desk.engine.reading.state_map import state_map

    return state_map(reader)


def _judge(wish: _JudgeWish) -> Accuracy:
    return wish.lab.accuracy(wish.experiment)
