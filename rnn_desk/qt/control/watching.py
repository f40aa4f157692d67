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
    from rnn_desk.engine.states.watching import Watchable


@dataclass(frozen=True, eq=False)
class _Wish:
    """watched None asks for the list alone."""

    reader: Reader
    watched: tuple[Watchable, ...] | None = None


class WatchControl(Control):
    """The sheet is about the first model; what a model shows can be taken away for each."""

    def __init__(self, models: LoadedModels, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._window = window
        self.sheet: TensorSheet | None = None
        self._sha256 = ""
        self._worker = Worker(_answer, self)
        self._worker.answered.connect(self._answered)
        self._worker.start()
        models.changed.connect(self._models_changed)
        window.reading.rows.unwatch_wanted.connect(self._unwatch)
        window.reading.rows.tensors_wanted.connect(self._show_sheet)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"tensors": self._show_sheet}

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    def _show_sheet(self) -> None:
        """Open the list of the first model's tensors."""
        readers = self._models.readers
        if not readers:
            self.refused.emit(Refused("There is no model yet: wait until it is open"))
        else:
            self._worker.ask(_Wish(readers[0]))

    def _unwatch(self, place: int, tensor: Watchable) -> None:
        """Do not show this tensor of that model any more."""
        reader = self._models.readers[place]
        left = tuple(each for each in reader.watched if each.name != tensor.name)
        self._worker.ask(_Wish(reader, left))

    def _models_changed(self, readers: tuple[Reader, ...]) -> None:
        """The sheet is of the first one, or goes."""
        if self.sheet is not None:
            if readers[0].identity.sha256 != self._sha256:
                self.sheet.close()
            else:
                self.sheet.show_ticked(readers[0].watched)

    def reopen(self) -> None:
        """The language has changed: the sheet, if it is open, says so anew."""
        if self.sheet is not None:
            self._show_sheet()

    def _answered(self, wish: _Wish, answer: Reader | tuple[Watchable, ...] | Refused) -> None:
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return
        # The model that was asked of; it may show something else by now, or be another's.
        now = (r for r in self._models.readers if r.findings is wish.reader.findings)
        reader = next(now, None)
        if reader is None:
            return
        if isinstance(answer, tuple):
            self._open(reader, answer)
        elif reader is wish.reader:
            self._models.exchange(reader, answer)
        else:
            self._worker.ask(replace(wish, reader=reader))

    def _open(self, reader: Reader, tensors: tuple[Watchable, ...]) -> None:
        if self.sheet is not None:
            self.sheet.close()
        sheet = TensorSheet(reader.card.name, tensors, reader.watched, self._window)
        sheet.chosen.connect(self._watch)
        sheet.finished.connect(self._forget)
        self.sheet = sheet
        self._sha256 = reader.identity.sha256
        sheet.show()

    def _watch(self, tensors: tuple[Watchable, ...]) -> None:
        reader = self._models.readers[0]
        if reader.identity.sha256 == self._sha256:
            self._worker.ask(_Wish(reader, tensors))

    def _forget(self) -> None:
        self.sheet = None


def _answer(wish: _Wish) -> Reader | tuple[Watchable, ...]:
    if wish.watched is None:
        return wish.reader.watchable
    return wish.reader.watching(wish.watched)
