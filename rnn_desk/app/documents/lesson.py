"""A lesson out of a person's own file: the same text as the program's own, and nothing believed.

It names models of the program's own alone, and each of its steps can be put up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rnn_desk.app.lessons import Lesson, LessonStep, steps_of
from rnn_desk.assets_door import catalogue
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular
from rnn_desk.core.plain import one_line

MAX_BYTES = 2**20
"""Of a lesson's file; the longest that the program brings has a hundredth of it."""

MAX_STEPS = 200

_LONGEST_WORDS = 2000
"""Characters of a step's words, which stand on the screen all at once, and of its notes."""

_MOST_MINUTES = 24 * 60


def open_lesson(path: Path) -> Lesson:
    """Read a lesson, whose name is its path. Raises Refused."""
    record = _record(path)
    title = record.pop("title", None)
    steps = record.pop("step", None)
    if not isinstance(title, str) or not isinstance(steps, list) or not steps:
        raise Refused("{file} is no lesson: it needs a title and steps, each a [[step]]", file=path)
    if len(steps) > MAX_STEPS:
        raise Refused("{file} has more than {most} steps", file=path, most=MAX_STEPS)
    for number, step in enumerate(steps, start=1):
        _check_words(path, number, step)
    aim, minutes = record.pop("aim", ""), record.pop("minutes", 0)
    if not _is_text(aim):
        raise Refused("{file}: {field} in it is of no use", file=path, field="aim")
    if type(minutes) is not int or not 0 <= minutes <= _MOST_MINUTES:
        raise Refused("{file}: {field} in it is of no use", file=path, field="minutes")
    name, told = str(path.absolute()), steps_of(record, steps)
    lesson = Lesson(name, one_line(title), told, one_line(aim), minutes)
    for number, each in enumerate(lesson.steps, start=1):
        _check(path, number, each)
    return lesson


def _check_words(path: Path, number: int, step: Any) -> None:
    """Raise Refused where the step has no words, or too many, or notes that are none."""
    if not isinstance(step, dict) or not _is_text(step.get("words")):
        raise Refused(
            "{file}, step {step}: it needs words, at most {most} characters of them",
            file=path,
            step=number,
            most=_LONGEST_WORDS,
        )
    if not _is_text(step.get("notes", "")):
        raise Refused(
            "{file}, step {step}: {reason}",
            file=path,
            step=number,
            reason=Refused("{field} in it is of no use", field="notes"),
        )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_WORDS


def _record(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_regular(path, MAX_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # of TOML and of UTF-8 too
        raise Refused("{file} is no lesson: it is not TOML", file=path) from error


def _check(path: Path, number: int, step: LessonStep) -> None:
    """Raise Refused where the step cannot be put up."""
    own = {model.name for model in catalogue()}
    for name in ("model", "compare"):
        told: Any = step.record.get(name)
        file = told.get("file") if isinstance(told, Mapping) else told
        if told not in (None, "") and (not isinstance(file, str) or file not in own):
            raise Refused(
                "{file}, step {step}: {model} is none of the program's own models, which alone a "
                "lesson may name",
                file=path,
                step=number,
                model=str(file),
            )
    try:
        step.state  # noqa: B018  it is kept
    except Refused as refusal:
        raise Refused(
            "{file}, step {step}: {reason}", file=path, step=number, reason=refusal
        ) from refusal
