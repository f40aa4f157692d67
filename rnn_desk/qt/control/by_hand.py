"""Opening a file by hand: from the menu, from the banner that says why it was refused, and from the
sheet of a model that reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import LookInto, Source, TryByHand
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Original
from rnn_desk.core.references import reference_digits
from rnn_desk.protocol.by_hand import Offered, TriedByHand
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.message_bar import Offer
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.opening import Opening

if TYPE_CHECKING:  # no start waits for a sheet
    from rnn_desk.qt.dialogs.by_hand import ByHandSheet

_SHOWN = 5
"""The digit that is shown to the model while nothing is drawn."""


class ByHandControl(Control):
    """One sheet, of one file. A refused file that it could open is offered to it."""

    open_wanted = Signal(object, int)
    """The Path of a model that is to be opened as was said, and at which place."""

    def __init__(
        self,
        engine: Engine,
        store: QtStore,
        opening: Opening,
        chosen: ChosenReadings,
        files: UserFiles,
        window: Window,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._chosen = chosen
        self._files = files
        self._window = window
        self.sheet: ByHandSheet | None = None
        self._path, self._place = Path(), 0
        self._said: ByHand | None = None
        self._why: Refused | None = None
        self._at_once = False
        self._looking = engine.slot("look into", self._looked, failed=self._failed)
        self._trying = engine.slot("by hand", self._tried, failed=self._not_tried)
        opening.began.connect(self._forget)
        opening.refused_at.connect(self._look_into_refused)
        store.canvas_changed.connect(self._drawn)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"open_by_hand": self.ask}

    def ask(self) -> None:
        """Ask for a file, and open it by hand."""
        if path := self._files.ask_open(tr("Open model by hand"), tr("ONNX models") + " (*.onnx)"):
            self.open(path)

    def open(self, path: Path, place: int = 0) -> None:
        """Open a file by hand, to read at that place."""
        self._begin(path, place, at_once=True)

    def correct(self, model: Model) -> None:
        """Say otherwise how a model that reads is fed, and what its classes are called."""
        card = model.card
        given = () if model.ref.by_hand is None else model.ref.by_hand.given
        said = ByHand(card.input, card.side, card.classes, given)
        self._begin(model.path, 0, at_once=True, said=said)

    def _begin(
        self,
        path: Path,
        place: int,
        at_once: bool,
        said: ByHand | None = None,
        why: Refused | None = None,
    ) -> None:
        self._path, self._place, self._said, self._why = path, place, said, why
        self._at_once = at_once
        self._looking.want_anew(LookInto(ModelRef(str(path))))

    def _look_into_refused(self, path: Path, place: int, why: Refused) -> None:
        """A file was refused: it is offered to open it by hand, where it could be."""
        self._begin(path, place, at_once=False, why=why)

    def _forget(self, *_: object) -> None:
        """Another file is being opened: what was offered for the last one does not hold."""
        self._looking.want(None)

    def _looked(self, _: LookInto, offered: Offered) -> None:
        self._looking.want(None)
        if not offered.ways:
            if self._at_once:
                self.refused.emit(
                    Refused("{file} has no input that holds a picture", file=self._path)
                )
            return
        if self._at_once:
            self._show(offered)
        elif self._why is not None:
            self._window.banner.offer(
                self._why, Offer(lambda: tr("Open by hand…"), lambda: self._show(offered))
            )

    def _failed(self, _: LookInto, failure: Failure) -> None:
        self._looking.want(None)
        if self._at_once and not failure.is_cancelled:
            self.refused.emit(failure.why)

    def _show(self, offered: Offered) -> None:
        """Open the sheet."""
        if self.sheet is not None:
            self.sheet.close()
        from rnn_desk.qt.dialogs.by_hand import ByHandSheet

        said = self._said or self._chosen.readings.get(offered.sha256)
        sheet = ByHandSheet(self._path.name, offered, said, self._why, self._window)
        path, place = self._path, self._place
        sheet.tried.connect(lambda chosen: self._try(path, offered, chosen))
        sheet.opened.connect(lambda chosen: self._open(path, place, offered, chosen))
        sheet.finished.connect(self._closed)
        self.sheet = sheet
        sheet.show()

    def reopen(self) -> None:
        """The language has changed: the sheet says so anew."""
        if self.sheet is not None:
            place, self._said = self.sheet.geometry(), self.sheet.chosen
            self._show(self.sheet.offered)
            self.sheet.setGeometry(place)

    def _try(self, path: Path, offered: Offered, chosen: ByHand) -> None:
        reading = chosen.input
        assert reading is not None
        source = Source(self._picture(), reading.frame(chosen.side))
        self._trying.want(TryByHand(ModelRef(str(path), offered.sha256, chosen), source))

    def _picture(self) -> Original:
        """What is on the canvas; one of the reference digits while nothing is."""
        drawn = self._store.state.canvas.finished
        if isinstance(drawn, Drawing) and not drawn.strokes:
            digits = reference_digits()
            return digits.drawings[digits.labels.index(str(_SHOWN))]
        return drawn

    def _tried(self, _: TryByHand, tried: TriedByHand) -> None:
        if self.sheet is not None:
            self.sheet.show_tried(tried)

    def _not_tried(self, _: TryByHand, failure: Failure) -> None:
        if self.sheet is not None and not failure.is_cancelled:
            self.sheet.show_failed(failure.why)

    def _drawn(self) -> None:
        if self.sheet is not None and not self._store.state.canvas.pen_is_down:
            self.sheet.try_again()

    def _open(self, path: Path, place: int, offered: Offered, chosen: ByHand) -> None:
        """Remember what the person says, and open the file so."""
        self.try_to(lambda: self._chosen.choose(offered.sha256, chosen))
        if self.sheet is not None:
            self.sheet.close()
        self.open_wanted.emit(path, place)

    def _closed(self) -> None:
        self.sheet = None
        self._trying.want(None)
