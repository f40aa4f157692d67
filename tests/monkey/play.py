"""One game: acts drawn from a table by a seed, played in the window's own event loop, and watched."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from types import GeneratorType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from rnn_desk.qt.desk import Desk
from tests.monkey import inside
from tests.monkey.acts.act import Act
from tests.monkey.acts.rest import rest
from tests.monkey.hand import Hand, Pauses
from tests.monkey.pantry import Pantry
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
        desk: Desk,
        pantry: Pantry,
        table: Sequence[Act],
        dice: Random,
        complaints: Complaints,
        history: History,
        failed: Callable[[Complaint], bool],
        ended: Callable[[], object],
    ) -> None:
        """failed: hears of each complaint, and says whether to go on. ended: it is over."""
        super().__init__()
        self._desk = desk
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
        self._over = False
        self.heartbeat = Heartbeat(complaints.add, lambda: history.now, self)
        self._hand = Hand(desk, pantry, history.detail, complaints.add, self._meanwhile)
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
        inside.begin(self._desk)
        self._begin(FIRST, Random(0))
        self._stuck.start()

    def stop(self) -> None:
        """It is over, whatever is being played."""
        self._over = True
        self._next.stop()
        self._stuck.stop()
        self.heartbeat.stop()

    def _begin(self, act: Act, dice: Random) -> None:
        self._history.begin(act.name, self.seconds)
        self._hand.dice = dice
        self._advance(lambda: act.play(self._hand))

    def _advance(self, play: Callable[[], Pauses | int | None]) -> None:
        """Play an act, or some more of it, and wait as long as it says, or until the next."""
        self._playing = True
        pause: int | None = None
        try:
            played = play()
            if isinstance(played, GeneratorType):
                self._steps = played
                pause = 0
            elif isinstance(played, int):
                pause = played
        except StopIteration:
            self._steps = None
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            self._steps = None
            self._complaints.add(f"the act itself: {type(error).__name__}: {error}", _trace(error))
        finally:
            self._playing = False
        if pause is None:
            self._steps = None
            pause = self._pause
        if self._look() and not self._over:
            self._next.start(pause)

    def _go_on(self) -> None:
        steps = self._steps
        if steps is not None:
            self._advance(lambda: next(steps))
            return
        if self._history.count == 1:
            self.heartbeat.start()  # what is loaded at first was loaded
        if self._is_over:
            if self._history.now.split()[3] == LAST.name:
                self._ended()
            else:
                self._begin(LAST, Random(0))
            return
        self._close_menus()
        act = self._dice.choices(self._table, [act.weight for act in self._table])[0]
        dice = Random(self._dice.getrandbits(64))
        self._pause = self._dice.choice(PAUSES)
        self._begin(act, dice)

    @property
    def _is_over(self) -> bool:
        return self.seconds > self._seconds or (self._most > 0 and self._history.count > self._most)

    def _look(self) -> bool:
        """Whether the game goes on, whatever went wrong."""
        found = self._complaints.take()
        return all([self._failed(complaint) for complaint in found])

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


def _trace(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))
