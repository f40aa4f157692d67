import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.ordering import ORDERS, by_likeness, by_peak


@given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 99))
@pytest.mark.parametrize("name", ORDERS)
def test_every_order_is_a_permutation(name, rows, units, seed):
    values = np.random.default_rng(seed).normal(size=(rows, units)).astype(np.float32)
    assert sorted(ORDERS[name](values)) == list(range(units))


def test_a_layer_at_rest_can_be_ordered_too():
    for order in ORDERS.values():
        assert sorted(order(np.zeros((28, 5), np.float32))) == list(range(5))


def test_by_peak_goes_down_the_rows():
    values = np.zeros((4, 4), np.float32)
    values[[3, 0, 0, 2], range(4)] = [0.5, 0.2, -0.9, 0.1]
    assert by_peak(values).tolist() == [2, 1, 3, 0]


def test_by_likeness_puts_shifted_waves_in_the_order_of_their_shift():
    shifts = np.random.default_rng(1).permutation(12)
    rows = np.arange(28)[:, None]
    values = np.sin(rows / 3 + shifts / 12 * np.pi * 1.5).astype(np.float32)
    ordered = shifts[by_likeness(values)]
    steps = np.diff(ordered)
    assert (steps == 1).all() or (steps == -1).all()
