"""Processes of the program killed while somebody draws: what is left, and whether it reads on.

    python -m tests.outside.kills [--engines N] [--windows N] [--seed N]

First the engine process of the program's own models is killed N times (50), at random moments while
the mouse draws a digit: the drawing has to stay, and to be read whole within 2 s. Then the window's
process is killed N times (20) by each of SIGKILL and SIGTERM, at random moments while it starts,
while the mouse draws, and while it opens a model that takes long: 2 s later no process may be left.
Exits 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import psutil

from tests.outside.program import DIGITS, PAUSE, REPOSITORY, Answer, Program, said
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
    parser.add_argument("--seed", type=int, default=0, help="of the moments (0)")
    wanted = parser.parse_args()
    dice = random.Random(wanted.seed)
    wrong = 0
    with own_screen() as screen:
        for trials in (
            kill_engines(screen, wanted.engines, dice),
            kill_windows(screen, wanted.windows, dice),
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
