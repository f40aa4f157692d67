"""What is to be read follows from what lies on the desk and from the models, nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_desk.app.wanted import Sheet
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Picture
from rnn_desk.protocol import checks
from rnn_desk.protocol.model import ModelRef
from tests.helpers.told_engine import OPENED

MODEL = checks.model_of(ModelRef("/a.onnx", OPENED.sha256), OPENED)
LINE = [[100, 100], [300, 100], [200, 400]]
LAB = Experiment(noise=0.25)
DRAWN = Sheet(Drawing((stroke(LINE),)), LAB, 3)


def other(name, **card):
    """Another model, of another file."""
    ref = replace(MODEL.ref, path=f"/{name}.onnx", sha256=name)
    findings = replace(MODEL.findings, card=replace(MODEL.card, **card))
    return replace(MODEL, ref=ref, findings=findings)


def drawing(*strokes):
    return Drawing(tuple(strokes))


def drawn(sheet, original):
    """The same desk with this on the canvas."""
    return sheet.showing(original, sheet.experiment, sheet.gradient_of)


def test_ink_that_grows_is_a_later_moment_of_the_same_sheet():
    first = stroke(LINE[:2])
    sheet = drawn(Sheet(), drawing(first))
    longer = drawn(sheet, drawing(stroke(LINE)))
    second = drawn(longer, drawing(*longer.original.strokes, stroke([[5, 5], [9, 9]])))
    assert (longer.number, longer.moment) == (sheet.number, sheet.moment + 1)
    assert (second.number, second.moment) == (sheet.number, sheet.moment + 2)


@pytest.mark.parametrize(
    "now",
    [
        Drawing(),
        drawing(stroke([[1, 1], [9, 9]])),
        Picture(np.zeros((28, 28), np.uint8)),
    ],
    ids=["cleared", "another", "a picture"],
)
def test_what_shows_something_else_is_another_sheet(now):
    sheet = drawn(DRAWN, now)
    assert (sheet.number, sheet.moment) == (DRAWN.number + 1, DRAWN.moment + 1)
    assert sheet.original is now


def test_what_shows_the_same_wants_nothing_new():
    again = drawn(DRAWN, replace(DRAWN.original, label=7))
    assert (again.number, again.moment) == (DRAWN.number, DRAWN.moment)
    assert again.original.label == 7


def test_a_change_in_the_lab_is_a_later_moment_and_another_gradient_another_sheet():
    turned = DRAWN.showing(DRAWN.original, Experiment(noise=0.5), 3)
    other_class = DRAWN.showing(DRAWN.original, LAB, 4)
    assert (turned.number, turned.moment) == (DRAWN.number, DRAWN.moment + 1)
    assert (other_class.number, other_class.moment) == (DRAWN.number + 1, DRAWN.moment + 1)


def test_nothing_is_read_of_nothing_or_by_nobody():
    assert Sheet().source([MODEL]) is None
    assert DRAWN.source([]) is None


def test_the_first_model_alone_is_experimented_with():
    models = (MODEL, other("b"))
    source = DRAWN.source(models)
    first, second = DRAWN.readings(models, source)
    assert source.experiment == LAB
    assert (first.experiment, second.experiment) == (LAB, Experiment())
    assert (first.ref, second.ref) == tuple(model.ref for model in models)
    assert first.gradient == second.gradient == 3
    assert first.source is second.source is source


def test_a_reading_is_the_same_until_its_sheet_is_another():
    source = DRAWN.source([MODEL])

    def reading(sheet):
        return sheet.readings([MODEL], source)[0]

    assert reading(DRAWN) == reading(DRAWN.later())
    assert reading(DRAWN.later()).moment == reading(DRAWN).moment + 1
    assert reading(DRAWN) != reading(DRAWN.afresh())
    assert reading(DRAWN) != reading(replace(DRAWN, gradient_of=4))


def test_beside_are_those_that_are_not_shown_and_read_such_pictures():
    shown, beside, wider = (MODEL, other("b")), other("c"), other("d", side=32)
    source = DRAWN.source(shown)
    wanted = DRAWN.beside(shown, [shown[1], beside, wider], source, 7)
    assert list(wanted) == ["/c.onnx"]
    (reading,) = wanted.values()
    assert (reading.gradient, reading.experiment) == (7, Experiment())
    assert (reading.sheet, reading.moment) == (DRAWN.number, DRAWN.moment)
