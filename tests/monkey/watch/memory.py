"""How much memory the window's process holds, over time."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from collections import Counter
from dataclasses import dataclass

import psutil
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

_MIB = 2**20


@dataclass(frozen=True)
class Sample:
    """MiB of a process at a moment, and how many things it has.

    rss: what of it is in memory; pss: its fair part of what it shares with others; heap: what its
    own code has been given by malloc and not given back; held: what malloc keeps for it from the
    system. children: processes that it started, and children_pss their part.
    """

    seconds: float
    rss: float
    pss: float
    heap: float
    held: float
    threads: int
    children: int
    children_pss: float
    widgets: int

    def __str__(self) -> str:
        return (
            f"memory at {self.seconds:.0f} s: rss {self.rss:.0f} pss {self.pss:.0f} "
            f"heap {self.heap:.0f} of {self.held:.0f} MiB, {self.threads} threads, "
            f"{self.children} processes of {self.children_pss:.0f} MiB, {self.widgets} widgets"
        )


def sample(seconds: float) -> Sample:
    """The process as it is now."""
    process = psutil.Process()
    full = process.memory_full_info()
    children = [_pss(child) for child in process.children(recursive=True)]
    heap, held = _malloc()
    return Sample(
        seconds,
        full.rss / _MIB,
        getattr(full, "pss", full.rss) / _MIB,
        heap / _MIB,
        held / _MIB,
        process.num_threads(),
        len(children),
        sum(children) / _MIB,
        len(QApplication.allWidgets()),
    )


class Growth:
    """Says when the memory is more than it was after the warm-up by more than it may be."""

    def __init__(self, warm_up: float, most: float) -> None:
        """warm_up: seconds; most: MiB that may be added after them."""
        self._warm_up = warm_up
        self._most = most
        self.base: float | None = None
        self.samples: list[Sample] = []

    def add(self, taken: Sample) -> str:
        """Another moment; what is wrong with it, if anything."""
        self.samples.append(taken)
        if taken.seconds <= self._warm_up or self.base is None:
            self.base = max(self.base or 0.0, taken.rss)
            return ""
        if taken.rss > self.base + self._most:
            return f"the memory has grown from {self.base:.0f} to {taken.rss:.0f} MiB"
        return ""


def objects() -> Counter[str]:
    """How many objects of each kind Python's collector knows, and of Qt's kinds those in Python."""
    gc.collect()
    kinds: Counter[str] = Counter()
    for each in gc.get_objects():
        kind = type(each)
        kinds[f"{kind.__module__}.{kind.__qualname__}"] += 1
    for widget in QApplication.topLevelWidgets():
        kinds["(below top-level widgets) QObject"] += len(widget.findChildren(QObject))
    kinds["(threads)"] = threading.active_count()
    return kinds


def grown(before: Counter[str], after: Counter[str], most: int = 25) -> str:
    """The kinds of which there are more, the most numerous first."""
    more = after - before
    return "\n".join(
        f"{count:+8d} of {after[kind]:8d}  {kind}" for kind, count in more.most_common(most)
    )


def trim() -> None:
    """Have malloc give back what it keeps for nobody."""
    if sys.platform == "linux":
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _pss(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return 0.0


class _MallInfo(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd",
            "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    ]  # fmt: skip


def _malloc() -> tuple[int, int]:
    """Bytes in use, and bytes that malloc holds, where this is glibc; else nothing."""
    try:
        ask = ctypes.CDLL("libc.so.6").mallinfo2
    except (OSError, AttributeError):
        return 0, 0
    ask.restype = _MallInfo
    told = ask()
    return told.uordblks + told.hblkhd, told.arena + told.hblkhd
