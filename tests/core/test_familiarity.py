"""How familiar a reading is, by hand-worked cases."""

import numpy as np
import pytest

from rnn_desk.core.familiarity import (
    Chart,
    Distance,
    Familiarity,
    Known,
    Learnt,
    by_distance,
    chart_of,
    distances,
    from_bytes,
    to_bytes,
)

PLAIN = Chart(
    mean=np.zeros((1, 2), np.float32),
    along=np.eye(1, dtype=np.float32),
    across=np.eye(2, dtype=np.float32),
    axes=np.eye(2, dtype=np.float32),
    scale=np.ones(2, np.float32),
)
"""Paths of one step and two units, each its own point."""

SQUARE = np.array([[0, 0], [0, 2], [2, 0], [2, 2]], np.float32)


def path(x, y):
    return np.array([[[x, y]]], np.float32)


def test_below_a_half_is_doubted():
    assert Familiarity(0.49).doubted
    assert not Familiarity(0.5).doubted


def test_distances_are_euclidean():
    assert distances(np.array([[0.0, 0]]), np.array([[3.0, 4], [0, 1]])).tolist() == [[5, 1]]


def test_the_score_is_the_mean_distance_to_the_nearest():
    judge = Distance(SQUARE, count=2)
    assert judge.scores(np.array([[1.0, 0]])) == pytest.approx(-1)  # two corners, each 1 away
    assert judge.own_scores() == pytest.approx([-2] * 4)  # a corner's own place does not count


def test_what_is_far_from_all_that_is_known_is_doubted():
    known = by_distance(PLAIN, SQUARE, (10, 11, 12, 13), doubted=0.0)
    [middle] = known.of(path(1, 1))
    [far] = known.of(path(9, 9))
    assert not middle.doubted
    assert far.doubted
    assert far.value < 0.01
    assert far.nearest[0] == 13
    assert set(far.nearest[1:]) == {11, 12}


def test_half_is_at_the_limit_and_a_width_beyond_it_73_percent():
    known = Known(PLAIN, Distance(SQUARE), SQUARE, (0, 1, 2, 3), limit=-5.0, width=2.0)
    values = known.values(np.array([-5.0, -3.0, -1e9, 1e9, np.nan]))
    assert values == pytest.approx([0.5, 0.731, 0, 1, 0], abs=1e-3)


def test_a_judge_that_learnt_weighs_rectified_units():
    judge = Learnt(np.array([[1, -1], [0, 1]]), np.array([0, 1]), np.array([2, 10]))
    # (3, 1): units 3 and -3 + 1 + 1 = -1, which is cut; (0, 1): 0 and 2.
    assert judge.scores(np.array([[3, 1], [0, 1]])).tolist() == [6, 20]


def test_a_chart_keeps_what_differs_most():
    random = np.random.default_rng(0)
    paths = np.zeros((50, 4, 6), np.float32)
    paths[:, 2, 3] = 5 * random.standard_normal(50)  # one unit at one step differs
    paths += 0.01 * random.standard_normal(paths.shape).astype(np.float32)
    chart = chart_of(paths, along=1, across=1, axes=1)
    assert abs(chart.across[3, 0]) > 0.99
    assert abs(chart.along[2, 0]) > 0.99
    assert np.corrcoef(chart.points(paths)[:, 0], paths[:, 2, 3])[0, 1] ** 2 > 0.999


def test_a_chart_has_no_more_directions_than_there_are():
    paths = np.random.default_rng(0).standard_normal((9, 1, 3)).astype(np.float32)
    assert chart_of(paths, 8, 16, 24).points(paths).shape == (9, 3)


def test_fewer_paths_than_units_have_the_same_chart():
    random = np.random.default_rng(2)
    paths = random.standard_normal((12, 1, 5)).astype(np.float32)
    padded = np.concatenate([paths, np.zeros((12, 1, 20), np.float32)], axis=2)
    few, many = (chart_of(each, 1, 3, 2) for each in (paths, padded))
    assert np.abs(many.points(padded)) == pytest.approx(np.abs(few.points(paths)), abs=1e-3)
    assert chart_of(padded, 1, 25, 25).points(padded).shape == (12, 5)


def test_states_that_never_differ_have_a_chart_too():
    paths = np.ones((9, 2, 3), np.float32)
    assert np.isfinite(chart_of(paths, 2, 2, 2).points(paths)).all()


def test_what_is_kept_in_a_file_judges_alike():
    random = np.random.default_rng(1)
    paths = random.standard_normal((40, 5, 6)).astype(np.float32)
    chart = chart_of(paths, 3, 4, 8)
    judge = Learnt(random.standard_normal((8, 4)), random.standard_normal(4), np.ones(4))
    known = Known(chart, judge, chart.points(paths)[:5], (1, 2, 3, 4, 5), 1.25, 0.5)
    name, again = from_bytes(to_bytes(known, "LSTM"))
    assert name == "LSTM"
    assert (again.places, again.limit, again.width) == (known.places, known.limit, known.width)
    scores = [k.judge.scores(k.chart.points(paths)) for k in (known, again)]
    assert scores[1] == pytest.approx(scores[0], abs=0.05)  # half precision
    with pytest.raises(TypeError, match="learnt"):
        to_bytes(by_distance(chart, chart.points(paths), range(40), 0.02), "LSTM")
