"""What takes long, said while it lasts: one line at the foot of a terminal, and nowhere else."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from contextvars import ContextVar
from typing import Any, TextIO, cast

from rnn_desk.core.plain import plain
from rnn_desk.core.terminal import PlainStream

QUIET_SECONDS = 1.0
"""How long nothing is said: what is done by then needs no word."""

_TICK_SECONDS = 0.25

_SHOWN: ContextVar[Progress | None] = ContextVar("shown", default=None)
"""What is being said already: a terminal has one foot."""


class Progress:
    """What is being done, how much of it, and for how long.

    stream: a terminal; None says nothing. The line is written by a thread of its own, as whoever
    works does not come by.
    """

    def __init__(self, words: str, stream: TextIO | None) -> None:
        self._words = words
        self._count = ""
        self._stream = stream
        self._lock = threading.RLock()
        self._shown = 0
        self._began = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="progress", daemon=True)

    def say(self, words: str) -> None:
        """Something else is being done now."""
        self._words, self._count = words, ""

    def count(self, done: int, total: int | None = None) -> None:
        """So many are done, of so many where that is known."""
        self._count = f"{done:,}" if total is None else f"{done:,} of {total:,}"

    @contextmanager
    def meanwhile(self, words: str) -> Iterator[Progress]:
        """Say that this is being done for as long as the block lasts, then again what was said."""
        before = self._words, self._count
        self.say(words)
        try:
            yield self
        finally:
            self._words, self._count = before

    def begin(self) -> None:
        """Watch the clock."""
        if self._stream is not None:
            self._thread.start()

    def end(self) -> None:
        """Leave nothing on the terminal."""
        if self._stream is not None:
            self._over.set()
            self._thread.join()
            self.write(self._stream, "")

    def write(self, stream: TextIO, text: str) -> None:
        """Write what stays, in place of the line."""
        with self._lock:
            if self._shown and self._stream is not None:
                self._stream.write("\r" + " " * self._shown + "\r")
                self._stream.flush()
                self._shown = 0
            stream.write(text)
            stream.flush()

    def _tick(self) -> None:
        wait = QUIET_SECONDS
        while not self._over.wait(wait):
            wait = _TICK_SECONDS
            self._draw()

    def _draw(self) -> None:
        assert self._stream is not None
        seconds = f"{time.monotonic() - self._began:.0f} s"
        line = plain(", ".join(filter(None, (self._words, self._count, seconds))))
        line = line[: shutil.get_terminal_size().columns - 1]
        with self._lock:
            self._stream.write("\r" + line.ljust(self._shown))
            self._stream.flush()
            self._shown = max(self._shown, len(line))


class _Above:
    """A stream of the same terminal: what is written to it takes the line's place."""

    def __init__(self, stream: TextIO, progress: Progress) -> None:
        self._above, self._progress = stream, progress

    def __getattr__(self, name: str) -> Any:
        return getattr(self._above, name)

    def write(self, text: str) -> int:
        """Write it in place of the line."""
        self._progress.write(self._above, text)
        return len(text)


@contextmanager
def progress(words: str) -> Iterator[Progress]:
    """Say that this is being done for as long as the block lasts, where stderr is a terminal.

    Within another such block, that one's line says it.
    """
    if (shown := _SHOWN.get()) is not None:
        with shown.meanwhile(words):
            yield shown
        return
    out, err = sys.stdout, sys.stderr
    if err is None or not err.isatty() or os.environ.get("TERM") == "dumb":
        yield Progress(words, None)
        return
    stream = err.stream if isinstance(err, PlainStream) else err
    line = Progress(words, stream)
    above = cast(TextIO, _Above(err, line))
    shared = cast(TextIO, _Above(out, line)) if out is not None and out.isatty() else out
    line.begin()
    token = _SHOWN.set(line)
    try:
        with redirect_stderr(above), redirect_stdout(shared):
            yield line
    finally:
        _SHOWN.reset(token)
        line.end()
