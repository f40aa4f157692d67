"""The program's log: a file of the user's that says what went wrong, down to a crash of Python."""

from __future__ import annotations

import faulthandler
import logging
import math
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from rnn_desk import __version__
from rnn_desk.core.errors import Place, Refused, mistake, place_of
from rnn_desk.core.plain import plain

NAME = "rnn-desk.log"
CRASH = "crash.txt"
"""Where Python writes what each thread was doing when the process was ended by a fault."""

_LARGEST = 512 * 1024
_QUIET_SECONDS = 3.0
"""How long nothing is to have gone wrong at a place for the next time to be told."""

log = logging.getLogger(__name__)


@contextmanager
def kept(folder: Path) -> Iterator[tuple[Path, ...]]:
    """Keep the log in this folder meanwhile; its files, none where it may not be written to."""
    root = logging.getLogger()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _Rotating(folder / NAME, maxBytes=_LARGEST, backupCount=1, encoding="utf-8")
        crash = (folder / CRASH).open("a", encoding="utf-8")
    except OSError as error:
        log.warning("no log is kept in %s: %s", folder, error)
        yield ()
        return
    handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    log.info("RNN Desk %s, Python %s", __version__, sys.version.split()[0])
    faulthandler.enable(crash)
    try:
        yield folder / NAME, folder / CRASH
    finally:
        faulthandler.disable()
        root.removeHandler(handler)
        handler.close()
        crash.close()


class _Rotating(RotatingFileHandler):
    """Goes on in the file that there is where Windows lets nobody rename it: another window of the
    program has it open."""

    def doRollover(self) -> None:
        """Begin a new file, if that can be."""
        try:
            super().doRollover()
        except OSError:
            self.stream = self.stream or self._open()


class _Plain(logging.Formatter):
    """Writes words alone: a log is read on a terminal, and quotes what files are called."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, which has several lines where it tells of an exception."""
        return plain(super().format(record), kept="\n")


def report_mistakes(
    tell: Callable[[Refused], None], clock: Callable[[], float] = time.monotonic
) -> None:
    """Log every exception that nothing caught, and have it told; the window lives on.

    From one place it is heard of once, and again only after that place has been quiet for a while:
    a timer's or a stream's would flood the log, but a second click is to be answered as well.

    tell: called on the thread where it happened. clock: gives seconds.
    """
    last: dict[Place, float] = {}

    def found(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt) or error is None:
            sys.__excepthook__(kind, error or kind(), trace)
            return
        place, now = place_of(trace), clock()
        before, last[place] = last.get(place, -math.inf), now
        if now - before < _QUIET_SECONDS:
            return
        log.error("not caught", exc_info=(kind, error, trace))
        tell(mistake(kind))

    sys.excepthook = found
    threading.excepthook = lambda told: found(told.exc_type, told.exc_value, told.exc_traceback)
