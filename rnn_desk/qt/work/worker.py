"""A thread that does the newest job, and only that."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from rnn_desk.core.errors import Refused, mistake
from rnn_desk.engine.reading.mailbox import Mailbox

log = logging.getLogger(__name__)


class Worker(QThread):
    """Answers each letter that it gets to; letters that come too fast replace one another.

    `answer` runs on the thread. Its result is announced together with the letter. A Refused that it
    raises is a result as well; any other exception is our mistake, logged and answered likewise,
    so that the thread and the window live on.
    """

    answered = Signal(object, object)
    """The letter, and its answer or a Refused."""

    def __init__(self, answer: Callable[[Any], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer = answer
        self._mailbox: Mailbox[Any] = Mailbox()

    def ask(self, letter: object) -> None:
        """Leave a letter in place of any that was not yet begun. Returns at once."""
        self._mailbox.put(letter)

    def stop(self) -> None:
        """Finish what is under way, drop the rest, and end the thread."""
        self._mailbox.close()
        self.wait()

    def run(self) -> None:
        """The thread's loop."""
        while (letter := self._mailbox.take()) is not None:
            try:
                answer = self._answer(letter)
            except Refused as refusal:
                answer = refusal
            except Exception as error:
                log.exception("a job failed")
                answer = mistake(type(error))
            self.answered.emit(letter, answer)
