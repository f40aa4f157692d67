"""What goes wrong without anybody asking: exceptions, Qt's warnings, lines of the log."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

HARMLESS = (
    "does not support propagateSizeHints",
    "does not support raise",
    "does not support grabbing the keyboard",
)
"""What the offscreen platform says of every window, of every floating panel, of every menu."""

_SEVERE = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


@dataclass(frozen=True)
class Complaint:
    """What happened, in a line; and all that is known of it."""

    what: str
    details: str = ""


class Complaints:
    """A list of them, filled from whatever thread while it is entered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: list[Complaint] = []
        self._log = _FromLog(self)

    def add(self, what: str, details: str = "") -> None:
        """This happened."""
        with self._lock:
            self._found.append(Complaint(what, details))

    def take(self) -> tuple[Complaint, ...]:
        """Those that have come since they were taken last."""
        with self._lock:
            found, self._found = tuple(self._found), []
        return found

    def __enter__(self) -> Complaints:
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        self._shown = warnings.showwarning
        sys.excepthook = self._uncaught
        threading.excepthook = lambda told: self._uncaught(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        sys.unraisablehook = lambda told: self._uncaught(
            told.exc_type, told.exc_value, told.exc_traceback, f"in {told.object!r}"
        )
        warnings.showwarning = self._warned  # type: ignore[assignment]
        logging.getLogger().addHandler(self._log)
        self._handler = qInstallMessageHandler(self._qt_said)
        return self

    def __exit__(self, *_: object) -> None:
        qInstallMessageHandler(self._handler)
        logging.getLogger().removeHandler(self._log)
        warnings.showwarning = self._shown
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _uncaught(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
        where: str = "",
    ) -> None:
        words = "".join(traceback.format_exception(kind, error, trace))
        self.add(f"{kind.__name__}: {error} {where}".strip(), words)

    def _qt_said(self, kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        if kind in _SEVERE and not _contains(text or "", HARMLESS):
            self.add(f"Qt says: {text}", "".join(traceback.format_stack(limit=25)[:-1]))

    def _warned(
        self, message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: Any
    ) -> None:
        if "zia" not in filename:  # the set of equations asks Python for what it has renamed
            self.add(f"{category.__name__}: {message}", f"{filename}:{lineno}")


class _FromLog(logging.Handler):
    """A line of the log above what is told for information."""

    def __init__(self, complaints: Complaints) -> None:
        super().__init__(logging.WARNING)
        self._complaints = complaints

    def emit(self, record: logging.LogRecord) -> None:
        first, *more = record.getMessage().strip().splitlines() or [""]
        words = f"{first} … {more[-1]}" if more else first
        details = "\n".join(more)
        if record.exc_info and record.exc_info[0] is not None:
            details += "".join(traceback.format_exception(*record.exc_info))
            words += f" ({record.exc_info[0].__name__}: {record.exc_info[1]})"
        self._complaints.add(f"the log says: {words}", details)


def _contains(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)
