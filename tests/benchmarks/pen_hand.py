"""A hand that draws digits at 120 Hz on what is measured, and a watch that tells when it painted.

What is measured runs in a process of its own, which draws whenever a line on its standard input
tells it to (`serve`): so several take turns in one run, on a machine that is never twice the same.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

HERTZ = 120
PATIENCE = 2.0
"""Seconds after a drawing until what was not painted by then counts as lost."""

LONGEST = 120.0
"""Seconds that one reading by a large model may take."""

SIZE = (1366, 768)
"""Of every window that is measured, in pixels."""

DIGITS = Path(__file__).parents[2] / "assets/reference/digits.jsonl"

Strokes = list[list[tuple[float, float]]]
"""One drawing on a square of side 1, a point for each event of the pen at a hand's speed."""


class Subject(Protocol):
    """What is measured. Events are counted from 1, those alone that change what is drawn."""

    view: QWidget
    """The window."""
    paper: QWidget
    """What is drawn on."""

    def clear(self) -> None:
        """An empty sheet."""

    def replace(self, strokes: Strokes) -> None:
        """Another drawing, all of it at once."""

    def place(self, x: float, y: float) -> QPointF:
        """Where on the paper a point of a drawing is."""

    def wanted(self) -> int:
        """The newest event that changed what is drawn."""

    def shown(self) -> int:
        """The newest event of which the window was told a reading."""

    def whole(self) -> int:
        """The newest event of which it was told a reading that has everything in it."""


@dataclass
class Drawn:
    """What came of some drawings.

    taken: milliseconds of each event until a reading of it, or of a later one, was painted; whole:
    until one was that has everything in it. lost: events of which none ever was. wholes: paintings
    that brought such a reading, in so many seconds from the first event to the last painting.
    """

    taken: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    lost: int = 0
    wholes: int = 0
    seconds: float = 0.0


class PaintWatch(QObject):
    """Tells when each round of painting of a window is over.

    It filters the events of that one window: an application that looked at all events of all
    widgets would slow down what is measured.
    """

    def __init__(self, window: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._painted = window, painted
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        self._window.event(event)  # it is painted in here
        self._painted()
        return True


class Clock:
    """Takes the time from each event to the paintings that show it."""

    def __init__(self, subject: Subject) -> None:
        self.drawn = Drawn()
        self._subject = subject
        self._sent: dict[int, float] = {}
        self._sent_whole: dict[int, float] = {}

    @property
    def waits(self) -> bool:
        """Whether there are events of which nothing whole was painted yet."""
        return bool(self._sent_whole)

    def sent(self, event: int, when: float) -> None:
        """This event is on its way."""
        self._sent[event] = self._sent_whole[event] = when

    def painted(self) -> None:
        """Whatever the window was told is on the screen now."""
        now = time.perf_counter()
        self.drawn.taken += _over(self._sent, self._subject.shown(), now)
        whole = _over(self._sent_whole, self._subject.whole(), now)
        self.drawn.whole += whole
        self.drawn.wholes += bool(whole)

    def give_up(self) -> None:
        """What was not painted by now never will be."""
        self.drawn.lost += len(self._sent_whole)
        self._sent.clear()
        self._sent_whole.clear()


def draw(subject: Subject, drawings: list[Strokes]) -> Drawn:
    """Draw them one after another, each stroke from press to release."""
    clock = Clock(subject)
    watch = PaintWatch(subject.view, clock.painted)
    for strokes in drawings:
        subject.clear()
        rest(0.1)
        began = due = time.perf_counter()
        for stroke in strokes:
            for k, (x, y) in enumerate(stroke):
                due = max(due + 1 / HERTZ, time.perf_counter())
                rest(due - time.perf_counter())
                before, now = subject.wanted(), time.perf_counter()
                kind = QEvent.Type.MouseMove if k else QEvent.Type.MouseButtonPress
                _send(subject.paper, kind, subject.place(x, y))
                if subject.wanted() > before:
                    clock.sent(subject.wanted(), now)
            _send(subject.paper, QEvent.Type.MouseButtonRelease, subject.place(*stroke[-1]))
        until = time.perf_counter() + PATIENCE
        while clock.waits and time.perf_counter() < until:
            rest(0.005)
        clock.drawn.seconds += time.perf_counter() - began
        clock.give_up()
    subject.view.removeEventFilter(watch)
    return clock.drawn


def _round(points: int, width: float) -> list[tuple[float, float]]:
    """A 0 of so many points, which its pen goes round and round."""
    turns = max(1, points // 100)
    angles = [2 * math.pi * turns * k / points for k in range(points)]
    return [(0.5 + width * math.sin(a) / 2, 0.5 - 0.35 * math.cos(a)) for a in angles]


def _over(sent: dict[int, float], reached: int, now: float) -> list[float]:
    """Take out the events up to this one: milliseconds since each was sent."""
    return [(now - sent.pop(event)) * 1e3 for event in list(sent) if event <= reached]


def read(subject: Subject, points: int, times: int) -> list[float]:
    """Milliseconds of each of so many readings, of drawings with so many points, each put on the
    sheet at once: until one with everything in it is painted."""
    clock = Clock(subject)
    watch = PaintWatch(subject.view, clock.painted)
    for turn in range(times):
        sent = time.perf_counter()
        subject.replace([_round(points, 0.3 + 0.01 * turn)])
        clock.sent(subject.wanted(), sent)
        while clock.waits:
            rest(0.002)
            if time.perf_counter() > sent + LONGEST:
                raise SystemExit(f"nothing was painted within {LONGEST:.0f} s")
    subject.view.removeEventFilter(watch)
    return clock.drawn.whole


def rest(seconds: float) -> None:
    """Let Qt's event loop run so long, asleep where there is nothing to do, as in the program."""
    loop = QEventLoop()
    QTimer.singleShot(max(0, round(seconds * 1000)), loop.quit)
    loop.exec()


def some_strokes(first: int, count: int) -> list[Strokes]:
    """Digits of the program's own, read without the program."""
    with DIGITS.open(encoding="utf-8") as file:
        entries = [json.loads(line) for line in itertools.islice(file, first, first + count)]
    return [
        [[(x / each["size"], y / each["size"]) for x, y in stroke] for stroke in each["strokes"]]
        for each in entries
    ]


def serve(subject: Subject) -> None:
    """Do what each line on standard input says, and answer with a line; until there are no more.

    Either {"digits": [first, count]}, to draw those of the program's own, or {"points": p,
    "times": t}, to have a drawing of so many points read so often.
    """
    _tell("ready")
    for line in sys.stdin:
        job = json.loads(line)
        if "digits" in job:
            draw(subject, some_strokes(0, 1))  # it was asleep while others had their turn
            _tell(asdict(draw(subject, some_strokes(*job["digits"]))))
        else:
            read(subject, job["points"], 1)
            _tell(read(subject, job["points"], job["times"]))


def _tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _send(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.LeftButton
    none = Qt.MouseButton.NoButton
    pressed = none if kind == QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(
        kind,
        at,
        widget.mapToGlobal(at),
        none if kind == QEvent.Type.MouseMove else button,
        pressed,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
