"""A whole run: the program started, the game played, the window closed, and what came of it."""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import time
import tracemalloc
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from rnn_desk.qt import program
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.style.language import speak
from tests.monkey import dialogs, inside
from tests.monkey.acts.act import Act
from tests.monkey.faults import FAULTS
from tests.monkey.hand import Hand
from tests.monkey.pantry import stocked
from tests.monkey.play import Game, History
from tests.monkey.watch import leftovers, memory
from tests.monkey.watch.complaints import Complaint, Complaints

ENDS_WITHIN = 10.0
"""Seconds within which the program ends once its window is closed."""

HANGS_AFTER = 90.0
"""Seconds without an act after which the process is given up, and says what it was doing."""


class Run:
    """One run of the program, in this process."""

    def __init__(self, chosen: Namespace, table: Sequence[Act], folder: Path) -> None:
        """chosen: the words of the command line. folder: where files are made."""
        self._chosen = chosen
        self._table = table
        self._folder = folder
        self._dice = Random(chosen.seed)
        self._history = History(_say if chosen.say else lambda _: None)
        self._found: Counter[Complaint] = Counter()
        self._growth = memory.Growth(chosen.warm_up, chosen.grow)
        self._counted: Counter[str] = Counter()
        self._lines: tracemalloc.Snapshot | None = None

    def play(self) -> int:
        """The exit status: 0 where nothing was found, else 1."""
        _say(f"seed {self._chosen.seed}, Qt's platform {os.environ['QT_QPA_PLATFORM']}")
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        qt = program.application()
        speak("en")
        pantry = stocked(self._folder)
        before = leftovers.now()
        with Complaints() as complaints:
            told = Random(self._dice.getrandbits(64))
            with dialogs.answered(told, pantry, self._history.detail):
                desk = inside.new_desk(self._folder, "en")
                game = Game(
                    Hand(desk, pantry, self._history.detail, complaints.add),
                    self._table,
                    self._dice,
                    complaints,
                    self._history,
                    self._failed,
                    lambda: self._close(desk, game),
                )
                desk.window.resize(1366, 768)
                desk.window.show()
                desk.window.activateWindow()
                if self._chosen.fault:
                    FAULTS[self._chosen.fault](desk)
                if self._chosen.trace:
                    tracemalloc.start(12)
                sampler = QTimer()
                sampler.timeout.connect(lambda: self._sample(game, complaints))
                sampler.start(int(self._chosen.every * 1000))
                QTimer.singleShot(0, lambda: game.start(self._chosen.seconds, self._chosen.acts))
                qt.exec()
                sampler.stop()
                game.stop()
                # What Python put there would be taken down by Qt once Python is gone.
                QGuiApplication.clipboard().clear()
            for complaint in complaints.take():
                self._failed(complaint)
            self._look_for_leftovers(before)
            self._sample(game, complaints)
            faulthandler.cancel_dump_traceback_later()
            return self._report()

    def _close(self, desk: Desk, game: Game) -> None:
        """The window is closed, as a person does; the event loop is to end by itself."""
        self._count_objects()
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        self._history.begin("close", game.seconds)
        closed = time.monotonic()
        game.stop()
        desk.window.close()
        took = time.monotonic() - closed
        if took > ENDS_WITHIN:
            self._failed(Complaint(f"closing the window took {took:.1f} s"))
        program_ends = QTimer(desk)
        program_ends.setSingleShot(True)
        program_ends.timeout.connect(self._does_not_end)
        program_ends.start(int(ENDS_WITHIN * 1000))

    def _does_not_end(self) -> None:
        self._failed(Complaint("the window is closed, and the event loop does not end"))
        program.application().exit()

    def _failed(self, complaint: Complaint) -> bool:
        """Something went wrong; whether to go on."""
        known = Complaint(_kind(complaint.what), complaint.details)
        new = not any(each.what == known.what for each in self._found)
        self._found[known] += 1
        if new:
            _say(f"\nFAILED with seed {self._chosen.seed}: {complaint.what}")
            _say(complaint.details)
            _say(f"\nthe last acts, the newest last (seed {self._chosen.seed}):")
            _say("\n".join(self._history.last))
        return bool(self._chosen.all)

    def _sample(self, game: Game, complaints: Complaints) -> None:
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        taken = memory.sample(game.seconds)
        first = self._growth.base is None or taken.seconds <= self._chosen.warm_up
        _say(f"{taken}, {self._history.count} acts")
        wrong = self._growth.add(taken)
        if wrong:
            complaints.add(wrong, "\n".join(map(str, self._growth.samples)))
        if first:
            self._begin_counting()

    def _begin_counting(self) -> None:
        if self._chosen.objects:
            self._counted = memory.objects()
        if tracemalloc.is_tracing():
            self._lines = tracemalloc.take_snapshot()

    def _count_objects(self) -> None:
        """What there is more of than after the warm-up."""
        if self._chosen.objects:
            _say("more objects than after the warm-up:")
            _say(memory.grown(self._counted, memory.objects()))
        if self._lines is not None:
            _say("more memory of Python's, by the lines that took it:")
            for line in tracemalloc.take_snapshot().compare_to(self._lines, "traceback")[:12]:
                _say(f"{line.size_diff / 1024:+.0f} KiB, {line.count_diff:+d}")
                _say("\n".join(line.traceback.format()))
        if self._chosen.objects or self._chosen.trace:
            before = memory.sample(0)
            gc.collect()
            memory.trim()
            after = memory.sample(0)
            _say(f"given back when malloc is asked: {before.rss - after.rss:.0f} MiB\n{after}")

    def _look_for_leftovers(self, before: leftovers.Things) -> None:
        """A process, a thread or a window that is still there a while after."""
        until = time.monotonic() + ENDS_WITHIN
        while (left := leftovers.now().beyond(before)) and time.monotonic() < until:
            time.sleep(0.1)  # the event loop is over: nothing tells
        for what in left:
            self._failed(Complaint(f"left behind: {what}"))

    def _report(self) -> int:
        played = f"{self._history.count} acts with seed {self._chosen.seed}"
        if not self._found:
            _say(f"{played}: nothing went wrong")
            return 0
        _say(f"{played}: {len(self._found)} kinds of failure")
        kinds: Counter[str] = Counter()
        for complaint, count in self._found.items():
            kinds[complaint.what] += count
        for what, count in kinds.most_common():
            _say(f"{count:5d} ×  {what}")
        return 1


def _kind(what: str) -> str:
    """A failure without the figures that are others each time."""
    return "".join("#" if letter.isdigit() else letter for letter in what)


def _say(words: str) -> None:
    print(words, file=sys.stdout, flush=True)  # noqa: T201  it is what the command line shows
