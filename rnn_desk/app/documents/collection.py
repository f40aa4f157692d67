"""The file of the drawings that a class makes: JSON Lines, a drawing a line, its label with it.

What is new is appended; only where something else was changed is the file written anew. A line that
this program has not written or read as a drawing, as another one may have appended it meanwhile,
stays as it is.
"""

from __future__ import annotations

import codecs
import hashlib
import math
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np

from rnn_desk.app.actions.collect import label_of
from rnn_desk.core.drawing import Drawing, drawings_with_lines, to_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import check_regular, unreadable, unwritable, write_whole
from rnn_desk.core.frozen import frozen

SUFFIXES = (".jsonl", ".jsonl.gz")

MAX_DRAWINGS = 20_000
"""Drawings of a file that is collected in; a school of 500 draws 40 each."""

_NAMED = re.compile(r"([^-]+)-(.+)")
"""The name of a file that says what is in it: `7-anna`."""


class CollectionFile:
    """One file, for as long as it is collected in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: WeakKeyDictionary[Drawing, bytes] = WeakKeyDictionary()
        self._there: tuple[Drawing, ...] = ()
        self._ends_open = False

    def open(self) -> tuple[tuple[Drawing, ...], tuple[Refused, ...]]:
        """The drawings that it has, none where it does not exist yet, and what is wrong with lines
        that are none. Raises Refused."""
        if self.path.name.endswith(".gz"):
            raise Refused("{file} is packed: unpack it to collect drawings in it", file=self.path)
        drawings: list[Drawing] = []
        broken: list[Refused] = []
        if self.path.exists():
            for line, drawing in drawings_with_lines(self.path):
                self._ends_open = not line.endswith("\n")
                if isinstance(drawing, Refused):
                    broken.append(drawing)
                    continue
                if len(drawings) == MAX_DRAWINGS:
                    raise _too_many(self.path)
                self._lines[drawing] = _as_bytes(line.strip())
                drawings.append(drawing)
        self._there = tuple(drawings)
        return self._there, tuple(broken)

    def bring(self, drawings: tuple[Drawing, ...]) -> None:
        """Have the file hold these. Raises Refused; then the next call does it."""
        before = self._there
        if drawings[: len(before)] == before and self.path.exists():
            self._append(drawings[len(before) :])
        else:
            self._write(drawings)
        self._there = drawings

    def _append(self, drawings: Sequence[Drawing]) -> None:
        if not drawings:
            return
        lines = [*([b""] if self._ends_open else []), *map(self._line, drawings), b""]
        try:
            check_regular(self.path)
            with self.path.open("ab") as stream:
                stream.write(b"\n".join(lines))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise unwritable(self.path, error) from error
        self._ends_open = False

    def _write(self, drawings: Sequence[Drawing]) -> None:
        ours = Counter(map(self._line, self._there))
        strange = []
        for line in self._lines_there():
            if ours[line] > 0:
                ours[line] -= 1
            else:
                strange.append(line)
        write_whole(self.path, b"\n".join([*map(self._line, drawings), *strange, b""]))
        self._ends_open = False

    def _lines_there(self) -> Iterator[bytes]:
        """The lines that the file has now, but for empty ones."""
        try:
            text = self.path.read_bytes().removeprefix(codecs.BOM_UTF8)
        except FileNotFoundError:
            return
        except OSError as error:
            raise unreadable(self.path, error) from error
        yield from filter(None, map(bytes.strip, text.split(b"\n")))

    def _line(self, drawing: Drawing) -> bytes:
        if drawing not in self._lines:
            self._lines[drawing] = _as_bytes(to_json(drawing))
        return self._lines[drawing]


@frozen
class Gathered:
    """What some files have that a collection has not.

    files: how many of them there are. known: drawings that are there already. broken: what cannot
    be read.
    """

    drawings: tuple[Drawing, ...]
    files: int
    known: int
    broken: tuple[Refused, ...]


def holds_drawings(path: Path) -> bool:
    """Whether it is a file of drawings by its name, or a folder, in which there may be some."""
    return path.name.lower().endswith(SUFFIXES) or path.is_dir()


def gather(paths: Iterable[Path], known: Sequence[Drawing], classes: Sequence[str]) -> Gathered:
    """Read the drawings of files, and of all files of drawings in folders, each drawing once.

    A drawing without a label has that of its file's name, as of `7-anna.jsonl`. Where several files
    come at once, those of one that names no writer are of a writer of its own, by a number.
    """
    files, broken = _files(paths)
    there = set(map(_identity, known))
    writers = {str(each.writer) for each in known}
    new: list[Drawing] = []
    twice = 0
    for file in files:
        label, writer = _named(file, classes)
        try:
            for drawing in _drawings(file, broken):
                identity = _identity(drawing)
                if identity in there:
                    twice += 1
                    continue
                there.add(identity)
                if drawing.writer is None and writer is None and len(files) > 1:
                    writer = next(n for n in range(1, len(writers) + 2) if str(n) not in writers)
                new.append(
                    replace(
                        drawing,
                        label=label if drawing.label is None else drawing.label,
                        writer=writer if drawing.writer is None else drawing.writer,
                    )
                )
                writers.add(str(new[-1].writer))
                if len(known) + len(new) > MAX_DRAWINGS:
                    raise _too_many(file)
        except Refused as refusal:
            broken.append(refusal)
    return Gathered(tuple(new), len(files), twice, tuple(broken))


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Refused]]:
    """Every file once, those of folders in their order; and why there are none."""
    files: dict[Path, None] = {}
    broken = []
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        inside = [
            file
            for file in sorted(path.rglob("*"))
            if file.name.lower().endswith(SUFFIXES) and not file.name.startswith(".")
        ]
        files.update(dict.fromkeys(inside))
        if not inside:
            broken.append(Refused("{file} holds no files of drawings", file=path))
    return list(files), broken


def _drawings(file: Path, broken: list[Refused]) -> Iterator[Drawing]:
    """The drawings of a file that show something; what is wrong with its other lines is noted."""
    empty = True
    for _, drawing in drawings_with_lines(file):
        empty = False
        if isinstance(drawing, Refused):
            broken.append(drawing)
        elif drawing.strokes:
            yield drawing
    if empty:
        raise Refused("{file} holds no drawings", file=file)


def _named(file: Path, classes: Sequence[str]) -> tuple[int | str | None, int | str | None]:
    """The label and the writer that a file's name says."""
    stem = file.name.removesuffix(".gz").removesuffix(".jsonl")
    match = _NAMED.fullmatch(stem)
    if match is None or match[1] not in classes:
        return None, None
    return label_of(match[1]), match[2]


def _identity(drawing: Drawing) -> bytes:
    """What two drawings have in common only where one is a copy of the other."""
    decimals = 6 - math.ceil(math.log10(drawing.size))  # as in a file
    digest = hashlib.sha256(repr(float(drawing.size)).encode())
    for stroke in drawing.strokes:
        digest.update(stroke.tool.encode())
        digest.update((np.round(stroke.points, decimals) + 0.0).tobytes())
    return digest.digest()


def _as_bytes(line: str) -> bytes:
    # Half a character, as JSON can hold, has no UTF-8; its escape here is JSON's own.
    return line.encode("utf-8", "backslashreplace")


def _too_many(file: Path) -> Refused:
    return Refused("{file} makes it more than {most} drawings", file=file, most=MAX_DRAWINGS)
