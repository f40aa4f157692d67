"""Rows that were written, and surprise: what cannot be is an error."""

import msgspec
import numpy as np
import pytest

from rnn_desk.core.writing import Wish, WriterShape
from rnn_desk.protocol import answers, checks
from rnn_desk.protocol.checks import NotFinite
from rnn_desk.protocol.sentences import ProtocolError

SHAPE = WriterShape(side=4, classes=2, units=3)
WISH = Wish(np.zeros((0, 4), np.float32), count=2)
WRITTEN_ROWS = answers.RowsWritten(
    1,
    np.stack([np.eye(2, 4, k, dtype=np.float32) for k in range(3)]),
    np.full((3, 2, 4), 0.5, np.float32),
    np.zeros((3, 2, 3), np.float32),
    np.full((3, 2, 3), 9, np.float32),
)


def test_written_rows_are_taken_as_they_are():
    rows = checks.rows_of(SHAPE, WISH, WRITTEN_ROWS)
    assert [row.row for row in rows] == [1, 2, 3]
    assert all((row.pixels == WRITTEN_ROWS.pixels[k]).all() for k, row in enumerate(rows))
    assert all(row.c.shape == (2, 3) for row in rows)


@pytest.mark.parametrize(
    "other",
    [
        {"first": 2},
        {"first": 4},
        {"first": -1},
        {"pixels": np.zeros((0, 2, 4), np.float32)},
        {"pixels": np.zeros((3, 1, 4), np.float32)},
        {"pixels": np.zeros((2, 2, 4), np.float32)},
        {"pixels": np.full((3, 2, 4), 0.5, np.float32)},
        {"chances": np.zeros((3, 2, 5), np.float32)},
        {"chances": np.full((3, 2, 4), 1.5, np.float32)},
        {"chances": np.full((3, 2, 4), -0.5, np.float32)},
        {"h": np.zeros((3, 2, 4), np.float32)},
        {"c": np.zeros((3, 3), np.float32)},
    ],
)
def test_rows_that_are_none_end_the_process(other):
    with pytest.raises(ProtocolError):
        checks.rows_of(SHAPE, WISH, msgspec.structs.replace(WRITTEN_ROWS, **other))


@pytest.mark.parametrize("part", ["chances", "h", "c"])
def test_rows_of_no_numbers_are_a_sentence(part):
    broken = getattr(WRITTEN_ROWS, part).copy()
    broken[0, 0, 0] = np.nan
    with pytest.raises(NotFinite):
        checks.rows_of(SHAPE, WISH, msgspec.structs.replace(WRITTEN_ROWS, **{part: broken}))


def test_surprise_has_the_pictures_shape():
    nats = np.ones((2, 4, 4), np.float32)
    assert (checks.surprise_of(2, 4, answers.Surprised(nats)) == nats).all()
    with pytest.raises(ProtocolError):
        checks.surprise_of(3, 4, answers.Surprised(nats))
    with pytest.raises(NotFinite):
        checks.surprise_of(2, 4, answers.Surprised(np.full((2, 4, 4), np.inf, np.float32)))
