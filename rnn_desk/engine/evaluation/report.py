"""Why a model is wrong on drawings: how it reads the reference digits under other pens and places.

Pure numbers; `rnn_desk.app.report_page` makes a page of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import cos, radians, sin
from typing import Protocol

import numpy as np

from rnn_desk.core.alphabet import allowed, character_of
from rnn_desk.core.arrays import Array
from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import DOUBTED_BELOW
from rnn_desk.core.raster import Frame, Raster, rasterise
from rnn_desk.core.references import References, references_for
from rnn_desk.engine.inference.pieces import Between, nothing
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.protocol.judged import confusion_of, judged
from rnn_desk.protocol.report import Condition, Report


class Pictures(Protocol):
    """Makes the rasters `[n, side, side]` of the reference digits in one condition."""

    def __call__(self, digits: References, frame: Frame, between: Between = nothing, /) -> Array:
        """The rasters; `between` is called between pieces of the work."""
        ...


def report(reader: Reader, between: Between = nothing) -> Report:
    """Read the reference digits in every condition. Raises Refused where it knows other classes.

    between: called between pieces of the work.
    """
    classes = reader.card.classes
    digits = references_for(classes)
    if digits is None:
        raise Refused(
            "{name} does not know the ten digits, nor all letters, so there is nothing to measure "
            "it by",
            name=reader.card.name,
        )
    frame = reader.card.frame
    pictures = _as_drawn(digits, frame, between)
    probabilities = reader.classify(pictures, between)
    right = allowed(digits.labels, classes)
    everything = np.arange(len(digits.labels))
    said = probabilities.argmax(axis=1)
    missed, read_right = judged(digits.drawings, digits.labels, probabilities, classes)

    def part(pictures: Array) -> float:
        answers = reader.classify(pictures, between).argmax(axis=1)
        return float(right[everything, answers].mean())

    others = [
        Condition(name, part(pictures(digits, frame, between))) for name, pictures in CONDITIONS
    ]
    return Report(
        reader.card.name,
        tuple(character_of(name) or name for name in classes),
        len(digits.labels),
        (
            Condition(Refused("as they are"), float(right[everything, said].mean())),
            *others,
            *_doubted(reader, pictures, between),
        ),
        confusion_of(digits.labels, said, classes),
        missed,
        reader.findings.evidence,
        read_right,
    )


def _doubted(reader: Reader, pictures: Array, between: Between) -> tuple[Condition, ...]:
    """The part that is doubted, where that can be told: right or wrong."""
    _, familiarity = reader.judged(pictures, between)
    if not isinstance(familiarity, np.ndarray):
        return ()
    part = float((familiarity < DOUBTED_BELOW).mean())
    return (Condition(Refused("doubted: unlike anything it has learnt"), part),)


def _as_drawn(digits: References, frame: Frame, between: Between = nothing) -> Array:
    return digits.pictures(frame, range(len(digits.drawings)), between)


def _each(digits: References, raster: Callable[[Drawing], Raster], between: Between) -> Array:
    pictures = []
    for drawing in digits.drawings:
        pictures.append(raster(drawing).pixels)
        between()
    return np.stack(pictures)


def _redrawn(change: Callable[[Drawing], Drawing]) -> Pictures:
    """The digits drawn otherwise, and made into rasters as ever."""

    def pictures(digits: References, frame: Frame, between: Between = nothing) -> Array:
        return _each(digits, lambda drawing: rasterise(change(drawing), *frame), between)

    return pictures


def _pen(factor: float) -> Callable[[Drawing], Drawing]:
    def change(drawing: Drawing) -> Drawing:
        ordinary = NOMINAL_WIDTH * drawing.size
        strokes = (replace(s, width=(s.width or ordinary) * factor) for s in drawing.strokes)
        return replace(drawing, strokes=tuple(strokes))

    return change


def _turned(degrees: float) -> Callable[[Drawing], Drawing]:
    """Turned clockwise about the canvas's middle."""
    angle = radians(degrees)
    turn = np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]])

    def change(drawing: Drawing) -> Drawing:
        middle = drawing.size / 2
        strokes = (replace(s, points=(s.points - middle) @ turn + middle) for s in drawing.strokes)
        return replace(drawing, strokes=tuple(strokes))

    return change


def _shifted(part: float) -> Pictures:
    """The finished raster moved right and down by that part of its side, as no canvas moves it."""

    def pictures(digits: References, frame: Frame, between: Between = nothing) -> Array:
        by = round(part * frame[0])
        moved = np.zeros((len(digits.drawings), frame[0], frame[0]), np.float32)
        moved[:, by:, by:] = _as_drawn(digits, frame, between)[:, : frame[0] - by, : frame[0] - by]
        return moved

    return pictures


def _small(part: float) -> Pictures:
    """The ink in a box of that part of the ordinary one."""

    def pictures(digits: References, frame: Frame, between: Between = nothing) -> Array:
        smaller = frame._replace(box=frame.box * part)
        return _each(digits, lambda drawing: rasterise(drawing, *smaller), between)

    return pictures


CONDITIONS: tuple[tuple[Refused, Pictures], ...] = (
    (Refused("thin pen (half as wide)"), _redrawn(_pen(0.5))),
    (Refused("thick pen (twice as wide)"), _redrawn(_pen(2.0))),
    (Refused("off-centre (by a seventh of the side)"), _shifted(1 / 7)),
    (Refused("small (two thirds of the size)"), _small(2 / 3)),
    (Refused("turned left by 20 degrees"), _redrawn(_turned(-20))),
    (Refused("turned right by 20 degrees"), _redrawn(_turned(20))),
)
"""Ways in which drawings differ from what networks are trained on."""
