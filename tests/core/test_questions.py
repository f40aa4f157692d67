"""What a lesson asks: the right answer follows from the readings."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_desk.core.familiarity import Familiarity
from rnn_desk.core.questions import RULES, Question, Readings, Task
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import CameIn, GradientTrace, LayerTrace, ModelIdentity, Trace

ROWS = 8


def reading(winners, part=0.8, familiar=None):
    """A Trace of three classes, in which these are ahead row by row."""
    belief = np.full((ROWS, 3), (1 - part) / 2, np.float32)
    belief[np.arange(ROWS), winners] = part
    return Trace(
        raster=Raster(np.ones((ROWS, ROWS), np.float32)),
        classes=("1", "7", "9"),
        probabilities=belief[-1].copy(),
        belief=belief,
        belief_kind="head",
        layers=(),
        model=ModelIdentity("m", "m.onnx", ""),
        device="CPU",
        familiarity=None if familiar is None else Familiarity(familiar, ()),
    )


FIRST = reading([0, 0, 1, 1, 2, 1, 1, 1], 0.8, 0.9)
SECOND = reading([2] * ROWS, 0.95, 0.1)
BOTH = Readings((FIRST, SECOND), row=4, label="7")


@pytest.mark.parametrize(
    ("kind", "rule", "truth"),
    [
        ("class", "answer", "7"),
        ("class", "beside", "9"),
        ("class", "so far", "9"),
        ("row", "settled", 5),
        ("row", "unsettled", 4),
        ("yes", "read", True),
        ("yes", "beside read", False),
        ("yes", "agree", False),
        ("yes", "either read", True),
        ("yes", "stays", False),
        ("yes", "wavers", True),
        ("yes", "doubted", False),
        ("yes", "sure", False),
        ("which", "surer", 1),
        ("which", "sooner", 1),
        ("which", "reader", 0),
        ("which", "more familiar", 0),
    ],
)
def test_what_is_right_is_found_by_rule(kind, rule, truth):
    assert Question(kind, "?", rule).truth(BOTH) == truth


def test_the_second_class_is_the_one_behind_the_answer():
    probabilities = np.array([0.1, 0.2, 0.7], np.float32)
    assert Question("class", "?", "second").truth(
        Readings((replace(FIRST, probabilities=probabilities),))
    ) == ("7")


@pytest.mark.parametrize(
    ("kind", "rule"), [(kind, rule) for kind, rules in RULES.items() for rule in rules]
)
def test_a_rule_of_two_models_or_of_a_label_cannot_be_told_without(kind, rule):
    """And none fails where there is less than it asks for."""
    alone = Readings((replace(FIRST, familiarity=None),))
    truth = Question(kind, "?", rule).truth(alone)
    needs_more = {"beside", "read", "beside read", "either read", "agree", "doubted"}
    needs_more |= {*RULES["which"], "own weights"} - {"own belief"}
    assert (truth is None) == (rule in needs_more)
    assert Question(kind, "?", rule).truth(Readings(())) is None


def test_a_row_beside_the_right_one_is_right_where_that_is_said():
    exact, near = Question("row", "?", "settled"), Question("row", "?", "settled", within=2)
    assert [exact.is_right(row, 5) for row in (3, 5, 7, 8)] == [False, True, False, False]
    assert [near.is_right(row, 5) for row in (2, 3, 7, 8)] == [False, True, True, False]


def with_gradient(norms):
    """A reading whose first layer has a gradient of these sizes row by row."""
    rows = np.array(norms, np.float32)[:, None]
    return replace(FIRST, gradient=GradientTrace(1, (rows,), None))


@pytest.mark.parametrize(
    ("first", "beside", "row", "truth"),
    [
        ([1, 2, 4], [[9, 9, 9], [1, 1, 1]], 0, 1),  # a quarter is left, and all of it
        ([1, 2, 4], [[1, 1, 1], [1, 40, 100]], 0, 0),
        ([1, 2, 4], [[3, 6, 12]], 1, None),  # as much in both
        ([1, 2, 4], [], 0, None),
        ([1, 2, 3, 4], [[1, 1, 1, 1]], None, 1),  # half way, where no row is looked at
        ([1, 2, 0], [[1, 1, 1]], 0, None),
    ],
)
def test_what_is_left_of_a_gradient_is_compared_as_a_part_of_the_last_row(
    first, beside, row, truth
):
    readings = Readings((with_gradient(first),), row, beside=tuple(map(with_gradient, beside)))
    assert Question("which", "?", "more left").truth(readings) == truth


def layer(direction="forward", replayed=True):
    h = np.zeros((ROWS, 2), np.float32)
    came_in = CameIn(h.copy(), h.copy(), h.copy()) if replayed else None
    return LayerTrace("", "RNN", direction, h, came_in=came_in)


@pytest.mark.parametrize(
    ("layers", "own_weights", "direction"),
    [
        ((layer(), layer()), False, 0),
        ((layer(), layer("reverse")), False, 1),
        ((layer(), layer("reverse", replayed=False)), None, 1),
        ((), None, None),
    ],
)
def test_what_layers_are_like_is_found_in_what_they_did(layers, own_weights, direction):
    of = Readings((replace(FIRST, layers=layers),))
    assert Question("yes", "?", "own weights").truth(of) is own_weights
    assert Question("which", "?", "direction").truth(of) == direction


@pytest.mark.parametrize(
    ("kind", "truth"), [("head", 0), ("said", 0), ("covered", 1), ("none", None)]
)
def test_a_belief_is_its_own_or_that_of_a_covered_picture(kind, truth):
    of = Readings((replace(FIRST, belief_kind=kind),))
    assert Question("which", "?", "own belief").truth(of) == truth


def test_two_that_are_alike_are_neither():
    assert Question("which", "?", "surer").truth(Readings((FIRST, FIRST))) is None


@pytest.mark.parametrize(
    ("task", "done"),
    [
        (Task(reads="7"), True),
        (Task(reads="1"), False),
        (Task(reads="7", beside="9"), True),
        (Task(reads="7", beside="7"), False),
        (Task(doubted=True), False),
        (Task(doubted=False), True),
        (Task(settles=(5, 7)), True),
        (Task(settles=(6, 7)), False),
    ],
)
def test_a_task_knows_when_it_is_done(task, done):
    assert task.is_done(BOTH) == done
    assert not task.is_done(Readings(()))


def test_what_the_second_model_reads_needs_a_second_model():
    assert not Task(beside="9").is_done(Readings((FIRST,)))
