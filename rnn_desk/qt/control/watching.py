"""Which tensors are watched: a list of those that can be, and models that show the chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rnn_desk.app.jobs import Slot
from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import FindWatchable, Open, Opened
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.model import Model, Watchable
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels

if TYPE_CHECKING:  # no start waits for a sheet
    from rnn_desk.qt.dialogs.tensors import TensorSheet


@frozen(eq=False)
class _Wish:
    """A model, and the names of all the tensors that it is to show."""

    model: Model
    watched: tuple[str, ...]


class WatchControl(Control):
    """The sheet is about the first model; what a model shows can be taken away for each."""

    def __init__(
        self,
        engine: Engine,
        models: LoadedModels,
        window: Window,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._window = window
        self.sheet: TensorSheet | None = None
        self._sheet_of: Model | None = None
        self._tensors: tuple[Watchable, ...] = ()
        self._wishes: list[_Wish] = []
        self._listing = engine.slot("tensors", self._listed, failed=self._not_listed)
        self._watching: tuple[Slot, ...] = tuple(
            engine.slot(f"watch {place}", self._watched, failed=self._not_watched)
            for place in (0, 1)
        )
        models.changed.connect(self._models_changed)
        models.moved.connect(self._go_on)
        window.reading.rows.unwatch_wanted.connect(self._unwatch)
        window.reading.rows.tensors_wanted.connect(self._show_sheet)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"tensors": self._show_sheet}

    def _show_sheet(self) -> None:
        """Open the list of the first model's tensors."""
        loaded = self._models.loaded
        if not loaded:
            self.not_yet.emit(tr("There is no model yet: wait until it is open"))
            return
        self._listing.want_anew(FindWatchable(loaded[0].ref, loaded[0]))

    def _unwatch(self, place: int, tensor: Watchable) -> None:
        """Do not show this tensor of that model any more."""
        model = self._models.loaded[place]
        self._want(model, tuple(name for name in self._wanted(model) if name != tensor.name))

    def _models_changed(self, models: tuple[Model, ...]) -> None:
        """The sheet is of the first one, or goes."""
        if self.sheet is not None:
            if models[0].same_as(self._sheet_of):
                self._show_ticked(models[0])
            else:
                self.sheet.close()
        self._go_on()

    def reopen(self) -> None:
        """The language has changed: the sheet, if it is open, says so anew."""
        if self.sheet is not None:
            self._show_sheet()

    def _listed(self, request: FindWatchable, tensors: tuple[Watchable, ...]) -> None:
        model = self._models.loaded[0]
        if not model.same_as(request.opened):
            self._show_sheet()  # another model has come since
            return
        if self.sheet is not None:
            self.sheet.close()
        self._tensors = tensors
        from rnn_desk.qt.dialogs.tensors import TensorSheet

        sheet = TensorSheet(model.card.name, tensors, self._ticked(model), self._window)
        sheet.chosen.connect(self._tick)
        sheet.finished.connect(self._forget)
        self.sheet = sheet
        self._sheet_of = model
        sheet.show()

    def _not_listed(self, _: FindWatchable, failure: Failure) -> None:
        if not failure.is_silent:
            self.refused.emit(failure.why)

    def _tick(self, tensors: tuple[Watchable, ...]) -> None:
        model = self._models.loaded[0]
        if model.same_as(self._sheet_of):
            self._want(model, tuple(tensor.name for tensor in tensors))

    def _show_ticked(self, model: Model) -> None:
        if self.sheet is not None:
            self.sheet.show_ticked(self._ticked(model))

    def _ticked(self, model: Model) -> tuple[Watchable, ...]:
        known = {tensor.name: tensor for tensor in (*model.watched, *self._tensors)}
        return tuple(known[name] for name in self._wanted(model) if name in known)

    def _forget(self) -> None:
        self.sheet = None

    def _wish_of(self, model: Model) -> _Wish | None:
        """What that model is to show and does not yet, whatever it shows now."""
        return next((wish for wish in self._wishes if wish.model.same_as(model)), None)

    def _wanted(self, model: Model) -> tuple[str, ...]:
        wish = self._wish_of(model)
        return tuple(t.name for t in model.watched) if wish is None else wish.watched

    def _want(self, model: Model, watched: tuple[str, ...]) -> None:
        """In place of what was wished of that model before; a wish stays until it holds."""
        self._wishes = [wish for wish in self._wishes if not wish.model.same_as(model)]
        self._wishes.append(_Wish(model, watched))
        self._go_on()

    def _go_on(self, *_: object) -> None:
        """Have every wish fulfilled, of its model as that is now: it may show something else by
        now, be elsewhere, or be gone."""
        loaded = self._models.loaded
        self._wishes = [w for w in self._wishes if any(w.model.same_as(m) for m in loaded)]
        for place, slot in enumerate(self._watching):
            model = loaded[place] if place < len(loaded) else None
            wish = None if model is None else self._wish_of(model)
            slot.want(None if model is None or wish is None else _open(model, wish.watched))

    def _watched(self, request: Open, answer: Opened) -> None:
        before = request.before
        assert before is not None
        self._wishes = [wish for wish in self._wishes if not wish.model.same_as(before)]
        self._models.exchange(before, answer.model)

    def _not_watched(self, request: Open, failure: Failure) -> None:
        """What is ticked is what is shown."""
        if failure.is_silent or request.before is None:
            return
        self._wishes = [wish for wish in self._wishes if not wish.model.same_as(request.before)]
        self._models_changed(self._models.loaded)
        self.refused.emit(failure.why)


def _open(model: Model, watched: tuple[str, ...]) -> Open:
    return Open(replace(model.ref, watched=watched), before=model)
