"""One game: acts drawn from a table by a seed, played in the window's own event loop."""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from tests.monkey import inside
from tests.monkey.acts.act import Act
from tests.monkey.acts.rest import rest
from tests.monkey.hand import Hand, Pauses
from tests.monkey.watch.complaints import Complaint, Complaints
from tests.monkey.watch.heartbeat import Heartbeat

TOLD = 30
"""Acts that are told of where something went wrong."""

PAUSES = (0, 0, 0, 0, 5, 20, 20, 100, 400)
"""Milliseconds between two acts, one of these."""

STUCK_MS = 300
"""Milliseconds after which a menu or a dialog that an act waits for is closed for it."""

FIRST = Act("begin", 0, rest)
LAST = Act("end", 0, rest)


@dataclass
class History:
    """What was played: a line an act, and what it did in the midst of it below."""

    say: Callable[[str], object]
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=4 * TOLD))
    count: int = 0
    now: str = "nothing yet"

    def begin(self, name: str, seconds: float) -> None:
        """This act is played."""
        self.count += 1
        self.now = f"{self.count:5d} {seconds:7.2f} s  {name}"
        self._add(self.now)

    def detail(self, words: str) -> None:
        """It does this."""
        self.now += f" · {words}"
        self._add(f"{'':17}{words}")

    @property
    def last(self) -> list[str]:
        """The last acts with their details."""
        starts = [k for k, line in enumerate(self.lines) if line[:5].strip()]
        first = starts[-TOLD] if len(starts) >= TOLD else 0
        return list(self.lines)[first:]

    def _add(self, line: str) -> None:
        self.lines.append(line)
        self.say(line)


class Game(QObject):
    """Plays until the time is over, so many acts are done, or something went wrong."""

    def __init__(
        self,
        hand: Hand,
        table: Sequence[Act],
        dice: Random,
        complaints: Complaints,
        history: History,
        failed: Callable[[Complaint], bool],
        ended: Callable[[], object],
    ) -> None:
        """failed: hears of each complaint, and says whether to go on. ended: it is over."""
        super().__init__()
        self._hand = hand
        hand.others = self._meanwhile
        self._table = tuple(table)
        self._short = tuple(act for act in table if act.short)
        self._dice = dice
        self._rescue = Random(dice.getrandbits(64))
        self._complaints = complaints
        self._history = history
        self._failed = failed
        self._ended = ended
        self._began = time.monotonic()
        self._seconds, self._most = 0.0, 0
        self._steps: Pauses | None = None
        self._pause = 0
        self._playing = False
        self._rested = False
        self._over = False
        self.heartbeat = Heartbeat(complaints.add, lambda: history.now, self)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on)
        self._stuck = QTimer(self)
        self._stuck.setInterval(STUCK_MS)
        self._stuck.timeout.connect(self._free)

    @property
    def seconds(self) -> float:
        """How long it has been played."""
        return time.monotonic() - self._began

    def start(self, seconds: float, most: int) -> None:
        """Play so long, or so many acts where that is not 0."""
        self._began = time.monotonic()
        self._seconds, self._most = seconds, most
        inside.begin(self._hand.desk)
        self._begin(FIRST, Random(0))
        self._stuck.start()
        self._go_on()

    def stop(self) -> None:
        """It is over, whatever is being played."""
        self._over = True
        self._next.stop()
        self._stuck.stop()
        self.heartbeat.stop()

    def _go_on(self) -> None:
        """Play on what is being played, or what comes next; and call again in a while."""
        if self._steps is None:
            self._begin_next()
        if self._steps is None:
            self._ended()
            return
        pause = self._advance(self._steps)
        if pause is None:
            self._steps = None
            pause = self._pause
        if not self._over:
            if self._look():
                self._next.start(pause)
            else:
                self._ended()

    def _begin_next(self) -> None:
        """The next act; at the end a rest, and then nothing."""
        if self._history.count == 1:
            self.heartbeat.start()  # what is loaded at first was loaded
        if not self._is_over:
            self._close_menus()
            act = self._dice.choices(self._table, [act.weight for act in self._table])[0]
            dice = Random(self._dice.getrandbits(64))
            self._pause = self._dice.choice(PAUSES)
            self._begin(act, dice)
        elif not self._rested:
            self._rested = True
            self._begin(LAST, Random(0))

    def _begin(self, act: Act, dice: Random) -> None:
        self._history.begin(act.name, self.seconds)
        self._hand.dice = dice
        self._steps = _steps(act, self._hand)

    def _advance(self, steps: Pauses) -> int | None:
        """Play on until it pauses, for how long; None where it is done."""
        self._playing = True
        try:
            return next(steps, None)
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            words = "".join(traceback.format_exception(error))
            self._complaints.add(f"the act itself: {type(error).__name__}: {error}", words)
            return None
        finally:
            self._playing = False

    @property
    def _is_over(self) -> bool:
        return self.seconds > self._seconds or 0 < self._most < self._history.count

    def _look(self) -> bool:
        """Whether the game goes on, whatever went wrong."""
        goes_on = True
        for complaint in self._complaints.take():
            goes_on = self._failed(complaint) and goes_on
        return goes_on

    def _meanwhile(self, dice: Random) -> None:
        """Another act, in the middle of one."""
        act = dice.choices(self._short, [act.weight for act in self._short])[0]
        self._history.detail(f"meanwhile: {act.name}")
        before, self._hand.dice = self._hand.dice, dice
        act.play(self._hand)
        self._hand.dice = before

    def _close_menus(self) -> None:
        """A menu that was left open goes, as it does at a click elsewhere."""
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()

    def _free(self) -> None:
        """An act waits for a menu or a dialog that waits for a person: answer it."""
        if not self._playing:
            return
        menu, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if menu is not None:
            menu.close()
        elif isinstance(dialog, QDialog):
            self._history.detail(f"(the dialog {dialog.windowTitle()!r} is answered)")
            (dialog.accept if self._rescue.random() < 0.5 else dialog.reject)()


def _steps(act: Act, hand: Hand) -> Pauses:
    """The pauses of an act, none of one that is over at once."""
    steps = act.play(hand)
    if steps is not None:
        yield from steps
