"""What is on its way into an engine process's pipe, in the order in which it was sent."""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import IO

from rnn_desk.protocol.frames import Parts

_SURE = getattr(select, "PIPE_BUF", 0)
"""Bytes that a pipe which says that it has room takes without anybody waiting; 0 on a system whose
pipes do not say so."""

Make = Callable[[], Parts | None]
"""Makes a frame, or finds that there is none to be sent after all; called once."""


class Outgoing:
    """Written by a thread that may wait for the pipe, and by no other one that would have to."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Make | None] = SimpleQueue()
        self._counting = threading.Lock()
        self._unwritten = 0
        self._writing = threading.Lock()
        self._pipe: IO[bytes] | None = None

    def send(self, make: Make) -> None:
        """Send that frame after what was sent before; it is made on the thread that writes."""
        with self._counting:
            self._unwritten += 1
        self._waiting.put(make)

    def send_now(self, make: Make) -> None:
        """Send that frame after what was sent before: on this thread if nothing is to be waited
        for, as the one that writes would have to be woken, and given the interpreter."""
        if self._unwritten or not self._writing.acquire(blocking=False):
            self.send(make)
            return
        try:
            rest = self._written_at_once(make)
        finally:
            self._writing.release()
        if rest is not None:
            self.send(rest)

    def write(self, pipe: IO[bytes]) -> None:
        """Write into the pipe, on the thread that calls, until `end`, and close it."""
        self._pipe = pipe
        while (make := self._waiting.get()) is not None:
            with self._writing:
                parts = make()
                with contextlib.suppress(
                    OSError, ValueError
                ):  # that it is gone is noticed elsewhere
                    for part in parts or ():
                        pipe.write(part)
                    pipe.flush()
                with self._counting:
                    self._unwritten -= 1
        with self._writing:
            self._pipe = None
            with contextlib.suppress(OSError):  # what was never sent cannot be sent any more
                pipe.close()

    def end(self) -> None:
        """Nothing more is to be written."""
        self._waiting.put(None)

    def _written_at_once(self, make: Make) -> Make | None:
        """Write that frame if there is room for it; else what is left to be made of it."""
        if self._pipe is None or not _has_room(self._pipe):
            return make
        parts = make()
        if parts is None:
            return None
        frame = b"".join(parts)
        if len(frame) > _SURE:
            return lambda: [frame]
        with contextlib.suppress(OSError):  # that it is gone is noticed elsewhere
            os.write(self._pipe.fileno(), frame)
        return None


def _has_room(pipe: IO[bytes]) -> bool:
    """Whether the pipe takes `_SURE` bytes at once."""
    if not _SURE:
        return False
    room = select.poll()
    room.register(pipe, select.POLLOUT)
    return bool(room.poll(0))
