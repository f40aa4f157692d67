"""Files that the system hands to the program while it runs, as macOS does for what is opened in its
Finder: it starts no second program, and names them in no command line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class OpenEvents(QObject):
    """Hears those events, which Qt sends to the application object."""

    wanted = Signal(object)
    """The Path of a file that is to be opened."""

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.wanted.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)
