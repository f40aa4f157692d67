"""One desk: the window with everything behind it, connected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from rnn_desk.app import chosen_readings, speed_cache
from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.app.documents.recovery import RecoveryFile, orphans
from rnn_desk.app.documents.settings import SettingsFile
from rnn_desk.app.documents.traces import Places
from rnn_desk.app.documents.unsaved import Unsaved
from rnn_desk.app.engines import Engines, MakeProcesses
from rnn_desk.app.state import AppState
from rnn_desk.app.values import ModelChoice
from rnn_desk.assets_door import baselines, catalogue
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import ASIDE, write_whole
from rnn_desk.core.trace import Trace
from rnn_desk.folders import unpacked_folder
from rnn_desk.qt.actions import Commands
from rnn_desk.qt.control.apart import ApartControl
from rnn_desk.qt.control.appearance import Appearance
from rnn_desk.qt.control.author import AuthorControl
from rnn_desk.qt.control.by_hand import ByHandControl
from rnn_desk.qt.control.collect import CollectControl
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.display import Display
from rnn_desk.qt.control.documents import DocumentControl
from rnn_desk.qt.control.drawing import DrawingControl
from rnn_desk.qt.control.files import FileCommands
from rnn_desk.qt.control.keeping import Keeping
from rnn_desk.qt.control.lab import LabControl
from rnn_desk.qt.control.lesson import LessonControl
from rnn_desk.qt.control.model_sheets import ModelSheets
from rnn_desk.qt.control.models import ModelChoice as ModelControl
from rnn_desk.qt.control.own_work import OwnWork
from rnn_desk.qt.control.rows import RowControl
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.control.views import ViewsControl
from rnn_desk.qt.control.watching import WatchControl
from rnn_desk.qt.control.writing import WritingControl
from rnn_desk.qt.dialogs.about import AboutSheet
from rnn_desk.qt.dialogs.sheet import Sheet, Sheets
from rnn_desk.qt.dialogs.shortcuts import ShortcutSheet
from rnn_desk.qt.shell import Shell
from rnn_desk.qt.state.replay import StrokePlayer
from rnn_desk.qt.style.language import system_language
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.window.message_bar import Offer
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.baselines import Baselines
from rnn_desk.qt.work.class_answers import ClassAnswers
from rnn_desk.qt.work.devices import Devices
from rnn_desk.qt.work.digits_apart import DigitsApart
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.lesson_models import LessonModels
from rnn_desk.qt.work.model_cards import ModelCards
from rnn_desk.qt.work.model_files import ModelFiles
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.opening import Opening
from rnn_desk.qt.work.presenter import Presenter
from rnn_desk.qt.work.reference_stats import ReferenceStats
from rnn_desk.qt.work.replacement import Replacement
from rnn_desk.qt.work.standing import Standing
from rnn_desk.qt.work.writing import WriterWork


class Desk(QObject):
    """Builds the state, the work, the window and the controls, and hands each what it works with.

    `state` is what it begins with; what is changed of it is remembered in the settings at
    `settings_path`, None for none, as in pictures and tests. `logs` are the files in which what
    goes wrong is written down. `processes` makes what runs the models. `recovery` keeps the desk
    for after a crash, if it is to be kept. `may_ask` says whether somebody is there to be asked.
    `shell` is one of this state, where it is shown already.
    """

    mistaken = Signal(object)
    """A Refused that says of a mistake of ours, on whatever thread that happened."""
    kept = Signal()
    """The window closes, and the settings and a person's files are written."""

    def __init__(
        self,
        state: AppState,
        settings_path: Path | None = None,
        logs: Sequence[Path] = (),
        processes: MakeProcesses = Engines,
        recovery: RecoveryFile | None = None,
        may_ask: Callable[[], bool] = lambda: False,
        shell: Shell | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings = SettingsFile(settings_path, state)
        shell = shell or Shell(state)
        shell.setParent(self)
        self.store = store = shell.store
        self.actions, self.window = shell.actions, shell.window
        self.player = StrokePlayer(store, self)

        beside = settings.beside
        chosen = ChosenReadings(beside(chosen_readings.FILE))
        self.background = Background(self)
        self.engine = engine = Engine(state.personal.limits, processes, self)
        engine.start()  # it loads the runtime while the window is built
        self.models = LoadedModels(engine, self)
        self.baselines = Baselines(engine, self)
        self.presenter = Presenter(engine, self.models, self.baselines, self)
        self.survey = ReferenceStats(engine, self.models, self)
        self.opening = Opening(engine, self)
        self.devices = Devices(
            state.models.device, beside(speed_cache.FILE), engine, self.models, self
        )
        cards = ModelCards(catalogue(), engine, self)

        self.sheets = Sheets(
            {
                "shortcuts": lambda: ShortcutSheet(self.window),
                "guide": self._guide,
                "about": lambda: AboutSheet(settings.path, logs, self.window),
            }
        )

        store.lab_changed.connect(lambda: self.survey.try_out(store.state.lab))
        self.survey.mapped.connect(cards.read)

        display = Display(
            self.store,
            self.models,
            self.presenter,
            self.survey,
            self.window,
            self,
        )
        drawing = DrawingControl(
            self.store,
            self.player,
            self.window.canvas_panel,
            self.background,
            self.actions,
            self,
        )
        self.apart = DigitsApart(engine, store, self.models, self.presenter, self)
        apart = ApartControl(store, self.apart, self.window.answers, self.background, self)
        rows = RowControl(
            self.store,
            self.player,
            self.window.reading,
            self.window.banner,
            self,
        )
        unsaved = Unsaved()
        files = UserFiles(self.window, self.window.header.passing.say, store, self.background)
        self._user_files = files
        self.files = FileCommands(
            self.store,
            self.presenter,
            self.window,
            files,
            self.background,
            unsaved,
            self,
        )
        self.choice = ModelControl(
            self.models,
            self.opening,
            self.devices,
            self.presenter,
            cards,
            chosen,
            ModelFiles(self.models, self.background, self),
            self.window,
            store,
            self,
        )
        self.model_sheets = ModelSheets(
            engine, self.store, self.models, chosen, files, self.window, self.background, self
        )
        self.by_hand = ByHandControl(engine, store, self.opening, chosen, files, self.window, self)
        self.watching = WatchControl(engine, self.models, self.window, self)
        self.views = ViewsControl(store, self.presenter, self.baselines, baselines(), self)
        self.writer = WriterWork(engine, self.models, self)
        writing = WritingControl(
            store, self.writer, self.presenter, self.window, files, engine, self
        )
        lab = LabControl(store, self.models, self.survey, self.window, self.actions, self)
        places = _places(settings, recovery, logs)
        self.lessons = LessonControl(
            store,
            LessonModels(engine, self),
            self.models,
            self.presenter,
            self.window,
            self.actions,
            chosen,
            self.background,
            places.unpacked or unpacked_folder(),
            self,
        )
        self.author = AuthorControl(
            store, self.lessons, chosen, files, self.background, self.window, self
        )
        self.collect = CollectControl(
            store,
            self.models,
            ClassAnswers(engine, self.models, self),
            files,
            self.background,
            self.window,
            self.actions,
            self,
        )
        self.appearance = Appearance(self.window, store, self.actions, self)
        self.standing = Standing(engine, self)
        self.documents = DocumentControl(
            store,
            self.standing,
            self.models,
            self.opening,
            self.presenter,
            self.lessons,
            chosen,
            self.window,
            files,
            self.background,
            places,
            unsaved,
            self,
        )
        self.own_work = OwnWork(
            store,
            unsaved,
            self.window,
            self.files.save_drawing,
            self.documents.save_again,
            self.lessons.end,
            may_ask,
            self,
        )
        self._keeping = Keeping(
            store,
            settings,
            recovery,
            lambda: self.documents.wanted,
            self.documents.in_file,
            lambda: self.own_work.comes_back,
            self,
        )
        self._controls: tuple[Control, ...] = (
            self.lessons,  # first, so that what was before a lesson is remembered
            self.choice,
            display,
            drawing,
            apart,
            rows,
            self.files,
            self.model_sheets,
            self.by_hand,
            self.watching,
            self.views,
            writing,
            lab,
            self.collect,
            self.author,
            self.appearance,
            self.documents,
            self.own_work,
            self._keeping,  # last, when the others have remembered what they do
        )
        self._recovery = recovery
        self.files.model_chosen.connect(self.choice.open)
        for kept in (self.files.kept, self.documents.kept):
            kept.connect(self.own_work.show)
            kept.connect(self._keeping.keep_desk)
        self.files.models_chosen.connect(self.choice.open_all)
        self.files.lesson_chosen.connect(self.lessons.open)
        self.files.collected.connect(self.collect.take_in)
        self.files.desk_chosen.connect(self.documents.open)
        self.model_sheets.reopen_wanted.connect(self.choice.open)
        self.model_sheets.by_hand_wanted.connect(self.by_hand.correct)
        self.by_hand.open_wanted.connect(self.choice.open)
        self.appearance.spoken.connect(self.by_hand.reopen)
        self.appearance.spoken.connect(self.model_sheets.reopen)
        self.appearance.spoken.connect(self.watching.reopen)
        for control in self._controls:
            control.refused.connect(self.refuse)
            control.not_yet.connect(self.window.header.passing.say)
        # Last of all that hear of other models: the others wipe what was said of the ones before.
        self.replacement = Replacement(engine, self.models, self.opening, self)
        self.replacement.said.connect(self.refuse)
        engine.painted.connect(self.window.turns.go_on)
        self.background.refused.connect(self.refuse)
        self.devices.doubted.connect(self.refuse)
        # Later, as it may have happened while a view was painted, and the banner moves the views.
        self.mistaken.connect(self.refuse, Qt.ConnectionType.QueuedConnection)
        self.choice.offered.connect(self.refuse)
        self._unsaid: tuple[Refused, Offer | None] | None = None
        self.store.canvas_changed.connect(self._say_unsaid)
        self.window.closing.connect(self.stop)
        self.commands = Commands(
            store,
            self.actions,
            shell.states,
            (
                *(control.commands() for control in self._controls),
                self.sheets.commands(),
                {"quit": self.window.close},
            ),
            self.window.header.passing.say,
            self,
        )

    @property
    def settled(self) -> bool:
        """Whether every view shows the newest drawing, all of it."""
        return self.presenter.settled and self.apart.settled and self.window.turns.over

    @property
    def trace(self) -> Trace | None:
        """The first model's whole Trace that is shown, if any."""
        return self.presenter.trace

    def open_model(self, path: Path, place: int = 0) -> None:
        """Open a model, at place 1 beside the first; until it is ready, the old one answers."""
        self.choice.open(path, place)

    def come_back(self, models: Sequence[Path] = ()) -> bool:
        """Put up the newest desk that a crash has left, if there is one and that is wanted; this
        one is kept from now on.

        models: one or two that read in place of those that did.
        """
        state, found, recovery = self.store.state, None, self._recovery
        if recovery is not None and state.personal.recover:
            found = recovery.adopt(self.refuse)
        if recovery is not None and found is not None:
            wanted = found.over(state)
            named = [ModelChoice(str(path.absolute())) for path in models]
            first = named[0] if named else wanted.models.first
            second = named[1] if len(named) > 1 else wanted.models.second
            wanted = replace(wanted, models=replace(wanted.models, first=first, second=second))
            self.documents.come_back(wanted, found.in_file, len(orphans(recovery.folder)))
        self._keeping.begin()
        return found is not None

    def _guide(self) -> Sheet:
        """The sheet with the teacher's guide."""
        from rnn_desk.qt.dialogs.guide import GuideSheet  # which few starts need

        return GuideSheet(self._save_guide, self.window)

    def _save_guide(self) -> None:
        """Save the teacher's guide as a page, which any browser prints."""
        path = self._user_files.ask_save(tr("Save as a page"), "guide.html", "HTML (*.html)")
        if path is not None:
            from rnn_desk.app.guide_page import page

            words = page(tr, self.store.state.look.language or system_language()).encode()
            self._user_files.write(path, lambda: write_whole(path, words))

    def stop(self) -> None:
        """Keep what is to be kept, then end what runs beside the window."""
        for control in self._controls:
            control.remember()
        self.settings.keep(self.store.state)
        self.files.stop()  # gives up an animation, which takes long
        self.background.stop()  # finishes a person's other files
        self.kept.emit()
        for control in self._controls:
            control.stop()
        self.engine.stop()

    def refuse(self, refusal: Refused, offer: Offer | None = None) -> None:
        """Say what could not be done, and what can be instead; everything stays as it was.

        The banner moves the canvas, and so waits while a stroke is made: else the ink would be
        elsewhere than the hand went. Until then it is said in passing.
        """
        if self.store.state.canvas.pen_is_down:
            self._unsaid = refusal, offer
            self.window.header.passing.say(sentence(refusal))
        else:
            self.window.banner.say(refusal, offer)

    def _say_unsaid(self) -> None:
        """Say what had to wait for the stroke, once that is done."""
        if self._unsaid is not None and not self.store.state.canvas.pen_is_down:
            said, self._unsaid = self._unsaid, None
            self.window.banner.say(*said)


def _places(settings: SettingsFile, recovery: RecoveryFile | None, logs: Sequence[Path]) -> Places:
    """Where what a run writes of a person's work is; nowhere, where it remembers nothing."""
    if settings.path is None:
        return Places()
    files = [settings.path.with_name(name) for name in (chosen_readings.FILE, speed_cache.FILE)]
    aside = [path.with_suffix(ASIDE) for path in (settings.path, *files)]
    return Places(
        None if recovery is None else recovery.folder,
        unpacked_folder(),
        (*files, *aside),
        tuple(logs),
    )
