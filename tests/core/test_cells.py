"""The cells: replayed gates against the same cells worked step by step, and by hand."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.cells import CELLS, UnitAt, Weights, replay, sigmoid
from tests.helpers import steps

ROWS, INPUTS, UNITS = 9, 4, 5
CLOSE = 1e-6  # float32 against double, at values of about one

WAYS = [("LSTM", False), ("GRU", False), ("GRU", True), ("RNN", False)]


def weights(op, seed=0, linear_before_reset=False):
    random = np.random.default_rng(seed)
    gates = {"LSTM": 4, "GRU": 3, "RNN": 1}[op]

    def some(*shape):
        return random.normal(0, 0.8, shape).astype(np.float32)

    return Weights(
        W=some(gates * UNITS, INPUTS),
        R=some(gates * UNITS, UNITS),
        B=some(2 * gates * UNITS),
        h0=some(UNITS),
        c0=some(UNITS),
        linear_before_reset=linear_before_reset,
    )


def worked(op, w, x):
    return steps.run(op, x, w.W, w.R, w.B, w.h0, w.c0, w.linear_before_reset)


@pytest.mark.parametrize(("op", "reset_last"), WAYS)
@pytest.mark.parametrize("seed", range(3))
def test_a_replay_is_the_cell_step_by_step(op, reset_last, seed):
    w = weights(op, seed, reset_last)
    x = np.random.default_rng(seed + 10).normal(size=(ROWS, INPUTS)).astype(np.float32)
    expected = worked(op, w, x)
    found = replay(CELLS[op], w, x, expected["h"].astype(np.float32))
    shown = {"h": found.h, **found.gates} | ({} if found.c is None else {"c": found.c})
    assert set(shown) == set(expected)
    assert tuple(found.gates) == CELLS[op].gates
    for name, values in shown.items():
        assert values.dtype == np.float32
        assert np.abs(values - expected[name]).max() <= CLOSE, name


@pytest.mark.parametrize(("op", "reset_last"), WAYS)
def test_a_replay_of_other_states_does_not_give_them_back(op, reset_last):
    """So that a wrong replay is noticed: what comes out follows from the weights."""
    w = weights(op, linear_before_reset=reset_last)
    x = np.random.default_rng(1).normal(size=(ROWS, INPUTS)).astype(np.float32)
    h = worked(op, w, x)["h"].astype(np.float32)
    h[4, 2] += 0.1
    assert np.abs(replay(CELLS[op], w, x, h).h - h).max() > 0.05


def test_an_lstm_by_hand():
    """One unit, W and R zero. Biases make i = 3/4, f = 1/2, g = 4/5, o = 1/4 at every row, so
    c_1 = c_0 / 2 + 3/5 with c_0 = 2 is 1.6, and c_2 = 1.4."""
    three, four_fifths = np.log(3), np.arctanh(0.8)
    biases = [three, -three, 0, four_fifths]  # i, o, f, g, as ONNX has them
    w = Weights(
        W=np.zeros((4, 1)),
        R=np.zeros((4, 1)),
        B=np.array([*biases, 0, 0, 0, 0]),
        h0=np.zeros(1),
        c0=np.array([2.0]),
    )
    h = 0.25 * np.tanh([[1.6], [1.4]])
    found = replay(CELLS["LSTM"], w, np.ones((2, 1)), h)
    assert np.allclose(found.c, [[1.6], [1.4]])
    assert np.allclose(found.h, h)
    for name, value in {"i": 0.75, "f": 0.5, "g": 0.8, "o": 0.25}.items():
        assert np.allclose(found.gates[name], value)


def test_a_gru_by_hand():
    """z = 1/4, r = 1/2, the candidate's R is 2: n_1 = tanh(2 r h_0) with h_0 = 1 is tanh(1)."""
    three = np.log(3)
    w = Weights(
        W=np.zeros((3, 1)),
        R=np.array([[0.0], [0.0], [2.0]]),
        B=np.array([-three, 0, 0, 0, 0, 0]),
        h0=np.ones(1),
        c0=np.zeros(1),
    )
    expected = 0.75 * np.tanh(1) + 0.25
    found = replay(CELLS["GRU"], w, np.ones((1, 1)), np.array([[expected]]))
    assert np.allclose(found.h, expected)
    assert np.allclose(found.gates["n"], np.tanh(1))
    assert np.allclose(found.gates["z"], 0.25)
    assert found.c is None


def test_a_gru_that_resets_last_scales_its_bias_too():
    """With r = 1/2 and a recurrent bias of 1, n is tanh(1/2); resetting first it is tanh(1)."""
    w = Weights(
        W=np.zeros((3, 1)),
        R=np.zeros((3, 1)),
        B=np.array([0.0, 0, 0, 0, 0, 1]),
        h0=np.zeros(1),
        c0=np.zeros(1),
    )
    x, h = np.zeros((1, 1)), np.zeros((1, 1))
    assert np.allclose(replay(CELLS["GRU"], w, x, h).gates["n"], np.tanh(1))
    last = dataclasses.replace(w, linear_before_reset=True)
    assert np.allclose(replay(CELLS["GRU"], last, x, h).gates["n"], np.tanh(0.5))


def test_a_plain_cell_by_hand():
    w = Weights(
        W=np.array([[2.0]]),
        R=np.array([[3.0]]),
        B=np.array([0.25, 0.25]),
        h0=np.array([-1.0]),
        c0=np.zeros(1),
    )
    found = replay(CELLS["RNN"], w, np.ones((1, 1)), np.zeros((1, 1)))
    assert np.allclose(found.h, np.tanh(2 - 3 + 0.5))
    assert dict(found.gates) == {}


@given(st.floats(allow_nan=False, width=32))
def test_the_sigmoid_has_no_overflow(x):
    value = float(sigmoid(np.array([x], np.float32))[0])
    assert 0 <= value <= 1
    assert value == pytest.approx(0.5 + 0.5 * np.tanh(np.float64(x) / 2), abs=1e-6)


# --- the equations, in words and numbers ---


@pytest.mark.parametrize(("op", "reset_last"), WAYS)
def test_the_equations_numbers_are_the_cells_own(op, reset_last):
    """Each line shows the value that the replay has, and the last is the hidden state."""
    w = weights(op, linear_before_reset=reset_last)
    x = np.random.default_rng(2).normal(size=(ROWS, INPUTS)).astype(np.float32)
    made = worked(op, w, x)
    row, unit = 4, 3
    at = UnitAt(
        h=made["h"][row, unit],
        h_before=made["h"][row - 1, unit],
        gates={name: made[name][row, unit] for name in CELLS[op].gates},
        c=made["c"][row, unit] if "c" in made else 0.0,
        c_before=made["c"][row - 1, unit] if "c" in made else 0.0,
    )
    terms = CELLS[op].terms(at)
    assert {term.symbol.removesuffix("_t") for term in terms} == set(made)
    for term in terms:
        assert term.value == made[term.symbol.removesuffix("_t")][row, unit]
        if term.numbers:
            assert evaluated(term.numbers) == pytest.approx(term.value, abs=0.02)
    assert terms[-1].symbol == "h_t"


def evaluated(numbers):
    """What the written sum comes to: its numbers are rounded to two places."""
    text = numbers.replace("×", "*").replace("−", "-")
    return eval(text, {"__builtins__": {}}, {"tanh": np.tanh})  # of this program's own making
