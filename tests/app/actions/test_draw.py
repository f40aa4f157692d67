import numpy as np
import pytest

from rnn_desk.app.actions import draw, intervene, point
from rnn_desk.app.state import MAX_PAST, AppState
from rnn_desk.app.store import Store
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Picture
from rnn_desk.core.scan.areas import Box

LINE = stroke([[0, 0], [10, 10]])
OTHER = stroke([[5, 5], [9, 1]])


@pytest.fixture
def store():
    return Store(AppState())


def draw_stroke(store, made):
    store.do(draw.show_live, made)
    store.do(draw.finish)


def test_a_stroke_is_seen_while_it_is_made_and_a_step_once_it_is(store):
    store.do(draw.show_live, LINE)
    assert store.state.canvas.shown.strokes == (LINE,)
    assert store.state.canvas.finished.strokes == ()
    assert not store.state.past.can_undo
    store.do(draw.finish)
    assert store.state.canvas.finished.strokes == (LINE,)
    assert store.state.past.can_undo


def test_undo_and_redo_go_to_both_ends(store):
    draw_stroke(store, LINE)
    draw_stroke(store, OTHER)
    store.do(draw.clear)
    seen = [store.state.canvas.shown.strokes]
    while store.state.past.can_undo:
        store.do(draw.undo)
        seen.append(store.state.canvas.shown.strokes)
    assert seen == [(), (LINE, OTHER), (LINE,), ()]
    while store.state.past.can_redo:
        store.do(draw.redo)
    assert store.state.canvas.shown.strokes == ()
    assert store.state.past.can_undo


def test_a_new_stroke_ends_the_future(store):
    draw_stroke(store, LINE)
    store.do(draw.undo)
    draw_stroke(store, OTHER)
    assert not store.state.past.can_redo
    assert store.state.canvas.shown.strokes == (OTHER,)


def test_undo_while_the_pen_is_down_takes_the_stroke_being_made(store):
    draw_stroke(store, LINE)
    store.do(draw.show_live, OTHER)
    store.do(draw.undo)
    assert store.state.canvas.shown.strokes == (LINE,)
    store.do(draw.finish)  # the pen comes up later: nothing is left to finish
    assert store.state.canvas.shown.strokes == (LINE,)


def test_a_cleared_canvas_has_no_row_pinned(store):
    draw_stroke(store, LINE)
    store.do(point.pin, 5)
    store.do(draw.clear)
    assert store.state.pointed.row is None


def test_what_is_cleared_away_in_a_stroke_is_brought_back_with_it(store):
    store.do(draw.show_live, LINE)
    store.do(draw.clear)
    assert store.state.canvas.shown.is_empty
    store.do(draw.undo)
    assert store.state.canvas.finished.strokes == (LINE,)


def test_clearing_nothing_is_no_step(store):
    store.do(draw.clear)
    assert not store.state.past.can_undo


def test_the_past_has_an_end(store):
    for _ in range(MAX_PAST + 20):
        store.do(draw.put, Drawing((LINE,)))
    steps = 0
    while store.state.past.can_undo:
        store.do(draw.undo)
        steps += 1
    assert steps == MAX_PAST


def test_strokes_and_experiments_are_undone_in_the_order_they_were_made(store):
    draw_stroke(store, LINE)
    store.do(intervene.try_out, Experiment(rotation=5))
    draw_stroke(store, OTHER)
    store.do(draw.undo)
    assert store.state.canvas.shown.strokes == (LINE,)
    assert store.state.lab == Experiment(rotation=5)
    lying = store.state.canvas
    store.do(draw.undo)
    assert store.state.lab == Experiment()
    assert store.state.canvas is lying
    store.do(draw.undo)
    assert not store.state.past.can_undo
    store.do(draw.redo)
    store.do(draw.redo)
    assert (store.state.canvas.shown.strokes, store.state.lab) == ((LINE,), Experiment(rotation=5))


def test_turning_one_control_is_one_step_until_something_else_happens(store):
    for noise in (0.1, 0.2, 0.3):
        store.do(intervene.try_out, Experiment(noise=noise), "noise")
    draw_stroke(store, LINE)
    store.do(intervene.try_out, Experiment(noise=0.4), "noise")
    store.do(intervene.try_out, Experiment(noise=0.4), "noise")  # nothing new
    noises = []
    while store.state.past.can_undo:
        store.do(draw.undo)
        noises.append(store.state.lab.noise)
    assert noises == [0.3, 0.3, 0.0]


def test_the_pen_begins_a_new_sheet_on_a_picture_which_undo_brings_back(store):
    picture = Picture(np.zeros((5, 5), np.uint8))
    draw_stroke(store, OTHER)
    store.do(draw.put, picture)
    draw_stroke(store, LINE)
    assert store.state.canvas.shown.strokes == (LINE,)
    store.do(draw.undo)
    assert store.state.canvas.shown is picture
    store.do(draw.clear)
    assert store.state.canvas.shown.is_empty
    store.do(draw.undo)
    store.do(draw.undo)
    assert store.state.canvas.shown.strokes == (OTHER,)


@pytest.mark.parametrize(
    ("end", "before"), [("finish", (LINE, OTHER)), ("abandon", (LINE,)), ("clear", ())]
)
def test_what_comes_while_a_stroke_is_made_waits_for_its_end(store, end, before):
    picture = Picture(np.zeros((5, 5), np.uint8))
    draw_stroke(store, LINE)
    store.do(draw.show_live, OTHER)
    store.do(draw.put, picture)
    assert store.state.canvas.shown.strokes == (LINE, OTHER)
    store.do(getattr(draw, end))
    assert store.state.canvas.shown is picture
    store.do(draw.undo)
    assert store.state.canvas.shown.strokes == before


# --- the box of a picture ---


@pytest.fixture
def several():
    """A sheet with a 1 at the left and one at the right, on the canvas."""
    grey = np.full((100, 160), 250, np.uint8)
    grey[20:80, 30:36] = grey[20:80, 110:116] = 10
    return draw.put(AppState(), Picture(grey))


def test_a_digit_of_a_picture_is_picked_as_a_step(several):
    first, second = several.canvas.finished.found.digits
    assert several.canvas.finished.digit is first
    picked = draw.pick(several, 1)
    assert picked.canvas.finished.digit is second
    assert picked.canvas.finished.found is several.canvas.finished.found
    assert draw.undo(picked).canvas.finished.digit is first
    assert draw.pick(picked, 1) is picked
    assert draw.pick(picked, 2) is picked
    empty = AppState()
    assert draw.pick(empty, 0) is empty


def test_a_dragged_box_is_read_as_one_step_when_it_is_let_go(several):
    whole = Box(20, 10, 130, 90)
    dragged = draw.drag_box(draw.drag_box(several, Box(0, 0, 50, 90)), whole)
    assert dragged.canvas.shown.box == whole
    assert dragged.canvas.read is dragged.canvas.finished is several.canvas.finished
    done = draw.drop_box(dragged)
    assert done.canvas.finished.box == whole
    assert done.canvas.finished.digit.box.width > 80  # both, as one
    assert done.canvas.dragged is None
    assert draw.undo(done).canvas.finished is several.canvas.finished


def test_a_box_that_is_dragged_goes_back_where_nothing_comes_of_it(several):
    dragged = draw.drag_box(several, Box(0, 0, 50, 90))
    for left in (draw.leave_box(dragged), draw.undo(dragged)):
        assert left.canvas.dragged is None
    other = draw.put(dragged, Drawing())
    assert draw.drop_box(other) is other
    assert draw.leave_box(other) is other
    assert draw.drag_box(other, Box(0, 0, 5, 5)) is other
