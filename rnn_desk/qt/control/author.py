"""Behind a person's own lesson: its file follows what is edited; it is previewed, and closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from rnn_desk.app.actions import author
from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.app.documents import LESSON_SUFFIX
from rnn_desk.app.documents.lesson import write_lesson
from rnn_desk.app.lessons import lesson_of
from rnn_desk.app.state import AppState
from rnn_desk.app.values import Draft
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.lesson import LessonControl
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.background import Background


class AuthorControl(Control):
    """Every change is in the file soon: the newest is written when the one before it is there."""

    def __init__(
        self,
        store: QtStore,
        lessons: LessonControl,
        chosen: ChosenReadings,
        files: UserFiles,
        background: Background,
        window: Window,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._lessons = lessons
        self._chosen = chosen
        self._files = files
        self._background = background
        self._window = window
        self._queued = False
        store.listen(self._changed)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "lesson_open": self._ask_open,
            "lesson_new": self._ask_new,
            "lesson_edit": self._ask_edit,
            "lesson_preview": self.preview,
            "lesson_done": self.close,
        }

    def remember(self) -> None:
        """The window closes: what could not be written is tried once more."""
        if self._store.state.authoring.draft is not None:
            self._write()

    def begin(self, path: Path) -> None:
        """Begin a lesson in this file, with the desk as it stands as its first step."""
        first = {"words": "", **author.desk_as_step(self._store.state)}
        title = path.name.removesuffix(LESSON_SUFFIX)
        self._store.do(author.begin, str(path), Draft(title, steps=(first,)))
        self._write()

    def edit(self, path: Path) -> None:
        """Change the lesson in this file, once its models are there."""
        self._lessons.with_models(path, self._edit)

    def preview(self) -> None:
        """Give the lesson from the step that is edited on."""
        now = self._store.state.authoring
        if now.draft is not None:
            lesson = lesson_of(now.file, now.draft)
            self.try_to(lambda: self._lessons.give(lesson, now.step))

    def close(self) -> None:
        """Close the editor."""
        self._lessons.end()
        self._store.do(author.end)

    def _edit(self, path: Path, draft: Draft) -> None:
        self._store.do(author.begin, str(path.absolute()), draft)
        self.preview()

    def _ask_open(self) -> None:
        if path := self._files.ask_open(tr("Open lesson"), _kinds()):
            self._lessons.open(path)

    def _ask_new(self) -> None:
        if path := self._files.ask_save(tr("New lesson"), f"lesson{LESSON_SUFFIX}", _kinds()):
            self.begin(path if path.suffix else path.with_suffix(LESSON_SUFFIX))

    def _ask_edit(self) -> None:
        if path := self._files.ask_open(tr("Edit lesson"), _kinds()):
            self.edit(path)

    def _changed(self, before: AppState, after: AppState) -> None:
        if before.authoring.draft is after.authoring.draft:
            return
        self._window.show_editor(after.authoring.draft is not None)
        edited = before.authoring.draft is not None and after.authoring.draft is not None
        if edited and not self._queued:
            self._queued = True
            self._background.do(lambda: None, lambda _: self._write())

    def _write(self) -> None:
        """Write what is edited by now."""
        self._queued = False
        now, readings = self._store.state.authoring, dict(self._chosen.readings)
        if (draft := now.draft) is not None:
            path = Path(now.file)
            self._background.do(lambda: write_lesson(path, draft, readings))


def _kinds() -> str:
    return f"{tr('Lessons')} (*{LESSON_SUFFIX})"
