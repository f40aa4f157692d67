"""What the program has written of a person's work, and how all of it is removed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rnn_desk.app.documents import recovery, unpacked

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Places:
    """Where the program writes what is of a person: None is nowhere, as in pictures and tests.

    recovery, unpacked: folders, see `rnn_desk.folders`. files: what is remembered of a person's
    files, and of models. logs: the files in which what goes wrong is written down.
    """

    recovery: Path | None = None
    unpacked: Path | None = None
    files: tuple[Path, ...] = ()
    logs: tuple[Path, ...] = ()


def remove(places: Places) -> None:
    """Remove all of it that no copy of the program is using; what cannot be removed is logged."""
    if places.recovery is not None:
        recovery.wipe(places.recovery)
    if places.unpacked is not None:
        unpacked.wipe(places.unpacked)
    _each(places.files, lambda path: path.unlink(missing_ok=True))
    for path in places.logs:
        _each(tuple(path.parent.glob(f"{path.name}.*")), Path.unlink)
    _each(places.logs, _empty)


def _empty(path: Path) -> None:
    """Leave a file that is being written, with nothing in it: on Windows it cannot be removed."""
    if path.exists():
        path.open("w").close()


def _each(paths: Iterable[Path], act: Callable[[Path], object]) -> None:
    for path in paths:
        try:
            act(path)
        except OSError as error:
            log.warning("%s cannot be removed: %s", path.name, error)
