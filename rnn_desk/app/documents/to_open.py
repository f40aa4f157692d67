"""Files that a person names, whatever they are, sorted by what becomes of them in the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rnn_desk.app.documents import DESK_SUFFIX, LESSON_SUFFIX
from rnn_desk.core.errors import Refused
from rnn_desk.core.kind import PICTURE_SUFFIXES, kind_of

MODEL_SUFFIX = ".onnx"


@dataclass(frozen=True)
class ToOpen:
    """What is opened: a desk or a lesson, either by itself; or models, of which the second stands
    beside the first, and a drawing or a picture for the canvas. left: what there is no place for.
    """

    desk: Path | None = None
    lesson: Path | None = None
    models: tuple[Path, ...] = ()
    original: Path | None = None
    left: tuple[Path, ...] = ()


def to_open(files: Sequence[Path], models: Sequence[Path] = ()) -> ToOpen:
    """Sort the files by what they are: by their suffix, and where that says nothing by their
    content. Of several for one place the first has it.

    models: those that are known to be such, which come first.
    """
    for place, file in enumerate(files):
        left = (*models, *files[:place], *files[place + 1 :])
        if file.name.lower().endswith(DESK_SUFFIX):
            return ToOpen(desk=file, left=left)
        if file.name.lower().endswith(LESSON_SUFFIX):
            return ToOpen(lesson=file, left=left)
    drawn = [file for file in files if _is_original(file)]
    others = [*models, *(file for file in files if file not in drawn)]
    return ToOpen(
        models=tuple(others[:2]),
        original=drawn[0] if drawn else None,
        left=(*others[2:], *drawn[1:]),
    )


def _is_original(file: Path) -> bool:
    """Whether it is for the canvas, or refused as a picture; what else cannot be looked into may be
    thought a model."""
    if file.name.lower().endswith(MODEL_SUFFIX):
        return False
    try:
        return bool(kind_of(file))
    except Refused:
        return file.suffix.lower() in PICTURE_SUFFIXES
