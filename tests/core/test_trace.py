"""The Trace: frozen, and what it says of itself."""

import numpy as np
import pytest

from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import LayerTrace, ModelIdentity, Timings, Trace


def some(*shape):
    return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)


def layer(direction="forward", rows=28):
    gates = {name: some(rows, 3) for name in "ifgo"}
    return LayerTrace("LSTM 1", "LSTM", direction, some(rows, 3), some(rows, 3), gates)


def trace(winners, layers=(), inked=False):
    """A trace whose belief has these winners, row by row, of four classes."""
    belief = np.full((len(winners), 4), 0.1, np.float32)
    belief[np.arange(len(winners)), winners] = 0.7
    return Trace(
        raster=Raster(np.full((len(winners), 28), inked, np.float32)),
        classes=tuple("abcd"),
        probabilities=belief[-1].copy(),
        belief=belief,
        belief_kind="head",
        layers=layers,
        model=ModelIdentity("name", "file", "0" * 64),
        device="CPU",
    )


def test_arrays_cannot_be_written():
    found = trace([1, 2], (layer(),))
    [seen] = found.layers
    arrays = [found.probabilities, found.belief, found.raster.pixels, *seen.quantities.values()]
    assert len(arrays) == 3 + 6
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_fields_and_gates_cannot_be_changed():
    found = trace([1, 2])
    with pytest.raises(AttributeError):
        found.device = "GPU"
    with pytest.raises(TypeError):
        layer().gates["i"] = some(1, 1)


def test_gates_given_later_to_the_same_mapping_do_not_come_in():
    gates = {"i": some(2, 3)}
    seen = LayerTrace("a", "LSTM", "forward", some(2, 3), gates=gates)
    gates["f"] = some(2, 3)
    assert set(seen.gates) == {"i"}


def test_quantities_are_what_there_is():
    assert list(layer().quantities) == [*"ifgo", "c", "h"]
    assert list(LayerTrace("a", "RNN", "forward", some(2, 3)).quantities) == ["h"]


def test_units_and_rows():
    assert layer().units == 3
    assert trace([1, 2, 2]).rows == 3


@pytest.mark.parametrize(
    ("winners", "row"),
    [
        ([2], 0),
        ([2, 2, 2], 0),
        ([0, 1, 2, 2], 2),
        ([2, 0, 2, 2], 2),
        ([2, 2, 2, 0], 3),
        ([0, 1, 0, 1], 3),
    ],
)
def test_the_settled_row_is_the_first_from_which_nothing_changes(winners, row):
    found = trace(winners, inked=True)
    assert found.settled_row == row
    assert found.answer == winners[-1]


def test_the_total_time_is_the_sum():
    assert Timings(1.0, 2.0, 4.0).total == 7.0
