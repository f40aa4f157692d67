"""The program as a person runs it: a process of its own, its window, and what it leaves behind."""

from __future__ import annotations

import ctypes
import math
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType

import numpy as np
import psutil
from numpy.typing import NDArray

from rnn_desk.protocol import ENGINE_FLAG
from tests.outside.screen import Rect, Screen, until

REPOSITORY = Path(__file__).parents[2]

FROM_SOURCE = (sys.executable, "-m", "rnn_desk")

START = 60.0
"""Seconds that the window, and the model, may take to be there: nothing is concluded from them."""

PAUSE = 0.012
"""Seconds between two places of the pointer while it draws, as a mouse tells them."""

_ENGINES = ("rnn_desk.engine", ENGINE_FLAG)
"""Stand in the command lines of processes that run models, from source and frozen."""

_LINE = re.compile(r"(\S+ \S+) (\w+) (\S+): (.*)")
_BANNER = "rnn_desk.qt.window.message_bar"
_HEADER = "rnn_desk.qt.window.header"
_READS = "reading with "

_WORDS = 0.01
"""The part of an empty sheet that the words on it take at most."""

_CLEARED = 2.0
"""Seconds that emptying it may take."""

_SMALLEST_SHEET = 180
"""Pixels: nothing else that is white is as high at the left of the window."""

_CORNERS = 16
"""Pixels: more than the sheet's round corners take from its height."""

_COLOURED = 40
"""The least difference between two channels, of 255, of what is no ink and no paper."""

_AGAIN = 0.3
_TIDIED = 5.0
"""Seconds in which a sentence may come again that was just closed; in which that may go on."""

_ENDED = 5.0
"""Seconds that killed processes may take to be gone."""

_COPIED = 0.3
"""Seconds that a window may take to copy what it shows."""

_COPIES = 4
"""Tries to copy the answer: Qt acts upon keys before a click that came with them, and then another
view's numbers are copied."""

_APART = 20
"""Pixels between clicks that are not to be one double click."""

_ASKED, _ASKED_FOR = 2.0, 0.3
"""Seconds in which a window that closes asks, and in which the question gets the keyboard."""

_CLASS_AND_PROBABILITY = 2

_INK = 128
"""Grey level, of 255; what is darker on the sheet is ink."""

Point = tuple[float, float]
Answer = dict[str, float]


@dataclass(frozen=True)
class Said:
    """A sentence that the window showed across its top, and when, in seconds since the epoch."""

    when: float
    words: str


class Dead(Exception):
    """The program's process has ended by itself."""


class Program:
    """One run of the program on that screen; what is left of it at the end is ended.

    home: an empty folder, so that nothing is remembered and the log is of this run alone. command:
    starts the program in this same process, where it is not to be run from source.
    """

    def __init__(
        self, screen: Screen, home: Path, *arguments: str, command: Sequence[str] = FROM_SOURCE
    ) -> None:
        _adopt_orphans(on=True)
        self.screen = screen
        self._home = home
        self._not_ours = {process.pid for process in _descendants()}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "QT_"))}
        environment = {
            **kept,
            "DISPLAY": screen.display,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(REPOSITORY),
            "QT_QPA_PLATFORM": "xcb",
        }
        with (home / "stderr.txt").open("wb") as errors:
            self.process = subprocess.Popen(
                [*command, *arguments],
                cwd=REPOSITORY,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        self.window = 0
        self._beside = 0
        self.sheet = Rect(0, 0, 0, 0)

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        for process in self.others():
            with suppress(psutil.Error):  # it has just ended by itself
                process.kill()
        until(lambda: not self.others(), _ENDED)
        _adopt_orphans(on=False)
        _bury(self._not_ours)

    # Its processes.

    @property
    def ended(self) -> str:
        """How the process ended; nothing while it runs."""
        status = self.process.poll()
        if status is None:
            return ""
        return signal.Signals(-status).name if status < 0 else f"exit {status}"

    def others(self) -> list[psutil.Process]:
        """Those processes that the window's started, and theirs, that still run: even if whoever
        started them is gone."""
        ours = {*self._not_ours, self.process.pid}
        return [process for process in _descendants() if process.pid not in ours]

    def engines(self) -> list[psutil.Process]:
        """Those of them that run models."""
        return [
            process
            for process in self.others()
            if any(words in _command(process) for words in _ENGINES)
        ]

    def gone(self, seconds: float) -> bool:
        """Wait until no process is left."""
        return bool(until(lambda: bool(self.ended) and not self.others(), seconds))

    # Its window.

    def wait_for_window(self, sheet: bool = True) -> None:
        """Wait for the window, and find the sheet to draw on, if that is wanted: with a digit on it
        that is as high as the sheet, it is not found.

        Raises Dead or TimeoutError.
        """
        windows = until(lambda: self.screen.windows_of(self.process.pid) or self.ended, START)
        if self.ended:
            raise Dead(f"the process was ended by {self.ended} before it had a window")
        if not windows:
            raise TimeoutError(f"no window within {START:g} s")
        self.window = windows[0]
        if sheet and not until(self._sheet_lies_still, START):
            raise TimeoutError(f"no sheet to draw on within {START:g} s")

    def wait_until_it_reads(self) -> None:
        """Wait until a digit is answered, whatever the answer, and clear the sheet.

        Raises TimeoutError.
        """
        if not until(self.models, START):
            raise TimeoutError(f"no model was opened within {START:g} s")
        self.draw(DIGITS["7"])
        if not until(self.answer, START):
            raise TimeoutError(f"nothing is read within {START:g} s")
        self.clear()

    def picture(self) -> NDArray[np.uint8]:
        """The sheet as it is on the screen."""
        return self.screen.picture(self.sheet)

    def draw(self, line: Sequence[Point]) -> None:
        """Draw a line with the mouse; its points are parts, 0..1, of the sheet."""
        self.screen.stroke([self.sheet.at(*point) for point in line], PAUSE)

    def inked(self, line: Sequence[Point]) -> float:
        """How much of that line, 0..1, is ink on the screen."""
        grey = self.picture().mean(axis=2)
        rect = Rect(0, 0, self.sheet.width, self.sheet.height)
        return float(np.mean([grey[y, x] < _INK for x, y in (rect.at(*point) for point in line)]))

    def tidy(self) -> bool:
        """Close the sentence across the window, which moves the sheet while it is there, until none
        comes again; whether that could be done."""

        def tidied() -> bool:
            self.screen.press("Escape")
            return not until(self._covered, _AGAIN)

        return bool(until(tidied, _TIDIED))

    def clear(self) -> None:
        """Empty the sheet, and wait for that to be seen: the mouse may be faster than a key."""
        self.screen.press("Delete")
        until(lambda: (self.picture().mean(axis=2) < _INK).mean() < _WORDS, _CLEARED)

    def take_back(self) -> None:
        """Undo the last stroke."""
        self.screen.press("Control_L", "z")

    def put_back(self) -> None:
        """Redo it."""
        self.screen.press("Control_L", "y")

    def answer(self) -> Answer:
        """The probability of each class that the window shows, as it copies them for a
        spreadsheet; empty where it shows none, or does not answer."""
        for _ in range(_COPIES):
            self.screen.click(self._answers())
            text = self.screen.copied("Control_L", "Shift_L", "c", patience=_COPIED)
            lines = [line.split("\t") for line in (text or "").splitlines()]
            if not lines or len(lines[0]) == _CLASS_AND_PROBABILITY:
                return {name: float(part) for name, part in lines[1:]}
        return {}

    def reads(self, digit: str, seconds: float) -> bool:
        """Wait until the window's answer is this digit, with probabilities that are some."""
        return bool(until(lambda: said(self.answer()) == digit, seconds))

    def ask_to_close(self) -> None:
        """Press the window's close button; where it asks whether something is to be kept, want
        nothing kept."""
        before = self.screen.windows_of(self.process.pid)
        self.screen.ask_to_close(self.window)

        def asks() -> bool:
            return bool(set(self.screen.windows_of(self.process.pid)) - set(before))

        if until(lambda: bool(self.ended) or asks(), _ASKED) and not self.ended:
            until(lambda: False, _ASKED_FOR)
            self.screen.press("Shift_L", "Tab")  # from Cancel
            self.screen.press("space")

    # Its log.

    def sentences(self) -> list[Said]:
        """What the window said across its top, the oldest first."""
        return [Said(when, words) for when, source, words in self._log() if source == _BANNER]

    def models(self) -> list[str]:
        """Which models have been reading, by name, the last of them now."""
        lines = [words for _, source, words in self._log() if source == _HEADER]
        return [words.removeprefix(_READS) for words in lines if words.startswith(_READS)]

    def _log(self) -> Iterator[tuple[float, str, str]]:
        for path in self._home.rglob("rnn-desk.log"):
            for line in path.read_text("utf-8", "replace").splitlines():
                if found := _LINE.fullmatch(line):
                    when = datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S,%f")  # noqa: DTZ007
                    yield when.timestamp(), found[3], found[4]

    def _answers(self) -> tuple[int, int]:
        """A place on the large digit of the answer, which takes the focus and nothing more; another
        one than the last time, as two clicks on one place show that view alone."""
        window = self.screen.rect(self.window)
        self._beside = _APART - self._beside
        x = window.x + window.width - 110 + self._beside
        return x, self.sheet.y + self.sheet.height // 4

    def _covered(self) -> bool:
        """Whether something coloured lies where the sheet was found: ink and paper have none."""
        channels = self.picture().astype(np.int16)
        return bool((np.ptp(channels, axis=2) > _COLOURED).any())

    def _sheet_lies_still(self) -> bool:
        """Whether the sheet is where it was found the last time."""
        before, found = self.sheet, self._find_sheet()
        self.sheet = found or before
        return found == before

    def _find_sheet(self) -> Rect | None:
        """The white square at the left of the window."""
        window = self.screen.rect(self.window)
        white = (self.screen.picture(window) == 255).all(axis=2)
        for column in range(window.width // 4):
            top, height = _longest_run(white[:, column])
            if height >= _SMALLEST_SHEET:
                above_words = white[top + height // 8, : column + height + _CORNERS]
                left, width = _longest_run(above_words)
                top, height = _longest_run(white[:, left + width // 8])  # past its round corners
                whole = abs(width - height) <= 2
                return Rect(window.x + left, window.y + top, width, height) if whole else None
        return None


def said(answer: Answer) -> str:
    """The answer, or nothing where the probabilities are none."""
    if not answer or not math.isclose(sum(answer.values()), 1.0, abs_tol=1e-3):
        return ""
    return max(answer, key=answer.__getitem__)


_REST = 4
"""Pauses that the pointer rests in a corner."""


# What is drawn: lines whose points are parts of the sheet's side.


def through(*corners: Point, step: float = 0.02) -> list[Point]:
    """A line through these corners, a point every `step`.

    The pointer rests for a moment in each corner, as a hand does: of places that come while a
    toolkit is busy it takes the last one, and so cuts no corner.
    """
    points = [corners[0]]
    for (x0, y0), (x1, y1) in pairwise(corners):
        count = max(1, round(math.hypot(x1 - x0, y1 - y0) / step))
        points += [(x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count)
                   for k in range(1, count + 1)]  # fmt: skip
        points += [(x1, y1)] * _REST
    return points


DIGITS = {
    "0": through(
        (0.5, 0.15), (0.35, 0.25), (0.28, 0.5), (0.35, 0.75), (0.5, 0.85), (0.65, 0.75),
        (0.72, 0.5), (0.65, 0.25), (0.5, 0.15),
    ),
    "1": through((0.52, 0.15), (0.48, 0.85)),
    "7": through((0.27, 0.2), (0.72, 0.2), (0.45, 0.85)),
}  # fmt: skip
"""Lines that every reader of digits reads rightly; straight ones, which stay what they are where a
busy toolkit leaves out places of the pointer."""


def scribble(lines: int = 24) -> list[Point]:
    """A line to and fro over the whole sheet, so close that no paper is left to be seen by a
    network: it sees strokes a tenth as wide as a digit is high.

    But for a little at the upper left. Ink is centred by its mass, half a pixel low, and a sheet
    all of ink would leave the network's uppermost row of it half white.
    """
    edge, left_out = 0.02, 0.3
    corners = []
    for k in range(lines):
        y = edge + (1 - 2 * edge) * k / (lines - 1)
        ends = [(left_out if y < left_out else edge, y), (1 - edge, y)]
        corners += ends if k % 2 == 0 else ends[::-1]
    return through(*corners, step=0.08)


# How that is done.


def _longest_run(line: NDArray[np.bool_]) -> tuple[int, int]:
    """Where the longest run of true values begins, and how long it is."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]]).astype(np.int8)))
    starts, stops = edges[::2], edges[1::2]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(stops - starts))
    return int(starts[longest]), int(stops[longest] - starts[longest])


def _adopt_orphans(on: bool) -> None:
    """Have the system hand this process what its descendants leave running when they die, so that
    none of it is lost from sight; or no more."""
    set_child_subreaper = 36
    ctypes.CDLL(None).prctl(set_child_subreaper, int(on), 0, 0, 0)


def _bury(kept: set[int]) -> None:
    """Take notice of the end of adopted children: nobody else does, and they stay as names."""
    for process in psutil.Process().children():
        if process.pid not in kept:
            with suppress(OSError):
                os.waitpid(process.pid, os.WNOHANG)


def _descendants() -> list[psutil.Process]:
    """All processes below this one that run."""
    running = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE:
                running.append(process)
    return running


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
