"""A Trace as a file: read again by what reads such files, it is the same."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.core.export import save_trace
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import GradientTrace, LayerTrace, ModelIdentity, Timings, Trace


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
    save_trace(trace, tmp_path / "t.npz")
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
    save_trace(trace, tmp_path / "t.npz")
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


def test_as_json_every_number_comes_back_as_it_was(trace, tmp_path):
    save_trace(trace, tmp_path / "t.json")
    found = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert found["about"]["classes"] == ["零", "one"]
    for name, values in (
        ("pixels", trace.raster.pixels),
        ("probabilities", trace.probabilities),
        ("layer1/gates/f", trace.layers[0].gates["f"]),
        ("layer2/h", trace.layers[1].h),
    ):
        assert np.array_equal(np.array(found[name], np.float32), values), name


def test_as_csv_a_line_is_a_row_and_a_column_a_number(trace, tmp_path):
    save_trace(trace, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["row"] for line in lines] == [str(row) for row in range(1, 29)]
    assert len(lines[0]) == 1 + 28 + 2 + 6 * 5 + 7
    for row in (0, 14, 27):
        line = lines[row]
        for name, value in (
            ("pixels/28", trace.raster.pixels[row, 27]),
            ("belief/零", trace.belief[row, 0]),
            ("layer1/c/5", trace.layers[0].c[row, 4]),
            ("layer1/gates/o/1", trace.layers[0].gates["o"][row, 0]),
            ("layer2/h/7", trace.layers[1].h[row, 6]),
        ):
            assert np.float32(line[name]) == value, name


def test_the_gradient_goes_along_where_there_is_one(trace, tmp_path):
    layers = tuple(layer.h * 2 for layer in trace.layers)
    gradient = GradientTrace(1, layers, trace.raster.pixels * 3)
    save_trace(replace(trace, gradient=gradient), tmp_path / "t.npz")
    with np.load(tmp_path / "t.npz") as found:
        assert np.array_equal(found["gradient/layer2"], layers[1])
        assert np.array_equal(found["saliency"], gradient.saliency)
        assert json.loads(str(found["about"]))["gradient_of"] == "one"


def test_another_suffix_is_refused(trace, tmp_path):
    with pytest.raises(Refused, match=r"t\.dat should end in \.npz, \.csv or \.json"):
        save_trace(trace, tmp_path / "t.dat")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_refused_and_leaves_nothing(trace, tmp_path):
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(Refused, match="is a folder"):
        save_trace(trace, tmp_path / "folder.npz")
    (tmp_path / "file").write_text("a")
    with pytest.raises(Refused, match="cannot be written"):
        save_trace(trace, tmp_path / "file" / "t.npz")
    assert {path.name for path in tmp_path.iterdir()} == {"folder.npz", "file"}
