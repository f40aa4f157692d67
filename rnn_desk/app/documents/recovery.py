"""The file from which the desk comes back after a crash, one for each copy of the program.

For as long as a copy lives it holds a lock beside its file; a file whose lock nobody holds is what
is left of a crash. Whoever starts next takes over the newest of these, lock and all, and goes on
writing it: there is no moment at which what was drawn is nowhere. A copy that ends as it should
removes its file.
"""

from __future__ import annotations

import contextlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from rnn_desk.app import schema
from rnn_desk.app.codecs import DRAWING
from rnn_desk.app.documents.unsaved import InFile
from rnn_desk.app.schema import Patch
from rnn_desk.app.state import AppState, Canvas
from rnn_desk.app.text import Document
from rnn_desk.core.drawing import Drawing, Stroke, StrokeText, stroke_text, to_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import ASIDE, check_regular, set_aside, unreadable, write_whole
from rnn_desk.core.lock import FileLock
from rnn_desk.core.picture import Original, Picture

log = logging.getLogger(__name__)

STANDS = 5.0
"""Seconds after which a desk that came back is not what ended the program."""

TRIES = 3
"""How often a desk may come back that does not last so long."""

_LARGEST = 256 * 2**20

_SUFFIX, _LOCK = ".json", ".lock"

_TRIED, _BEFORE, _FILE = "tried", "before", "file"


@dataclass(frozen=True)
class Recovered:
    """A desk as it was. before: as it was before the lesson that was given, if one was. in_file:
    the file that it, or its drawing, was in, if there is one still."""

    stands: Patch
    before: Patch | None
    in_file: InFile | None = None

    def over(self, state: AppState) -> AppState:
        """The state with this desk on it; what such a file does not carry stays as it is."""
        blank = schema.at_first(state, Document.RECOVERY)
        back = self.stands.over(blank)
        if self.before is None:
            return back
        return replace(back, teaching=replace(back.teaching, before=self.before.over(blank)))


class RecoveryFile:
    """One copy's file: made when it is first written, or taken over from a copy that crashed."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: gives seconds."""
        self.folder = folder
        self._clock = clock
        self._text = _Text()
        self._path: Path | None = None
        self._lock: FileLock | None = None
        self._fails = False
        self._tried = 0
        self._came_back = 0.0
        self._written = ""

    def adopt(self, say: Callable[[Refused], object]) -> Recovered | None:
        """Take over the newest file that a crash has left, and give what it says.

        Of two copies that start at once, one gets it. A file that is damaged, or whose desk did not
        last some times, is set aside, which is said; then comes the next one.
        """
        for path in _newest_first(self.folder):
            lock = _held(path)
            if lock is None:
                continue
            try:
                if path.exists():  # else it was another copy's until now, and that has ended well
                    return self._take_over(path, lock)
            except OSError as error:  # it may be read another time
                say(unreadable(path, error))
                lock.release()
                continue
            except Refused as refusal:
                set_aside(path)
                say(refusal)
            lock.release(remove=True)
        return None

    def write(self, state: AppState, in_file: InFile | None = None) -> None:
        """Write what is to come back of this state, and which file it is in; or remove it, if
        nothing is to.

        What cannot be written is logged, once.
        """
        if self._tried and self._clock() - self._came_back >= STANDS:
            self._tried = 0
        try:
            if state.personal.recover:
                self._put(_whole(self._tried, self._text.of(state), in_file))
            else:
                self._remove()
        except (Refused, OSError) as error:
            if not self._fails:  # not every second
                log.warning("the desk cannot be kept for after a crash: %s", error)
            self._fails = True
        else:
            self._fails = False

    def close(self) -> None:
        """The program ends as it should: nothing is to come back."""
        try:
            self._remove()
        except OSError as error:
            log.warning("what is kept for after a crash cannot be removed: %s", error)
        self._let_go()

    def leave(self, state: AppState, in_file: InFile | None = None) -> None:
        """The program is ended from outside, as it should be: this is to come back all the same."""
        self._tried = 0
        self.write(state, in_file)
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            left = self._path is not None and self._path.exists()
            self._lock.release(remove=not left)
        self._lock = self._path = None

    def _take_over(self, path: Path, lock: FileLock) -> Recovered:
        """Raises Refused, and OSError where the system does not let it be read."""
        record = _record(path)
        tried = _tries(path, record) + 1
        before = record.get(_BEFORE)
        recovered = Recovered(
            schema.read(_stands(record), Document.RECOVERY, lenient=True),
            schema.read(before, Document.RECOVERY, lenient=True)
            if isinstance(before, dict)
            else None,
            _in_file(record.get(_FILE)),
        )
        try:
            write_whole(path, json.dumps({**record, _TRIED: tried}).encode())
        except Refused as refusal:  # a full disk is no reason to lose a desk that can be read
            log.warning("%s", refusal)
        self._path, self._lock, self._tried = path, lock, tried
        self._came_back = self._clock()
        return recovered

    def _put(self, text: str) -> None:
        """Raises Refused and OSError."""
        if text != self._written:
            write_whole(self._own(), text.encode("utf-8", "backslashreplace"))
            self._written = text

    def _own(self) -> Path:
        """This copy's file, held. Raises OSError."""
        while self._path is None:
            path = self.folder / f"{uuid.uuid4().hex}{_SUFFIX}"
            self._lock = FileLock.take(path.with_suffix(_LOCK))
            self._path = path if self._lock is not None else None
        return self._path

    def _remove(self) -> None:
        """Raises OSError."""
        self._written = ""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def orphans(folder: Path) -> list[Path]:
    """The files there of copies that live no more, the newest first."""
    found = []
    for path in _newest_first(folder):
        if (lock := _held(path)) is not None:
            if path.exists():
                found.append(path)
            lock.release(remove=not path.exists())
    return found


def wipe(folder: Path) -> None:
    """Remove all that is left there of copies that live no more, what was set aside too."""
    for path in {each.with_suffix("") for each in folder.glob("*.*")}:
        if (lock := _held(path)) is None:
            continue
        for suffix in (_SUFFIX, ASIDE):
            try:
                path.with_suffix(suffix).unlink(missing_ok=True)
            except OSError as error:
                log.warning("%s cannot be removed: %s", path.name, error)
        lock.release(remove=True)


class _Text:
    """Writes what is between the braces of a state as JSON.

    A drawing grows stroke by stroke, and strokes never change: each is written once.
    """

    def __init__(self) -> None:
        self._strokes: WeakKeyDictionary[Stroke, tuple[int, StrokeText]] = WeakKeyDictionary()
        self._pictures: WeakKeyDictionary[Picture, str] = WeakKeyDictionary()

    def of(self, state: AppState) -> str:
        """All that comes back of a state, the stroke being made as it is so far."""
        parts = list(self._parts(state))
        if state.teaching.before is not None:
            parts.append(f'"{_BEFORE}":{{{",".join(self._parts(state.teaching.before))}}}')
        return ",".join(parts)

    def _parts(self, state: AppState) -> Iterator[str]:
        finished, live = state.canvas.finished, state.canvas.live
        original = finished if live is None else finished.with_stroke(live)
        yield f'"drawing":{self._original(original)}'
        blank = replace(state, canvas=Canvas())
        for name, value in schema.written(blank, Document.RECOVERY).items():
            yield f"{json.dumps(name)}:{json.dumps(value)}"

    def _original(self, original: Original) -> str:
        if isinstance(original, Drawing):
            return to_json(original, self._stroke)
        text = self._pictures.get(original)
        if text is None:
            text = self._pictures[original] = json.dumps(DRAWING.write(original))
        return text

    def _stroke(self, stroke: Stroke, decimals: int) -> StrokeText:
        known = self._strokes.get(stroke)
        if known is None or known[0] != decimals:
            known = self._strokes[stroke] = (decimals, stroke_text(stroke, decimals))
        return known[1]


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_SUFFIX}"), key=_age, reverse=True)


def _held(path: Path) -> FileLock | None:
    """The lock of that file; None where its owner lives, or it cannot be held."""
    try:
        return FileLock.take(path.with_suffix(_LOCK))
    except OSError as error:
        log.warning("%s cannot be locked: %s", path.name, error)
        return None


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it has just been removed
        return 0.0


def _record(path: Path) -> dict[str, Any]:
    """What a file says. Raises Refused, and OSError where the system does not let it be read."""
    check_regular(path)
    record = None
    if path.stat().st_size <= _LARGEST:
        with contextlib.suppress(ValueError, RecursionError):
            record = json.loads(path.read_bytes().decode("utf-8"))
    if not isinstance(record, dict):
        raise Refused(
            "The desk did not come back after a crash: {file} is damaged, and is set aside",
            file=path,
        )
    return record


def _tries(path: Path, record: dict[str, Any]) -> int:
    """How often that desk came back and did not last. Raises Refused."""
    tried = record.get(_TRIED)
    if not isinstance(tried, int) or tried < 0:
        return 0
    if tried >= TRIES:
        raise Refused(
            "The desk came back {count} times after a crash and the program ended each time: "
            "{file} is set aside",
            count=tried,
            file=path,
        )
    return tried


def _stands(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in (_TRIED, _BEFORE, _FILE)}


def _in_file(told: object) -> InFile | None:
    """The file that is told of, unless it is gone."""
    if not isinstance(told, dict) or not isinstance(path := told.get("path"), str):
        return None
    in_file = InFile(Path(path), bool(told.get("is_desk")), bool(told.get("changed", True)))
    with contextlib.suppress(OSError, ValueError):
        return in_file if in_file.path.is_file() else None
    return None


def _whole(tried: int, text: str, in_file: InFile | None) -> str:
    told = None if in_file is None else {**asdict(in_file), "path": str(in_file.path)}
    return f'{{"{_TRIED}":{tried},"{_FILE}":{json.dumps(told)},{text}}}'
