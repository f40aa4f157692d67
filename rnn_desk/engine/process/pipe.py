"""The engine process's end of its pipes: nothing else in the process can write on them."""

from __future__ import annotations

import os
import sys
import threading
import traceback

from rnn_desk.protocol.answers import FromEngine, Logged
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.requests import ToEngine

_AT_ONCE = 2**20
"""Bytes of an answer that is written at once: whoever reads is woken by the first of it, and would
wait for its interpreter again with each part."""

_MOST = 2**33
"""Bytes of a request; whoever asks is trusted."""


class Pipe:
    """Reads requests from standard input, and writes answers where standard output was.

    incoming: the descriptor that requests come from.
    """

    def __init__(self) -> None:
        self.incoming = _binary(os.dup(0))
        self._out = os.fdopen(_binary(os.dup(1)), "wb", buffering=0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(2, 1)  # libraries print as well
        sys.stdout = sys.stderr
        self._frames_in = Frames[ToEngine](ToEngine)
        self._frames_out = Frames[FromEngine](FromEngine)
        self._writing = threading.Lock()

    def say(self, message: FromEngine) -> None:
        """Write one message; whoever should read it may be gone, and then this process goes too."""
        parts = self._frames_out.parts(message)
        if sum(map(len, parts)) <= _AT_ONCE:
            parts = [b"".join(parts)]
        with self._writing:
            try:
                for part in parts:
                    view = memoryview(part)
                    while view:
                        view = view[self._out.write(view) :]
            except OSError:
                os._exit(0)

    def read(self) -> ToEngine:
        """Wait for the next message. The process ends with them, or with one that is none."""
        try:
            message = self._frames_in.read(self._bytes, lambda: _MOST)
        except Exception:  # noqa: BLE001  nobody else would hear of it
            self.say(Logged(traceback.format_exc()))
            message = None
        if message is None:
            os._exit(0)  # at once, whatever the runtime is caught in
        return message

    def _bytes(self, count: int) -> bytes:
        """So many, or fewer where the pipe ends."""
        parts = []
        while count and (part := os.read(self.incoming, min(count, _AT_ONCE))):
            parts.append(part)
            count -= len(part)
        return b"".join(parts)


def _binary(descriptor: int) -> int:
    """The descriptor, on which every byte is passed on as it is.

    On Windows a process begins with ones that change the ends of lines. Python puts that right for
    its own; a frozen program's Python need not.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(descriptor, os.O_BINARY)
    return descriptor
