"""Rules that point at a row or a unit, on layers small enough to see the answer."""

import numpy as np

from rnn_desk.core.landmarks import forgetter, forgotten, liveliest
from rnn_desk.core.trace import LayerTrace


def layer(c, f, direction="forward"):
    c, f = (np.array(values, np.float32) for values in (c, f))
    return LayerTrace("LSTM 1", "LSTM", direction, np.tanh(c), c, {"f": f})


C = [[0, 2, 5], [1, 2, 4], [1, 0, 3]]
F = [[0, 0, 1], [1, 1, 0.5], [1, 0.25, 0.9]]


def test_a_unit_lets_go_where_its_forget_gate_is_shut_on_something():
    lost = forgotten(layer(C, F))
    assert lost.tolist() == [[0, 0, 0], [0, 0, 0], [0, 1.5, 0]]  # 2 times 3/4; half is not shut
    assert forgetter(layer(C, F)) == 1


def test_a_layer_that_reads_upwards_lets_go_of_what_the_row_below_left():
    turned = layer(C[::-1], F[::-1], "reverse")
    assert forgotten(turned).tolist() == forgotten(layer(C, F)).tolist()[::-1]


def test_without_a_forget_gate_the_liveliest_is_pointed_at():
    rnn = LayerTrace("RNN 1", "RNN", "forward", np.eye(3, dtype=np.float32))
    assert forgotten(rnn) is None
    assert forgetter(rnn) == liveliest(rnn)
