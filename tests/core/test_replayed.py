"""Gates that are replayed when they are first looked at: they are those that made the states."""

import numpy as np
import pytest

from rnn_desk.core import replayed
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.cells.recurrence import Surgery, forward
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.unit import unit_at

ROWS, INPUTS, UNITS = 12, 5, 4
BLOCKS = {"LSTM": 4, "GRU": 3, "RNN": 1}


def some(*shape):
    return np.random.default_rng(sum(shape)).normal(0, 0.6, shape).astype(np.float32)


def weights(op):
    rows = BLOCKS[op] * UNITS
    return Weights(
        some(rows, INPUTS), some(rows, UNITS), some(2 * rows), some(UNITS), some(1, 4)[0]
    )


def read(op, direction="forward"):
    """A layer, and what the recurrence itself went through."""
    x, w = some(ROWS, INPUTS), weights(op)
    order = slice(None, None, -1 if direction == "reverse" else 1)
    truth = forward(CELLS[op], w, x[order][:, None], Surgery())
    h = truth.h[order, 0].copy()
    return ReplayedLayer("layer", op, direction, h, x, w), truth, order


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("op", BLOCKS)
def test_it_has_what_the_recurrence_went_through(op, direction):
    layer, truth, order = read(op, direction)
    assert set(layer.gates) == set(CELLS[op].gates)
    for name, values in layer.gates.items():
        np.testing.assert_allclose(values, truth.gates[name][order, 0], atol=1e-6)
    assert (layer.c is None) == (truth.c is None)
    if truth.c is not None:
        np.testing.assert_allclose(layer.c, truth.c[order, 0], atol=1e-6)
    came, first = layer.came_in, 0 if direction == "forward" else ROWS - 1
    assert came.x is layer.x
    np.testing.assert_array_equal(came.h[first], layer.weights.h0)
    np.testing.assert_array_equal(came.h[order][1:], layer.h[order][:-1])
    if truth.c is not None:
        np.testing.assert_array_equal(came.c[order][1:], layer.c[order][:-1])
    assert layer.why_no_gates is None
    assert list(layer.quantities) == [*layer.gates, *(["c"] if truth.c is not None else []), "h"]


@pytest.mark.parametrize("op", BLOCKS)
def test_worked_out_it_is_the_same(op):
    layer, _, _ = read(op)
    whole = layer.worked_out()
    for name, values in layer.quantities.items():
        np.testing.assert_array_equal(whole.quantities[name], values)
    for part in "xhc":
        np.testing.assert_array_equal(getattr(whole.came_in, part), getattr(layer.came_in, part))


def test_nothing_is_replayed_for_its_hidden_states(monkeypatch):
    layer, _, _ = read("LSTM")
    monkeypatch.setattr(replayed, "replay", None)
    assert layer.quantity("h") is layer.h
    assert layer.units == UNITS
    np.testing.assert_array_equal(layer.h_before[1:], layer.h[:-1])


def test_it_is_replayed_once(monkeypatch):
    layer, _, _ = read("GRU")
    before = layer.gates
    monkeypatch.setattr(replayed, "replay", None)
    assert layer.gates is before
    assert layer.came_in is layer.came_in


@pytest.mark.parametrize("op", BLOCKS)
def test_states_that_do_not_follow_have_no_gates_and_a_reason(op):
    layer, _, _ = read(op)
    other = ReplayedLayer("layer", op, "forward", layer.h + 0.01, layer.x.copy(), layer.weights)
    assert (other.c, dict(other.gates), other.came_in) == (None, {}, None)
    assert unit_at(other, other.weights, 3, 1).sums == {}
    assert "do not give the states" in str(other.why_no_gates)
    assert other.quantity("f") is None
    assert list(other.quantities) == ["h"]


def test_a_cell_state_that_is_no_number_is_none():
    layer, _, _ = read("LSTM")
    w = layer.weights
    other = ReplayedLayer(
        "layer", "LSTM", "forward", np.ones_like(layer.h), layer.x.copy(),
        Weights(np.zeros_like(w.W), np.zeros_like(w.R), np.full_like(w.B, 40), w.h0,
                np.full_like(w.c0, np.inf)),
    )  # fmt: skip
    assert other.c is None
    assert other.why_no_gates is not None


def test_weights_that_are_no_numbers_have_none_either():
    layer, _, _ = read("LSTM")
    infinite = Weights(*(np.full_like(w, np.inf) for w in (layer.weights.W, layer.weights.R)),
                       layer.weights.B, layer.weights.h0, layer.weights.c0)  # fmt: skip
    other = ReplayedLayer("layer", "LSTM", "forward", layer.h.copy(), layer.x.copy(), infinite)
    assert other.why_no_gates is not None


@pytest.mark.parametrize("name", ["h", "c", "f", "x"])
def test_nobody_changes_it(name):
    layer, _, _ = read("LSTM")
    values = layer.x if name == "x" else layer.quantity(name)
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 0
