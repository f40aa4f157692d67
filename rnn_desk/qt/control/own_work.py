"""What a person made here: named in the window's title, and asked about before it would be lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent, QGuiApplication

from rnn_desk.app.actions import draw
from rnn_desk.app.documents.unsaved import Unsaved
from rnn_desk.app.state import AppState
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.dialogs.question import Question, QuestionSheet
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window

Save = Callable[[Callable[[], object]], object]
"""Saves something, and does what it is given once that is written."""


class OwnWork(Control):
    """Closing the window asks where something would be lost, and nowhere else."""

    def __init__(
        self,
        store: QtStore,
        unsaved: Unsaved,
        window: Window,
        save_drawing: Save,
        save_desk: Save,
        end_lesson: Callable[[], object],
        may_ask: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """end_lesson: puts back what was there before. may_ask: says whether somebody is there to
        answer."""
        super().__init__(parent)
        self._store = store
        self._unsaved = unsaved
        self._window = window
        self._save_drawing = save_drawing
        self._save_desk = save_desk
        self._end_lesson = end_lesson
        self._may_ask = may_ask
        self._given_up = self._session_ends = False
        self.sheet: QuestionSheet | None = None
        store.listen(self._changed)
        window.close_wanted.connect(self._closing)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.commitDataRequest.connect(self._end_session)

    def show(self) -> None:
        """Name in the title what lies there, marked where it is not saved."""
        state = self._store.state
        self._window.show_document(self._unsaved.file(state), self._unsaved.something(state))

    def claim_drawing(self) -> None:
        """What lies there was drawn while this desk was made, and is in no file."""
        drawing = self._store.state.canvas.finished
        if drawing.strokes:
            self._unsaved.is_own(drawing)
            self.show()

    @property
    def comes_back(self) -> bool:
        """Whether the window closes with work that nobody was asked about, so that it is to be
        there again at the next start."""
        unasked = self._session_ends or not self._may_ask()
        return unasked and not self._given_up and self._unsaved.something(self._store.state)

    def _changed(self, before: AppState, after: AppState) -> None:
        if not after.is_stroke_of(before):
            self._unsaved.notice(before, after)
            self.show()

    def _closing(self, event: QCloseEvent) -> None:
        asks = self._may_ask() and not (self._given_up or self._session_ends)
        if asks and self._unsaved.something(self._store.state):
            event.ignore()
            self._end_lesson()  # so that what is asked about is seen
            self._store.do(draw.finish)
            self._ask()

    def _ask(self) -> None:
        if self.sheet is not None:
            self.sheet.activateWindow()
            return
        desk = self._unsaved.desk
        save = self._save_drawing if desk is None else self._save_desk
        sheet = self.sheet = QuestionSheet(
            Question(
                lambda: tr("Keep it?"),
                partial(_words, desk),
                (
                    (
                        lambda: tr("Save drawing…") if desk is None else tr("Save desk"),
                        lambda: save(self._window.close),
                    ),
                    (lambda: tr("Close without it"), self._give_up),
                    (lambda: tr("Cancel"), _nothing),
                ),
            ),
            self._window,
        )
        sheet.finished.connect(self._answered)
        sheet.show()
        sheet.activateWindow()

    def _answered(self, _: int) -> None:
        self.sheet = None

    def _give_up(self) -> None:
        self._given_up = True
        self._window.close()

    def _end_session(self, *_: object) -> None:
        """The system is about to end every program."""
        self._session_ends = True


def _words(desk: Path | None) -> str:
    if desk is None:
        return tr("The drawing on the canvas is in no file. It is gone when the window closes.")
    return tr(
        "{file} was changed here. The changes are gone when the window closes.", file=desk.name
    )


def _nothing() -> None:
    """Leave everything as it is."""
