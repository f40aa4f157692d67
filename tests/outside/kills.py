"""Processes of the program killed while somebody draws: what is left, and whether it reads on.

    python -m tests.outside.kills [--engines N] [--windows N] [--desks N] [--pairs N] [--seed N]

First the engine process of the program's own models is killed N times (50), at random moments while
the mouse draws a digit: the drawing has to stay, and to be read whole within 2 s. Then the window's
process is killed N times (20) by each of SIGKILL and SIGTERM, at random moments while it starts,
while the mouse draws, and while it opens a model that takes long: 2 s later no process may be left.
Then a window with a drawing, a row and a panel is killed N times (50) by SIGKILL, while the mouse
draws on, while a model is opened, and in a lesson: the next start has to bring all of it back.
Last, two windows are started at once N times (20) where a crash has left a desk: one of them gets
it; and both are killed: each desk comes back once.
Exits 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

import psutil

from tests.outside.program import DIGITS, PAUSE, REPOSITORY, Answer, Program, said, through
from tests.outside.screen import Screen, own_screen, until

READ = 2.0
"""Seconds after which what is drawn has to be read, from the moment of the kill."""

GONE = 2.0
"""Seconds after which no process may be left."""

_THERE = 10.0
"""Seconds that an engine's process may take to be there: nothing is concluded from them."""

_SLOW_MODEL = REPOSITORY / "tests" / "models" / "files" / "ts_lstm_quantised.onnx"
"""Has no card, so that opening it takes seconds."""

_STEADY = 0.25
"""Seconds after which nothing is left to change the answer to a drawing that came at once."""

_SAME = 1e-4
"""How far two answers of one model to one picture may be from each other."""

_INKED = 0.95
"""The part of the mouse's path that has to be ink."""


@dataclass(frozen=True)
class Trial:
    """One kill: of what, when, how long it took until all was well, and what was wrong, if it was
    not."""

    what: str
    after: float
    seconds: float
    wrong: str = ""


# The engine's process.


def kill_engines(
    screen: Screen, count: int, dice: random.Random, within: float = READ
) -> Iterator[Trial]:
    """Kill the own models' engine process again and again while digits are drawn."""
    with TemporaryDirectory() as home, Program(screen, Path(home)) as program:
        _bring_to_read(program)
        digits = list(DIGITS)
        for k in range(count):
            yield _kill_engine(program, digits[k % len(digits)], dice, within)
            if program.ended:
                return


def _kill_engine(program: Program, digit: str, dice: random.Random, within: float) -> Trial:
    """Draw this digit, and kill the engine's process while the mouse moves."""
    program.tidy()
    program.clear()
    line = DIGITS[digit]
    after = dice.uniform(0, len(line) * PAUSE)
    if not (engines := until(program.engines, _THERE)):
        return Trial("engine", after, 0, "there is no engine process")
    killed = _kill_meanwhile(engines[0], signal.SIGKILL, after, lambda: program.draw(line))
    seen, answer = _last_answer(program, killed + within)
    program.tidy()
    inked = until(lambda: program.inked(line) >= _INKED, within)
    wrong = []
    if program.ended:
        wrong.append(f"the window's process was ended by {program.ended}")
    if not inked:
        wrong.append(f"{program.inked(line):.0%} of the drawing is left")
    if said(answer) != digit:
        wrong.append(f"{digit} was not read within {within:g} s, but {said(answer) or 'nothing'}")
    elif (again := _answer_anew(program, digit, within)) is None:
        wrong.append("taken back and put there again, the drawing was not read")
    elif (far := max(abs(again[name] - answer[name]) for name in answer)) > _SAME:
        wrong.append(f"the answer was not to the whole drawing: that is another by {far:.4f}")
    return Trial("engine", after, seen - killed, "; ".join(wrong))


def _last_answer(program: Program, end: float) -> tuple[float, Answer]:
    """Watch the answer until then: when its last change came, and its numbers."""
    last: Answer = {}
    since = now = time.monotonic()
    while now < end:
        if (answer := program.answer()) != last:
            last, since = answer, now
        now = time.monotonic()
    return since, last


def _answer_anew(program: Program, digit: str, within: float) -> Answer | None:
    """Take the drawing back and put it there again: each place of the pointer changes the numbers,
    so those that come now are those of the whole drawing."""
    program.take_back()
    if not until(lambda: not program.answer(), within):
        return None
    program.put_back()
    if not program.reads(digit, within):
        return None
    return _last_answer(program, time.monotonic() + _STEADY)[1]


# The window's process.


@dataclass(frozen=True)
class Moment:
    """When the window's process is killed: at most `longest` seconds after `before` was done."""

    name: str
    longest: float
    arguments: tuple[str, ...] = ()
    before: Callable[[Program], None] = lambda _: None
    meanwhile: Callable[[Program], None] = lambda _: None


def _bring_to_read(program: Program) -> None:
    program.wait_for_window()
    program.wait_until_it_reads()


MOMENTS = (
    Moment("starting", 1.5),
    Moment(
        "drawing",
        len(DIGITS["0"]) * PAUSE,
        before=_bring_to_read,
        meanwhile=lambda program: program.draw(DIGITS["0"]),
    ),
    Moment("opening a model", 3.0, ("--model", str(_SLOW_MODEL)), Program.wait_for_window),
)


def kill_windows(
    screen: Screen, count: int, dice: random.Random, within: float = GONE
) -> Iterator[Trial]:
    """Kill the window's process by each signal, in each kind of moment by turns."""
    for number in (signal.SIGKILL, signal.SIGTERM):
        for k in range(count):
            moment = MOMENTS[k % len(MOMENTS)]
            yield _kill_window(screen, number, moment, dice.uniform(0, moment.longest), within)


def _kill_window(
    screen: Screen, number: signal.Signals, moment: Moment, after: float, within: float
) -> Trial:
    what = f"window, {number.name} while {moment.name}"
    with TemporaryDirectory() as home, Program(screen, Path(home), *moment.arguments) as program:
        moment.before(program)
        window = psutil.Process(program.process.pid)
        killed = _kill_meanwhile(window, number, after, lambda: moment.meanwhile(program))
        gone = program.gone(killed + within - time.monotonic())
        seconds = time.monotonic() - killed
        left = [" ".join(process.cmdline()) for process in program.others()]
        if not program.ended:
            left.append("the window's process")
        return Trial(what, after, seconds, "" if gone else "left: " + ", ".join(left))


# The desk that comes back.


@dataclass(frozen=True)
class Stage:
    """What goes on when a window with a desk is killed. keys: bring it about, pressed together.
    draws: the mouse draws on meanwhile."""

    name: str
    arguments: tuple[str, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    draws: bool = False


STAGES = (
    Stage("drawing", draws=True),
    Stage("opening a model", ("--model", str(_SLOW_MODEL))),
    Stage("in a lesson", keys=(("Alt_L", "t"), ("Down",), ("Return",), ("Next",))),
)

KEPT = 2.0
"""Seconds after which what was done has to be kept."""

BACK = 30.0
"""Seconds that a desk may take to stand again: nothing is concluded from them."""

LOW = through((0.52, 0.3), (0.48, 0.8))
"""A line that leaves so much of the sheet white that it is found."""


def kill_desks(screen: Screen, count: int, dice: random.Random) -> Iterator[Trial]:
    """Kill a window with a desk on it, and start the next one, again and again."""
    for k in range(count):
        with TemporaryDirectory() as home:
            yield _kill_desk(screen, Path(home), STAGES[k % len(STAGES)], dice)


def _kill_desk(screen: Screen, home: Path, stage: Stage, dice: random.Random) -> Trial:
    what = f"desk, {stage.name}"
    after = dice.uniform(0, len(DIGITS["0"]) * PAUSE)
    with Program(screen, home, *stage.arguments) as program:
        program.wait_for_window()
        if not stage.arguments:
            program.wait_until_it_reads()
        program.draw(LOW)
        screen.press("l")  # the lab
        for _ in range(3):
            screen.press("Down")
        for keys in stage.keys:
            screen.press(*keys)
            until(lambda: False, _STEADY)
        done = time.monotonic()
        if not until(lambda: _said_of(home).get("row") and _said_of(home).get("drawing"), BACK):
            return Trial(what, after, 0, "nothing was kept")
        until(lambda: time.monotonic() > done + KEPT, KEPT)
        window = psutil.Process(program.process.pid)
        act = (lambda: program.draw(DIGITS["0"])) if stage.draws else (lambda: None)
        killed = _kill_meanwhile(window, signal.SIGKILL, after, act)
    left = _said_of(home)
    wrong = [] if _strokes(left) else ["the drawing was not kept"]
    if stage.draws and len(_strokes(left)) == 1 and after > KEPT:
        wrong.append("nothing was kept of the stroke that was being made")
    if stage.keys and "lesson" not in left:
        wrong.append("the lesson was not kept")
    with Program(screen, home) as program:
        program.wait_for_window(sheet=False)
        until(program.models, BACK)
        if not until(lambda: _same(_said_of(home), left), BACK):
            now = _said_of(home)
            other = [name for name in left if name != "tried" and now.get(name) != left[name]]
            wrong.append(f"other than it was: {', '.join(other) or 'nothing is kept any more'}")
        if not stage.keys:
            screen.press("Escape")  # all rows, so that the sheet is white again
            program.wait_for_window()
            if not until(lambda: program.inked(LOW) >= _INKED, BACK):
                wrong.append(f"{program.inked(LOW):.0%} of the drawing is seen")
        seconds = time.monotonic() - killed
        program.ask_to_close()
        if not program.gone(BACK):
            wrong.append("it did not close")
        elif _files(home):
            wrong.append("closed as it should, it left a desk behind")
    return Trial(what, after, seconds, "; ".join(wrong))


def pair_windows(screen: Screen, count: int, dice: random.Random) -> Iterator[Trial]:
    """Start two windows at once, again and again, where a crash has left a desk."""
    for _ in range(count):
        with TemporaryDirectory() as home:
            yield _pair(screen, Path(home), dice)


def _pair(screen: Screen, home: Path, dice: random.Random) -> Trial:
    wrong, began = [], time.monotonic()
    with Program(screen, home) as program:
        program.wait_for_window()
        program.draw(LOW)
        if not until(lambda: _strokes(_said_of(home)), BACK):
            wrong.append("nothing was kept")
        program.process.kill()
    after = dice.uniform(0, 1)
    for _ in range(2):  # once with one desk to be had, then with two
        with ExitStack() as both:
            one = both.enter_context(Program(screen, home))
            until(lambda: False, after)
            other = both.enter_context(Program(screen, home))
            for each in (one, other):
                each.wait_for_window(sheet=False)
            until(lambda: len(_files(home)) == 2, BACK)
            until(lambda: False, KEPT)
            drawn = sorted(len(_strokes(_read(path))) for path in _files(home))
            if drawn != [0, 1]:
                wrong.append(f"the desks of the two have {drawn} strokes")
            for each in (other, one):
                each.process.kill()
    return Trial("two windows", after, time.monotonic() - began, "; ".join(wrong))


def _files(home: Path) -> list[Path]:
    """What is kept of desks for after a crash."""
    return [path for path in home.rglob("recovery/*.json") if not path.name.startswith(".")]


def _read(path: Path) -> dict[str, Any]:
    """What such a file says; nothing where it has just been removed."""
    with suppress(OSError):
        record = json.loads(path.read_text("utf-8"))
        return record if isinstance(record, dict) else {}
    return {}


def _said_of(home: Path) -> dict[str, Any]:
    """What is kept of the only desk."""
    return next(map(_read, _files(home)), {})


def _strokes(record: dict[str, Any]) -> list[Any]:
    return record.get("drawing", {}).get("strokes", [])


def _same(now: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a desk stands as it did: a lesson's models are its own, so that what other models
    showed in it is not said again."""
    said = {**before, "tried": 0, "layers": now.get("layers")}
    return {**now, "tried": 0, "layers": now.get("layers")} == said


def _kill_meanwhile(
    process: psutil.Process, number: signal.Signals, after: float, act: Callable[[], None]
) -> float:
    """Send a process this signal so many seconds from now, and do something meanwhile; when that
    was."""
    sent: list[float] = []

    def send() -> None:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
        sent.append(time.monotonic())

    timer = Timer(after, send)
    timer.start()
    act()
    timer.join()
    return sent[0]


def main() -> int:
    """Kill, and print each trial that went wrong and what all came to; 1 where one did."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engines", type=int, default=50, metavar="N")
    parser.add_argument("--windows", type=int, default=20, metavar="N", help="by each signal")
    parser.add_argument("--desks", type=int, default=50, metavar="N")
    parser.add_argument("--pairs", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=0, help="of the moments (0)")
    wanted = parser.parse_args()
    dice = random.Random(wanted.seed)
    wrong = 0
    with own_screen() as screen:
        for trials in (
            kill_engines(screen, wanted.engines, dice),
            kill_windows(screen, wanted.windows, dice),
            kill_desks(screen, wanted.desks, dice),
            pair_windows(screen, wanted.pairs, dice),
        ):
            done: dict[str, list[Trial]] = {}
            for trial in trials:
                done.setdefault(trial.what, []).append(trial)
                if trial.wrong:
                    sys.stdout.write(f"{trial.what}, after {trial.after:.2f} s: {trial.wrong}\n")
                    sys.stdout.flush()
            for what, each in done.items():
                right = [trial for trial in each if not trial.wrong]
                slowest = max((trial.seconds for trial in right), default=0.0)
                count = f"{len(right)} of {len(each)} right, within {slowest:.2f} s"
                sys.stdout.write(f"{what}: {count}\n")
                wrong += len(each) - len(right)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
