"""Questions as a lesson's file has them."""

import pytest

from rnn_desk.app import schema
from rnn_desk.app.question_text import HIDDEN, LONGEST, QUESTION
from rnn_desk.app.text import Document
from rnn_desk.core.errors import Refused
from rnn_desk.core.questions import HIDES, Question, Task

WORDS = {"words": "Which?"}


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"kind": "class"}, Question("class", "Which?", "answer")),
        ({"kind": "class", "answer": "so far"}, Question("class", "Which?", "so far")),
        ({"kind": "class", "answer": "4"}, Question("class", "Which?", answer="4")),
        ({"kind": "row"}, Question("row", "Which?", "settled")),
        ({"kind": "row", "answer": 14, "within": 2}, Question("row", "Which?", "", 13, within=2)),
        ({"kind": "yes", "answer": False}, Question("yes", "Which?", "", False)),
        ({"kind": "yes", "answer": "agree"}, Question("yes", "Which?", "agree")),
        (
            {"kind": "which", "answer": 2, "of": ["RNN", "LSTM"], "then": "So."},
            Question("which", "Which?", "", 1, ("RNN", "LSTM"), then="So."),
        ),
        (
            {"kind": "draw", "reads": "1", "beside": "7"},
            Question("draw", "Which?", task=Task("1", "7")),
        ),
        (
            {"kind": "draw", "settles": [20, 28], "doubted": False},
            Question("draw", "Which?", task=Task(doubted=False, settles=(19, 27))),
        ),
    ],
)
def test_a_question_is_read_and_written(told, meant):
    assert QUESTION.read({**told, **WORDS}) == meant
    assert QUESTION.read(QUESTION.write(meant)) == meant


@pytest.mark.parametrize(
    "told",
    [
        3,
        {},
        WORDS,
        {"kind": "guess", **WORDS},
        {"kind": ["class"], **WORDS},
        {"kind": "class"},
        {"kind": "class", "words": "x" * (LONGEST + 1)},
        {"kind": "class", "answer": 3, **WORDS},
        {"kind": "class", "within": 3, **WORDS},
        {"kind": "class", "else": 3, **WORDS},
        {"kind": "row", "answer": 0, **WORDS},
        {"kind": "row", "answer": True, **WORDS},
        {"kind": "row", "answer": "keeper", **WORDS},
        {"kind": "row", "within": -1, **WORDS},
        {"kind": "row", "within": True, **WORDS},
        {"kind": "yes", **WORDS},
        {"kind": "yes", "answer": 1, **WORDS},
        {"kind": "yes", "answer": "maybe", **WORDS},
        {"kind": "which", "answer": 3, **WORDS},
        {"kind": "which", "answer": 1, "of": ["one"], **WORDS},
        {"kind": "which", "answer": 1, "of": [1, 2], **WORDS},
        {"kind": "draw", **WORDS},
        {"kind": "draw", "reads": 1, **WORDS},
        {"kind": "draw", "doubted": "no", **WORDS},
        {"kind": "draw", "settles": [5, 4], **WORDS},
        {"kind": "draw", "settles": ["5", 6], **WORDS},
        {"kind": "draw", "doubted": 1, **WORDS},
        {"kind": "row", "within": "3", **WORDS},
        {"kind": "draw", "settles": 5, **WORDS},
        {"kind": "draw", "reads": "1", "answer": "1", **WORDS},
    ],
)
def test_what_is_no_question_is_refused(told):
    with pytest.raises(Refused, match="ask in it is of no use"):
        schema.read({"ask": told}, Document.LESSON)


@pytest.mark.parametrize("told", [3, "answer", ["canvas"], [["answer"]]])
def test_what_cannot_be_hidden_is_refused(told):
    with pytest.raises(Refused, match="hide in it is of no use"):
        schema.read({"hide": told}, Document.LESSON)


def test_what_is_hidden_is_read_and_written():
    assert HIDDEN.read(["unread", "answer"]) == {"answer", "unread"}
    assert HIDDEN.write(HIDDEN.read(["unread", "answer"])) == ["answer", "unread"]
    assert (HIDDEN.read(None), HIDDEN.write(None)) == (None, None)


@pytest.mark.parametrize("kind", HIDES)
def test_a_desk_carries_no_question(kind):
    for document in Document.DESK, Document.SETTINGS, Document.RECOVERY:
        with pytest.raises(Refused, match="may not stand"):
            schema.read({"ask": {"kind": kind, **WORDS}}, document)
