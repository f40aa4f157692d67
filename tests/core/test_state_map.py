import numpy as np
import pytest

from rnn_desk.core.drawing import Drawing
from rnn_desk.core.state_map import References, fit


def references(states):
    count = len(states)
    return References(
        tuple(str(k) for k in range(count)),
        (Drawing(),) * count,
        np.zeros((count, 28, 28), np.float32),
        states.astype(np.float32),
    )


def test_the_plane_is_where_the_states_differ_most():
    """States made in a known plane of six dimensions: it is found, and holds all there is."""
    rng = np.random.default_rng(3)
    plane = np.linalg.qr(rng.normal(size=(6, 2)))[0].T
    points = rng.normal(size=(20, 28, 2)) * [3, 1]
    found = fit(references(points @ plane + 0.5))
    assert found.share == pytest.approx(1, abs=1e-5)
    assert np.allclose(np.abs(found.axes @ plane.T), np.eye(2), atol=0.05)
    assert np.allclose(found.axes @ found.axes.T, np.eye(2), atol=1e-5)


def test_distances_in_the_plane_are_those_of_an_independent_decomposition():
    rng = np.random.default_rng(4)
    states = rng.normal(size=(15, 28, 8)) * np.arange(1, 9)
    found = fit(references(states))
    flat = states.reshape(-1, 8)
    _, values, rows = np.linalg.svd(flat - flat.mean(axis=0), full_matrices=False)
    expected = (flat - flat.mean(axis=0)) @ rows[:2].T
    assert np.allclose(np.abs(found.paths.reshape(-1, 2)), np.abs(expected), atol=1e-3)
    assert found.share == pytest.approx((values[:2] ** 2).sum() / (values**2).sum())


def test_a_reference_lies_on_its_own_path_and_is_its_own_nearest():
    rng = np.random.default_rng(5)
    found = fit(references(rng.normal(size=(9, 28, 5))))
    states = found.references.states
    assert np.allclose(found.project(states[4]), found.paths[4], atol=1e-5)
    assert found.nearest(states[4, 20], 20, 3)[0] == (4, 0.0)


@pytest.mark.parametrize("units", [1, 2, 64])
def test_states_that_never_move_have_a_map_too(units):
    found = fit(references(np.zeros((3, 28, units))))
    assert np.isfinite(found.paths).all()
    assert found.paths.shape == (3, 28, 2)
    assert found.share == 0
