"""Examining a model file in a process of its own, with limits on its time and its memory.

A file may hang the runtime or eat all memory before any of its own limits is asked; a process can
be killed. What the process does is in `examination`; the two talk in lines of JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psutil

from rnn_desk.app.limits import Limits
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.findings import Examined, from_record, readings_to_text, unpack

_PACKAGES = Path(__file__).parents[3]
_GLANCE = 0.05
"""Seconds between two looks at the clock, at the memory and for a wish to stop."""

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Cancelled(Exception):
    """Somebody does not want the answer any longer: no failure, and nothing to be said."""


def _nothing(_: str) -> None:
    """Tell nobody."""


class Examiner:
    """A process that examines files, one after another, until it is closed or had to be killed.

    The process starts at once, so that the time it takes can be used for something else.
    """

    def __init__(self) -> None:
        self.alive = True
        # Nothing is imported from the current folder (-P): it may be the model's own.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "rnn_desk.engine.foreign.examination"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": str(_PACKAGES)},
            text=True,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="examiner")
        self._listener.start()

    def __enter__(self) -> Examiner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def examine(
        self,
        path: Path,
        limits: Limits | None = None,
        tell: Callable[[str], None] = _nothing,
        cancelled: Callable[[], bool] = bool,
        chosen: Mapping[str, InputReading] = MappingProxyType({}),
    ) -> Examined:
        """What the file holds; `tell` hears of each stage by its name.

        chosen: what a person said of a file's input, by the SHA-256 of the file.

        Raises Refused, or Cancelled. After a limit was reached, the examiner is not alive.
        """
        limits = limits or Limits()
        request = {
            "path": str(path),
            "seconds": limits.seconds,
            "mebibytes": limits.mebibytes,
            "chosen": readings_to_text(chosen),
        }
        with contextlib.suppress(OSError):  # a process that is gone is noticed below
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        answer = self._answer(path, limits, tell, cancelled)
        if "refused" in answer:
            raise unpack(answer["refused"])
        return Examined(from_record(answer), answer["fingerprint"])

    def close(self) -> None:
        """End the process, whatever it does; it has nothing to lose."""
        self.alive = False
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was never sent cannot be sent any more
                if stream is not None:
                    stream.close()

    def _answer(
        self,
        path: Path,
        limits: Limits,
        tell: Callable[[str], None],
        cancelled: Callable[[], bool],
    ) -> Mapping[str, Any]:
        """The process's answer, or a Refused where it has none in time. Raises Cancelled."""
        until = time.monotonic() + limits.seconds
        largest = 0
        while True:
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=_GLANCE)
                if line is None:
                    self.close()
                    raise self._ended(path, limits, largest)
                message: dict[str, Any] = json.loads(line)
                if "stage" not in message:
                    return message
                tell(message["stage"])
                continue
            largest = max(largest, self._memory())
            if cancelled():
                self.close()
                raise Cancelled
            if time.monotonic() > until:
                self.close()
                raise Refused(
                    "{file} was not understood within {seconds:g} s and was given up: it may "
                    "never come to an end",
                    file=path,
                    seconds=limits.seconds,
                )
            if largest > limits.mebibytes + _OWN_MEBIBYTES:
                self.close()
                raise too_large(path, limits.mebibytes)

    def _ended(self, path: Path, limits: Limits, largest: int) -> Refused:
        """Why the process ended by itself, as far as can be told."""
        if largest > limits.mebibytes // 2:  # a runtime that gets no memory may just end
            return too_large(path, limits.mebibytes)
        return Refused(
            "{file} makes the runtime crash (exit {status}): it is damaged, or made to do harm",
            file=path,
            status=self._process.returncode,
        )

    def _memory(self) -> int:
        """MiB that the process holds."""
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss // 2**20)
        except psutil.Error:
            return 0

    def _listen(self) -> None:
        """Pass the process's lines on until it ends; a pipe cannot be waited for with a limit."""
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout:
                self._lines.put(line)
        self._lines.put(None)


_OWN_MEBIBYTES = 256
"""What Python, NumPy and the two runtimes take before any model is there, and some room."""


def too_large(path: Path | str, mebibytes: int) -> Refused:
    """The sentence for a file that needs more memory than it may have."""
    return Refused(
        "{file} needs more than {mebibytes} MiB of memory to be opened, far more than a reader of "
        "digits can need",
        file=path,
        mebibytes=mebibytes,
    )
