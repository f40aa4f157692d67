"""Back-propagation through time: its formulas by finite differences, in double precision."""

import dataclasses

import numpy as np
import pytest

from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.gradients import MOST_DECADES, Way, decades, through_stack, through_time
from rnn_desk.core.trace import GradientTrace, LayerTrace
from tests.helpers import steps

ROWS, INPUTS, UNITS = 6, 5, 4
STEP = 1e-5


def weights(op, **ways):
    random = np.random.default_rng(sum(map(ord, op)))
    gates = {"LSTM": 4, "GRU": 3, "RNN": 1}[op]
    return Weights(
        W=random.normal(0, 0.7, (gates * UNITS, INPUTS)),
        R=random.normal(0, 0.7, (gates * UNITS, UNITS)),
        B=random.normal(0, 0.7, 2 * gates * UNITS),
        h0=random.normal(0, 0.7, UNITS),
        c0=random.normal(0, 0.7, UNITS) if op == "LSTM" else np.zeros(UNITS),
        **ways,
    )


def states(op, w, x):
    ways = {"reset_last": w.linear_before_reset}
    return steps.run(op, x, w.W, w.R, w.B, w.h0, w.c0 if op == "LSTM" else None, **ways)


@pytest.mark.parametrize("backwards", [False, True], ids=["forward", "reverse"])
@pytest.mark.parametrize(
    ("op", "ways"),
    [("LSTM", {}), ("GRU", {}), ("GRU", {"linear_before_reset": True}), ("RNN", {})],
)
def test_the_gradient_by_every_input_is_the_difference_quotient(op, ways, backwards):
    random = np.random.default_rng(0)
    w = weights(op, **ways)
    x = random.normal(size=(ROWS, INPUTS))
    wanted = random.normal(size=(ROWS, UNITS))  # d(loss)/dh, entering at every row
    order = slice(None, None, -1) if backwards else slice(None)

    def loss(x):
        return float((states(op, w, x[order])["h"][order] * wanted).sum())

    made = {name: values[order] for name, values in states(op, w, x[order]).items()}
    gates = {name: made[name] for name in CELLS[op].gates}
    trace = LayerTrace(
        op, op, "reverse" if backwards else "forward", made["h"], made.get("c"), gates
    )
    _, _, at_x = through_time(Way(trace, w), wanted)
    for row in range(ROWS):
        for column in range(INPUTS):
            step = np.zeros_like(x)
            step[row, column] = STEP
            quotient = (loss(x + step) - loss(x - step)) / (2 * STEP)
            assert at_x[row, column] == pytest.approx(quotient, abs=1e-5)


def test_the_gradient_at_a_state_goes_through_all_later_rows():
    """By the definition: restart the RNN from a moved state, and see what the last one does."""
    random = np.random.default_rng(1)
    w = weights("RNN")
    x = random.normal(size=(ROWS, INPUTS))
    h = states("RNN", w, x)["h"]
    wanted = np.zeros((ROWS, UNITS))
    wanted[-1] = random.normal(size=UNITS)
    at_h, _, _ = through_time(Way(LayerTrace("RNN", "RNN", "forward", h), w), wanted)
    for row in range(ROWS - 1):
        for unit in range(UNITS):
            ends = []
            for way in (1, -1):
                start = h[row].copy()
                start[unit] += way * STEP
                later = states("RNN", dataclasses.replace(w, h0=start), x[row + 1 :])["h"]
                ends.append(later[-1] @ wanted[-1])
            assert at_h[row, unit] == pytest.approx((ends[0] - ends[1]) / (2 * STEP), abs=1e-5)
    assert np.allclose(at_h[-1], wanted[-1])


def test_two_ways_of_a_layer_add_up_below():
    random = np.random.default_rng(2)
    w = weights("RNN")
    h = states("RNN", w, random.normal(size=(ROWS, INPUTS)))["h"]
    way = Way(LayerTrace("RNN", "RNN", "forward", h), w)
    entering = random.normal(size=(ROWS, 2, UNITS))
    found = through_stack([[way, way]], entering)
    apart = [through_time(way, entering[:, k]) for k in range(2)]
    assert len(found.h) == 2
    assert np.allclose(found.x, apart[0][2] + apart[1][2])
    assert np.allclose(found.h[1], apart[1][0])


def test_norms_are_of_each_row_of_each_layer():
    layers = (np.array([[3.0, 4.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [5.0, 12.0]]))
    trace = GradientTrace(7, layers, None)
    assert trace.norms.tolist() == [[5, 0], [1, 13]]
    with pytest.raises(ValueError, match="read-only"):
        trace.layers[0][0, 0] = 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.002, 0.3], (-3, 0)),
        ([0.2, 30], (-1, 2)),
        ([1.0, 1.0], (-2, 0)),  # two decades at least
        ([1e-30, 1.0], (-MOST_DECADES, 0)),
        ([0.0, 0.05, 0.005], (-3, -1)),
        ([0.0], (-2, 0)),
    ],
)
def test_an_axis_holds_all_norms_between_powers_of_ten(values, expected):
    half = len(values) // 2
    assert decades([np.array(values[:half]), np.array(values[half:])]) == expected


def test_the_gradient_by_a_cell_state_is_the_difference_quotient_with_h_held():
    """The rows after one begin with its h and its c: moved, they end elsewhere."""
    random = np.random.default_rng(5)
    w, x = weights("LSTM"), random.normal(size=(ROWS, INPUTS))
    wanted = np.zeros((ROWS, UNITS))
    wanted[-1] = random.normal(size=UNITS)
    made = states("LSTM", w, x)
    gates = {name: made[name] for name in CELLS["LSTM"].gates}
    way = Way(LayerTrace("LSTM", "LSTM", "forward", made["h"], made["c"], gates), w)
    _, at_c, _ = through_time(way, wanted)
    for row in range(ROWS - 1):
        for unit in range(UNITS):
            ends = []
            for step in (STEP, -STEP):
                c = made["c"][row].copy()
                c[unit] += step
                later = dataclasses.replace(w, h0=made["h"][row], c0=c)
                ends.append(states("LSTM", later, x[row + 1 :])["h"][-1] @ wanted[-1])
            quotient = (ends[0] - ends[1]) / (2 * STEP)
            assert at_c[row, unit] == pytest.approx(quotient, abs=1e-7)
    assert not at_c[-1].any()  # after the last row nothing follows from c alone
