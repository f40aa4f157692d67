"""From which row on an answer stands, by hand-worked cases."""

import numpy as np
import pytest

from rnn_desk.core.settled import settled_row


def belief(*rows):
    """Two classes; the second's probability after each row."""
    return np.array([[1 - p, p] for p in rows])


INK = np.ones((4, 2))


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ((0.9, 0.9, 0.9, 0.9), 0),
        ((0.4, 0.9, 0.9, 0.9), 1),
        ((0.9, 0.9, 0.3, 0.9), 3),
        ((0.1, 0.1, 0.1, 0.1), 0),
        ((0.5, 0.6, 0.7, 0.8), 1),  # a tie is the first class's
    ],
)
def test_the_answer_stands_from_the_last_change_on(rows, row):
    assert settled_row(belief(*rows), INK) == row


def test_nothing_stands_on_blank_paper():
    seen = np.array([[0, 0], [0, 0], [0, 1], [0, 0]])
    assert settled_row(belief(0.9, 0.9, 0.9, 0.9), seen) == 2
    assert settled_row(belief(0.9, 0.9, 0.9, 0.9), 0 * seen) is None


def test_the_most_probable_of_many_may_never_be_half_probable():
    three = np.array([[0.4, 0.35, 0.25], [0.6, 0.2, 0.2], [0.45, 0.3, 0.25]])
    assert settled_row(three, INK[:3]) is None
    three[2] = [0.5, 0.3, 0.2]
    assert settled_row(three, INK[:3]) == 1
