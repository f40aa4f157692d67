"""Lessons: what is said to a class step by step, and how the desk is to stand at each step.

A lesson is a TOML file::

    title = "Gates"
    model = "lstm"              # what stands here holds for every step that says nothing else
    digit = "4 closed"

    [[step]]
    words = "One or two short sentences."
    row = 14
    unit = "1:keeper"
    shows = ["c", "h"]
    lab = { covered = [15, 28], shuffled = true, forget = [[1, 14]], gates = { "1:f" = 0.0 } }

    [[step]]
    words = "Predict first."
    ask = { kind = "row", words = "At which row will it know?", within = 1, then = "Since then..." }
    notes = "For whoever teaches: give them a minute."

Beside its words and notes, a step is what `app.schema` says that a lesson may carry: rows, layers
and units counted from 1, as the window counts them; `app.question_text` has the questions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from rnn_desk.app import schema
from rnn_desk.app.state import AppState
from rnn_desk.app.text import Document
from rnn_desk.app.values import Draft
from rnn_desk.assets_door import BASELINES, bundled_lessons, catalogue, default_model
from rnn_desk.core.frozen import frozen


@frozen
class LessonStep:
    """One step: its words, what it says of the desk, as it stands in the file, and notes for
    whoever teaches."""

    words: str
    record: Mapping[str, Any]
    notes: str = ""

    @cached_property
    def state(self) -> AppState:
        """The desk as the step says; a panel that it does not name is closed. Raises Refused."""
        return schema.read({"panel": "", **self.record}, Document.LESSON).over(AppState())

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says to people."""
        ask = self.state.teaching.ask
        asked = () if ask is None else (ask.words, ask.then, *ask.of)
        return tuple(filter(None, (self.words, self.notes, *asked)))

    @property
    def models(self) -> tuple[str, ...]:
        """The models that read, one or two, by their names."""
        told = (self.record.get(key) for key in ("model", "compare"))
        return tuple(str(name) for name in told if name)

    @property
    def needed(self) -> tuple[str, ...]:
        """All models without which the step cannot be shown."""
        return (*self.models, *(BASELINES if self.record.get("cells") else ()))


@frozen
class Lesson:
    """Some steps in their order. `name` is what a person types: `rnn-desk render --lesson NAME`.

    aim: what is understood at its end. minutes: that it takes with a class, 0 where nobody said.
    """

    name: str
    title: str
    steps: tuple[LessonStep, ...]
    aim: str = ""
    minutes: int = 0

    @property
    def models(self) -> tuple[str, ...]:
        """Every model that a step names, once, in the order in which they are needed."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.models))


def lesson_of(name: str, draft: Draft) -> Lesson:
    """The lesson that it is, under that name."""
    steps = steps_of({}, draft.steps)
    return Lesson(name, draft.title, steps, draft.aim, draft.minutes)


@cache
def lessons() -> tuple[Lesson, ...]:
    """The program's lessons in their order, as far as they can be given: a step whose model is not
    bundled is left out, and so is a lesson of which not even half would be left."""
    there = {model.name for model in catalogue()}
    given = []
    for path in bundled_lessons():
        lesson = read_lesson(path)
        steps = tuple(step for step in lesson.steps if there.issuperset(step.needed))
        if 2 * len(steps) > len(lesson.steps):
            given.append(replace(lesson, steps=steps))
    return tuple(given)


def lesson_named(name: str) -> Lesson | None:
    """The lesson of that name, if there is one."""
    return next((lesson for lesson in lessons() if lesson.name == name), None)


def read_lesson(path: Path) -> Lesson:
    """The lesson of that file, which is one of the program's own. Raises Refused.

    A number before the name, as in `3-gates.toml`, gives the lesson its place among the others.
    """
    record = tomllib.loads(path.read_text(encoding="utf-8"))
    title, steps = record.pop("title"), record.pop("step")
    aim, minutes = " ".join(record.pop("aim", "").split()), record.pop("minutes", 0)
    name = path.stem.partition("-")[2]
    return Lesson(name, title, steps_of(record, steps), aim, minutes)


def steps_of(
    common: Mapping[str, Any], steps: Iterable[Mapping[str, Any]]
) -> tuple[LessonStep, ...]:
    """The steps of a lesson, with what holds for every one that says nothing else."""
    return tuple(_step({**common, **step}) for step in steps)


def _step(record: Mapping[str, Any]) -> LessonStep:
    """A step of what its record says; the program's first model reads where it names none."""
    fields = {**record, "model": record.get("model") or default_model().stem}
    words, notes = (" ".join(fields.pop(name, "").split()) for name in ("words", "notes"))
    return LessonStep(words, fields, notes)
