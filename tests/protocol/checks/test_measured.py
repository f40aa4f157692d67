"""Reports, state maps and figures of devices: what cannot be is an error."""

import math

import numpy as np
import pytest

from rnn_desk.app.requests import Bench, MeasureAccuracy
from rnn_desk.core.lab import Accuracy, Experiment
from rnn_desk.core.references import reference_digits
from rnn_desk.protocol import answers, checks
from rnn_desk.protocol.checks import NotFinite
from rnn_desk.protocol.devices import BatchFigures, Device, DeviceFigures, Spread
from rnn_desk.protocol.report import Condition
from rnn_desk.protocol.sentences import ProtocolError
from tests.protocol.checks.made import BAD, MODEL, SIDE, UNITS, WHY, numbers, spoilt


def mapped(**others):
    given = {
        "chosen": (0, 5),
        "pictures": numbers(2, SIDE, SIDE),
        "states": numbers(2, SIDE, UNITS),
        "mean": numbers(UNITS),
        "axes": numbers(2, UNITS),
        "paths": numbers(2, SIDE, 2),
        "share": 0.5,
    }
    return answers.MappedStates(**{**given, **others})


def test_a_good_map_is_one_of_its_digits():
    digits = reference_digits()
    made = checks.map_of(MODEL, mapped())
    assert made.references.drawings == (digits.drawings[0], digits.drawings[5])


@pytest.mark.parametrize(
    "others",
    [
        {"chosen": ()},
        {"chosen": (0, -1)},
        {"chosen": (0, 10**6)},
        {"chosen": (0, 1, 2)},
        {"pictures": numbers(2, SIDE, SIDE + 1)},
        {"states": numbers(2, 5, UNITS)},
        {"mean": numbers(UNITS + 1)},
        {"axes": numbers(3, UNITS)},
        {"paths": numbers(2, SIDE, 3)},
    ],
    ids=lambda others: next(iter(others)),
)
def test_a_map_of_another_shape_is_an_error(others):
    with pytest.raises(ProtocolError):
        checks.map_of(MODEL, mapped(**others))


@pytest.mark.parametrize("part", ["pictures", "states", "mean", "axes", "paths"])
def test_a_map_of_what_is_no_number_is_a_sentence(part):
    with pytest.raises(NotFinite):
        checks.map_of(MODEL, mapped(**{part: spoilt(getattr(mapped(), part), math.nan)}))


@pytest.mark.parametrize("share", [math.nan, math.inf, -1.0, 1e30])
def test_a_share_that_is_none_is_a_sentence(share):
    with pytest.raises(NotFinite):
        checks.map_of(MODEL, mapped(share=share))


def reported(**others):
    given = {
        "conditions": (Condition(WHY, 0.5),),
        "confusion": np.eye(10, dtype=np.int64),
        "missed": (answers.MissedAt(3, "7", 0.9, 0.1),),
    }
    return answers.Reported(**{**given, **others})


def test_a_good_report_shows_the_drawings_that_were_missed():
    digits = reference_digits()
    (missed,) = checks.report_of(MODEL, reported()).missed
    assert (missed.drawing, missed.label) == (digits.drawings[3], digits.labels[3])


@pytest.mark.parametrize(
    "others",
    [
        {"conditions": ()},
        {"conditions": (Condition(WHY, 1.5),)},
        {"conditions": (Condition(WHY, math.nan),)},
        {"confusion": np.eye(9, dtype=np.int64)},
        {"confusion": -np.eye(10, dtype=np.int64)},
        {"confusion": np.zeros((0, 0), np.int64)},
        {"missed": (answers.MissedAt(-1, "7", 0.9, 0.1),)},
        {"missed": (answers.MissedAt(10**6, "7", 0.9, 0.1),)},
        {"missed": (answers.MissedAt(3, BAD, 0.9, 0.1),)},
        {"missed": (answers.MissedAt(3, "7", math.nan, 0.1),)},
        {"missed": (answers.MissedAt(3, "7", 0.9, math.inf),)},
    ],
)
def test_a_report_that_cannot_be_is_an_error(others):
    with pytest.raises(ProtocolError):
        checks.report_of(MODEL, reported(**others))


@pytest.mark.parametrize(
    "accuracy",
    [(1.5, 0.5, 240), (0.5, -0.1, 240), (math.nan, 0.5, 240), (0.5, math.nan, 240), (0.5, 0.5, 0)],
)
def test_an_accuracy_that_is_none_is_an_error(accuracy):
    asked = MeasureAccuracy(MODEL.ref, MODEL, Experiment())
    with pytest.raises(ProtocolError):
        asked.value(answers.Measured(Accuracy(*accuracy)))


TIMES = Spread(1.0, 2.0, 30)


def figures(spread=TIMES, batch=1, first=1.0, load=1.0, stages=None, label="CPU"):
    return DeviceFigures(
        Device("cpu", label, ""),
        load,
        (BatchFigures(batch, first, spread),),
        {"run": Spread(0.0, 0.0, 30)} if stages is None else stages,
        None,
    )


def benched(told, why=None):
    return Bench(MODEL.ref, MODEL).value(answers.Benched(told, why))


def test_good_figures_are_handed_on_or_why_there_are_none():
    assert benched(figures()) == figures()
    assert benched(None, WHY) is WHY


@pytest.mark.parametrize(
    "told",
    [
        None,
        figures(Spread(0.0, 1.0, 30)),
        figures(Spread(math.nan, 1.0, 30)),
        figures(Spread(1.0, math.inf, 30)),
        figures(batch=0),
        figures(batch=2**40),
        figures(first=-1.0),
        figures(load=math.nan),
        figures(stages={"run": Spread(-1.0, 1.0, 30)}),
        figures(stages={BAD: Spread(1.0, 1.0, 30)}),
        figures(label=BAD),
    ],
    ids=str,
)
def test_figures_that_cannot_be_are_an_error(told):
    with pytest.raises(ProtocolError):
        benched(told)


def test_an_answer_of_another_kind_is_an_error():
    with pytest.raises(ProtocolError, match="BenchDone where Measured is due"):
        MeasureAccuracy(MODEL.ref, MODEL, Experiment()).value(answers.BenchDone("1"))
