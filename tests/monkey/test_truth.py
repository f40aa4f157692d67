"""What the monkey says against an answer: held against what that answer is to."""

from types import SimpleNamespace

import numpy as np

from tests.monkey.watch.truth import _words


def trace(*probabilities):
    classes = tuple(map(str, range(len(probabilities))))
    belief = np.array([probabilities, probabilities[::-1]])
    return SimpleNamespace(
        classes=classes, rows=2, probabilities=np.array(probabilities), belief=belief
    )


def said_against(said, to, reading, row=None):
    """Of a window with one answer, that says this and is to that, after this row or all."""
    answer = SimpleNamespace(_trace=to, classes=("0", "1"), answer_words=lambda: (said, "", ""))
    header = SimpleNamespace(
        model=SimpleNamespace(text=lambda: "LSTM"), compare=SimpleNamespace(text=lambda: "")
    )
    pointed = SimpleNamespace(pointed=SimpleNamespace(row=row))
    rows = SimpleNamespace(store=SimpleNamespace(state=pointed))
    standing = SimpleNamespace(models=(SimpleNamespace(name="LSTM"),), traces=(reading,))
    window = SimpleNamespace(header=header, answers=[answer], reading=rows)
    return list(_words(standing, window))


def test_an_answer_to_what_was_written_is_not_held_against_the_drawing():
    assert said_against("0", to=trace(0.9, 0.1), reading=trace(0.2, 0.8)) == []


def test_an_answer_is_to_the_row_that_is_looked_at():
    read = trace(0.2, 0.8)
    assert said_against("1", read, read, row=0) == []
    assert said_against("0", read, read, row=1) == []
    assert said_against("1", read, read, row=1)
    assert said_against("1", read, read, row=2) == ["row 2 is looked at, of 2"]


def test_an_answer_that_is_not_what_was_read_is_found():
    read = trace(0.2, 0.8)
    assert said_against("0", to=read, reading=read)
    assert said_against("?", to=read, reading=read) == []
    assert said_against("0", to=None, reading=None) == []
