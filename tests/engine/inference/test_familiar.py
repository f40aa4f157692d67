"""Drawings that are no digits are doubted by every kind of model, by its own states."""

import itertools
import shutil
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from rnn_desk.assets_door import CATALOGUE, asset
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Distance, Known, Learnt, from_bytes
from rnn_desk.core.lab import Experiment
from rnn_desk.core.raster import rasterise
from rnn_desk.core.references import other_drawings, reference_digits
from rnn_desk.engine.inference import familiar
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.lab import Lab
from rnn_desk.engine.runtime.devices import CPU
from training.evaluate import Reader as ExportReader


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    """A bundled model as a file that nothing is known of."""

    def stranger(name):
        path = tmp_path_factory.mktemp("stranger") / f"{name}.onnx"
        shutil.copy(asset("models", f"{name}.onnx"), path)
        return open_reader(path, CPU)

    return stranger


def pixels(reader):
    digits = reference_digits()
    return digits.pictures(reader.card.frame, range(len(digits.drawings)))


@pytest.mark.parametrize("name", ["champion", "lstm", "gru", "cnn"])
def test_what_is_kept_doubts_others_and_no_reference_digit(name):
    reader = open_reader(asset("models", f"{name}.onnx"), CPU)
    assert isinstance(reader.known.judge, Learnt)
    for drawing in other_drawings().values():
        assert reader.read_drawing(drawing).doubted
    _, familiar = reader.judged(pixels(reader))
    assert (familiar < 0.5).mean() <= 0.01


@pytest.mark.parametrize("name", ["gru", "bilstm", "hierarchical", "cnn"])
def test_a_file_nothing_is_known_of_is_judged_by_the_reference_digits(stranger, name):
    reader = stranger(name)
    assert isinstance(reader.known.judge, Distance)
    two = reader.read_drawing(other_drawings()["two digits"]).familiarity
    _, familiar = reader.judged(pixels(reader))
    assert not (familiar < 0.5).any()
    assert two.value < np.quantile(familiar, 0.02)


@pytest.mark.parametrize("change", ["retrained", "wider", "as it was"])
def test_what_is_kept_is_of_the_very_model(stranger, monkeypatch, change):
    """Another network of the same name and place is judged by its own states."""
    reader = stranger("gru")
    ours, others = asset("models", "gru.onnx"), asset("familiarity", "lstm.npz")
    monkeypatch.setattr(reader, "origin", replace(reader.origin, path=ours))
    if change == "wider":
        monkeypatch.setattr(
            familiar, "from_bytes", lambda _: ("GRU", from_bytes(others.read_bytes())[1])
        )
        monkeypatch.setattr(reader, "card", replace(reader.card, name="GRU"))
    elif change == "retrained":
        y = reader.path.of
        monkeypatch.setattr(
            reader, "path", SimpleNamespace(names=reader.path.names, of=lambda *a: y(*a)[..., ::-1])
        )
    assert (familiar.kept_for(reader) is not None) == (change == "as it was")
    assert isinstance(familiar.known_by(reader), Known)


def test_a_model_that_is_slow_is_opened_and_says_so(stranger, monkeypatch):
    reader = stranger("gru")
    seconds = itertools.count(step=2.0)
    monkeypatch.setattr(familiar.time, "process_time", lambda: next(seconds))
    assert "takes too long for a digit" in str(familiar.known_by(reader))


def test_one_picture_is_judged_as_many_are(stranger):
    reader = stranger("gru")
    several = pixels(reader)[::40]
    _, familiar = reader.judged(several)
    drawings = reference_digits().drawings[::40]
    alone = [reader.read_drawing(drawing).familiarity.value for drawing in drawings]
    assert alone == pytest.approx(familiar.tolist(), abs=1e-3)
    _, none = reader.judged(several[:0])
    assert none.shape == (0,)


def test_a_model_that_has_not_learnt_digits_says_that_it_cannot_tell():
    reader = open_reader(asset("models", "learning", "lstm-00000.onnx"), CPU)
    trace = reader.read_drawing(other_drawings()["heart"])
    assert isinstance(trace.familiarity, Refused)
    assert "too few of the reference digits" in str(trace.familiarity)
    assert not trace.doubted
    assert isinstance(reader.judged(pixels(reader)[:2])[1], Refused)


def test_what_is_done_to_the_network_is_seen_in_its_familiarity():
    reader = open_reader(asset("models", "lstm.onnx"), CPU)
    raster = rasterise(reference_digits().drawings[100])
    lab = Lab(reader)
    plain = lab.read(raster, Experiment())
    forgot = lab.read(raster, Experiment(zeroed=frozenset({(0, 13), (1, 13)})))
    assert plain.familiarity.value > forgot.familiarity.value


@pytest.mark.parametrize("name", ["lstm", "bilstm", "hierarchical", "columns", "cnn"])
def test_paths_are_those_that_the_training_package_learnt_from(name):
    path = asset("models", f"{name}.onnx")
    reader = open_reader(path, CPU)
    some = pixels(reader)[::60]
    ours, theirs = reader.with_paths(some)[1], ExportReader.open(path, path=True).paths(some)
    assert np.allclose(ours, theirs, atol=1e-4)


def test_every_finished_model_knows_something_and_says_so_in_few_bytes():
    files = sorted(asset("familiarity").glob("*.npz"))
    assert {file.stem for file in files} == {model.name for model in CATALOGUE}
    assert all(file.stat().st_size <= 200_000 for file in files)
    known = [open_reader(asset("models", f"{file.stem}.onnx"), CPU).known for file in files]
    assert all(isinstance(each, Known) and isinstance(each.judge, Learnt) for each in known)
