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

Rows, layers and units are counted from 1, as the window counts them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from rnn_desk.assets_door import YARDSTICKS, bundled_lessons, catalogue
from rnn_desk.core.lab import Experiment, GateFactor

EMPTY = "empty"
"""Instead of a reference digit: the canvas is emptied."""

NOTHING_DONE = Experiment()
"""In the lab, where a step does not say otherwise."""


@dataclass(frozen=True)
class LessonStep:
    """One step: its words, and the state of the desk that they are said of.

    model, compare: bundled models by their file's name without suffix; "" compares with none.
    digit: a reference digit by label and style, such as "4 closed", or EMPTY. row: counted
    from 1, or a rule of `core.noteworthy`, or None for all rows. unit: as `2:31`, its layer and its
    number, or a rule in place of the number; "" is none. shows: what each layer
    shows, h where nothing is said. cells: in the view of the gradient, those of RNN, GRU and LSTM
    over one another. panel: the only panel that is open, if any; in that of the unit, line: the
    equation that is marked, by its letter, where it is not the first gate's, and columns: what it
    was row by row stands there alone. play: the reading is played.
    """

    words: str
    model: str
    digit: str
    compare: str = ""
    row: int | str | None = None
    unit: str = ""
    shows: tuple[str, ...] = ()
    gradient: bool = False
    cells: bool = False
    saliency: bool = False
    experiment: Experiment = NOTHING_DONE
    panel: str = ""
    line: str = ""
    columns: bool = False
    play: bool = False

    @property
    def models(self) -> tuple[str, ...]:
        """The models that read, one or two."""
        return (self.model, self.compare) if self.compare else (self.model,)

    @property
    def needed(self) -> tuple[str, ...]:
        """All models without which the step cannot be shown."""
        return (*self.models, *(YARDSTICKS if self.cells else ()))

    @property
    def unit_place(self) -> tuple[int, str] | None:
        """The unit's layer, counted from 0, and its number, counted from 1, or its rule."""
        layer, _, which = self.unit.partition(":")
        return (int(layer) - 1, which) if which else None


@dataclass(frozen=True)
class Lesson:
    """Some steps in their order. `name` is what a person types: `rnn-desk render --lesson NAME`."""

    name: str
    title: str
    steps: tuple[LessonStep, ...]

    @property
    def models(self) -> tuple[str, ...]:
        """Every model that a step names, once, in the order in which they are needed."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.models))


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


def read_lesson(path: Path) -> Lesson:
    """The lesson of that file, which is one of the program's own.

    A number before the name, as in `3-gates.toml`, gives the lesson its place among the others.
    """
    record = tomllib.loads(path.read_text(encoding="utf-8"))
    title, steps = record.pop("title"), record.pop("step")
    name = path.stem.partition("-")[2]
    return Lesson(name, title, tuple(_step({**record, **step}) for step in steps))


def _step(record: Mapping[str, Any]) -> LessonStep:
    fields = dict(record)
    words = " ".join(fields.pop("words").split())
    shows = tuple(fields.pop("shows", ()))
    return LessonStep(words, shows=shows, experiment=_experiment(fields.pop("lab", {})), **fields)


def _experiment(lab: Mapping[str, Any]) -> Experiment:
    """What is done in the lab, counted from 0 from here on."""
    first, last = lab.get("covered", (1, 0))
    return Experiment(
        covered=frozenset(range(first - 1, last)),
        shuffle=0 if lab.get("shuffled") else None,
        shift=tuple(lab.get("shift", (0.0, 0.0))),
        gates=tuple(
            GateFactor(int(layer) - 1, gate, factor)
            for (layer, gate), factor in (
                (place.split(":"), factor) for place, factor in lab.get("gates", {}).items()
            )
        ),
        zeroed=frozenset((layer - 1, row - 1) for layer, row in lab.get("forget", ())),
    )
