"""One of the program's own models, in place of one whose process is gone, or that was refused while
there is no other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Open, Opened
from rnn_desk.assets_door import default_model, is_bundled
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.opening import Opening


class Replacement(QObject):
    """Lets the first of two go on alone; in the first one's place the program's best is opened,
    unless a person has another one read meanwhile."""

    said = Signal(object)
    """A Refused: what has become of the model, and which one reads on."""

    def __init__(
        self,
        engine: Engine,
        models: LoadedModels,
        opening: Opening,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._wished: Path | None = None
        self._before: tuple[Model, ...] = ()
        self._taking = False
        self._why: Refused | None = None
        self._slot = engine.slot("replacement", self._opened, failed=self._failed)
        models.lost.connect(self._replace)
        models.changed.connect(self._say_again)
        opening.began.connect(self._begin)
        opening.refused.connect(self._stand_in)
        opening.cancelled.connect(self._stand_in_after_all)

    def _replace(self, place: int, why: Refused) -> None:
        loaded = self._models.loaded
        if place == 1:
            self._models.stop_comparing()
            self.said.emit(
                Refused("{reason}; {name} reads on", reason=why, name=loaded[0].card.name)
            )
            return
        if self._slot.wanted is not None and loaded[:1] == self._before:
            return  # it is being replaced, and why has been said
        self._why = Refused(
            "{reason}; the drawing is kept, and the program's own model reads on", reason=why
        )
        self._open()

    def _begin(self, path: Path) -> None:
        self._wished = path

    def _stand_in(self, why: Refused) -> None:
        """The first model that was asked for is refused: there would be none at all."""
        if not self._models.loaded and self._wished is not None and not is_bundled(self._wished):
            self._why = Refused("{reason}; the program's own model reads instead", reason=why)
            self._open()

    def _stand_in_after_all(self) -> None:
        """The first model that was asked for is not waited for."""
        if self._wished is not None:
            self._stand_in(Refused("{file} was not opened", file=self._wished.name))

    def _open(self) -> None:
        assert self._why is not None
        self.said.emit(self._why)
        self._before = self._models.loaded[:1]
        self._slot.want(Open(ModelRef(str(default_model()))))

    def _opened(self, _: Open, answer: Opened) -> None:
        self._slot.want(None)
        if self._models.loaded[:1] == self._before:
            self._taking = True
            self._models.take(0, answer.model)
            self._taking = False

    def _failed(self, _: Open, failure: Failure) -> None:
        self._slot.want(None)
        self.said.emit(failure.why)

    def _say_again(self, *_: object) -> None:
        """Another model reads, which wipes what was said: it is the reason why the program's own
        one does; any other was chosen by a person meanwhile."""
        why, self._why = self._why, None
        if self._taking and why is not None:
            self.said.emit(why)
        elif why is not None:
            self._slot.want(None)
