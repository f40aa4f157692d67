"""Behind Collect: the file that is collected in, others that are taken in, and the wall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.app.actions import collect, draw
from rnn_desk.app.documents.collection import CollectionFile, Gathered, gather
from rnn_desk.app.state import AppState
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.dialogs.question import Question, QuestionSheet
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.class_answers import ClassAnswers
from rnn_desk.qt.work.models import LoadedModels

if TYPE_CHECKING:  # no start waits for a sheet
    from rnn_desk.qt.dialogs.wall import WallSheet

_NAMED_AT_MOST = 12
"""Files and lines that cannot be read, of which each is named."""


class CollectControl(Control):
    """Has the file say what the state says. Files are read and written off the window's thread, one
    after the other."""

    def __init__(
        self,
        store: QtStore,
        models: LoadedModels,
        answers: ClassAnswers,
        files: UserFiles,
        background: Background,
        window: Window,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._answers = answers
        self._files = files
        self._background = background
        self._window = window
        self._actions = actions
        self._file: CollectionFile | None = None
        self.wall: WallSheet | None = None
        self.sheet: QuestionSheet | None = None
        store.listen(self._changed)
        models.changed.connect(self._models_changed)
        answers.refused.connect(self.refused)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "collect": self.toggle,
            "collect_wall": self.show_wall,
            "collect_files": self._take_in_files,
            "collect_folder": self._take_in_folder,
            "collect_into": self._ask_file,
        }

    def remember(self) -> None:
        """The window closes: what could not be written is tried once more."""
        self._bring(self._store.state.collecting.drawings)

    def toggle(self) -> None:
        """Begin, with the file of last time; or end."""
        now = self._store.state.collecting
        if now.on:
            self._store.do(collect.end)
            if self.wall is not None:
                self.wall.close()
        elif now.file and Path(now.file).is_file():
            self.begin(Path(now.file))
        else:
            self._ask_file()

    def begin(self, path: Path) -> None:
        """Collect into this file, new or not."""
        file = CollectionFile(path)

        def opened(found: tuple[tuple[Drawing, ...], tuple[Refused, ...]]) -> None:
            drawings, broken = found
            self._file = file
            self._store.do(collect.begin, str(path), drawings)
            self._bring(drawings)
            if broken:
                self._tell(path.name, broken)

        self._background.do(file.open, opened)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Add the drawings of these files and folders, each once, and say what came of it."""
        now = self._store.state.collecting
        self._background.do(
            lambda: gather(paths, now.drawings, now.classes),
            self._taken_in,
        )

    def show_wall(self) -> None:
        """Open the sheet of all drawings, or close it."""
        if self.wall is not None:
            self.wall.close()
            return
        from rnn_desk.qt.dialogs.wall import WallSheet

        self.wall = sheet = WallSheet(self._store, self._answers, self._actions, self._window)
        sheet.opened.connect(self._put)
        sheet.finished.connect(self._wall_closed)
        sheet.show()

    def _put(self, drawing: Drawing) -> None:
        self._store.do(draw.put, drawing.resized(CANVAS_SIZE))

    def _wall_closed(self) -> None:
        self.wall = None
        self._answers.want(())

    def _ask_file(self) -> None:
        kinds = tr("Drawings") + " (*.jsonl)"
        title = tr("Collect drawings in which file? What is in it stays there")
        if path := self._files.ask_save(title, "class.jsonl", kinds, appends=True):
            self.begin(path if path.suffix else path.with_suffix(".jsonl"))

    def _take_in_files(self) -> None:
        kinds = tr("Drawings") + " (*.jsonl *.jsonl.gz)"
        if paths := self._files.ask_several(tr("Take in files of drawings"), kinds):
            self.take_in(paths)

    def _take_in_folder(self) -> None:
        if path := self._files.ask_folder(tr("Take in a folder of drawings")):
            self.take_in((path,))

    def _taken_in(self, gathered: Gathered) -> None:
        self._store.do(collect.take_in, gathered.drawings)
        said = tr(
            "{count} drawings taken in from {files} files; {known} were there already",
            count=len(gathered.drawings),
            files=gathered.files,
            known=gathered.known,
        )
        if gathered.broken:
            self._tell(said, gathered.broken)
        else:
            self._window.header.passing.say(said)

    def _tell(self, said: str, broken: Sequence[Refused]) -> None:
        """Name what cannot be read, until somebody has seen it."""
        if self.sheet is not None:
            self.sheet.close()

        def words() -> str:
            lines = [said, "", *map(sentence, broken[:_NAMED_AT_MOST])]
            if (more := len(broken) - _NAMED_AT_MOST) > 0:
                lines.append(tr("and {count} more", count=more))
            return "\n".join(lines)

        question = Question(lambda: tr("Some of it cannot be read"), words, ((_close, _nothing),))
        self.sheet = sheet = QuestionSheet(question, self._window)
        sheet.finished.connect(self._told)
        sheet.show()

    def _told(self) -> None:
        self.sheet = None

    def _changed(self, before: AppState, after: AppState) -> None:
        if before.collecting.drawings is not after.collecting.drawings:
            self._bring(after.collecting.drawings)

    def _bring(self, drawings: tuple[Drawing, ...]) -> None:
        file = self._file
        if file is not None and self._store.state.collecting.file == str(file.path):
            self._background.do(lambda: file.bring(drawings))

    def _models_changed(self, models: Iterable[Model]) -> None:
        for model in models:
            self._store.do(collect.classes, model.card.classes)
            return


def _close() -> str:
    return tr("Close")


def _nothing() -> None:
    """Leave everything as it is."""
