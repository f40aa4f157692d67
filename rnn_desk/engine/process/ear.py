"""How the engine process hears what comes through its pipe while it works.

Whatever the work is caught in, the process ends with the pipe.
"""

from __future__ import annotations

import os
import select
import threading
import time
from queue import Empty, SimpleQueue
from typing import Protocol

from rnn_desk.engine.process.pipe import Pipe
from rnn_desk.protocol.requests import ToEngine

_GLANCE = 0.25
"""Seconds between two looks at a pipe whose end is told together with what comes through it."""


class Ear(Protocol):
    """Hears one pipe."""

    def hear(self, wait: bool) -> ToEngine | None:
        """The next message; None where none has come and nobody waits."""
        ...


def ear_on(pipe: Pipe) -> Ear:
    """What hears that pipe on this system."""
    return OwnEar(pipe) if hasattr(select, "poll") else Listener(pipe)


class OwnEar:
    """Reads on the thread that works, which nobody has to wake then: that takes a good part of the
    time of a reading, and by far the most where other processes are busy."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._comes = select.poll()
        self._comes.register(pipe.incoming, select.POLLIN)
        threading.Thread(target=self._watch, name="end of requests", daemon=True).start()

    def hear(self, wait: bool) -> ToEngine | None:
        """The next message; None where none has come and nobody waits."""
        return self._pipe.read() if wait or self._comes.poll(0) else None

    def _watch(self) -> None:
        """End the process when nobody can ask it anything any more."""
        ends = select.poll()
        ends.register(self._pipe.incoming, select.POLLHUP)
        while not any(told & (select.POLLHUP | select.POLLERR) for _, told in ends.poll()):
            time.sleep(_GLANCE)
        os._exit(0)


class Listener:
    """Reads on a thread of its own, where the system does not tell whether a pipe has anything."""

    def __init__(self, pipe: Pipe) -> None:
        self._heard: SimpleQueue[ToEngine] = SimpleQueue()
        threading.Thread(target=self._listen, args=(pipe,), name="requests", daemon=True).start()

    def hear(self, wait: bool) -> ToEngine | None:
        """The next message; None where none has come and nobody waits."""
        try:
            return self._heard.get(wait)
        except Empty:
            return None

    def _listen(self, pipe: Pipe) -> None:
        while True:
            self._heard.put(pipe.read())
