"""The standalone folder, tried as its user has it: what works, how long it takes, how large it is.

    python -m tests.outside.frozen FOLDER [--archive FILE] [--rounds N] [--json]

FOLDER (dist/rnn-desk) is what `assets/packaging/build.py` made. It is copied to a place whose name
has spaces and Chinese in it, and run there by a user who is nobody, who can write nothing but an
empty home; without network, without Python, on one core, in 2 GB. All that needs Linux's own means
and root. Then, without those limits, its start is timed against that from source, by turns.

Exits 1 where anything does not work, or is larger or slower than it may be.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import psutil
from PIL import Image

from rnn_desk.assets_door import asset
from rnn_desk.core.picture import raster_of
from rnn_desk.core.references import reference_digits
from tests.outside.program import DIGITS, FROM_SOURCE, REPOSITORY, START, Program
from tests.outside.screen import Screen, own_screen, until

UNPACKED, PACKED = 250, 100
"""MB that the folder, and its archive, may have at most."""

SLOWER = 1.5
"""How much longer its start may take than that from source."""

PLACE = "A stick 手写 数字"
FOREIGN = REPOSITORY / "tests" / "models" / "files" / "ts_lstm.onnx"
DRAWINGS = 20

_MB = 10**6
_NOBODY = 65534
_MEMORY = 2 * 2**30
_READ = 20.0
"""Seconds that a digit may take to be read on one slow core: nothing is concluded from them."""

_HIDDEN = ("/root", "/work", "/usr/local", "/opt", "/usr/lib/python3", "/usr/share/python3")

_ALONE = f"""
set -e
for folder in {" ".join(_HIDDEN)} /usr/lib/python3.*; do
    if [ -d "$folder" ]; then mount -t tmpfs none "$folder"; fi
done
for python in /usr/bin/python*; do
    if [ -e "$python" ]; then mount --bind /dev/null "$python"; fi
done
folder=$1
shift
mount --bind "$folder" "$folder"
mount -o remount,bind,ro "$folder"
cd "$HOME"
exec env -i HOME="$HOME" DISPLAY="$DISPLAY" LANG="$LANG" QT_QPA_PLATFORM="$QT_QPA_PLATFORM" \\
    taskset -c 0 prlimit --data={_MEMORY} \\
    setpriv --reuid={_NOBODY} --regid={_NOBODY} --clear-groups --no-new-privs \\
    "$folder/rnn-desk" "$@"
"""


def alone(folder: Path) -> tuple[str, ...]:
    """The command that runs the folder's program in its own small world, in the same process."""
    return ("unshare", "--mount", "--net", "sh", "-c", _ALONE, "sh", str(folder))


@contextmanager
def home() -> Iterator[Path]:
    """An empty home of nobody's."""
    with TemporaryDirectory(prefix="home-") as folder:
        os.chown(folder, _NOBODY, _NOBODY)
        yield Path(folder)


def size(folder: Path) -> float:
    """MB of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / _MB


def strays(home: Path) -> list[str]:
    """What the program has left in a home beside its own folders."""
    files = (path.relative_to(home) for path in home.rglob("*") if path.is_file())
    return [str(path) for path in files if len(path.parts) > 1 and "rnn-desk" not in path.parts]


# What has to work. Each returns what it saw; what does not work raises AssertionError.


def lie_on_a_stick(folder: Path, _: Screen) -> str:
    """Be files that a USB stick's file system takes: no links, no names that are one there."""
    paths = [path.relative_to(folder) for path in folder.rglob("*")]
    assert not [path for path in paths if (folder / path).is_symlink()], "there are links"
    assert not [path for path in paths if set(path.name) & set('<>:"\\|?*')], "there are odd names"
    caseless = {str(path).casefold() for path in paths}
    assert len(caseless) == len(paths), "there are names that differ in case alone"
    longest = max(len(str(path)) for path in paths)
    return f"{len(paths):,} names, the longest path {longest} letters"


def classify(folder: Path, _: Screen) -> str:
    """Answer drawings by the command line, with an own and with a foreign model."""
    with home() as own:
        lines = asset("reference", "digits.jsonl").read_text("utf-8").splitlines(True)[:DRAWINGS]
        (own / "digits.jsonl").write_text("".join(lines), "utf-8")
        shutil.copy(FOREIGN, own / "foreign.onnx")
        wanted = [json.loads(line)["label"] for line in lines]
        right = {}
        for name, options in (("own", ()), ("foreign", ("--model", "foreign.onnx"))):
            done = subprocess.run(
                [*alone(folder), "classify", "--json", *options, "digits.jsonl"],
                env={**os.environ, "HOME": str(own)},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            answers = [json.loads(line)["label"] for line in done.stdout.splitlines()]
            assert len(answers) == len(wanted), done.stderr
            right[name] = sum(str(a) == str(b) for a, b in zip(answers, wanted, strict=True))
        assert right["own"] >= DRAWINGS - 1, right
        assert not strays(own), strays(own)
        return f"{right['own']} and {right['foreign']} of {DRAWINGS} right"


def read_picture(folder: Path, _: Screen) -> str:
    """Answer a picture file by the command line: the readers of pictures are all there."""
    digits = reference_digits()
    with home() as own:
        paper = (1 - raster_of(digits.drawings[0]).pixels) * 255
        picture = Image.fromarray(np.rint(paper).astype(np.uint8)).resize((280, 280))
        picture.save(own / "digit.png")
        done = subprocess.run(
            [*alone(folder), "classify", "--json", "digit.png"],
            env={**os.environ, "HOME": str(own)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)["label"]
        assert str(answer) == digits.labels[0], f"{digits.labels[0]} is read as {answer}"
        return f"{answer} read"


def render(folder: Path, _: Screen) -> str:
    """Draw the window on no screen, in Chinese, for which Qt's own words are there too."""
    with home() as own:
        done = subprocess.run(
            [*alone(folder), "render", "window.png", "--lang", "zh"],
            env={**os.environ, "HOME": str(own)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        [words] = folder.rglob("qtbase_*.qm")
        with Image.open(own / "window.png") as picture:
            return f"{picture.width} x {picture.height}, with {words.name}"


def draw(folder: Path, screen: Screen) -> str:
    """Read the first digit that is drawn, and go on when the engine process is killed."""
    with home() as own, Program(screen, own, command=alone(folder)) as program:
        began = time.monotonic()
        program.wait_for_window()
        shown = time.monotonic() - began
        assert until(program.models, START), "no model was opened"
        program.draw(DIGITS["7"])
        assert program.reads("7", _READ), f"7 was drawn, and read as {program.answer()}"
        read = time.monotonic() - began
        (engine,) = program.engines()
        engine.kill()
        program.clear()
        program.draw(DIGITS["0"])
        assert program.reads("0", _READ), "no digit is read once the engine process was killed"
        assert program.engines() not in ([], [engine])
        program.ask_to_close()
        assert program.gone(_READ), "it does not close"
        return f"window after {shown:.1f} s, first digit read after {read:.1f} s"


def open_foreign(folder: Path, screen: Screen) -> str:
    """Read with somebody else's model, in a process of its own."""
    with home() as own:
        shutil.copy(FOREIGN, own / "foreign.onnx")
        with Program(screen, own, "--model", "foreign.onnx", command=alone(folder)) as program:
            program.wait_for_window()
            assert until(program.models, START), program.sentences()
            program.draw(DIGITS["1"])
            assert program.reads("1", _READ), f"1 was drawn, and read as {program.answer()}"
            held = sum(
                each.memory_full_info().pss
                for each in (psutil.Process(program.process.pid), *program.others())
            )
            assert held < _MEMORY, held
            count = len(program.engines())
            return f"{program.models()[-1]}; {count} engine processes, {held / _MB:.0f} MB in all"


def lesson(folder: Path, screen: Screen) -> str:
    """Begin the first lesson, by keys."""
    with home() as own, Program(screen, own, command=alone(folder)) as program:
        program.wait_for_window()
        assert until(program.models, START), "no model was opened"
        program.draw(DIGITS["7"])
        assert program.reads("7", _READ)
        for keys in (("Alt_L", "t"), ("Down",), ("Return",), ("Next",)):
            screen.press(*keys)
            until(lambda: False, 0.3)

        def begun() -> bool:
            kept = [path.read_text("utf-8") for path in own.rglob("recovery/*.json")]
            return any('"lesson"' in text for text in kept)

        assert until(begun, _READ), "no lesson stands in what is kept of the desk"
        return "begun"


WORKS: tuple[Callable[[Path, Screen], str], ...] = (
    lie_on_a_stick,
    classify,
    read_picture,
    render,
    draw,
    open_foreign,
    lesson,
)


def seconds_to_window(screen: Screen, command: Sequence[str]) -> float:
    """How long a start takes until the window is on the screen, and a model is open."""
    with TemporaryDirectory() as own:
        began = time.monotonic()
        with Program(screen, Path(own), command=command) as program:
            program.wait_for_window(sheet=False)
            assert until(program.models, START), "no model was opened"
            return time.monotonic() - began


def main() -> int:
    """Try all of it, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="the folder, packed")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="of starts (5)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    chosen = parser.parse_args()
    found: dict[str, object] = {"unpacked_mb": round(size(chosen.folder), 1)}
    wrong = ["it is too large"] if size(chosen.folder) > UNPACKED else []
    if chosen.archive is not None:
        packed = chosen.archive.stat().st_size / _MB
        found["packed_mb"] = round(packed, 1)
        wrong += ["its archive is too large"] if packed > PACKED else []
    with TemporaryDirectory() as temporary, own_screen() as screen:
        Path(temporary).chmod(0o755)
        folder = Path(temporary) / PLACE / "rnn-desk"
        shutil.copytree(chosen.folder, folder, symlinks=True)
        for works in WORKS:
            name = works.__name__
            try:
                found[name] = works(folder, screen)
            except (AssertionError, OSError, RuntimeError, ValueError) as error:
                found[name] = f"does not work: {error}"
                wrong.append(f"{name} does not work")
        starts: dict[str, list[float]] = {"frozen": [], "source": []}
        for _ in range(chosen.rounds):
            starts["source"].append(seconds_to_window(screen, FROM_SOURCE))
            starts["frozen"].append(seconds_to_window(screen, [str(folder / "rnn-desk")]))
    if chosen.rounds:
        frozen, source = (median(starts[name]) for name in ("frozen", "source"))
        found |= {"frozen_start_s": round(frozen, 2), "source_start_s": round(source, 2)}
        wrong += ["it starts too slowly"] if frozen > SLOWER * source else []
    if chosen.json:
        sys.stdout.write(json.dumps({**found, "wrong": wrong}) + "\n")
    else:
        for name, value in found.items():
            sys.stdout.write(f"{name:16} {value}\n")
        sys.stdout.write(f"{'wrong':16} {'; '.join(wrong) or 'nothing'}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
