import numpy as np
import pytest

from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Picture
from rnn_desk.qt.state.document import MAX_PAST, Document

LINE = stroke([[0, 0], [10, 10]])
OTHER = stroke([[5, 5], [9, 1]])


@pytest.fixture
def document():
    return Document()


def draw(document, made):
    document.show_live(made)
    document.finish()


def test_a_stroke_is_seen_while_it_is_made_and_a_step_once_it_is(document, qtbot):
    with qtbot.waitSignal(document.changed) as told:
        document.show_live(LINE)
    assert told.args[0].strokes == (LINE,)
    assert document.finished.strokes == ()
    assert not document.can_undo
    document.finish()
    assert document.finished.strokes == (LINE,)
    assert document.can_undo


def test_undo_and_redo_go_to_both_ends(document):
    draw(document, LINE)
    draw(document, OTHER)
    document.clear()
    seen = [document.drawing.strokes]
    while document.can_undo:
        document.undo()
        seen.append(document.drawing.strokes)
    assert seen == [(), (LINE, OTHER), (LINE,), ()]
    while document.can_redo:
        document.redo()
    assert document.drawing.strokes == ()
    assert document.can_undo


def test_a_new_stroke_ends_the_future(document):
    draw(document, LINE)
    document.undo()
    draw(document, OTHER)
    assert not document.can_redo
    assert document.drawing.strokes == (OTHER,)


def test_undo_while_the_pen_is_down_takes_the_stroke_being_made(document):
    draw(document, LINE)
    document.show_live(OTHER)
    document.undo()
    assert document.drawing.strokes == (LINE,)
    document.finish()  # the pen comes up later: nothing is left to finish
    assert document.drawing.strokes == (LINE,)


def test_clearing_nothing_is_no_step(document):
    document.clear()
    assert not document.can_undo


def test_the_past_has_an_end(document):
    for _ in range(MAX_PAST + 20):
        document.replace(Drawing((LINE,)))
    steps = 0
    while document.can_undo:
        document.undo()
        steps += 1
    assert steps == MAX_PAST


def test_strokes_and_experiments_are_undone_in_the_order_they_were_made(document, qtbot):
    draw(document, LINE)
    document.try_out(Experiment(rotation=5))
    draw(document, OTHER)
    document.undo()
    assert document.drawing.strokes == (LINE,)
    assert document.experiment == Experiment(rotation=5)
    with qtbot.waitSignal(document.tried) as told, qtbot.assertNotEmitted(document.changed):
        document.undo()
    assert told.args == [Experiment()]
    document.undo()
    assert not document.can_undo
    document.redo()
    document.redo()
    assert (document.drawing.strokes, document.experiment) == ((LINE,), Experiment(rotation=5))


def test_turning_one_control_is_one_step_until_something_else_happens(document):
    for noise in (0.1, 0.2, 0.3):
        document.try_out(Experiment(noise=noise), "noise")
    draw(document, LINE)
    document.try_out(Experiment(noise=0.4), "noise")
    document.try_out(Experiment(noise=0.4), "noise")  # nothing new
    noises = []
    while document.can_undo:
        document.undo()
        noises.append(document.experiment.noise)
    assert noises == [0.3, 0.3, 0.0]


def test_the_pen_begins_a_new_sheet_on_a_picture_which_undo_brings_back(document):
    picture = Picture(np.zeros((5, 5), np.uint8))
    draw(document, OTHER)
    document.replace(picture)
    draw(document, LINE)
    assert document.drawing.strokes == (LINE,)
    document.undo()
    assert document.drawing is picture
    document.clear()
    assert document.drawing.is_empty
    document.undo()
    document.undo()
    assert document.drawing.strokes == (OTHER,)


@pytest.mark.parametrize(
    ("end", "before"), [("finish", (LINE, OTHER)), ("abandon", (LINE,)), ("clear", ())]
)
def test_what_comes_while_a_stroke_is_made_waits_for_its_end(document, end, before):
    picture = Picture(np.zeros((5, 5), np.uint8))
    draw(document, LINE)
    document.show_live(OTHER)
    document.replace(picture)
    assert document.drawing.strokes == (LINE, OTHER)
    getattr(document, end)()
    assert document.drawing is picture
    document.undo()
    assert document.drawing.strokes == before
