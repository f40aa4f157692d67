"""Keeps what is changed: the settings, and the desk, so that it comes back after a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer

from rnn_desk.app.actions import teach
from rnn_desk.app.documents.newest import Newest
from rnn_desk.app.documents.recovery import STANDS, RecoveryFile
from rnn_desk.app.documents.settings import SettingsFile
from rnn_desk.app.documents.unsaved import InFile
from rnn_desk.app.state import AppState
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control

GAP = 1.0
"""Seconds between two writings: so much, and what one takes, can be lost."""


class Keeping(Control):
    """Hands each new state to threads that write it; nothing here waits for a disk."""

    def __init__(
        self,
        store: QtStore,
        settings: SettingsFile,
        recovery: RecoveryFile | None,
        standing: Callable[[], AppState | None],
        in_file: Callable[[AppState], InFile | None],
        comes_back: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """recovery: None keeps nothing for after a crash. standing: gives the desk that is being
        put up, if one is: until it stands, it is what has to come back. in_file: says which file
        has it. comes_back: says at the end whether the desk is to be there again all the same."""
        super().__init__(parent)
        self._store = store
        self._settings = Newest(settings.keep, GAP)
        self._file = recovery
        self._desk = None if recovery is None else Newest(partial(_write, recovery), GAP)
        self._standing = standing
        self._in_file = in_file
        self._comes_back = comes_back
        self._going = False
        # A desk that came back is written once more when it has lasted, though nothing is changed.
        self._lasted = QTimer(self)
        self._lasted.setSingleShot(True)
        self._lasted.setTimerType(Qt.TimerType.PreciseTimer)  # others may be early
        self._lasted.setInterval(round(STANDS * 1000) + 100)
        self._lasted.timeout.connect(self.keep_desk)
        store.listen(self._changed)

    def begin(self) -> None:
        """Keep the desk from now on: what a crash has left has been looked for."""
        self._going = True
        self._lasted.start()
        self.keep_desk()

    def remember(self) -> None:
        """The program ends as it should: no desk is to come back, unless somebody's work would be
        lost, and no thread of this one writes settings any more."""
        self._settings.close()
        self._going = False
        self._lasted.stop()
        if self._desk is not None and self._file is not None:
            self._desk.close()
            if self._comes_back():
                self._file.leave(*self._newest())
            else:
                self._file.close()

    def keep_desk(self) -> None:
        """Keep how the desk stands now."""
        if self._desk is not None and self._going:
            self._desk.give(self._newest())

    def _newest(self) -> tuple[AppState, InFile | None]:
        """What is to come back: the desk, or the one that is being put up, with what is drawn; and
        which file has it."""
        state, wanted = self._store.state, self._standing()
        if wanted is not None:
            given = wanted.teaching.place is not None
            state = wanted if given else replace(wanted, canvas=state.canvas)
        return state, self._in_file(state)

    def _changed(self, before: AppState, after: AppState) -> None:
        if not after.is_stroke_of(before) and _remembered(before) != _remembered(after):
            self._settings.give(teach.end(after))  # what a lesson shows is not what a person chose
        self.keep_desk()


def _write(file: RecoveryFile, kept: tuple[AppState, InFile | None]) -> None:
    file.write(*kept)


def _remembered(state: AppState) -> tuple[object, ...]:
    """The parts of a state in which settings are."""
    where = replace(state.layout, panel=None)
    return state.look, where, state.personal, state.views, state.models.device
