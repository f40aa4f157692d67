"""Opens the models of another desk, all of them before any of them reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Open, Opened
from rnn_desk.app.state import Models
from rnn_desk.assets_door import default_model
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine

_OWNER = "standing"


class Standing(QObject):
    """Opens one or two models; the newest wish alone. In place of a first one that cannot be had,
    the program's own reads."""

    arrived = Signal(object)
    """The models, the first one first."""
    refused = Signal(object)
    """A Refused, after that: why one of them, or both, are not opened."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._wanted: dict[int, Open] = {}
        self._why: list[Refused] = []
        self._models: dict[int, Model] = {}
        self._chosen: Mapping[str, ByHand] = {}
        self._slots = tuple(
            engine.slot(
                f"stand {place}",
                partial(self._opened, place),
                failed=partial(self._failed, place),
            )
            for place in (0, 1)
        )

    @property
    def busy(self) -> bool:
        """Whether a model is still waited for."""
        return bool(self._wanted)

    def want(self, models: Models, chosen: Mapping[str, ByHand]) -> None:
        """These models are to read. chosen: how a person said that files without a card are fed."""
        self.cancel()
        self._chosen = chosen
        first = default_model() if models.first is None else Path(models.first.path)
        self._open(0, first, () if models.first is None else models.first.watched)
        if models.second is not None:
            self._open(1, Path(models.second.path), models.second.watched)
        for place, request in tuple(self._wanted.items()):
            self._slots[place].want_anew(request)

    def cancel(self) -> None:
        """Nothing is wanted any more."""
        self._wanted.clear()
        self._models.clear()
        self._why.clear()
        for slot in self._slots:
            slot.want(None)
        self._engine.keep(_OWNER, ())

    def _open(self, place: int, path: Path, watched: tuple[str, ...]) -> None:
        ref = ModelRef(str(path), watched=watched or None)
        self._wanted[place] = Open(ref, self._chosen)

    def _opened(self, place: int, _: Open, answer: Opened) -> None:
        del self._wanted[place]
        self._models[place] = answer.model
        self._engine.keep(_OWNER, (model.ref for model in self._models.values()))
        self._go_on()

    def _failed(self, place: int, request: Open, failure: Failure) -> None:
        del self._wanted[place]
        if not failure.is_cancelled:
            self._why.append(failure.why)
        if place == 0 and Path(request.ref.path) != default_model():
            self._open(0, default_model(), ())
            self._slots[0].want_anew(self._wanted[0])
        self._go_on()

    def _go_on(self) -> None:
        if self._wanted:
            return
        models = tuple(self._models[place] for place in sorted(self._models))
        for slot in self._slots:
            slot.want(None)
        self.arrived.emit(models)
        self._models.clear()
        self._engine.keep(_OWNER, ())
        why, self._why = self._why, []
        if why:  # last, as other models wipe what was said of those before
            self.refused.emit(reduce(_both, why))


def _both(one: Refused, other: Refused) -> Refused:
    return Refused("{one}; {other}", one=one, other=other)
