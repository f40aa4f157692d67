"""Whether the window's event loop goes round: a timer in it, and a look at the clock."""

from __future__ import annotations

import faulthandler
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 20
"""Milliseconds between two beats."""

LONGEST = 1.0
"""Seconds that the window may leave a person without an answer."""

_GLANCE = 0.2
"""Seconds between two looks from outside at an event loop that may stand still."""


class Heartbeat(QObject):
    """Beats in the window's thread, and tells of each gap that is too long.

    What the thread waited for a processor while others had them is taken off: that is the
    machine's. Another thread, which Python lets run between two instructions, looks meanwhile what
    every thread is doing.
    """

    def __init__(
        self,
        tell: Callable[[str, str], object],
        under_way: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """tell: what happened, and the stacks of all threads. under_way: the act of now."""
        super().__init__(parent)
        self._tell = tell
        self._under_way = under_way
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last, self._waited = time.monotonic(), self._wait()
        self._stacks = ""
        self._stopped = threading.Event()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._outside = threading.Thread(target=self._look, name="heartbeat", daemon=True)

    def start(self) -> None:
        """From now on."""
        self._last, self._waited = time.monotonic(), self._wait()
        self._timer.start()
        self._outside.start()

    def stop(self) -> None:
        """No longer."""
        self._timer.stop()
        self._stopped.set()
        if self._outside.is_alive():
            self._outside.join()

    def _beat(self) -> None:
        now, waited = time.monotonic(), self._wait()
        gap, lost = now - self._last, waited - self._waited
        stacks, self._stacks = self._stacks, ""
        if gap - lost > LONGEST:
            self._tell(
                f"the event loop stood still for {gap:.2f} s ({lost:.2f} s of it for want of a "
                f"processor) during: {self._under_way()}",
                stacks,
            )
        self._last, self._waited = now, waited

    def _wait(self) -> float:
        """Seconds that this thread has been ready to run and did not, as Linux tells."""
        try:
            return int(self._schedule.read_text().split()[1]) / 1e9
        except (OSError, IndexError):
            return 0.0

    def _look(self) -> None:
        """On a thread of its own."""
        while not self._stopped.wait(_GLANCE):
            if time.monotonic() - self._last > LONGEST and not self._stacks:
                self._stacks = stacks()


def stacks() -> str:
    """What every thread is doing now, the innermost call first.

    No frame is kept for it, not for a moment: what a frame holds lives as long, and a painter that
    outlives the painting of its widget is a mistake to Qt.
    """
    names = {f"{thread.ident:#018x}": thread.name for thread in threading.enumerate()}
    with TemporaryFile("w+") as told:
        faulthandler.dump_traceback(told)
        told.seek(0)
        return re.sub("0x[0-9a-f]{16}", lambda number: names.get(number[0], number[0]), told.read())
