from dataclasses import replace

import pytest

from rnn_desk.app.actions import draw, forget, intervene, stand
from rnn_desk.app.state import AppState, Canvas, Models, Personal, Pointed, Views
from rnn_desk.app.values import LayerShown, ModelChoice, RuledUnit, Unit
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment, GateFactor

ONE, TWO = (Drawing((stroke([[k, 0], [10, 10]]),)) for k in range(2))
UNITS = ((3, 2), (5,))
GATES = (("i", "f"), ("f",))
LAB = Experiment(
    noise=0.5,
    off=frozenset({(1, 1), (1, 2), (2, 0)}),
    gates=(GateFactor(1, "f", 0.0), GateFactor(1, "z", 0.0), GateFactor(2, "f", 0.0)),
    zeroed=frozenset({(0, 4), (7, 4)}),
)
WANTED = replace(AppState(), canvas=Canvas(ONE), lab=LAB, views=Views(line="f"))


def pointing(stays, unit):
    return replace(WANTED, pointed=Pointed(stays=stays, unit_stays=unit))


def put_up(wanted, state=None):
    state = stand.lay(AppState(), wanted) if state is None else state
    return stand.put_up(state, wanted, UNITS, GATES)


def test_what_lies_there_comes_first_and_what_is_done_to_the_picture():
    state = stand.lay(AppState(), WANTED)
    assert state.canvas.finished is ONE
    assert state.lab == Experiment(noise=0.5)
    assert state.views == AppState().views
    assert not state.past.can_undo


def test_what_lay_there_before_can_be_had_again():
    before = draw.put(AppState(), TWO)
    assert draw.undo(stand.lay(before, WANTED)).canvas.finished is TWO


def test_a_stroke_that_is_being_made_is_on_another_desk():
    state = stand.lay(draw.show_live(AppState(), TWO.strokes[0]), WANTED)
    assert state.canvas.live is None
    assert draw.undo(state).canvas.finished.is_empty


def test_what_is_done_to_layers_that_there_are_not_is_left_out():
    lab = put_up(WANTED).lab
    assert lab == Experiment(
        noise=0.5,
        off=frozenset({(1, 1)}),
        gates=(GateFactor(1, "f", 0.0),),
        zeroed=frozenset({(0, 4)}),
    )


@pytest.mark.parametrize(
    ("unit", "left"),
    [
        (Unit(0, 1, 1), Unit(0, 1, 1)),
        (Unit(1, 0, 4), Unit(1, 0, 4)),
        (Unit(0, 1, 2), None),
        (Unit(1, 1, 0), None),
        (Unit(2, 0, 0), None),
        (RuledUnit(0, "keeper"), RuledUnit(0, "keeper")),
    ],
)
def test_a_unit_is_one_that_there_is(unit, left):
    assert put_up(pointing(None, unit)).pointed.unit_stays == left


@pytest.mark.parametrize(
    ("row", "left"), [(27, 27), (28, None), (None, None), ("settled", "settled")]
)
def test_a_row_is_one_that_there_is(row, left):
    assert put_up(pointing(row, None)).pointed.stays == left


def test_layers_are_those_that_there_are():
    shown = tuple(LayerShown(model, 0, "c") for model in range(3))
    wanted = replace(WANTED, views=Views(layers=shown))
    assert put_up(wanted).views.layers == shown[:2]


def test_what_was_drawn_or_tried_meanwhile_stays():
    drawn = draw.put(stand.lay(AppState(), WANTED), TWO)
    assert put_up(WANTED, drawn).canvas.finished is TWO
    assert not put_up(WANTED, drawn).lab.off
    tried = intervene.try_out(stand.lay(AppState(), WANTED), Experiment(rotation=3.0))
    assert put_up(WANTED, tried).lab == Experiment(rotation=3.0)
    assert put_up(WANTED, tried).views.line == "f"


def of_both():
    units = (Unit(0, 1, 1), Unit(1, 0, 2))
    layers = (LayerShown(0, 0, "c"), LayerShown(1, 0, "c"))
    models = Models(ModelChoice("/a"), ModelChoice("/b"))
    for unit in units:
        views = replace(WANTED.views, layers=layers)
        yield replace(pointing(3, unit), models=models, views=views)


def test_a_desk_without_its_first_model_keeps_what_is_of_the_second():
    first, second = (stand.without_model(each, 0) for each in of_both())
    assert first.models == second.models == Models(None, ModelChoice("/b"))
    assert first.lab == LAB.picture_alone()
    assert (first.pointed.unit_stays, second.pointed.unit_stays) == (None, Unit(1, 0, 2))
    assert first.views.layers == (LayerShown(1, 0, "c"),)
    assert first.pointed.stays == 3


def test_a_desk_without_its_second_model_keeps_what_is_of_the_first():
    first, second = (stand.without_model(each, 1) for each in of_both())
    assert first.models == second.models == Models(ModelChoice("/a"), None)
    assert first.lab == LAB
    assert (first.pointed.unit_stays, second.pointed.unit_stays) == (Unit(0, 1, 1), None)
    assert first.views.layers == (LayerShown(0, 0, "c"),)


def test_a_rule_is_for_a_unit_of_the_first_model():
    ruled = pointing(None, RuledUnit(0, "keeper"))
    assert stand.without_model(ruled, 0).pointed.unit_stays is None
    assert stand.without_model(ruled, 1).pointed.unit_stays == RuledUnit(0, "keeper")


def test_a_lesson_goes_on_with_what_was_drawn_in_it():
    lent = replace(AppState(), canvas=Canvas(TWO))
    state = stand.go_on(lent, WANTED, UNITS, GATES)
    assert state.canvas.finished is ONE
    assert draw.undo(state).canvas.finished is TWO
    same = replace(AppState(), canvas=Canvas(Drawing(ONE.strokes)))
    assert (
        stand.go_on(same, WANTED, UNITS, GATES).canvas is same.canvas
    )  # it stays the one that was lent


def test_a_person_is_forgotten_and_what_they_like_is_not():
    mine = Personal("/mine", ("/mine/a.onnx",), recover=False, seconds=7.0)
    state = forget.person(replace(AppState(), personal=mine))
    assert state.personal == Personal(recover=False, seconds=7.0)


def test_nothing_is_kept_for_after_a_crash_where_it_is_not_wanted():
    state = AppState()
    assert state.personal.recover
    assert not forget.toggle_recovery(state).personal.recover
