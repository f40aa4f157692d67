"""Whatever is done in whatever order, the state is one that can be shown, and undone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.app import schema
from rnn_desk.app.action_table import action_table
from rnn_desk.app.actions import choose, draw, forget, intervene, point, show, stand, teach
from rnn_desk.app.lessons import Lesson, LessonStep
from rnn_desk.app.state import MAX_PAST, AppState
from rnn_desk.app.text import Document
from rnn_desk.app.values import LayerShown, ModelChoice, RuledUnit, Unit
from rnn_desk.app.view_table import VIEWS
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Picture

UNITS = ((6, 5), (4,))
"""Of the models that read, so long as both do."""

GATES = (("f",), ())
"""Of the first one."""

SMALL = st.integers(0, 7)
ROWS = st.none() | st.integers(-3, 40)
UNIT = st.builds(Unit, st.integers(0, 1), st.integers(0, 2), SMALL)
FLAG = st.booleans()
STROKES = st.sampled_from([stroke([[0, 0], [10, 10]]), stroke([[5, 5], [9, 1]])])
DRAWINGS = st.builds(lambda strokes: Drawing(tuple(strokes)), st.lists(STROKES, max_size=2))
ORIGINALS = DRAWINGS | st.builds(Picture, st.just(np.zeros((5, 5), np.uint8)))
EXPERIMENTS = st.builds(
    Experiment,
    covered=st.frozensets(st.integers(0, 27), max_size=2),
    noise=st.sampled_from([0.0, 0.5]),
    off=st.frozensets(st.tuples(SMALL, SMALL), max_size=1),
)
TARGETS = st.just("answer") | SMALL
NAMES = st.sampled_from([spec.name for spec in VIEWS])
CHOICES = st.lists(
    st.sampled_from([ModelChoice("/a"), ModelChoice("/b"), ModelChoice("/a", ("w",))]),
    min_size=1,
    max_size=2,
).map(tuple)

STEP = LessonStep(
    "What is said.",
    {"digit": "4 closed", "row": 3, "unit": "2:5", "gradient": True, "model": "gru"},
)
LESSON = Lesson("lesson", "Lesson", (STEP, LessonStep("More.", {"digit": "empty", "row": 27})))

DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "row": st.none() | st.integers(1, 60),
        "unit": st.none() | st.just("1:3") | st.just("9:900"),
        "lab": st.just({"covered": [2, 4]}),
        "target": st.just("answer") | st.integers(1, 9),
        "drawing": st.just({"strokes": [[[1, 2], [3, 4]]]}),
        **{spec.name: FLAG for spec in VIEWS},
    },
).map(lambda record: schema.read(record, Document.DESK))


def does(action, *arguments):
    """An action with what it is given."""
    return st.tuples(*arguments).map(lambda drawn: (action, drawn))


def wanted_of(patch):
    return patch.over(AppState())


ACTIONS = {
    draw: [
        does(draw.show_live, STROKES),
        *map(does, (draw.finish, draw.abandon, draw.clear, draw.undo, draw.redo)),
        does(draw.put, ORIGINALS),
        does(draw.replay, st.none() | DRAWINGS),
    ],
    intervene: [
        does(intervene.try_out, EXPERIMENTS, st.sampled_from(["", "noise"])),
        does(intervene.cover, st.frozensets(st.integers(0, 27)), st.sampled_from(["", "drag"])),
        *map(
            does,
            (intervene.cover_row, intervene.shuffle_rows, intervene.switch_unit, intervene.reset),
        ),
        does(intervene.change_layer, SMALL),
        does(intervene.forget_state),
        does(intervene.leave_network),
    ],
    point: [
        does(point.hover, st.none() | st.integers(0, 13), st.none() | UNIT),
        does(point.pin, ROWS),
        does(point.step, st.integers(-30, 30)),
        does(point.play, FLAG),
        does(point.play_on),
        does(point.pin_unit, st.none() | UNIT | st.builds(RuledUnit, SMALL, st.just("keeper"))),
        does(point.suggest_unit, st.none() | UNIT),
    ],
    show: [
        does(show.view, NAMES, FLAG),
        does(show.toggle, NAMES),
        does(show.of_class, TARGETS),
        does(show.what_speaks_for, SMALL),
        does(show.layer_as, st.builds(LayerShown, st.just(0), SMALL, st.sampled_from("hc"))),
        does(show.equation, st.sampled_from(["", "f"])),
    ],
    choose: [
        does(choose.read_by, CHOICES, st.sampled_from([14, 28]), st.just(UNITS)),
        does(choose.all_of, DOCUMENTS),
        does(choose.faster, st.integers(-3, 3)),
        does(choose.device, st.sampled_from(["cpu", "cuda"])),
        does(choose.folder, st.sampled_from(["", "/mine"])),
        does(choose.opened_lately, st.sampled_from(["/a", "/b"])),
        does(choose.layout, *3 * [st.sampled_from([b"", b"x"])]),
        does(choose.tool, st.sampled_from(["ink", "eraser"])),
        does(choose.theme, st.sampled_from(["dark", "light"])),
    ],
    teach: [
        does(teach.begin, st.just(LESSON), st.integers(0, 1)),
        does(teach.go, st.integers(0, 1)),
        does(teach.put_up, st.sampled_from(LESSON.steps), st.just(UNITS)),
        does(teach.stand, st.sampled_from(LESSON.steps), st.none()),
        does(teach.resolve, st.none()),
        does(teach.end),
    ],
    stand: [
        does(stand.lay, DOCUMENTS.map(wanted_of)),
        does(stand.put_up, DOCUMENTS.map(wanted_of), st.just(UNITS), st.just(GATES)),
        does(stand.go_on, DOCUMENTS.map(wanted_of), st.just(UNITS), st.just(GATES)),
        does(stand.without_model, st.integers(0, 1)),
    ],
    forget: [does(forget.person), does(forget.toggle_recovery)],
    action_table: [
        does(spec.does, *map(st.just, spec.args)) for spec in action_table() if spec.does
    ],
}


def any_of(*rooms):
    return st.lists(st.one_of(*(act for room in rooms for act in ACTIONS[room])), max_size=20)


def after(acts, state=None):
    state = AppState() if state is None else state
    for action, arguments in acts:
        state = action(state, *arguments)
    return state


def check(state):
    """What holds of every state."""
    rows, pointed, canvas = state.pointed.rows, state.pointed, state.canvas
    for row in (pointed.row, pointed.pinned):
        assert row is None or 0 <= row < rows
    shown = state.views.shown
    assert shown <= {spec.name for spec in VIEWS}
    assert all(spec.within in shown for spec in VIEWS if spec.name in shown and spec.within)
    places = [(each.model, each.layer) for each in state.views.layers]
    assert len(set(places)) == len(places)
    assert canvas.waiting is None or canvas.pen_is_down
    assert len(state.past.undone_next) <= MAX_PAST
    assert (state.teaching.place is None) == (state.teaching.before is None)
    if state.teaching.before is not None:
        check(state.teaching.before)
        assert state.teaching.before.teaching.before is None


def lies(state):
    """What lies on the canvas, and what is done to it."""
    return state.canvas.finished, state.lab


@given(any_of(*ACTIONS))
def test_the_state_can_be_shown_after_any_actions(acts):
    check(after(acts))


@given(any_of(*ACTIONS))
def test_the_table_knows_of_any_state_what_can_be_done_and_what_is_chosen(acts):
    state = after(acts)
    for spec in action_table():
        enabled = spec.enabled(state)
        assert isinstance(enabled, bool), spec.name
        if spec.name in ("undo", "redo", "clear") and not (enabled or state.canvas.pen_is_down):
            assert lies(spec.does(state)) == lies(state), spec.name
        if spec.one_of:
            options = [each for each in action_table() if each.one_of == spec.one_of]
            done = spec.does(state, *spec.args)
            assert [each for each in options if each.checked(done)] == [spec]


@given(any_of(draw, intervene), st.integers(1, 25))
def test_what_was_undone_is_made_again_step_by_step(acts, count):
    state = draw.abandon(after(acts))
    for _ in range(count):
        state = draw.undo(state)
    steps = [state]
    for _ in range(len(state.past.redone_next)):
        steps.append(draw.redo(steps[-1]))
    for before in reversed(steps[:-1]):
        state = draw.undo(steps.pop())
        assert lies(state) == lies(before)
        assert len(state.past.redone_next) == len(before.past.redone_next)


@given(any_of(draw, intervene))
def test_undo_then_redo_gives_the_same_picture(acts):
    state = draw.abandon(after(acts))
    if state.past.can_undo:
        assert lies(draw.redo(draw.undo(state))) == lies(state)


@given(any_of(draw, intervene, point, show, choose), any_of(draw, intervene, point, show, teach))
def test_the_end_of_a_lesson_is_as_before_it_but_for_steps_that_can_be_undone(before, acts):
    state = draw.replay(draw.abandon(after(before)), None)
    lesson = [act for act in acts if act[0] is not teach.end]
    begun = teach.put_up(teach.begin(state, LESSON, 0), STEP, UNITS)  # which has other models
    end = teach.end(after(lesson, begun))
    assert lies(end) == lies(state)
    assert (end.views, end.pointed.stays, end.models) == (
        state.views,
        state.pointed.stays,
        state.models,
    )
    past = state.past.undone_next
    assert end.past.undone_next[: len(past)] == past


@given(any_of(draw), any_of(draw, teach))
def test_what_lies_there_when_a_lesson_ends_can_be_undone_to(before, acts):
    state = teach.begin(draw.abandon(after(before)), LESSON, 0)
    state = after([act for act in acts if act[0] not in (teach.end, teach.begin)], state)
    own = teach.own_drawing(state)
    end = teach.end(state)
    if own is not None:
        assert draw.undo(end).canvas.finished is own
