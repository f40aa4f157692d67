"""The models that read, and what becomes of them: exchanged, compared, moved, let go."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine


class LoadedModels(QObject):
    """One model, or two to be compared, or none yet."""

    changed = Signal(object)
    """The models: others than before, or the same that show more, or less."""
    moved = Signal(object)
    """The models: the same as before, on another device."""
    refused = Signal(object)
    """A Refused: the models stay those that they were."""
    lost = Signal(int, object)
    """The place of a model whose process is gone, and a Refused that says why."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._models: tuple[Model, ...] = ()
        engine.lost.connect(self._lose)

    @property
    def loaded(self) -> tuple[Model, ...]:
        """The models that read now."""
        return self._models

    def use(self, models: tuple[Model, ...]) -> None:
        """These models read from now on; one of another picture size cannot stay beside the new."""
        self._models = tuple(m for m in models if m.card.frame == models[0].card.frame)
        self._keep()
        self.changed.emit(self._models)

    def take(self, place: int, model: Model) -> None:
        """A model has been opened: it reads in place of the first, or beside it at place 1."""
        if place == 0 or not self._models:
            before = self._models[1:]
            self.use((model, *before))
            for gone in before[len(self._models) - 1 :]:
                self.refused.emit(_apart(gone, model))
        elif model.card.frame != self._models[0].card.frame:
            self.refused.emit(
                Refused(
                    "{file} reads {pictures}, and cannot stand beside a model that reads {others}: "
                    "choose another one",
                    file=model.path,
                    pictures=_pictures(model),
                    others=_pictures(self._models[0]),
                )
            )
        else:
            self.use((self._models[0], model))

    def stop_comparing(self) -> None:
        """Let the second model go."""
        self.use(self._models[:1])

    def exchange(self, before: Model, after: Model) -> None:
        """A model that reads shows more than before, or less, unless another has come since."""
        if before in self._models:
            self.use(tuple(after if each is before else each for each in self._models))

    def move(self, before: Model, after: Model) -> None:
        """The model `before` is on another device now, unless another has come since."""
        if before in self._models:
            self._models = tuple(after if each is before else each for each in self._models)
            self._keep()
            self.moved.emit(self._models)

    def _keep(self) -> None:
        self._engine.keep("loaded", (model.ref for model in self._models))

    def _lose(self, refs: tuple[ModelRef, ...], why: Refused) -> None:
        for place, model in enumerate(self._models):
            if model.ref in refs:
                self.lost.emit(place, why)
                return


def _apart(gone: Model, model: Model) -> Refused:
    """Why a model does not stand beside the one that reads now."""
    return Refused(
        "{name} no longer stands beside: it reads {before}, and {file} reads {after}",
        name=gone.card.name,
        file=model.path.name,
        before=_pictures(gone),
        after=_pictures(model),
    )


def _pictures(model: Model) -> Refused:
    """What its pictures are, as far as that decides what can stand beside it."""
    side = model.card.side
    if model.card.input.margin == "counted":
        return Refused("pictures of {side} rows that count ink", side=side)
    if model.card.input.margin == "none":
        return Refused("pictures of {side} rows without a margin", side=side)
    return Refused("pictures of {side} rows", side=side)
