"""What comes of opening a file by hand, held against what it could be."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_desk.core.card import InputReading
from rnn_desk.protocol import answers, checks
from rnn_desk.protocol.by_hand import Extra, Offered, TriedByHand
from rnn_desk.protocol.checks import NotFinite
from rnn_desk.protocol.findings import Way
from rnn_desk.protocol.model import Facts, Port
from rnn_desk.protocol.sentences import ProtocolError

FACTS = Facts(1, 17, {"LSTM": 1}, "", (Port("x", None),), (Port("y", None),), 5)
WAY = Way(InputReading(), 28)
EXTRA = Extra(Port("mask", ("28",)), "float32", 1.0)
OFFERED = Offered("ab" * 32, FACTS, (WAY,), (EXTRA,), ("0", "1"))
SEEN = np.zeros((1, 28, 28), np.float32)
HALVES = np.full(2, 0.5, np.float32)
TRIED = TriedByHand(SEEN, 0.0, 1.0, ("0", "1"), HALVES, 3, 5)


def test_what_is_right_is_taken():
    assert checks.offered_of(answers.LookedInto(OFFERED)) == OFFERED
    assert checks.tried_of(answers.CameOf(TRIED)) is TRIED
    without = replace(TRIED, classes=(), probabilities=HALVES[:0], right=0, count=0)
    assert checks.tried_of(answers.CameOf(without)) is without


@pytest.mark.parametrize(
    "wrong",
    [
        {"ways": (WAY,) * 600},
        {"ways": (replace(WAY, side=7),)},
        {"extras": (EXTRA,) * 65},
        {"extras": (replace(EXTRA, proposed=float("inf")),)},
        {"extras": (replace(EXTRA, port=Port("a\nb", None)),)},
        {"classes": ("a\nb",)},
    ],
)
def test_what_there_cannot_be_to_choose_from_is_none(wrong):
    with pytest.raises(ProtocolError):
        checks.offered_of(answers.LookedInto(replace(OFFERED, **wrong)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"seen": SEEN[0]},
        {"seen": SEEN[:0]},
        {"classes": ("0",)},
        {"classes": ("0", "a\nb")},
        {"right": 6},
        {"right": -1},
    ],
)
def test_what_cannot_come_of_a_choice_is_none(wrong):
    with pytest.raises(ProtocolError):
        checks.tried_of(answers.CameOf(replace(TRIED, **wrong)))


@pytest.mark.parametrize(
    "wrong", [{"seen": SEEN * np.nan}, {"probabilities": HALVES * np.inf}, {"white": float("inf")}]
)
def test_what_is_no_number_is_said_to_be_none(wrong):
    with pytest.raises(NotFinite):
        checks.tried_of(answers.CameOf(replace(TRIED, **wrong)))
