"""A person's own files: asked for, and written. Every dialog begins where the last one ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rnn_desk.app.actions import choose
from rnn_desk.core.plain import one_line
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.work.background import Background


class UserFiles:
    """The system's dialogs; a person who chooses nothing gives None."""

    def __init__(
        self,
        window: QWidget,
        say: Callable[[str], None],
        store: QtStore,
        background: Background,
    ) -> None:
        """window: over which dialogs open, unless it is said otherwise. say: in passing, that a
        file is written; what goes wrong with it, `background` says."""
        self._window = window
        self._say = say
        self._store = store
        self._background = background

    def ask_open(self, title: str, kinds: str) -> Path | None:
        """Which file is to be opened."""
        folder = self._store.state.personal.folder
        name, _ = QFileDialog.getOpenFileName(self._window, title, folder, kinds)
        return self._chosen(name)

    def ask_save(
        self,
        title: str,
        proposal: str,
        kinds: str,
        over: QWidget | None = None,
        appends: bool = False,
    ) -> Path | None:
        """Where something is to be saved; `proposal` is a name for it. over: another window.
        appends: what is in that file stays there."""
        start = str(Path(self._store.state.personal.folder) / one_line(proposal))
        option = QFileDialog.Option
        options = option.DontConfirmOverwrite if appends else option(0)
        name, _ = QFileDialog.getSaveFileName(
            over or self._window, title, start, kinds, options=options
        )
        return self._chosen(name)

    def ask_several(self, title: str, kinds: str) -> tuple[Path, ...]:
        """Which files are to be opened together."""
        folder = self._store.state.personal.folder
        names, _ = QFileDialog.getOpenFileNames(self._window, title, folder, kinds)
        if names:
            self._chosen(names[0])
        return tuple(map(Path, names))

    def ask_folder(self, title: str) -> Path | None:
        """Which folder is to be opened."""
        folder = self._store.state.personal.folder
        name = QFileDialog.getExistingDirectory(self._window, title, folder)
        return Path(name) if name else None

    def write(
        self,
        path: Path,
        job: Callable[[], object],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """Do the job that writes this file, off the window's thread; say when it is there, and do
        what is to be done then."""

        def written(_: object) -> None:
            self.say_saved(path)
            then()

        self._background.do(job, written)

    def say_saved(self, path: Path) -> None:
        """The file is written."""
        self._say(tr("Saved {name}", name=path.name))

    def _chosen(self, name: str) -> Path | None:
        if not name:
            return None
        path = Path(name)
        self._store.do(choose.folder, str(path.parent))
        return path
