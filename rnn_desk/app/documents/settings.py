"""What the program remembers between two runs: a small JSON file of the user's."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from rnn_desk.app import schema
from rnn_desk.app.state import AppState
from rnn_desk.app.text import Document
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole

log = logging.getLogger(__name__)


def load(path: Path) -> AppState:
    """The state that the file's settings make of a first start; a file that cannot be read is set
    aside."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(record, dict):
            raise ValueError
        return schema.read(record, Document.SETTINGS, lenient=True).over(AppState())
    except FileNotFoundError:
        return AppState()
    except (OSError, ValueError, RecursionError) as error:
        log.warning("settings in %s cannot be read (%s) and are set aside", path.name, error)
        try:
            path.replace(path.with_suffix(".unreadable"))
        except OSError:
            log.info("they could not be moved")
        return AppState()


class SettingsFile:
    """Keeps what is changed from here on."""

    def __init__(self, path: Path | None, at_start: AppState) -> None:
        """path None keeps nothing, for pictures and tests."""
        self.path = path
        self._kept = schema.written(at_start, Document.SETTINGS)

    def keep(self, state: AppState) -> None:
        """Write the settings; a folder that may not be written to is no reason to stop."""
        if self.path is None:
            return
        told, before = schema.written(state, Document.SETTINGS), self._kept
        changed = {
            name for name in told.keys() | before.keys() if told.get(name) != before.get(name)
        }
        if not changed:
            return
        self._kept = told
        record = _record(self.path)
        others = {name: value for name, value in record.items() if name not in changed}
        record = {**others, **{name: told[name] for name in changed if name in told}}
        try:
            write_whole(self.path, json.dumps(record, indent=2).encode())
        except Refused as refusal:
            log.warning("%s", refusal)

    def beside(self, name: str) -> Path | None:
        """The file of that name in the same folder; None where nothing is kept."""
        return None if self.path is None else self.path.with_name(name)


def _record(path: Path) -> dict[str, Any]:
    """What is in the file now; nothing where it cannot be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
