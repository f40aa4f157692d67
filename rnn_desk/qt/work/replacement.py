"""One of the program's own models, in place of a model whose process is gone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Open, Opened
from rnn_desk.assets_door import default_model
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels


class Replacement(QObject):
    """Lets the first of two go on alone; in the first one's place the program's best is opened,
    unless a person has another one read meanwhile."""

    said = Signal(object)
    """A Refused: what has become of the model, and which one reads on."""

    def __init__(self, engine: Engine, models: LoadedModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._gone: Model | None = None
        self._why: Refused | None = None
        self._slot = engine.slot("replacement", self._opened, failed=self._failed)
        models.lost.connect(self._replace)
        models.changed.connect(self._say_again)

    def _replace(self, place: int, why: Refused) -> None:
        loaded = self._models.loaded
        if place == 1:
            self._models.stop_comparing()
            self.said.emit(
                Refused("{reason}; {name} reads on", reason=why, name=loaded[0].card.name)
            )
            return
        self._gone, self._why = loaded[0], why
        self._say(why)
        self._slot.want(Open(ModelRef(str(default_model()))))

    def _opened(self, _: Open, answer: Opened) -> None:
        self._slot.want(None)
        if self._models.loaded[:1] == (self._gone,):
            self._models.take(0, answer.model)
        self._gone = None

    def _failed(self, _: Open, failure: Failure) -> None:
        self._slot.want(None)
        self._gone = self._why = None
        self.said.emit(failure.why)

    def _say_again(self, *_: object) -> None:
        """Another model reads, which wipes what was said; of this it is the reason."""
        if self._why is not None:
            why, self._why = self._why, None
            self._say(why)

    def _say(self, why: Refused) -> None:
        self.said.emit(
            Refused(
                "{reason}; the drawing is kept, and the program's own model reads on", reason=why
            )
        )
