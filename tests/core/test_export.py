"""A Trace as NPZ: read again with NumPy alone, it is the same."""

import json

import numpy as np
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.core.export import trace_to_npz
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import LayerTrace, ModelIdentity, Timings, Trace


@pytest.fixture
def trace():
    random = np.random.default_rng(0)

    def some(*shape):
        return random.random(shape).astype(np.float32)

    gates = {name: some(28, 5) for name in "ifgo"}
    return Trace(
        raster=Raster(some(28, 28)),
        classes=("零", "one"),
        probabilities=some(2),
        belief=some(28, 2),
        belief_kind="covered",
        layers=(
            LayerTrace("LSTM 1 ↓", "LSTM", "forward", some(28, 5), some(28, 5), gates),
            LayerTrace("RNN 2", "RNN", "reverse", some(28, 7)),
        ),
        model=ModelIdentity("mine", "mine.onnx", "ab" * 32),
        device="CPU",
        timings=Timings(1.5, 0.25, 0.125),
    )


def test_every_number_comes_back(trace, tmp_path):
    trace_to_npz(trace, tmp_path / "t.npz")
    with np.load(tmp_path / "t.npz", allow_pickle=False) as found:
        first = trace.layers[0].quantities
        expected = {
            "pixels": trace.raster.pixels,
            "probabilities": trace.probabilities,
            "belief": trace.belief,
            "layer1/h": first["h"],
            "layer1/c": first["c"],
            **{f"layer1/gates/{name}": first[name] for name in "ifgo"},
            "layer2/h": trace.layers[1].h,
        }
        assert set(found.files) == {*expected, "about"}
        for name, values in expected.items():
            assert found[name].dtype == np.float32
            assert np.array_equal(found[name], values), name


def test_it_says_what_it_is(trace, tmp_path):
    trace_to_npz(trace, tmp_path / "t.npz")
    with np.load(tmp_path / "t.npz", allow_pickle=False) as found:
        about = json.loads(str(found["about"]))
    assert about["model"] == {"name": "mine", "file": "mine.onnx", "sha256": "ab" * 32}
    assert about["classes"] == ["零", "one"]
    assert about["device"] == "CPU"
    assert about["belief_kind"] == "covered"
    assert about["layers"] == [
        {"name": "LSTM 1 ↓", "op": "LSTM", "direction": "forward"},
        {"name": "RNN 2", "op": "RNN", "direction": "reverse"},
    ]
    assert about["timings_ms"] == {"raster": 1.5, "run": 0.25, "replay": 0.125}


def test_the_name_is_the_one_asked_for(trace, tmp_path):
    """NumPy would add .npz."""
    trace_to_npz(trace, tmp_path / "trace.dat")
    assert [path.name for path in tmp_path.iterdir()] == ["trace.dat"]


def test_what_cannot_be_written_is_refused_and_leaves_nothing(trace, tmp_path):
    with pytest.raises(Refused, match="is a folder"):
        trace_to_npz(trace, tmp_path)
    (tmp_path / "file").write_text("a")
    with pytest.raises(Refused, match="cannot be written"):
        trace_to_npz(trace, tmp_path / "file" / "t.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
