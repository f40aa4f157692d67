"""How SIGINT (Ctrl+C) and SIGTERM end the program whose window is, or will be, shown.

Python's own ways do not suffice there. A KeyboardInterrupt rises between any two steps, in the
middle of an import or of a function that Qt called, and leaves either in pieces; a handler runs on
the main thread alone, and not while that is inside Qt. So a thread of its own hears the signals.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

_HEARD = (signal.SIGINT, signal.SIGTERM)
_CLOSING_SECONDS = 1.0
"""What closing the window may take once a signal has asked for it."""


def interrupt_by_ctrl_c() -> None:
    """Have Ctrl+C raise KeyboardInterrupt, which commands tidy up after; until then it ends the
    process at once (`__main__`)."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


class NotedInterrupt:
    """Within the block, Ctrl+C is noted, and raised where `check` is called, or at the end.

    Raised in what Qt has called, it would be printed, and the rest be done as if it had not been.
    A second one ends the process at once.
    """

    def __init__(self) -> None:
        self._noted = False
        self._before: Any = None

    def __enter__(self) -> NotedInterrupt:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if kind is None:
            self.check()

    def check(self) -> None:
        """Raise KeyboardInterrupt if Ctrl+C was pressed."""
        if self._noted:
            raise KeyboardInterrupt

    @property
    def noted(self) -> bool:
        """Whether Ctrl+C was pressed."""
        return self._noted

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._noted = True
        signal.signal(signal.SIGINT, signal.SIG_DFL)


class StopSignals:
    """Hears the signals from now on, until the process ends.

    While there is no window, a signal ends the process at once: nothing is there to be saved. Where
    there is one, it is asked to close. A second signal, or one second, ends the process whatever it
    is doing, with every process that it started.
    """

    def __init__(self) -> None:
        """Begin to hear; on the main thread, as only that may say what signals do."""
        self._close: Callable[[], object] | None = None
        self._last: Callable[[], object] = _nothing
        self._closed_by: int | None = None
        self._ear, self._mouth = socket.socketpair()  # Windows lets no pipe be written to here
        self._mouth.setblocking(False)
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        for number in _HEARD:
            signal.signal(number, _leave_it_to_the_thread)
        threading.Thread(target=self._hear, name="stop signals", daemon=True).start()

    @property
    def closing(self) -> bool:
        """Whether a signal has closed the window: nobody is there to be asked anything."""
        return self._closed_by is not None

    def wait_for_desk(self) -> None:
        """The window may be drawn on from now on: a signal waits for `close_by`, 1 s at most."""
        self._close = _nothing

    def close_by(self, close: Callable[[], object]) -> None:
        """Have a signal close the window so, or one that has come already; on any thread, and maybe
        twice."""
        self._close = close
        if self.closing:
            close()

    def do_last(self, act: Callable[[], object]) -> None:
        """Have this done before the process is ended, from any thread."""
        self._last = act

    def closed(self) -> None:
        """Nothing is left to be saved: end the process here if a signal has closed the window, and
        at once by one that comes from now on.

        Python's own end would wait for threads, and take Qt apart.
        """
        self._close = None
        if self._closed_by is not None:
            _kill_children()
            self._end(128 + self._closed_by if self._closed_by == signal.SIGINT else 0)

    def _end(self, status: int) -> None:
        with contextlib.suppress(Exception):
            self._last()
        os._exit(status)

    def _hear(self) -> None:
        number = self._next()
        self._closed_by = number  # before it is looked who closes: `close_by` looks the other way
        if (close := self._close) is not None:
            close()
            self._ear.settimeout(_CLOSING_SECONDS)
            with contextlib.suppress(TimeoutError):
                number = self._next()
            _kill_children()
        self._end(128 + number)

    def _next(self) -> int:
        """Wait for one of the signals; its number."""
        while (number := self._ear.recv(1)[0]) not in _HEARD:
            pass  # another, for which somebody has set a handler
        return number


def _nothing() -> None:
    """Leave everything as it is."""


def _leave_it_to_the_thread(_number: int, _frame: FrameType | None) -> None:
    """Be a handler, without which Python would not pass the signal on to the thread."""


def _kill_children() -> None:
    import psutil  # a start without any signal need not wait for it

    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it has ended by itself
            child.kill()
