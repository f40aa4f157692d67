"""What is right of each question that the program's lessons ask, worked out by the models.

    python -m tests.helpers.lesson_answers

writes it where the teacher's guide looks: a model that is trained anew may answer otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from rnn_desk.app.lessons import Lesson, LessonStep, read_lesson
from rnn_desk.assets_door import BASELINES, asset, bundled_lessons, catalogue
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.lab import Experiment, altered
from rnn_desk.core.picture import raster_of
from rnn_desk.core.questions import Answer, Readings
from rnn_desk.core.references import reference_digits
from rnn_desk.core.trace import GradientTrace, Target, Trace
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.lab import Lab
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.runtime.devices import CPU

FILE = asset("lessons", "answers.json")
LEARNED = asset("lessons", "learning.json")


@cache
def reader_of(name: str) -> Reader:
    """A bundled model, opened."""
    return open_reader(asset("models", f"{name}.onnx"), CPU)


def trace_of(name: str, drawing: Drawing, experiment: Experiment, gradient: Target | None) -> Trace:
    """That model's reading of the drawing, under the experiment, with the gradient of that class if
    wanted."""
    reader = reader_of(name)
    raster = altered(raster_of(drawing), experiment, orientation=reader.orientation)
    trace = Lab(reader).read(raster, experiment)
    return trace if gradient is None else reader.with_gradient(trace, gradient)


def readings_of(step: LessonStep, drawing: Drawing | None = None) -> Readings:
    """What the step's question is about; of another drawing, if one is given."""
    state = step.state
    if drawing is None:
        drawing = state.canvas.finished
    assert isinstance(drawing, Drawing)
    labs = (state.lab, state.lab.picture_alone())
    target = state.views.gradient_of
    traces = tuple(
        trace_of(name, drawing, lab, None if name == "cnn" else target)
        for name, lab in zip(step.models, labs, strict=False)
    )
    label = "" if drawing.label is None else str(drawing.label)
    return Readings(traces, state.pointed.pinned, label, _beside(step, drawing, traces[0]))


def _beside(step: LessonStep, drawing: Drawing, first: Trace) -> tuple[Trace, ...]:
    """The readings of the networks whose gradients the step lays over the first model's."""
    if "cells" not in step.state.views.shown or not isinstance(first.gradient, GradientTrace):
        return ()
    target = first.gradient.target
    others = (name for name in BASELINES if name not in step.models)
    return tuple(trace_of(name, drawing, Experiment(), target) for name in others)


def questions() -> Iterator[tuple[Lesson, int, LessonStep]]:
    """Every step that asks: its lesson, and its number from 1."""
    for lesson in map(read_lesson, bundled_lessons()):
        for number, step in enumerate(lesson.steps, start=1):
            if step.state.teaching.ask is not None:
                yield lesson, number, step


def answers() -> dict[str, dict[str, Answer | None]]:
    """What is right, by the lesson's name and the step's number; a drawing has no answer."""
    found: dict[str, dict[str, Answer | None]] = {}
    for lesson, number, step in questions():
        ask = step.state.teaching.ask
        assert ask is not None
        if ask.kind != "draw":
            found.setdefault(lesson.name, {})[str(number)] = ask.truth(readings_of(step))
    return found


def learned() -> list[dict[str, object]]:
    """The moments of training that ship, and the finished network: what each reads of the reference
    digits, and the mean of -log p of the right class."""
    finished = next(model for model in catalogue() if model.name == "lstm")
    stopped = [model for model in catalogue() if model.learned is not None]
    found: list[dict[str, object]] = []
    for model in (*stopped, finished):
        lab = Lab(reader_of(model.name))
        parts = lab.classify(lab._pixels(), Experiment())
        right = parts[range(len(parts)), [int(d.label or 0) for d in reference_digits().drawings]]
        found.append(
            {
                "file": model.path.name,
                "steps": model.learned,
                "accuracy": round(lab.accuracy(Experiment()).plain, 4),
                "loss": round(float(-np.log(np.maximum(right, 1e-12)).mean()), 4),
            }
        )
    return found


def write(file: Path = FILE) -> None:
    """Write them."""
    file.write_text(json.dumps(answers(), indent=1) + "\n", encoding="utf-8")
    LEARNED.write_text(json.dumps(learned(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
