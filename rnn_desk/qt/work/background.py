"""Work that takes a while and must not be lost, off the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from rnn_desk.core.errors import Refused, mistake

log = logging.getLogger(__name__)

T = TypeVar("T")


class Background(QObject):
    """Does every job that it is given, one after the other.

    What a job is refused is announced; any other exception is our mistake, logged and announced
    likewise.
    """

    refused = Signal(object)
    """A Refused."""
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._go_on)

    def do(self, job: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Do this after what is under way, and `then`, with what it gave, on the window's thread.

        Returns at once. Either may raise Refused.
        """
        self._pool.start(lambda: self._try_to(lambda: self._run(job, then)))

    def stop(self) -> None:
        """Finish every job, and end the thread."""
        self._pool.waitForDone()

    def _run(self, job: Callable[[], T], then: Callable[[T], object] | None) -> None:
        result = job()
        if then is not None:
            self._done.emit(then, result)

    def _go_on(self, then: Callable[[T], object], result: T) -> None:
        self._try_to(lambda: then(result))

    def _try_to(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Refused as refusal:
            self.refused.emit(refusal)
        except Exception as error:
            log.exception("a job failed")
            self.refused.emit(mistake(type(error)))
