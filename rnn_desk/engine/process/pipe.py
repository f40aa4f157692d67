"""The engine process's end of its pipes: nothing else in the process can write on them."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable

from rnn_desk.protocol.answers import FromEngine, Logged
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.requests import ToEngine

_AT_ONCE = 2**20
"""Bytes of an answer that is written at once: whoever reads is woken by the first of it, and would
wait for its interpreter again with each part."""

_MOST = 2**33
"""Bytes of a request; whoever asks is trusted."""


class Pipe:
    """Reads requests from standard input, and writes answers where standard output was."""

    def __init__(self) -> None:
        self._in = os.fdopen(_binary(os.dup(0)), "rb")
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

    def listen(self, heard: Callable[[ToEngine], None]) -> None:
        """Hand every message on as it comes, on a thread of its own; the process ends with them."""

        def run() -> None:
            try:
                while (message := self._frames_in.read(self._in.read, lambda: _MOST)) is not None:
                    heard(message)
            except Exception:  # noqa: BLE001  nobody else would hear of it
                self.say(Logged(traceback.format_exc()))
            finally:
                os._exit(0)  # at once, whatever the runtime is caught in

        threading.Thread(target=run, name="requests", daemon=True).start()


def _binary(descriptor: int) -> int:
    """The descriptor, on which every byte is passed on as it is.

    On Windows a process begins with ones that change the ends of lines. Python puts that right for
    its own; a frozen program's Python need not.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(descriptor, os.O_BINARY)
    return descriptor
