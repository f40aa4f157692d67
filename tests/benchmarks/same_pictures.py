"""Every picture of the program, made by its own command line, and whether two trees make the same.

    python -m tests.benchmarks.same_pictures OUT [--tree DIR] [--only TEXT]
    python -m tests.benchmarks.same_pictures --compare BEFORE AFTER [--differences DIR]

The first form has the program of a checkout, this one or DIR's, render the pages' pictures, every
step of every lesson, each of its models, each model file of the tests, and the desk's main states.
What it refuses to render is kept as the sentence that it said. The second form tells for each
picture whether it is the same, pixel for pixel, but for the milliseconds in the header; and writes
a picture of each that is not: the one before in grey, and in red what differs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageSequence

REPOSITORY = Path(__file__).parents[2]
REFERENCE = "assets/reference/digits.jsonl"
SHOTS = "shots.json"
"""Beside the pictures: the arguments that each was rendered with."""

SECONDS = 300
"""How long one picture may take; the program itself gives up earlier, and says why."""


@dataclass(frozen=True)
class Shot:
    """One picture: its name, with its ending, and what `render` is told."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """How two pictures of one name differ: pixels, the box around them, and the most in a channel.

    words: what else there is to say, where they cannot be laid over one another.
    """

    pixels: int = 0
    box: tuple[int, int, int, int] | None = None
    largest: int = 0
    words: str = ""

    def __str__(self) -> str:
        if self.words:
            return self.words
        if not self.pixels:
            return "same"
        return f"{self.pixels} pixels in {self.box}, by up to {self.largest} of 255"


def shots(tree: Path) -> list[Shot]:
    """All pictures that are made of the program in this tree."""
    return [*_of_pages(tree), *_of_lessons(tree), *_of_models(tree), *_of_states()]


def _of_pages(tree: Path) -> Iterator[Shot]:
    """Each as the comment below it, in the README or in docs, says that it is made; none that
    moves, and one that stands on two pages once."""
    told = {}
    for page in (tree / "README.md", *sorted((tree / "docs").glob("*.md"))):
        text = page.read_text(encoding="utf-8")
        for command in re.findall(r"<!-- rnn-desk render (.*?)-->", text, re.DOTALL):
            out, *arguments = shlex.split(command)
            if out.endswith(".png"):
                told[f"page-{Path(out).name}"] = tuple(arguments)
    yield from (Shot(name, arguments) for name, arguments in told.items())


def _of_lessons(tree: Path) -> Iterator[Shot]:
    for path in sorted((tree / "assets/lessons").glob("*.toml")):
        steps = len(tomllib.loads(path.read_text(encoding="utf-8"))["step"])
        name = path.stem.partition("-")[2]
        for step in range(1, steps + 1):
            yield Shot(f"lesson-{path.stem}-{step}.png", ("--lesson", name, "--step", str(step)))


def _of_models(tree: Path) -> Iterator[Shot]:
    for folder, kind in (("assets/models", "own"), ("tests/models/files", "file")):
        for path in sorted((tree / folder).glob("*.onnx")):
            model = ("--model", f"{folder}/{path.name}", "--gradient")
            yield Shot(f"{kind}-{path.stem}.png", (*_digit(125), *model))


def _of_states() -> Iterator[Shot]:
    gru, rnn = ("--compare", "assets/models/gru.onnx"), ("--model", "assets/models/rnn.onnx")
    present = ("--present", "--size", "1280x720")
    everything = ("--gradient", "--cells", "--overlay", "saliency")
    states: dict[str, tuple[str, ...]] = {
        "empty": (),
        "digit": _digit(125),
        "another-digit": _digit(7),
        "row": (*_digit(125), "--row", "14"),
        "compare": (*_digit(125), *gru),
        "compare-row": (*_digit(125), *gru, "--row", "9"),
        "compare-all": (*_digit(100), *gru, *everything),
        "gradient": (*_digit(100), "--gradient"),
        "cells": (*_digit(100), "--cells"),
        "saliency": (*_digit(100), "--overlay", "saliency"),
        "all": (*_digit(100), *everything),
        "unit": (*_digit(125), "--unit", "2:17"),
        "unit-row": (*_digit(125), "--unit", "1:3", "--row", "12"),
        "unit-gru": (*_digit(125), "--unit", "1:9", "--model", "assets/models/gru.onnx"),
        "unit-rnn": (*_digit(125), "--unit", "1:9", *rnn),
        "opened-drawings": (*_digit(125), "--open", REFERENCE),
        "opened-model": (*_digit(125), "--open", "tests/models/files/ts_lstm.onnx"),
        "opened-other": (*_digit(125), "--open", "LICENSE"),
        "opened-nothing": (*_digit(125), "--open", "missing.onnx"),
        "small": (*_digit(125), "--size", "1024x700"),
        "large": (*_digit(100), *everything, "--size", "1920x1080"),
        "present": (*_digit(125), *present),
        "present-all": (*_digit(100), *everything, *present),
        "present-lesson": ("--lesson", "gates", "--step", "3", *present),
        "zh": (*_digit(125), "--lang", "zh"),
        "zh-all": (*_digit(100), *everything, "--lang", "zh"),
        "zh-lesson": ("--lesson", "gates", "--step", "3", "--lang", "zh"),
        "zh-present": (*_digit(125), "--lang", "zh", *present),
        **{f"panel-{name}": (*_digit(125), "--panel", name) for name in _PANELS},
        **{f"zh-panel-{name}": (*_digit(125), "--panel", name, "--lang", "zh") for name in _PANELS},
        **{f"{theme}": (*_digit(125), "--theme", theme) for theme in _THEMES},
        **{f"{theme}-all": (*_digit(100), *everything, "--theme", theme) for theme in _THEMES},
        **{f"{theme}-empty": ("--theme", theme) for theme in _THEMES},
    }
    for name, arguments in states.items():
        yield Shot(f"state-{name}.png", arguments)
    yield Shot("state-reading.gif", _digit(125))


_PANELS = ("unit", "map", "lab", "speed")
_THEMES = ("dark", "contrast_light", "contrast_dark")


def _digit(index: int) -> tuple[str, ...]:
    return ("--drawing", REFERENCE, "--index", str(index))


def render_all(tree: Path, python: Path, out: Path, wanted: list[Shot]) -> None:
    """Have the program of that tree make them, one after another, apart from anyone's settings."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for count, shot in enumerate(wanted, 1):
            sys.stderr.write(f"{count:4} of {len(wanted)}  {shot.name}\n")
            _render(tree, python, out, shot, Path(home))
    kept = out / SHOTS
    known = json.loads(kept.read_text()) if kept.exists() else {}
    known |= {shot.name: shlex.join(shot.arguments) for shot in wanted}
    kept.write_text(json.dumps(known, indent=1) + "\n")


def _render(tree: Path, python: Path, out: Path, shot: Shot, home: Path) -> None:
    picture = (out / shot.name).absolute()
    sentence = picture.with_suffix(".txt")
    for earlier in (picture, sentence):
        earlier.unlink(missing_ok=True)
    language = () if "--lang" in shot.arguments else ("--lang", "en")
    done = subprocess.run(
        [python, "-m", "rnn_desk", "render", picture, *shot.arguments, *language],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "HOME": str(home), **_folders(home)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode != 0:
        sentence.write_text(done.stderr.replace(str(tree), "TREE"), encoding="utf-8")


def _folders(home: Path) -> dict[str, str]:
    """Where a program finds a person's settings and caches on Linux."""
    kinds = ("CONFIG", "CACHE", "DATA", "STATE")
    return {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}


def compare(before: Path, after: Path, differences: Path) -> dict[str, Difference]:
    """How each picture of the two folders differs, by name; what differs is also painted."""
    names = sorted({path.name for folder in (before, after) for path in folder.iterdir()} - {SHOTS})
    return {name: _compare(before / name, after / name, differences / name) for name in names}


def _compare(before: Path, after: Path, painted: Path) -> Difference:
    for path, words in ((before, "only after"), (after, "only before")):
        if not path.exists():
            return Difference(words=words)
    if before.suffix == ".txt":
        told = [path.read_text(encoding="utf-8") for path in (before, after)]
        return Difference(
            words="" if told[0] == told[1] else f"said: {told[0]!r}, now: {told[1]!r}"
        )
    frames = [_frames(path) for path in (before, after)]
    shapes = [[frame.shape for frame in each] for each in frames]
    if shapes[0] != shapes[1]:
        return Difference(words="another size, or another number of frames")
    for one, other in zip(*frames, strict=True):
        found = difference(one, other, painted)
        if found.pixels:
            return found
    return Difference()


def difference(before: np.ndarray, after: np.ndarray, painted: Path) -> Difference:
    """How two pictures `[height, width, 3]` differ, but for the milliseconds."""
    apart = np.abs(before.astype(int) - after).max(axis=2)
    left, top, right, bottom = milliseconds(painted.name, before.shape[1])
    apart[top:bottom, left:right] = 0
    y, x = np.nonzero(apart)
    if not len(y):
        return Difference()
    box = (int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1)
    grey = 128 + before.mean(axis=2, keepdims=True).repeat(3, axis=2) / 2
    grey[apart > 0] = (220, 0, 0)
    image = Image.fromarray(grey.astype(np.uint8))
    pen = ImageDraw.Draw(image)
    pen.rectangle((box[0] - 3, box[1] - 3, box[2] + 2, box[3] + 2), outline=(220, 0, 0))
    if right > left:
        pen.rectangle((left, top, right - 1, bottom - 1), outline=(0, 80, 220))
    painted.parent.mkdir(parents=True, exist_ok=True)
    image.save(painted.with_suffix(".png"))
    return Difference(len(y), box, int(apart.max()))


def milliseconds(name: str, width: int) -> tuple[int, int, int, int]:
    """The inside of the button that tells device and time, at the right of the header.

    It says how long a reading took, and so never quite the same. An animation has no header.
    """
    if name.endswith(".gif"):
        return 0, 0, 0, 0
    reach, top, bottom = (215, 40, 72) if "present" in name else (156, 30, 52)
    return width - reach, top, width - 20, bottom


def _frames(path: Path) -> list[np.ndarray]:
    with Image.open(path) as image:
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]


def _interpreter(tree: Path) -> Path:
    """The tree's own environment's, or this one."""
    own = tree / ".venv/bin/python"
    return own if own.exists() else Path(sys.executable)


def main() -> int:
    """Render, or compare: 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, nargs="?", help="folder for the pictures")
    parser.add_argument("--tree", type=Path, default=REPOSITORY, help="a checkout (this one)")
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="pictures with it in their names"
    )
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("BEFORE", "AFTER"))
    parser.add_argument(
        "--differences", type=Path, metavar="DIR", help="for what differs (beside AFTER)"
    )
    options = parser.parse_args()
    if (options.out is None) == (options.compare is None):
        parser.error("name a folder to render into, or two to compare")
    if options.compare is None:
        tree = options.tree.resolve()
        wanted = [shot for shot in shots(tree) if options.only in shot.name]
        render_all(tree, _interpreter(tree), options.out, wanted)
        return 0
    before, after = options.compare
    found = compare(before, after, options.differences or after.parent / "differences")
    differing = {name: each for name, each in found.items() if str(each) != "same"}
    for name, each in found.items():
        sys.stdout.write(f"{name:>40}  {each}\n")
    sys.stdout.write(f"{len(found) - len(differing)} of {len(found)} are the same\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
