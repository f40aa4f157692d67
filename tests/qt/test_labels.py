"""Labels of a plane: none on another, none outside; and how numbers are written."""

import numpy as np
import pytest

from rnn_desk.qt.views.labels import apart
from rnn_desk.qt.views.mathematics import short

LOW, HIGH = (0.0, 0.0), (300.0, 200.0)


def nearest(places: np.ndarray) -> float:
    between = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(between, np.inf)
    return float(between.min())


def test_points_that_have_room_stay_where_they_are() -> None:
    points = np.array([[10.0, 10.0], [100.0, 50.0], [250.0, 190.0]])
    assert np.allclose(apart(points, 20, LOW, HIGH), points, atol=0.01)


def test_points_on_one_another_part_and_stay_near() -> None:
    points = np.array([[150.0, 100.0], [150.0, 100.0], [152.0, 103.0], [148.0, 99.0]])
    places = apart(points, 20, LOW, HIGH)
    assert nearest(places) > 19.5
    assert np.linalg.norm(places - points, axis=1).max() < 30


def test_points_in_a_corner_part_into_the_plane() -> None:
    places = apart(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), 20, LOW, HIGH)
    assert nearest(places) > 19.5
    assert (places >= LOW).all()
    assert (places <= HIGH).all()


@pytest.mark.parametrize("corner", [LOW, HIGH])
def test_many_in_one_corner_part_as_well(corner) -> None:
    places = apart(np.tile(corner, (10, 1)), 20, LOW, HIGH)
    assert nearest(places) > 15
    assert (places >= LOW).all()
    assert (places <= HIGH).all()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.5, "0.5"),
        (-2.0, "−2"),
        (5e-05, "5·10⁻⁵"),
        (-1.23e-7, "−1.23·10⁻⁷"),
        (1e6, "1·10⁶"),
        (0, "0"),
    ],
)
def test_numbers_are_written_as_by_hand(value, words):
    assert short(value) == words
