"""Models that behave until a certain picture comes: what the real window does then.

    python -m tests.outside.hostile [FILE|FOLDER...] [--pictures FOLDER]

Each file (of a folder, each h*.onnx; of none, those of ../shared/cases/hostile) is opened by the
program in a process of its own, on a screen of its own. It has to read a digit; then the whole
sheet is scribbled over with the mouse, which is the picture that such models wait for. Right is:
the window answers all the while, one true sentence comes, the drawing stays, and a digit drawn
afterwards is read, all in little memory; and the window closes, with no process left.

gap: the longest that the window took to answer whether it is there. sentence: when it came, counted
from the end of the scribble. drawn: how much of the mouse's path is ink then. Exits 1 where
anything is wrong.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.outside.program import DIGITS, REPOSITORY, Dead, Program, said, scribble
from tests.outside.screen import Screen, own_screen, until
from tests.outside.watch import Memory, Pings

CASES = REPOSITORY.parent / "shared" / "cases" / "hostile"

INKED = 0.9
"""The part of the mouse's path that has to be ink afterwards, in its own place on the sheet. Of the
six seconds that the scribble takes, a window that may take 0.5 s to answer misses as much."""

MB = 2**20


@dataclass(frozen=True)
class Limits:
    """Seconds that each may take at most, and MB that the window's process may hold."""

    gap: float = 0.5
    said: float = 5.0
    read: float = 5.0
    closed: float = 2.0
    memory: float = 200.0


_PAINTED = 2.0
"""Seconds in which what was drawn is to be seen."""

_PATIENCE = 20.0
"""Seconds after which a window that does not close is ended."""

_NO_SENTENCE = "Something went wrong inside the program"
"""Begins what the program says of its own mistakes, which is not true of a file's."""


@dataclass(frozen=True)
class Misdeed:
    """What a kind of file does, as a true sentence has to say it; whether its model reads on."""

    told_by: str
    reads_on: bool = False


MISDEEDS = {
    "h02": Misdeed(r"computed for more than|memory"),
    "h03": Misdeed(r"memory"),
    "h04": Misdeed(r"not a number|no number|not numbers|nan", reads_on=True),
    "h05": Misdeed(r"shape|size|other (numbers|answer)|instead of|answer"),
    "h06": Misdeed(r"shape|size|rows|states?"),
    "h08": Misdeed(r"ended|crash|died|broke"),
}
"""By how the file's name begins. Of any other file everything may be said but that the mistake is
the program's."""


LIMITS = Limits()


@dataclass
class Found:
    """What one file came to."""

    file: str
    pings: Pings | None = None
    memory: Memory | None = None
    said_after: float = math.nan
    inked: float = 0.0
    reads: str = "?"
    closed: float = math.nan
    sentences: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def gap(self) -> float:
        """Seconds in which the window did not answer, at most."""
        return self.pings.longest if self.pings else math.nan

    @property
    def held(self) -> tuple[float, float]:
        """RSS and PSS in MB."""
        return (self.memory.rss / MB, self.memory.pss / MB) if self.memory else (math.nan,) * 2


def check(
    screen: Screen, file: Path, limits: Limits = LIMITS, pictures: Path | None = None
) -> Found:
    """Open one file, scribble, and see."""
    found = Found(file.stem)
    with (
        TemporaryDirectory() as home,
        Program(screen, Path(home), "--model", str(file.resolve())) as program,
    ):
        try:
            program.wait_for_window()
            with (
                Pings(screen.display, program.window) as found.pings,
                Memory(program.process.pid) as found.memory,
            ):
                program.wait_until_it_reads()
                model = program.models()[-1]
                _scribble(program, found, limits, pictures)
                _read_on(program, found, limits, model)
            _close(program, found)
        except (Dead, TimeoutError) as error:
            found.wrong.append(str(error))
        found.sentences = list(dict.fromkeys(said.words for said in program.sentences()))
    _judge(found, limits)
    return found


def _scribble(program: Program, found: Found, limits: Limits, pictures: Path | None) -> None:
    """Draw the picture that the model waits for, and see what the window says and shows."""
    line = scribble()
    program.draw(line)
    drawn = time.time()
    until(lambda: program.ended or program.sentences(), limits.said)
    if pictures is not None:
        Image.fromarray(program.screen.picture()).save(pictures / f"{found.file}.png")
    if sentences := program.sentences():
        found.said_after = max(0.0, sentences[0].when - drawn)
    if program.ended:
        raise Dead(f"the window's process was ended by {program.ended}")
    program.tidy()
    until(lambda: program.inked(line) >= INKED, _PAINTED)
    found.inked = program.inked(line)


def _read_on(program: Program, found: Found, limits: Limits, before: str) -> None:
    """Draw another digit: an own model reads it, or the same as before where that may go on."""
    program.clear()
    program.draw(DIGITS["1"])

    def read() -> bool:
        """What reads as before need not read rightly."""
        answer = said(program.answer())
        return answer == "1" or (answer != "" and program.models()[-1] == before)

    if until(read, limits.read):
        now = program.models()[-1]
        found.reads = "the same" if now == before else now
        if MISDEEDS.get(found.file[:3], Misdeed("")).reads_on != (now == before):
            found.wrong.append(f"read afterwards by {now}")
    else:
        found.reads = "no"
    if program.ended:
        raise Dead(f"the window's process was ended by {program.ended}")


def _close(program: Program, found: Found) -> None:
    """Press the close button."""
    asked = time.monotonic()
    program.ask_to_close()
    gone = program.gone(_PATIENCE)
    found.closed = time.monotonic() - asked
    if not gone:
        left = len(program.others()) + (not program.ended)
        found.wrong.append(f"{left} processes left {_PATIENCE:g} s after closing")
    elif program.ended != "exit 0":
        found.wrong.append(f"closing ended in {program.ended}")


def _judge(found: Found, limits: Limits) -> None:
    """Add what is wrong by the numbers; what was not come to is wrong as well."""
    kind = MISDEEDS.get(found.file[:3], Misdeed(""))
    checks = {
        f"gap over {limits.gap:g} s": found.gap <= limits.gap,
        f"no sentence within {limits.said:g} s": found.said_after <= limits.said,
        "the drawing is not where the mouse went": found.inked >= INKED,
        "no reading afterwards": found.reads not in ("?", "no"),
        f"memory over {limits.memory:g} MB": max(found.held) <= limits.memory,
        f"closing over {limits.closed:g} s": found.closed <= limits.closed,
    }
    if found.sentences:
        told = " ".join(found.sentences)
        checks["more than one sentence"] = len(found.sentences) == 1
        checks["a sentence that is not true"] = not told.startswith(_NO_SENTENCE) and bool(
            re.search(kind.told_by, told, re.IGNORECASE)
        )
    found.wrong += [words for words, right in checks.items() if not right]


def files_of(named: Sequence[Path]) -> list[Path]:
    """The files that were named, and those of the folders."""
    return [
        file
        for path in named
        for file in (sorted(path.glob("h*.onnx")) if path.is_dir() else [path])
    ]


_HEAD = (
    f"{'file':24} {'gap s':>6} {'said s':>6}  {'drawn':>6} "
    f"{'RSS':>6} {'PSS MB':>6} {'closed':>6}  {'then reads':24} verdict\n"
)


def _lines(found: Found) -> str:
    """One file's line of the table, and below it what the window said."""
    rss, pss = found.held
    lines = [
        f"{found.file:24} {found.gap:6.2f} {found.said_after:6.1f}  {found.inked:6.0%} "
        f"{rss:6.0f} {pss:6.0f} {found.closed:6.1f}  {found.reads:24} "
        + ("; ".join(found.wrong) or "right"),
        *(f"    “{sentence}”" for sentence in found.sentences),
    ]
    if found.pings and found.pings.lateness > LIMITS.gap / 5:
        waited = f"{found.pings.lateness:.2f} s"
        lines.append(f"    (a busy machine: this script itself had to wait {waited})")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Check each file and print the table; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, default=[CASES])
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each window")
    wanted = parser.parse_args()
    files = files_of(wanted.files)
    absent = [str(file) for file in files if not file.is_file()]
    if absent or not files:
        parser.error(f"there is no {', '.join(absent) or 'file h*.onnx'}")
    if wanted.pictures is not None:
        wanted.pictures.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(_HEAD)
    wrong = 0
    with own_screen() as screen:
        for file in files:
            found = check(screen, file, pictures=wanted.pictures)
            sys.stdout.write(_lines(found))
            sys.stdout.flush()
            wrong += bool(found.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
