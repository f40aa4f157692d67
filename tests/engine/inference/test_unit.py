"""Every unit's equations, with the numbers of a real reading, come to what the reading has."""

import numpy as np
import pytest

from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.one_unit import equations
from rnn_desk.core.lab import Experiment, GateFactor
from rnn_desk.core.raster import Raster
from rnn_desk.core.unit import telling_row, telling_unit, unit_at
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.split_model import CutUp
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers import mathematics, models
from tests.helpers.model_files import open_as_told

PICTURE = Raster(np.random.default_rng(0).uniform(0, 1, (28, 28)).astype(np.float32))
CLOSE = 1e-4

KINDS = [
    {"op": "LSTM", "layers": 2},
    {"op": "LSTM", "direction": "bidirectional", "layers": 2},
    {"op": "LSTM", "states": True, "batch": 1},
    {"op": "LSTM", "direction": "reverse", "biased": False},
    {"op": "GRU", "linear_before_reset": 1},
    {"op": "GRU", "linear_before_reset": 0, "direction": "bidirectional"},
    {"op": "RNN", "layers": 2, "states": True, "batch": 1},
]


def check_all(reader, trace):
    random = np.random.default_rng(1)
    for layer, facts in zip(trace.layers, reader.layers, strict=True):
        for row in (0, 1, trace.rows - 1, *random.integers(2, trace.rows - 1, 3)):
            for unit in random.integers(0, layer.units, 3):
                at = unit_at(layer, facts.weights, row, unit)
                assert set(at.sums) == set(layer.gates or "h")
                for each in equations(CELLS[layer.op].of(facts.weights), at):
                    worked = mathematics.worked_out(each)
                    assert worked == pytest.approx(each.value, abs=CLOSE), (layer.name, row, each)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_equations_hold_at_every_row_in_either_direction(tmp_path, kind):
    reader = open_reader(
        models.saved(
            tmp_path, models.recurrent(**kind), models.card(batch=kind.get("batch", "free"))
        ),
        CPU,
    )
    check_all(reader, reader.read(PICTURE))


def test_equations_hold_where_a_step_is_a_pixel():
    reader = open_as_told("ts_rnn_pixels.onnx")
    check_all(reader, reader.read(PICTURE))


def test_equations_hold_under_an_experiment_and_show_its_factor(tmp_path):
    model = models.recurrent(op="LSTM", direction="bidirectional", units=5)
    reader = open_reader(models.saved(tmp_path, model), CPU)
    experiment = Experiment(off=frozenset({(0, 2)}), gates=(GateFactor(0, "f", 0.5),))
    trace = CutUp(reader).read(PICTURE, experiment)
    check_all(reader, trace)
    at = unit_at(trace.layers[0], reader.layers[0].weights, 9, 2)
    found = {each.symbol: each for each in equations(CELLS["LSTM"], at)}
    assert found["f_t"].parts[0].number == pytest.approx(0.5, abs=1e-3)
    assert found["h_t"].parts[0].number == 0  # the unit is off


def test_the_unit_told_of_is_the_one_that_changes_most(tmp_path):
    reader = open_reader(models.saved(tmp_path, models.recurrent(units=8)), CPU)
    trace = reader.read(PICTURE)
    layer, row = trace.layers[0], telling_row(trace)
    belief = np.concatenate([[0.1], trace.belief[:, trace.answer]])
    assert row == int(np.diff(belief).argmax())
    before = layer.h[row - 1] if row else np.zeros(8)
    change = np.abs(layer.h[row] - before)
    assert telling_unit(layer, row) == change.argmax()


def test_a_cell_with_one_activation_more_than_it_has_directions_is_the_plain_one(tmp_path):
    """As an exporter writes it; onnxruntime takes the first."""
    model = models.recurrent(op="RNN", activations=["Tanh", "Tanh"])
    reader = open_reader(models.saved(tmp_path, model), CPU)
    assert reader.layers[0].nonstandard is None
    check_all(reader, reader.read(PICTURE))
