"""The models that were unpacked out of saved desks, which several copies of the program may read.

For as long as a copy reads one, it holds a lock beside the model's folder.
"""

from __future__ import annotations

import logging
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from rnn_desk.core.lock import FileLock

log = logging.getLogger(__name__)

_LOCK = ".lock"


class InUse:
    """Which of the models in a folder this copy of the program reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks: dict[str, FileLock] = {}

    def read(self, paths: Iterable[str]) -> None:
        """These files are read from now on, and no others."""
        names = {path.parent.name for path in map(Path, paths) if self._is_inside(path)}
        for name in self._locks.keys() - names:
            self._locks.pop(name).release(remove=True)
        for name in names - self._locks.keys():
            try:
                lock = FileLock.take(self._folder / f"{name}.{uuid.uuid4().hex}{_LOCK}")
            except OSError as error:
                log.warning("%s cannot be locked: %s", name, error)
                continue
            if lock is not None:
                self._locks[name] = lock

    def _is_inside(self, path: Path) -> bool:
        return path.parent.parent == self._folder


def wipe(folder: Path) -> None:
    """Remove all that is there and that no copy of the program reads."""
    for path in sorted(folder.glob("*")):
        if path.is_dir() and not _is_read(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_read(place: Path) -> bool:
    """Whether a copy that lives reads what is in it; the locks of others are removed."""
    read = False
    for path in place.parent.glob(f"{place.name}.*{_LOCK}"):
        try:
            lock = FileLock.take(path)
        except OSError as error:
            log.warning("%s cannot be locked: %s", path.name, error)
            lock = None
        if lock is None:
            read = True
        else:
            lock.release(remove=True)
    return read
