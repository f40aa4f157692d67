"""The cells: replayed gates against the same cells worked step by step, and by hand."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.cells.expression import sigmoid
from rnn_desk.core.cells.one_unit import equations, sums
from rnn_desk.core.cells.recurrence import Surgery, forward, replay
from rnn_desk.core.equations import UnitAt
from tests.helpers import mathematics, steps

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
@pytest.mark.parametrize("unit", range(UNITS))
def test_each_equation_worked_out_gives_what_the_cell_has(op, reset_last, unit):
    """With its numbers put in; the last of them is the hidden state's."""
    w = weights(op, linear_before_reset=reset_last)
    at, made, row = unit_of(w, op, unit)
    found = equations(CELLS[op].of(w), at)
    assert {each.symbol.removesuffix("_t") for each in found} == set(made)
    for each in found:
        assert each.value == made[each.symbol.removesuffix("_t")][row, unit]
        assert mathematics.worked_out(each) == pytest.approx(each.value, abs=1e-5), each
    assert found[-1].symbol == "h_t"


@pytest.mark.parametrize(("op", "reset_last"), WAYS)
def test_the_terms_add_up_and_the_strongest_come_first(op, reset_last):
    at, _, _ = unit_of(weights(op, linear_before_reset=reset_last), op, 2)
    for total in at.sums.values():
        terms = [*total.input_terms, *total.recurrent_terms]
        through_bias = total.through * total.recurrent_bias
        assert sum(terms) + total.bias + through_bias == pytest.approx(total.total, abs=1e-5)
        for source, values in (("x", total.input_terms), ("h", total.recurrent_terms)):
            found = total.strongest(source, 3)
            assert [value for _, value in found] == sorted(values, key=lambda v: -abs(v))[:3]
            assert all(values[place] == value for place, value in found)


def test_terms_of_nothing_are_not_named():
    """A pixel without ink, or a unit at 0, is no reason."""
    w = weights("RNN")
    found = sums(CELLS["RNN"], w, np.zeros(INPUTS), np.eye(UNITS)[3], {}, 0)
    assert found["h"].strongest("x", 2) == []
    assert [place for place, _ in found["h"].strongest("h", 2)] == [3]


def test_a_gate_that_was_scaled_shows_its_factor():
    at, _, _ = unit_of(weights("LSTM"), "LSTM", 1)
    gates = {**at.gates, "f": at.gates["f"] / 4}
    forget = equations(CELLS["LSTM"], dataclasses.replace(at, gates=gates))[0]
    factor, *_ = forget.parts
    assert (factor.tex, forget.value) == ("k", gates["f"])
    assert factor.number == pytest.approx(0.25)
    assert mathematics.worked_out(forget) == pytest.approx(forget.value, abs=1e-5)


def unit_of(w, op, unit, row=4):
    """The numbers of a unit at a row, all of the cell's numbers, and that row."""
    x = np.random.default_rng(2).normal(size=(ROWS, INPUTS)).astype(np.float32)
    made = worked(op, w, x)
    gates = {name: made[name][row].astype(np.float32) for name in CELLS[op].gates}
    before = made["h"][row - 1].astype(np.float32)
    at = UnitAt(
        h=made["h"][row, unit],
        h_before=made["h"][row - 1, unit],
        gates={name: made[name][row, unit] for name in CELLS[op].gates},
        c=made["c"][row, unit] if "c" in made else 0.0,
        c_before=made["c"][row - 1, unit] if "c" in made else 0.0,
        sums=sums(CELLS[op].of(w), w, x[row], before, gates, unit),
    )
    return at, made, row


@pytest.mark.parametrize("reset_last", [False, True])
def test_a_reset_gate_held_at_0_hides_the_past_from_the_candidate(reset_last):
    """As if the candidate had no weights for it, nor, where the gate comes last, that bias."""
    w = weights("GRU", linear_before_reset=reset_last)
    R, B = w.R.copy(), w.B.copy()  # noqa: N806  (the formulas' names)
    R[2 * UNITS :] = 0
    if reset_last:
        B[5 * UNITS :] = 0
    blind = dataclasses.replace(w, R=R, B=B)
    x = np.random.default_rng(2).normal(size=(ROWS, INPUTS)).astype(np.float32)
    expected = worked("GRU", blind, x)
    found = forward(CELLS["GRU"], w, x[:, None], Surgery(factors={"r": 0.0}))
    assert np.abs(found.h[:, 0] - expected["h"]).max() <= CLOSE
    assert not found.gates["r"].any()
