"""Saved desks: written, opened, asked about; the desk of a crash, put up again; all forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.actions import forget, stand, teach
from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.app.documents import DESK_SUFFIX, traces
from rnn_desk.app.documents.desk import SavedDesk, open_desk, save_desk, unpack, unpacked_before
from rnn_desk.app.documents.traces import Places
from rnn_desk.app.documents.unpacked import InUse
from rnn_desk.app.documents.unsaved import InFile, Unsaved
from rnn_desk.app.state import AppState, Canvas
from rnn_desk.app.values import Gates, Units
from rnn_desk.core.errors import Refused
from rnn_desk.folders import unpacked_folder
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.lesson import LessonControl
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.dialogs.question import Question, QuestionSheet
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.opening import Opening
from rnn_desk.qt.work.presenter import Presenter
from rnn_desk.qt.work.standing import Standing

_MIB = 2**20

DESK_NAME = f"desk{DESK_SUFFIX}"
"""Proposed for the file of a desk that has none."""


class DocumentControl(Control):
    """Files are read and written off the window's thread; a desk's foreign model is opened only
    after the person was asked."""

    kept = Signal()
    """How the desk stands is in a file now."""
    begun = Signal()
    """A desk is being put up: all of it but its models is there."""

    def __init__(
        self,
        store: QtStore,
        standing: Standing,
        models: LoadedModels,
        opening: Opening,
        presenter: Presenter,
        lessons: LessonControl,
        chosen: ChosenReadings,
        window: Window,
        files: UserFiles,
        background: Background,
        places: Places,
        unsaved: Unsaved,
        parent: QObject | None = None,
    ) -> None:
        """places: where what is to be forgotten is."""
        super().__init__(parent)
        self._store = store
        self._standing = standing
        self._models = models
        self._opening = opening
        self._presenter = presenter
        self._lessons = lessons
        self._chosen = chosen
        self._window = window
        self._files = files
        self._background = background
        self._places = places
        self._unsaved = unsaved
        store.listen(self._notice)
        self._unknown: Mapping[str, Any] = {}
        self._in_file: InFile | None = None
        self._others = 0
        self.wanted: AppState | None = None
        """The desk that is being put up."""
        self.sheet: QuestionSheet | None = None
        self.unpacked = places.unpacked or unpacked_folder()
        """Where foreign models lie that were accepted."""
        self._in_use = InUse(self.unpacked)
        standing.arrived.connect(self._put_up)
        standing.refused.connect(self.refused)
        opening.began.connect(self._give_up)
        presenter.shown.connect(self._resolve)
        lessons.ready.connect(self._go_on)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "open_desk": self.ask_open,
            "save_desk": self.save,
            "forget": self.ask_to_forget,
        }

    def stop(self) -> None:
        """Let go of the models that were read here."""
        self._in_use.read(())

    def ask_open(self) -> None:
        """Ask for a saved desk and open it."""
        kinds = f"{tr('Desks')} (*{DESK_SUFFIX})"
        if path := self._files.ask_open(tr("Open desk"), kinds):
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a saved desk."""
        self._background.do(lambda: open_desk(path), self._opened)

    def save(self) -> None:
        """Ask for a place and save there how the desk stands."""
        kinds = f"{tr('Desks')} (*{DESK_SUFFIX})"
        name = DESK_NAME if self._unsaved.desk is None else self._unsaved.desk.name
        if path := self._files.ask_save(tr("Save desk"), name, kinds):
            self._save_in(path, _nothing)

    def save_again(self, then: Callable[[], object]) -> None:
        """Save how the desk stands in the file that it is from, and do this then."""
        if (path := self._unsaved.desk) is not None:
            self._save_in(path, then)

    def in_file(self, state: AppState) -> InFile | None:
        """Which file has this desk, that stands or is being put up, or its drawing."""
        return self._unsaved.in_file(state) if self.wanted is None else self._in_file

    def come_back(self, wanted: AppState, in_file: InFile | None, others: int) -> None:
        """Put up the desk as it was before a crash. in_file: which file it is of. others: how many
        wait to come back."""
        desk = wanted.teaching.before or wanted
        if not desk.canvas.finished.is_empty:
            self._unsaved.is_own(desk.canvas.finished)
        self._begin(wanted, in_file)
        self._others = others
        self._window.header.passing.say(tr("The desk is back as it was"))

    def ask_to_forget(self) -> None:
        """Ask whether all traces of what was done here are to be removed, and remove them."""
        self._ask(
            Question(
                lambda: tr("Forget everything"),
                lambda: tr(
                    "The program then knows of no file that was opened here, keeps no desk of a "
                    "crash and no model out of a saved desk, and empties its log. Your own files, "
                    "and what is on the desk now, stay as they are."
                ),
                (
                    (lambda: tr("Forget everything"), self._forget),
                    (lambda: tr("Cancel"), _nothing),
                ),
            )
        )

    def _save_in(self, path: Path, then: Callable[[], object]) -> None:
        state, unknown = self._store.state, self._unknown
        readings = dict(self._chosen.readings)

        def written() -> None:
            self._unsaved.desk_is_in(path, state)
            self.kept.emit()
            then()

        self._files.write(path, lambda: save_desk(path, state, unknown, readings), written)

    # Opening.

    def _opened(self, saved: SavedDesk) -> None:
        there = unpacked_before(saved, self.unpacked)
        asked = [model for model in saved.models if model.key not in there]
        if not asked:
            self._stand(saved, there)
            return
        names = ", ".join(model.name for model in asked)
        size = sum(model.size for model in asked) / _MIB
        self._ask(
            Question(
                lambda: tr("Models of somebody else's"),
                lambda: tr(
                    "{file} brings along {names} ({size:.1f} MiB), which is not one of the "
                    "program's own models. Open it only if you trust where the file comes from.",
                    file=saved.path.name,
                    names=names,
                    size=size,
                ),
                (
                    (lambda: tr("Open it"), partial(self._unpack, saved)),
                    (lambda: tr("Open without it"), partial(self._stand, saved, there)),
                    (lambda: tr("Cancel"), _nothing),
                ),
            )
        )

    def _unpack(self, saved: SavedDesk) -> None:
        self._background.do(
            lambda: unpack(saved, self.unpacked), lambda there: self._stand(saved, there)
        )

    def _stand(self, saved: SavedDesk, there: Mapping[str, Path]) -> None:
        self._lessons.end()
        self._unknown = saved.unknown
        for sha256, reading in saved.readings(there).items():
            self._chosen.readings.setdefault(sha256, reading)  # a person's own word stands
        self._begin(saved.over(self._store.state, there), InFile(saved.path, is_desk=True))

    # Putting up.

    def _begin(self, wanted: AppState, in_file: InFile | None) -> None:
        """in_file: the one that the desk is of, if there is one."""
        self._opening.cancel()
        self._window.banner.hide()
        self.wanted, self._in_file = wanted, in_file
        self._hold_models()
        before = wanted.teaching.before or wanted
        self._store.do(stand.lay, before)
        self.begun.emit()
        self._standing.want(before.models, dict(self._chosen.readings))

    def _put_up(self, models: tuple[Model, ...]) -> None:
        wanted = self.wanted
        if wanted is None:
            return
        before = wanted.teaching.before or wanted
        if models:
            self._models.use(models)
            first = before.models.first
            if first is not None and models[0].path != Path(first.path):
                before = stand.without_model(before, 0)
        self._store.do(stand.put_up, before, self._units(), self._gates())
        if before.layout.panel is not None:
            self._window.docks.arrange(before.layout.panel)
        self._name_it(before)
        place = wanted.teaching.place
        if place is None:
            self.wanted = None
            self._resolve()
            self._tell_of_others()
            return
        try:
            self._lessons.begin(place.name, place.step)
        except Refused as refusal:
            self.wanted = None
            self.refused.emit(refusal)

    def _tell_of_others(self) -> None:
        """Say how many desks wait to come back; not before, as other models wipe what was said."""
        others, self._others = self._others, 0
        if others:
            self.refused.emit(
                Refused(
                    "The desk is back as it was. Others that a crash has left: {count}; start RNN "
                    "Desk once more for each",
                    count=others,
                )
            )

    def _name_it(self, wanted: AppState) -> None:
        """The desk stands as it was, but for what the person has drawn meanwhile."""
        if self._in_file is not None:
            stands = replace(self._store.state, canvas=Canvas(wanted.canvas.finished))
            self._unsaved.was_in(self._in_file, stands)
            self.kept.emit()

    def _go_on(self) -> None:
        """The step of the lesson stands: now what was done in it."""
        wanted, self.wanted = self.wanted, None
        self._tell_of_others()
        if wanted is not None:
            self._store.do(stand.go_on, wanted, self._units(), self._gates())
            if wanted.layout.panel is not None:
                self._window.docks.arrange(wanted.layout.panel)

    def _give_up(self, _: Path) -> None:
        """The person opens another model: the desk's are not waited for."""
        if self._standing.busy:
            self._standing.cancel()
            self.wanted = None

    def _resolve(self, *_: object) -> None:
        """Find the row and the unit that a desk has a rule for, once it has been read."""
        pointed = self._store.state.pointed
        ruled = pointed.stays != pointed.pinned or pointed.unit_stays != pointed.pinned_unit
        given = self._store.state.teaching.place is not None
        if ruled and not given and self.wanted is None and self._presenter.settled:
            self._store.do(teach.resolve, self._presenter.trace)

    def _units(self) -> Units:
        return tuple(model.units for model in self._models.loaded)

    def _gates(self) -> Gates:
        return self._models.loaded[0].gates if self._models.loaded else ()

    def _hold_models(self) -> None:
        """Keep the unpacked models that are read here, or will be, from being forgotten."""
        now = self._store.state
        desks = (now, now.teaching.before, self.wanted)
        models = (each.models for each in desks if each is not None)
        choices = (choice for each in models for choice in (each.first, each.second))
        self._in_use.read(choice.path for choice in choices if choice is not None)

    def _notice(self, before: AppState, after: AppState) -> None:
        """The person has gone on, or ended the lesson, before it stood: so it is, then."""
        if before.models is not after.models or before.teaching is not after.teaching:
            self._hold_models()
        if self.wanted is None:
            return
        place = self.wanted.teaching.place
        if before.teaching.place == place != after.teaching.place:
            self.wanted = None

    # Asking.

    def _ask(self, question: Question) -> None:
        if self.sheet is not None:
            self.sheet.close()
        sheet = self.sheet = QuestionSheet(question, self._window)
        sheet.finished.connect(self._answered)
        sheet.show()
        sheet.activateWindow()

    def _answered(self, _: int) -> None:
        self.sheet = None

    def _forget(self) -> None:
        self._chosen.readings.clear()
        self._unknown = {}
        self._store.do(forget.person)
        self._background.do(lambda: traces.remove(self._places), self._say_forgotten)

    def _say_forgotten(self, _: None) -> None:
        self._window.header.passing.say(tr("Forgotten"))


def _nothing() -> None:
    """Leave everything as it is."""
