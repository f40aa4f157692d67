"""Which tensors are watched: the list of those that can be, and models that bring out the chosen.

Both take a run or two of the model, so both are done off the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rnn_desk.core.errors import Refused
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.sheets.tensors import TensorSheet
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.engine.signature.findings import Findings
    from rnn_desk.engine.states.watching import Watchable


@dataclass(frozen=True, eq=False)
class _Wish:
    """A model, and all that it is to show."""

    reader: Reader
    watched: tuple[Watchable, ...]


class WatchControl(Control):
    """The sheet is about the first model; what a model shows can be taken away for each."""

    def __init__(self, models: LoadedModels, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._window = window
        self.sheet: TensorSheet | None = None
        self._sheet_of: Findings | None = None
        self._wishes: list[_Wish] = []
        self._under_way: _Wish | None = None
        self._listing = Worker(_list, self)
        self._watching = Worker(_watch, self)
        self._listing.answered.connect(self._listed)
        self._watching.answered.connect(self._watched)
        self._listing.start()
        self._watching.start()
        models.changed.connect(self._models_changed)
        window.reading.rows.unwatch_wanted.connect(self._unwatch)
        window.reading.rows.tensors_wanted.connect(self._show_sheet)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"tensors": self._show_sheet}

    def stop(self) -> None:
        """End the threads."""
        self._listing.stop()
        self._watching.stop()

    def _show_sheet(self) -> None:
        """Open the list of the first model's tensors."""
        readers = self._models.readers
        if not readers:
            self.refused.emit(Refused("There is no model yet: wait until it is open"))
        else:
            self._listing.ask(readers[0])

    def _unwatch(self, place: int, tensor: Watchable) -> None:
        """Do not show this tensor of that model any more."""
        reader = self._models.readers[place]
        self._want(reader, tuple(t for t in self._wanted(reader) if t.name != tensor.name))

    def _models_changed(self, readers: tuple[Reader, ...]) -> None:
        """The sheet is of the first one, or goes."""
        if self.sheet is not None:
            if readers[0].findings is not self._sheet_of:
                self.sheet.close()
            else:
                self.sheet.show_ticked(self._wanted(readers[0]))

    def reopen(self) -> None:
        """The language has changed: the sheet, if it is open, says so anew."""
        if self.sheet is not None:
            self._show_sheet()

    def _listed(self, reader: Reader, answer: tuple[Watchable, ...] | Refused) -> None:
        now = self._models.readers[0]
        if now.findings is not reader.findings:
            self._listing.ask(now)  # another model has come since
            return
        if isinstance(answer, Refused):
            self.refused.emit(answer)
        else:
            self._open(now, answer)

    def _open(self, reader: Reader, tensors: tuple[Watchable, ...]) -> None:
        if self.sheet is not None:
            self.sheet.close()
        sheet = TensorSheet(reader.card.name, tensors, self._wanted(reader), self._window)
        sheet.chosen.connect(self._tick)
        sheet.finished.connect(self._forget)
        self.sheet = sheet
        self._sheet_of = reader.findings
        sheet.show()

    def _tick(self, tensors: tuple[Watchable, ...]) -> None:
        reader = self._models.readers[0]
        if reader.findings is self._sheet_of:
            self._want(reader, tensors)

    def _forget(self) -> None:
        self.sheet = None

    def _wish_of(self, reader: Reader) -> _Wish | None:
        """What that model is to show and does not yet, whatever it shows now."""
        return next((w for w in self._wishes if w.reader.findings is reader.findings), None)

    def _wanted(self, reader: Reader) -> tuple[Watchable, ...]:
        wish = self._wish_of(reader)
        return reader.watched if wish is None else wish.watched

    def _want(self, reader: Reader, watched: tuple[Watchable, ...]) -> None:
        """In place of what was wished of that model before; a wish stays until it holds."""
        before = self._wish_of(reader)
        self._wishes = [w for w in self._wishes if w is not before]
        self._wishes.append(_Wish(reader, watched))
        self._go_on()

    def _go_on(self) -> None:
        """One wish after the other, each of its model as that is now."""
        while self._wishes and self._under_way is None:
            wish = self._wishes[0]
            reader = self._now(wish)
            if reader is None:
                self._wishes.pop(0)
            else:
                self._under_way = replace(wish, reader=reader)
                self._watching.ask(self._under_way)

    def _now(self, wish: _Wish) -> Reader | None:
        """The model of the wish: it may show something else by now, be elsewhere, or be gone."""
        same = (r for r in self._models.readers if r.findings is wish.reader.findings)
        return next(same, None)

    def _watched(self, done: _Wish, answer: Reader | Refused) -> None:
        self._under_way = None
        wish = self._wish_of(done.reader)
        # Another wish, or another state of the model: then it is done as it is now.
        if wish is not None and wish.watched is done.watched and self._now(done) is done.reader:
            self._wishes.remove(wish)
            if isinstance(answer, Refused):
                self._models_changed(self._models.readers)  # ticked is what is shown
                self.refused.emit(answer)
            else:
                self._models.exchange(done.reader, answer)
        self._go_on()


def _list(reader: Reader) -> tuple[Watchable, ...]:
    return reader.watchable


def _watch(wish: _Wish) -> Reader:
    return wish.reader.watching(wish.watched)
