"""Work that takes a while and must not be lost, off the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal

from rnn_desk.core.errors import Refused, mistake

log = logging.getLogger(__name__)


class Background(QObject):
    """Does every job that it is given, one after the other.

    (`qt.worker` is for jobs of which the newest alone counts.)

    What a job is refused is announced; any other exception is our mistake, logged and announced
    likewise.
    """

    refused = Signal(object)
    """A Refused."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def do(self, job: Callable[[], None]) -> None:
        """Do this after what is under way. Returns at once."""
        self._pool.start(lambda: self._run(job))

    def stop(self) -> None:
        """Finish every job, and end the thread."""
        self._pool.waitForDone()

    def _run(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Refused as refusal:
            self.refused.emit(refusal)
        except Exception as error:
            log.exception("a job failed")
            self.refused.emit(mistake(type(error)))
