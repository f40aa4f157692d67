"""What a window leaves behind when it is closed: processes, threads, other windows."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import psutil
from PySide6.QtWidgets import QApplication

_NOBODYS = (
    *("QDBusConnection", "QXcbEventQueue", "QXcbGlobal", "gdbus", "gmain", "pool-spawner"),
    "Thread (pooled)",
)
"""Threads by the names that Qt, or a library of the system, gives its own: one for all windows; and
those of a pool, which wait half a minute for more to do."""


@dataclass(frozen=True)
class Things:
    """Threads by number and name, processes by number and name, windows by what they are."""

    threads: frozenset[tuple[int, str]]
    processes: frozenset[tuple[int, str]]
    windows: frozenset[str]

    def beyond(self, before: Things) -> list[str]:
        """What is here that was not there before, in words."""
        return [
            *(f"the thread {name}" for _, name in sorted(self.threads - before.threads)),
            *(f"the process {n} {name}" for n, name in sorted(self.processes - before.processes)),
            *(f"the window {name}" for name in sorted(self.windows - before.windows)),
        ]


def now() -> Things:
    """What this process has now; windows only where they are to be seen."""
    return Things(frozenset(_threads()), frozenset(_processes()), frozenset(_windows()))


def _threads() -> list[tuple[int, str]]:
    """Of Python those that keep the program alive; of the system those that have a name of their
    own: pools of a runtime's, which nobody can end, bear the program's."""
    mine = Path("/proc/self/comm")
    own = mine.read_text().strip() if mine.exists() else ""
    found = [
        (thread.native_id or 0, thread.name)
        for thread in threading.enumerate()
        if not thread.daemon and thread is not threading.main_thread()
    ]
    known = {number for number, _ in found}
    for task in Path("/proc/self/task").glob("*/comm"):
        number = int(task.parent.name)
        try:
            name = task.read_text().strip()
        except OSError:
            continue  # it has ended meanwhile
        if number not in known and name != own and not name.startswith(_NOBODYS):
            found.append((number, name))
    return found


def _processes() -> list[tuple[int, str]]:
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.status() != psutil.STATUS_ZOMBIE:
                found.append((child.pid, " ".join(child.cmdline()[:4])))
        except psutil.Error:
            continue
    return found


def _windows() -> list[str]:
    return [
        f"{type(widget).__name__} “{widget.windowTitle()}”"
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible()
    ]
