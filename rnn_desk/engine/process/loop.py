"""The engine process's loop: a live request is answered before all else, long work goes on in
pieces between them, and whatever goes wrong is an answer."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable

from rnn_desk.core.errors import Refused, mistake
from rnn_desk.engine.process.inbox import Inbox
from rnn_desk.engine.process.work import Saying, Worker
from rnn_desk.engine.runtime.runs import OutOfMemory
from rnn_desk.engine.runtime.sessions import DeviceFailed, NotGranted
from rnn_desk.protocol.answers import (
    Answer,
    Cause,
    Done,
    Failed,
    FromEngine,
    Logged,
    Part,
    Progress,
)
from rnn_desk.protocol.requests import Ask, Open


class _Cancelled(Exception):
    """The answer that is being worked out is not wanted any more."""


class Loop:
    """Answers what comes into the inbox, on the thread that calls `run`, for ever."""

    def __init__(self, inbox: Inbox, say: Callable[[FromEngine], None]) -> None:
        self._inbox = inbox
        self._say = say
        self._worker = Worker()
        self._live = False

    def open_first(self, path: str) -> None:
        """Open a model's file before it is asked for."""
        self._worker.models.open_early(path)

    def run(self) -> None:
        """Answer requests until the process is ended."""
        while True:
            self.turn()

    def turn(self) -> None:
        """Wait for a request and answer it."""
        ask = self._inbox.take()
        if self._inbox.kept is not None:
            kept, self._inbox.kept = self._inbox.kept, None
            self._worker.models.keep(kept)
        if ask is not None:
            self._answer(ask)
        self._say_dropped()

    def _between(self, number: int) -> None:
        """Answer every live request that waits; end the work that is not wanted any more."""
        while (ask := self._inbox.take_live()) is not None:
            self._answer(ask)
        self._say_dropped()
        if self._inbox.is_cancelled(number):
            raise _Cancelled

    def _answer(self, ask: Ask) -> None:
        number = ask.number

        def between() -> None:
            if not ask.live:
                self._between(number)

        def tell(stage: str) -> None:
            if not ask.live:
                self._say(Progress(number, stage))
                between()

        def part(answer: Answer) -> None:
            self._say(Part(number, answer))

        try:
            answer = self._worker.answer(ask.work, Saying(between, tell, part))
            self._say(Done(number, answer))
        except _Cancelled:
            self._say(Failed(number, Cause.CANCELLED, Refused("it was stopped")))
        except Exception as error:  # noqa: BLE001  a hostile file finds what nobody thought of
            self._say(Failed(number, *self._why(error)))
        finally:
            self._inbox.forget(number)
        if isinstance(ask.work, Open):
            gc.collect()  # what opening left behind; and its objects are not looked at again
            gc.freeze()

    def _why(self, error: Exception) -> tuple[Cause, Refused]:
        match error:
            case DeviceFailed():
                return Cause.DEVICE, error
            case NotGranted():
                return Cause.NOT_GRANTED, error
            case OutOfMemory():
                return Cause.MEMORY, error
            case Refused():
                return Cause.REFUSED, error
            case MemoryError():
                return Cause.MEMORY, Refused("there is not enough memory for what it computes")
            case _:
                self._say(Logged("".join(traceback.format_exception(error))[-8000:]))
                return Cause.MISTAKE, mistake(type(error))

    def _say_dropped(self) -> None:
        for failed in self._inbox.dropped():
            self._say(failed)
