from dataclasses import replace

import numpy as np
import pytest

from rnn_desk.app.actions import choose, draw, intervene, point, show, teach
from rnn_desk.app.codecs import reference_digit
from rnn_desk.app.lessons import Lesson, LessonStep
from rnn_desk.app.state import AppState
from rnn_desk.app.store import Store
from rnn_desk.app.values import LayerShown, LessonPlace, ModelChoice, Reply, RuledUnit, Unit
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment
from rnn_desk.core.questions import Readings
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import LayerTrace, ModelIdentity, Trace

LINE, OTHER = stroke([[0, 0], [10, 10]]), stroke([[5, 5], [9, 1]])
UNITS = ((20, 20),)


def step(**record):
    return LessonStep("What is said.", {"model": "lstm", "digit": "4 closed", **record})


FOUR, AGAIN, ONE, NOTHING = step(), step(row=3), step(digit="1 plain"), step(digit="empty")
LESSON = Lesson("gates", "Gates", (FOUR, AGAIN, ONE, NOTHING))
ANOTHER = Lesson("rows", "Rows", (FOUR,))


def trace(rows=28, layers=2, units=20):
    """A reading that settles at row 6, and whose unit 4 keeps what it wrote, in every layer."""
    h = np.zeros((rows, units), np.float32)
    h[:, 4] = 0.9
    belief = np.full((rows, 2), 0.5, np.float32)
    belief[:6, 0], belief[6:, 1] = 0.9, 0.9
    return Trace(
        raster=Raster(np.ones((28, 28), np.float32)),
        classes=("a", "b"),
        probabilities=belief[-1].copy(),
        belief=belief,
        belief_kind="head",
        layers=tuple(LayerTrace(f"{k}", "RNN", "forward", h.copy()) for k in range(layers)),
        model=ModelIdentity("name", "file", "0" * 64),
        device="CPU",
    )


@pytest.fixture
def store():
    """A desk with a drawing on it, a row pinned, and a view that is shown."""
    store = Store(AppState())
    store.do(draw.put, Drawing((LINE,)))
    store.do(point.pin, 9)
    store.do(show.view, "saliency", True)
    return store


def draw_stroke(store, made=OTHER):
    store.do(draw.show_live, made)
    store.do(draw.finish)


def come_to(store, step, found=None):
    """Put the step up, and let its digit be read."""
    store.do(teach.put_up, step, UNITS)
    store.do(teach.stand, step, trace() if found is None else found)


def drawn_before(store):
    """What each undo brings back."""
    seen = []
    while store.state.past.can_undo:
        store.do(draw.undo)
        seen.append(store.state.canvas.finished.strokes)
    return seen


def test_all_is_as_before_when_the_lesson_is_over(store):
    before = store.state
    store.do(teach.begin, LESSON, 0)
    come_to(store, step(row=3, lab={"covered": [2, 4]}, gradient=True, shows=["c"]))
    assert store.state.lab.covered == {1, 2, 3}
    assert store.state.pointed.row == 2
    assert store.state.views.shown == {"gradient"}
    store.do(intervene.shuffle_rows)
    store.do(show.layer_as, LayerShown(0, 0, "f"))
    store.do(teach.end)
    assert store.state == before


def test_what_is_under_way_is_not_kept_for_the_end(store):
    store.do(point.hover, 4, Unit(0, 0, 1))
    store.do(point.play, True)
    store.do(draw.replay, Drawing((OTHER,)))
    store.do(draw.show_live, OTHER)
    store.do(draw.put, Drawing((OTHER, OTHER)))
    store.do(teach.begin, LESSON, 0)
    store.do(teach.end)
    canvas, pointed = store.state.canvas, store.state.pointed
    assert (canvas.live, canvas.waiting, canvas.replayed) == (None, None, None)
    assert (pointed.hovered, pointed.hovered_unit, pointed.playing) == (None, None, False)
    assert canvas.finished.strokes == (LINE,)


def test_without_a_lesson_there_is_nowhere_to_go_and_nothing_to_end(store):
    before = store.state
    store.do(teach.go, 1)
    store.do(teach.end)
    assert store.state is before


def test_settings_that_a_person_changes_in_a_lesson_stay_so(store):
    store.do(teach.begin, LESSON, 0)
    come_to(store, step(gradient=True))
    store.do(choose.theme, "dark")
    store.do(choose.speed, "4")
    store.do(choose.unsure_below, 0.8)
    store.do(choose.device, "cuda")
    store.do(choose.opened_lately, "/mine.onnx")
    store.do(show.view, "gradient", False)  # what lessons change is theirs
    store.do(teach.end)
    state = store.state
    assert (state.look.theme, state.look.speed, state.look.unsure_below) == ("dark", "4", 0.8)
    assert (state.models.device, state.personal.recent) == ("cuda", ("/mine.onnx",))
    assert state.views.shown == {"saliency"}


def test_another_lesson_in_a_lesson_ends_with_the_desk_before_both(store):
    before = store.state
    store.do(teach.begin, LESSON, 0)
    come_to(store, FOUR)
    store.do(teach.begin, ANOTHER, 0)
    assert store.state.teaching.place == LessonPlace("rows", 0)
    come_to(store, FOUR)
    store.do(teach.end)
    assert store.state == before


# What is drawn in a lesson.


def test_a_step_lays_down_its_digit_and_nothing_in_it_is_undone(store):
    store.do(teach.begin, LESSON, 0)
    come_to(store, FOUR)
    assert store.state.canvas.finished is reference_digit("4 closed")
    assert not store.state.past.can_undo
    assert not store.state.past.can_redo


def test_a_drawing_of_the_persons_stays_while_the_digit_is_the_same(store):
    store.do(teach.begin, LESSON, 0)
    come_to(store, FOUR)
    draw_stroke(store)
    drawn = store.state.canvas.finished
    store.do(teach.go, 1)
    come_to(store, AGAIN)
    assert store.state.canvas.finished is drawn
    store.do(teach.end)
    assert store.state.canvas.finished.strokes == (LINE,)
    assert drawn_before(store) == [drawn.strokes, ()]


def test_a_drawing_that_was_cleared_away_is_undone_to_at_the_end(store):
    store.do(teach.begin, LESSON, 0)
    come_to(store, FOUR)
    store.do(draw.clear)
    draw_stroke(store, OTHER)
    draw_stroke(store, LINE)
    store.do(draw.clear)
    store.do(teach.go, 1)
    come_to(store, AGAIN)
    store.do(teach.end)
    assert drawn_before(store) == [(OTHER, LINE), ()]


def test_a_drawing_that_gives_way_to_another_digit_is_undone_to_at_the_end(store):
    store.do(teach.begin, LESSON, 0)
    come_to(store, NOTHING)
    draw_stroke(store)
    store.do(teach.go, 2)
    come_to(store, ONE)
    assert store.state.canvas.finished is reference_digit("1 plain")
    store.do(draw.clear)
    draw_stroke(store, LINE)
    store.do(teach.end)
    assert drawn_before(store) == [(LINE,), (OTHER,), ()]


def test_what_is_drawn_before_the_first_step_stands_is_not_lost(store):
    """Its models may take a while to be opened."""
    store.do(teach.begin, LESSON, 0)
    draw_stroke(store)
    come_to(store, FOUR)
    store.do(teach.end)
    assert drawn_before(store) == [(LINE, OTHER), ()]


def test_what_is_drawn_in_one_lesson_is_not_lost_in_the_next(store):
    store.do(teach.begin, LESSON, 0)
    come_to(store, NOTHING)
    draw_stroke(store)
    store.do(teach.begin, ANOTHER, 0)
    come_to(store, FOUR)
    store.do(teach.end)
    assert drawn_before(store) == [(OTHER,), ()]


def test_an_empty_canvas_in_a_lesson_is_no_step(store):
    before = store.state.past
    store.do(teach.begin, LESSON, 0)
    come_to(store, FOUR)
    store.do(draw.clear)
    store.do(teach.end)
    assert store.state.past is before


# What the step points at.


def test_a_step_points_at_what_its_rules_find_once_it_is_read(store):
    ruled = step(row="settled", unit="2:keeper")
    store.do(teach.begin, LESSON, 0)
    store.do(teach.put_up, ruled, UNITS)
    assert (store.state.pointed.row, store.state.pointed.unit) == (None, None)
    assert store.state.teaching.phase == "put up"
    store.do(teach.stand, ruled, trace())
    assert (store.state.pointed.row, store.state.pointed.unit) == (6, Unit(0, 1, 4))
    assert store.state.teaching.phase == "stands"


def test_without_a_reading_a_rule_finds_nothing(store):
    ruled = step(row="settled", unit="1:keeper", play=True)
    store.do(teach.begin, LESSON, 0)
    store.do(teach.put_up, ruled, UNITS)
    store.do(teach.stand, ruled, None)
    pointed = store.state.pointed
    assert (pointed.stays, pointed.unit_stays, pointed.playing) == (None, None, False)


def test_a_step_that_plays_begins_to_when_it_stands(store):
    playing = step(row=3, play=True)
    store.do(teach.begin, LESSON, 0)
    store.do(teach.put_up, playing, UNITS)
    assert not store.state.pointed.playing
    store.do(teach.stand, playing, trace())
    assert (store.state.pointed.row, store.state.pointed.playing) == (2, True)


def test_a_step_that_is_come_to_again_points_at_the_unit_that_it_did(store):
    """Though another drawing would have the rule find another one."""
    ruled = step(unit="1:keeper")
    store.do(teach.begin, LESSON, 0)
    come_to(store, ruled)
    store.do(teach.go, 1)
    come_to(store, AGAIN)
    store.do(teach.go, 0)
    other = trace()
    other.layers[0].h.flags.writeable = True
    other.layers[0].h[:, 4], other.layers[0].h[:, 7] = 0, 0.9
    come_to(store, ruled, other)
    assert store.state.pointed.unit == Unit(0, 0, 4)


def test_a_unit_that_a_person_chooses_is_taken_along_till_there_is_no_such_one(store):
    ruled = step(unit="1:keeper")
    store.do(teach.begin, LESSON, 0)
    come_to(store, ruled)
    store.do(point.pin_unit, Unit(0, 1, 15))
    store.do(teach.go, 1)
    come_to(store, ruled)
    assert store.state.pointed.unit == Unit(0, 1, 15)
    store.do(teach.go, 2)
    store.do(teach.put_up, ruled, ((20,),))
    assert store.state.pointed.unit_stays == Unit(0, 0, 4)


def test_the_unit_that_a_step_speaks_of_is_not_taken_along(store):
    below, above = step(unit="1:keeper"), step(unit="2:keeper")
    store.do(teach.begin, LESSON, 0)
    come_to(store, below)
    store.do(teach.go, 1)
    come_to(store, above)
    assert store.state.pointed.unit == Unit(0, 1, 4)


def test_going_on_before_a_step_stands_keeps_the_unit_that_was_chosen(store):
    store.do(teach.begin, LESSON, 0)
    come_to(store, FOUR)
    store.do(point.pin_unit, Unit(0, 1, 15))
    store.do(teach.go, 1)
    store.do(teach.go, 2)
    assert store.state.teaching.chosen == Unit(0, 1, 15)
    assert store.state.teaching.place.step == 2


@pytest.mark.parametrize("layer", [2, 2**31 - 1])
@pytest.mark.parametrize("make", [lambda k: RuledUnit(k, "keeper"), lambda k: Unit(0, k, 0)])
def test_a_unit_of_a_layer_that_the_reading_does_not_have_is_none(store, layer, make):
    store.do(point.pin_unit, make(layer))
    store.do(teach.resolve, trace(layers=2))
    assert store.state.pointed.unit_stays is None
    assert store.state.pointed.row == 9


def test_a_unit_beyond_its_layer_is_none(store):
    store.do(point.pin_unit, Unit(0, 1, 20))
    store.do(teach.resolve, trace())
    assert store.state.pointed.unit is None


@pytest.mark.parametrize("unit", [Unit(0, 1, 19), Unit(1, 5, 99)])
def test_units_that_are_there_or_of_another_model_are_let_be(store, unit):
    store.do(point.pin_unit, unit)
    store.do(teach.resolve, trace())
    assert store.state.pointed.unit == unit


def test_a_row_beyond_the_picture_is_not_pointed_at(store):
    store.do(choose.read_by, (ModelChoice("/small.onnx"),), 14, UNITS)
    store.do(teach.begin, LESSON, 0)
    store.do(teach.put_up, step(row=20), UNITS)
    assert store.state.pointed.row is None


def test_gradients_in_a_step_are_of_the_answer(store):
    store.do(show.of_class, 1)
    store.do(teach.begin, LESSON, 0)
    come_to(store, step(gradient=True))
    assert store.state.views.target == "answer"
    assert store.state.lab == Experiment()
    store.do(teach.end)
    assert store.state.views.target == 1


def test_where_everything_is_is_not_the_lessons(store):
    store.do(choose.layout, b"w", b"p", b"c")
    store.do(teach.begin, LESSON, 0)
    come_to(store, FOUR)
    assert store.state.layout.panel == ""
    store.do(teach.end)
    assert store.state.layout == replace(store.state.layout, panel=None, panels=b"p")


# What a step asks.

ASKS = step(ask={"kind": "class", "words": "Which?", "answer": "2"})
READ = Readings(())


def asked(store, asking=ASKS):
    store.do(teach.begin, LESSON, 0)
    come_to(store, asking)
    return store.state.teaching


def test_a_step_that_asks_hides_what_would_tell_till_it_is_answered(store):
    teaching = asked(store)
    assert teaching.asks is ASKS.state.teaching.ask
    assert teaching.hidden == {"answer", "belief"}
    store.do(teach.answer, "3", READ)
    teaching = store.state.teaching
    assert (teaching.asks, teaching.hidden) == (None, frozenset())
    assert teaching.reply == Reply("3", "2", False)
    store.do(teach.answer, "2", READ)  # once is enough
    assert store.state.teaching.reply == Reply("3", "2", False)


@pytest.mark.parametrize(
    ("given", "reply"),
    [("2", Reply("2", "2", True)), ("1", Reply("1", "2", False)), (None, Reply(None, "2", False))],
)
def test_an_answer_is_right_or_wrong_or_only_shown(store, given, reply):
    asked(store)
    store.do(teach.answer, given, READ)
    assert store.state.teaching.reply == reply


def test_what_cannot_be_told_is_not_right(store):
    asked(store, step(ask={"kind": "class", "words": "Which?"}))
    store.do(teach.answer, "2", READ)
    assert store.state.teaching.reply == Reply("2", None, False)


def test_a_task_is_open_till_it_is_done_or_shown(store):
    asked(store, step(ask={"kind": "draw", "words": "Draw.", "reads": "1"}))
    assert store.state.teaching.hidden == frozenset()
    store.do(teach.answer, True, READ)
    assert store.state.teaching.asks is not None
    store.do(teach.answer, None, READ)
    assert store.state.teaching.reply == Reply(None, None, False)


def test_a_question_is_not_answered_before_its_step_stands(store):
    store.do(teach.begin, LESSON, 0)
    store.do(teach.put_up, ASKS, UNITS)
    store.do(teach.answer, "2", READ)
    assert store.state.teaching.reply is None


def test_the_next_step_asks_nothing_and_the_one_before_asks_again(store):
    asked(store)
    store.do(teach.answer, "2", READ)
    store.do(teach.go, 1)
    come_to(store, FOUR)
    assert (store.state.teaching.ask, store.state.teaching.reply) == (None, None)
    store.do(teach.go, 0)
    come_to(store, ASKS)
    assert store.state.teaching.asks is not None


def test_a_step_says_itself_what_it_hides_and_without_a_question_throughout(store):
    asked(store, step(hide=["unread"]))
    assert store.state.teaching.hidden == {"unread"}
    come_to(store, step(hide=[], ask={"kind": "yes", "words": "?", "answer": True}))
    assert store.state.teaching.hidden == frozenset()
    store.do(teach.end)
    assert store.state.teaching.hidden == frozenset()


# Rows that are not read yet.

HALF = step(row=5, hide=["answer", "unread"], ask={"kind": "yes", "words": "?", "answer": True})


def test_a_question_holds_the_reading_where_it_is_till_it_is_answered(store):
    asked(store, HALF)
    assert store.state.unread_from == 5
    for row in (9, None):
        store.do(point.pin, row)
        assert store.state.pointed.pinned == 4
    store.do(point.pin, 2)  # what has been read may be looked at
    assert (store.state.pointed.pinned, store.state.unread_from) == (2, 5)
    store.do(point.hover, 7)
    assert store.state.pointed.row == 2
    store.do(teach.answer, True, READ)
    assert store.state.unread_from is None
    store.do(point.pin, 9)
    assert store.state.pointed.pinned == 9


def test_before_the_step_stands_nothing_of_its_digit_is_seen(store):
    store.do(teach.begin, LESSON, 0)
    store.do(teach.put_up, HALF, UNITS)
    assert store.state.unread_from == 0


def test_while_it_is_played_or_where_a_step_hides_them_rows_come_one_by_one(store):
    store.do(point.pin, 3)
    store.do(point.play, True)
    assert store.state.unread_from == 4
    store.do(point.hover, 20)
    assert store.state.pointed.row == 3
    store.do(point.play_on)
    assert store.state.unread_from == 5
    store.do(point.play, False)
    assert store.state.unread_from is None
    store.do(teach.begin, LESSON, 0)
    come_to(store, step(row=2, hide=["unread"]))
    assert store.state.unread_from == 2
    store.do(point.step, 1)
    assert store.state.unread_from == 3
