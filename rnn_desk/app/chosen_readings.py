"""What a person said of files' inputs, remembered: a small JSON file in the user's own folder."""

from __future__ import annotations

import logging
from pathlib import Path

from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_kept, write_whole
from rnn_desk.folders import settings_folder
from rnn_desk.protocol.findings import readings_from_text, readings_to_text

log = logging.getLogger(__name__)

FILE = "readings.json"


class ChosenReadings:
    """What was said in this run, and in those before it where a file keeps it."""

    def __init__(self, path: Path | None) -> None:
        """path None keeps it in this run only."""
        self._path = path
        self.readings: dict[str, ByHand] = {} if path is None else load(path)

    def choose(self, sha256: str, reading: ByHand | None) -> None:
        """So the file of that hash is to be read, or as the program finds.

        Raises Refused where it cannot be kept; in this run it holds all the same.
        """
        if reading is None:
            self.readings.pop(sha256, None)
        else:
            self.readings[sha256] = reading
        if self._path is not None:
            remember(self._path, sha256, reading)


def users_own() -> Path:
    """Where it is, as the window's settings are there too."""
    return settings_folder() / FILE


def load(path: Path) -> dict[str, ByHand]:
    """The readings by the SHA-256 of their files; none where the file is absent or damaged, or
    cannot be read now."""
    try:
        return _read(path)
    except Refused as refusal:
        log.warning("%s", refusal)
        return {}


def remember(path: Path, sha256: str, reading: ByHand | None) -> None:
    """Keep a reading for the file of that hash, or forget it. Raises Refused."""
    readings = _read(path)
    if reading is None:
        readings.pop(sha256, None)
    else:
        readings[sha256] = reading
    write_whole(path, readings_to_text(readings).encode())


def _read(path: Path) -> dict[str, ByHand]:
    """What the file says, if anything. Raises Refused where it cannot be read now."""
    return read_kept(path, readings_from_text) or {}
