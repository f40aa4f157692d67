"""What the program remembers between two runs: a small JSON file of a person's own.

Several copies of the program may run, and each writes what was changed in it alone; what a newer
version has written is kept.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rnn_desk.app import schema
from rnn_desk.app.schema import Field, Patch
from rnn_desk.app.state import AppState
from rnn_desk.app.text import Document
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_kept, write_whole
from rnn_desk.core.lock import FileLock

log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds to wait for another copy that is writing; it takes milliseconds."""


def load(path: Path) -> AppState:
    """What is remembered makes of a first start. A file that is damaged is set aside; one that
    cannot be read now is left as it is."""
    try:
        return _read(path).over(AppState())
    except Refused as refusal:
        log.warning("%s", refusal)
        return AppState()


class SettingsFile:
    """Writes what is changed from now on.

    What was otherwise than remembered from the start, as a flag of the command line has it, is
    remembered no sooner than it is changed.
    """

    def __init__(self, path: Path | None, state: AppState) -> None:
        """path: None keeps nothing, for pictures and tests. state: as it was at the start."""
        self.path = path
        self._noted = state
        self._changed: set[Field] = set()

    def beside(self, name: str) -> Path | None:
        """The file of that name in the same folder; None where nothing is kept."""
        return None if self.path is None else self.path.with_name(name)

    def keep(self, state: AppState) -> None:
        """Write what was changed since this was last called, to what the file says by now.

        A folder that cannot be written is no reason to stop: it is logged, and tried again with the
        next change.
        """
        before, self._noted = self._noted, state
        for each in schema.carried_by(Document.SETTINGS):
            if each.get(before) != each.get(state):
                self._changed.add(each)
        if self.path is None or not self._changed:
            return
        try:
            with _held(self.path):
                self._write(self.path, state)
        except Refused as refusal:
            log.warning("%s", refusal)
        else:
            self._changed.clear()

    def _write(self, path: Path, state: AppState) -> None:
        """Raises Refused."""
        there = _read(path)
        merged = there.over(AppState())
        for each in self._changed:
            value = each.text.codec.merge(each.get(state), each.get(merged))
            merged = each.put(merged, value)
        # A newer version may know what to make of what this one cannot read.
        unread = {
            name: told for name, (of, told) in there.unread.items() if of not in self._changed
        }
        record = {**there.unknown, **unread, **schema.written(merged, Document.SETTINGS)}
        write_whole(path, json.dumps(record, indent=2).encode())


def _read(path: Path) -> Patch:
    """What the file says, if anything. Raises Refused where it cannot be read now."""
    record = read_kept(path, _record)
    return Patch() if record is None else schema.read(record, Document.SETTINGS, lenient=True)


def _record(text: str) -> dict[str, Any]:
    record = json.loads(text)
    if not isinstance(record, dict):
        raise TypeError("it is no object")
    return record


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Keep other copies from writing meanwhile; where that cannot be done, write all the same: it
    is seldom that two do at once."""
    lock = None
    try:
        lock = FileLock.take(path.with_suffix(".lock"), _PATIENCE)
    except OSError as error:
        log.info("%s cannot be locked: %s", path.name, error)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
