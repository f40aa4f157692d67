"""Qt's own messages go into the program's log, and not onto the screen of whoever runs it."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_MEANS_NOTHING = ("does not support propagateSizeHints",)
"""What platforms say of every window, whether or not anything is amiss."""


def to_log() -> None:
    """Hand Qt's messages to the log from now on."""
    qInstallMessageHandler(_handle)


def _handle(kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
    if not any(words in (text or "") for words in _MEANS_NOTHING):
        log.log(_LEVELS.get(kind, logging.WARNING), "%s", text)
