"""The eight ways in which a picture can lie."""

from itertools import product
from typing import get_args

import numpy as np
import pytest

from rnn_desk.core.orientation import Orientation, Turn

PICTURE = np.arange(12 * 12, dtype=np.float32).reshape(12, 12)
ALL = [Orientation(turn, columns) for turn, columns in product(get_args(Turn), (False, True))]


def test_all_eight_differ_and_each_is_undone():
    seen = [each.seen(PICTURE) for each in ALL]
    assert len({array.tobytes() for array in seen}) == len(ALL) == 8
    for each, array in zip(ALL, seen, strict=True):
        assert np.array_equal(each.upright(array), PICTURE)


@pytest.mark.parametrize(
    ("orientation", "by_numpy"),
    [
        (Orientation("mirrored"), np.fliplr),
        (Orientation("upside_down"), np.flipud),
        (Orientation("half_turn"), lambda x: np.rot90(x, 2)),
        (Orientation("upside_down", by_columns=True), lambda x: np.rot90(x, -1)),
        (Orientation("mirrored", by_columns=True), np.rot90),
    ],
)
def test_a_turn_is_what_its_name_says(orientation, by_numpy):
    assert np.array_equal(orientation.seen(PICTURE), by_numpy(PICTURE))


@pytest.mark.parametrize("orientation", ALL)
def test_the_first_row_seen_is_told_by_where_it_was(orientation):
    marked = np.zeros((8, 8), np.float32)
    along = marked.T if orientation.by_columns else marked  # a view of the same
    along[-1 if orientation.from_the_end else 0] = 1
    assert orientation.seen(marked)[0].all()
