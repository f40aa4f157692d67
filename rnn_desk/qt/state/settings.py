"""What the program remembers between two runs: a small JSON file of the user's."""

from __future__ import annotations

import base64
import json
import logging
import math
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from rnn_desk.app.limits import Limits
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """Each field's default is what a first start gets. `geometry`, `panels` and `columns` are Qt's
    own words for where the window and what is in it are, in base64; `language` "" is the system's.
    `gradient` is "shown" or "hidden"; `overlay`, what lies over the picture, is "none" or
    "saliency"; `recent` are the paths of models, a line each."""

    theme: str = "system"
    pen_width: str = "normal"
    speed: str = "1"
    unsure_below: str = "0.5"
    geometry: str = ""
    panels: str = ""
    columns: str = ""
    folder: str = ""
    language: str = ""
    device: str = "cpu"
    # The names of the limits on opening files are those of earlier versions' settings.
    examination_seconds: str = "20"
    examination_mebibytes: str = "2048"
    gradient: str = "hidden"
    overlay: str = "none"
    recent: str = ""

    @property
    def limits(self) -> Limits:
        """What a file of somebody else's may take; the defaults where that is nonsense."""
        try:
            seconds = _number(self.examination_seconds)
            mebibytes = int(self.examination_mebibytes)
        except ValueError:
            return Limits()
        return Limits(min(max(seconds, 1.0), 3600.0), min(max(mebibytes, 64), 2**20))

    @property
    def unsure_limit(self) -> float:
        """`unsure_below` as a number 0..1, or the default where it is none."""
        try:
            return min(max(_number(self.unsure_below), 0.0), 1.0)
        except ValueError:
            return float(Settings.unsure_below)

    def bytes_of(self, name: str) -> bytes:
        """One of Qt's fields; empty where nothing, or nonsense, is in it."""
        try:
            return base64.b64decode(getattr(self, name), validate=True)
        except ValueError:
            return b""


class Remembered:
    """The settings of now, and the file that keeps them for the next run, if any."""

    def __init__(self, settings: Settings, path: Path | None) -> None:
        """path None keeps nothing, for pictures and tests."""
        self.now = settings
        self.path = path

    def change(self, **fields: str) -> None:
        """From now on these fields of the settings are so."""
        self.now = replace(self.now, **fields)

    def save(self) -> None:
        """Write them for the next run."""
        if self.path is not None:
            save(self.now, self.path)

    def beside(self, name: str) -> Path | None:
        """The file of that name in the same folder; None where nothing is kept."""
        return None if self.path is None else self.path.with_name(name)


def _number(text: str) -> float:
    """Raises ValueError where the text is no number, or nan or infinity."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no ordinary number")
    return number


def as_text(data: bytes | bytearray | memoryview) -> str:
    """Qt's bytes as a setting; `Settings.bytes_of` gives them back."""
    return base64.b64encode(data).decode("ascii")


def load(path: Path) -> Settings:
    """The settings of that file; what cannot be read is set aside, and the defaults hold."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        known = {field.name for field in fields(Settings)}
        kept = {key: value for key, value in record.items() if key in known}
        if not all(isinstance(value, str) for value in kept.values()):
            raise ValueError("a setting is no text")
        return Settings(**kept)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        log.warning("settings in %s cannot be read (%s) and are set aside", path.name, error)
        try:
            path.replace(path.with_suffix(".unreadable"))
        except OSError:
            log.info("they could not be moved")
        return Settings()


def save(settings: Settings, path: Path) -> None:
    """Write the settings; a folder that may not be written to is no reason to stop."""
    try:
        write_whole(path, json.dumps(asdict(settings), indent=2).encode())
    except Refused as refusal:
        log.warning("%s", refusal)
