"""The files of the models that read, watched for whether somebody writes others in their place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from rnn_desk.app.documents.onnx_beside import files_beside
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.model import Model
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.models import LoadedModels

REST_MS = 600
"""Milliseconds for which a file must stay as it is, before it is thought to be written."""

_LONGEST = 64 * 2**20
"""Bytes of a file that is looked into for others in which it keeps its weights: of a longer one,
they are inside."""

Stamp = tuple[int, int, int]
"""When a file was written, how long it is, and which one it is."""


@frozen
class _Watched:
    """A model, and its files as they were when it was last opened, or offered."""

    model: Model
    stamps: dict[Path, Stamp]


class ModelFiles(QObject):
    """Watches those of foreign models, and the folders that they are in: a file that is moved into
    another's place is a new one."""

    changed = Signal(object)
    """The Model whose files are others now."""

    def __init__(
        self, models: LoadedModels, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._watched: dict[Path, _Watched] = {}
        self._seen: dict[Path, dict[Path, Stamp]] = {}
        self._watcher: QFileSystemWatcher | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)
        models.changed.connect(self._models_changed)

    def look(self) -> None:
        """Find which files are others now, and have rested."""
        for path, watched in tuple(self._watched.items()):
            stamps = _stamps(watched.stamps)
            if stamps == watched.stamps or not stamps.keys() >= watched.stamps.keys():
                continue  # as it was; or one is being replaced, and the folder will tell
            if stamps != self._seen.get(path):
                self._seen[path] = stamps
                self._rest.start()
                continue
            self._watched[path] = _Watched(watched.model, stamps)
            others = {each: stamp for each, stamp in stamps.items() if each != path}
            if any(watched.stamps[each] != stamp for each, stamp in others.items()):
                self.changed.emit(watched.model)
            else:
                self._compare(watched.model)

    def _compare(self, model: Model) -> None:
        """Tell of it where its content is another one too."""

        def told(sha256: str) -> None:
            now = self._watched.get(model.path)
            if sha256 and sha256 != model.ref.sha256 and now is not None and now.model is model:
                self.changed.emit(model)

        self._background.do(lambda: _sha256(model.path), told)

    def _models_changed(self, models: tuple[Model, ...]) -> None:
        before, self._watched = self._watched, {}
        for model in models:
            if model.is_own:
                continue
            known = before.get(model.path)
            if known is not None and known.model.fingerprint == model.fingerprint:
                self._watched[model.path] = _Watched(model, known.stamps)
                continue
            self._watched[model.path] = _Watched(model, _stamps([model.path]))
            self._background.do(partial(_files_of, model.path), partial(self._add, model))
        self._seen.clear()
        self._watch()

    def _add(self, model: Model, files: tuple[Path, ...]) -> None:
        """A model keeps weights in these files too."""
        watched = self._watched.get(model.path)
        if watched is not None and watched.model is model:
            stamps = {**watched.stamps, **_stamps(files)}
            self._watched[model.path] = _Watched(model, stamps)
            self._watch()

    def _watch(self) -> None:
        if self._watcher is None:
            if not self._watched:
                return
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(self._touched)
            self._watcher.directoryChanged.connect(self._touched)
        files = {path for watched in self._watched.values() for path in watched.stamps}
        wanted = {str(path) for path in (*files, *(path.parent for path in files))}
        there = {*self._watcher.files(), *self._watcher.directories()}
        if there - wanted:
            self._watcher.removePaths([*there - wanted])
        if wanted - there:
            self._watcher.addPaths([*wanted - there])

    def _touched(self, _: str) -> None:
        self._rest.start()
        self._watch()  # Qt leaves out a file that was removed, though another is in its place


def _stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Of those files that are there."""
    found = {}
    for path in paths:
        try:
            told = path.stat()
        except OSError:
            continue
        found[path] = (told.st_mtime_ns, told.st_size, told.st_ino)
    return found


def _files_of(path: Path) -> tuple[Path, ...]:
    """The files beside a model in which it keeps its weights."""
    try:
        if path.stat().st_size > _LONGEST:
            return ()
        return tuple(path.with_name(name) for name in files_beside(path.read_bytes()) if name)
    except (OSError, ValueError, Refused):
        return ()


def _sha256(path: Path) -> str:
    """Of a file; "" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
