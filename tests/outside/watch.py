"""What is watched all the while: whether a window answers, and what its process holds."""

from __future__ import annotations

import select
import threading
import time
from collections import deque
from typing import Self

import psutil
import xcffib.xproto as x

from tests.outside.screen import Screen

EVERY = 0.05
"""Seconds between two pings."""

MEMORY_EVERY = 0.1
"""Seconds between two looks at the memory."""


class _Watch(threading.Thread):
    """Runs for as long as its `with` block."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


class Pings(_Watch):
    """Ask a window again and again whether it is there, as window managers do (_NET_WM_PING).

    Its toolkit answers from its event loop, so a question waits as long as a click would.
    """

    def __init__(self, display: str, window: int) -> None:
        super().__init__()
        self._screen = Screen(display)
        self._window = window
        self._asked: deque[tuple[int, float]] = deque()
        self.longest = 0.0
        """Seconds that an answer took, or has not come for, at most."""
        self.answers = 0
        self.lateness = 0.0
        """Seconds that this thread itself was held up by the machine, at most."""

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self._screen.close()

    def run(self) -> None:
        """Ask and listen; what is not answered at the end counts as waiting until then."""
        screen = self._screen
        connection, ping = screen.connection, screen.atom("_NET_WM_PING")
        # Answers go to the root window, by the convention to whoever listens for its children's
        # events, from Qt to whoever listens for its own.
        listen = x.EventMask.SubstructureNotify | x.EventMask.StructureNotify
        connection.core.ChangeWindowAttributes(screen.root, x.CW.EventMask, [listen])
        number, due = 0, time.monotonic()
        while not self._over.is_set():
            now = time.monotonic()
            if now >= due:
                self.lateness = max(self.lateness, now - due)
                number, due = number + 1, now + EVERY
                self._asked.append((number, now))
                screen.send(self._window, "WM_PROTOCOLS", ping, number, self._window)
            select.select([connection.get_file_descriptor()], [], [], max(0.0, due - now))
            for event in screen.events():
                if isinstance(event, x.ClientMessageEvent) and event.window == screen.root:
                    self._answered(event.data.data32[:2], ping)
            if self._asked:
                self.longest = max(self.longest, time.monotonic() - self._asked[0][1])

    def _answered(self, data: list[int], ping: int) -> None:
        """Take what was asked up to this number as answered: questions wait in a queue."""
        if data[0] == ping:
            self.answers += 1
            while self._asked and self._asked[0][0] <= data[1]:
                _, asked = self._asked.popleft()
                self.longest = max(self.longest, time.monotonic() - asked)


class Memory(_Watch):
    """The most that one process held, its children not counted."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self._process = psutil.Process(pid)
        self.rss = 0
        """Bytes, with all that it shares with others."""
        self.pss = 0
        """Bytes, with its part of what it shares with others."""

    def run(self) -> None:
        """Look, until the process is gone."""
        while not self._over.is_set():
            try:
                held = self._process.memory_full_info()
            except psutil.Error:
                return
            self.rss, self.pss = max(self.rss, held.rss), max(self.pss, held.pss)
            self._over.wait(MEMORY_EVERY)
