"""Files that are damaged or mean harm: each is refused in time, with a sentence that names the
cause, by a process that is gone afterwards. What such a process reads before it runs anything is
read here too, without one, in more cases."""

import os
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import psutil
import pytest
from onnx import TensorProto

from rnn_desk.app.client import Client
from rnn_desk.app.limits import Limits
from rnn_desk.app.requests import Open
from rnn_desk.core.errors import Refused
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.model import ModelRef
from tests.helpers import models
from tests.helpers.harmful import (
    before_the_picture,
    billion_elements,
    endless_loop,
    huge_products,
)

SECONDS = 25
"""What a refusal may take by a limit of a few processor seconds."""


def opened(path, client, **others):
    return client.call(Open(ModelRef(str(path))), **others).model


def refused(path, limits=None, within=SECONDS):
    """The sentence with which opening the file ends, which holds no inside of any library."""
    began, before = time.monotonic(), set(psutil.Process().children())
    with Client(limits) as client, pytest.raises(Refused) as caught:
        opened(path, client)
    assert time.monotonic() - began < within
    assert not set(psutil.Process().children()) - before
    return checked(caught.value, path)


def refused_here(path):
    """The same of what is read before anything is run."""
    with pytest.raises(Refused) as caught:
        open_reader(path, CPU)
    return checked(caught.value, path)


def checked(refusal, path):
    sentence = str(refusal)
    assert str(path) in sentence
    rest = sentence.replace(str(path), "")
    for inside in (".cc", ".h:", "/onnxruntime", "Traceback", "/core/", "\n", "0x", "::"):
        assert inside not in rest, sentence
    assert len(rest) < 400, sentence
    return sentence


HARMFUL = {
    "an endless loop": (endless_loop, "within"),
    "huge constant products": (huge_products, "within"),
    "a billion elements": (billion_elements, "memory"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_file_that_hangs_or_fills_the_memory_is_given_up(tmp_path, name):
    build, cause = HARMFUL[name]
    path = models.saved(tmp_path, before_the_picture(build))
    assert cause in refused(path, Limits(seconds=2.0, mebibytes=1024))


@pytest.mark.slow
@pytest.mark.parametrize("name", HARMFUL)
def test_so_it_is_with_the_limits_that_hold_by_default(tmp_path, name):
    build, cause = HARMFUL[name]
    path = models.saved(tmp_path, before_the_picture(build))
    # Processor seconds are limited: on a busy machine they take several times as long.
    assert cause in refused(path, within=6 * Limits().seconds)


def with_tensor(**claims):
    """A model one of whose tensors claims something that is not so."""
    model = models.recurrent()
    tensor = model.graph.initializer[0]
    for name, value in claims.items():
        if name == "dims":
            tensor.dims[:] = value
        elif name == "external":
            tensor.ClearField("raw_data")
            tensor.data_location = TensorProto.EXTERNAL
            for key, text in value.items():
                tensor.external_data.add(key=key, value=str(text))
    return model


def test_a_tensor_of_100_gigabytes_is_not_believed(tmp_path):
    claimed = with_tensor(dims=[5, 5 * 10**9])
    assert "claims a tensor" in refused(models.saved(tmp_path, claimed))
    (tmp_path / "weights").write_bytes(bytes(4096))
    claimed = with_tensor(external={"location": "weights", "length": 10**11})
    assert "has only 4096" in refused_here(models.saved(tmp_path, claimed))
    claimed = with_tensor(dims=[5, 5])
    assert "damaged" in refused_here(models.saved(tmp_path, claimed))


def split_model(folder):
    """A model with its weights beside it, in `weights`."""
    folder.mkdir()
    model = models.carrying(models.recurrent(units=40), models.card())
    path = folder / "model.onnx"
    onnx.save(model, path, save_as_external_data=True, location="weights", size_threshold=0)
    return path


def test_weights_beside_the_model_are_read_whatever_the_current_folder(
    tmp_path, monkeypatch, client
):
    path = split_model(tmp_path / "model")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "weights").write_bytes(bytes(10**6))  # not these
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert opened(path, client).layers[0].units == 40


def test_weights_that_are_not_there_are_missed_by_name(tmp_path):
    path = split_model(tmp_path / "model")
    (path.parent / "weights").unlink()
    assert "weights, which is not beside it" in refused_here(path)


@pytest.mark.parametrize(
    "location",
    [
        *("../weights", "/etc/passwd", "a/../../weights", "..\\weights", "C:\\weights"),
        *("\\\\server\\share\\weights", "//server/share/weights", "\\\\?\\UNC\\server\\share\\w"),
        *("http://server/weights", "smb://server/share/weights", "file:///etc/passwd"),
    ],
)
def test_weights_outside_the_models_folder_are_not_looked_for(tmp_path, location):
    (tmp_path / "model").mkdir()
    (tmp_path / "weights").write_bytes(bytes(10**6))
    escaping = with_tensor(external={"location": location})
    path = models.saved(tmp_path / "model", escaping)
    assert "outside its own folder" in refused_here(path)
    if location == "../weights":
        assert "outside its own folder" in refused(path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_out_of_the_models_folder_is_not_followed(tmp_path):
    path = split_model(tmp_path / "model")
    weights = path.parent / "weights"
    weights.rename(tmp_path / "weights")
    weights.symlink_to(tmp_path / "weights")
    assert "outside its own folder" in refused(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no such devices here")
def test_a_device_is_not_read(tmp_path):
    assert "not an ordinary file" in refused(Path("/dev/zero"))
    (tmp_path / "model").mkdir()
    os.mkfifo(tmp_path / "model" / "weights")
    path = models.saved(tmp_path / "model", with_tensor(external={"location": "weights"}))
    assert "not an ordinary file" in refused(path)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "is empty"),
        (bytes(2000), "not an ONNX model"),
        (np.random.default_rng(0).bytes(5000), "not an ONNX model"),
        (b"PK\x03\x04" + bytes(200), "zip archive"),
        (b"\x89HDF\r\n\x1a\n" + bytes(200), "HDF5"),
        (b"\x80\x02}q\x00.", "pickle"),
        (b"\x1c\x00\x00\x00TFL3" + bytes(200), "TensorFlow Lite"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"<!DOCTYPE html><html></html>", "web page"),
    ],
)
def test_what_is_no_model_is_told_apart(tmp_path, content, cause):
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    assert cause in refused_here(path)
    if not content:
        assert cause in refused(path)


def test_a_folder_and_nothing_at_all_are_told_apart(tmp_path):
    assert "is a folder" in refused(tmp_path)
    assert "does not exist" in refused_here(tmp_path / "model.onnx")


@pytest.fixture(scope="module")
def client():
    with Client() as client:
        yield client


def test_a_file_cut_at_every_hundredth_is_refused(tmp_path, client):
    """By what reads it in an engine process, and a few in such a process."""
    data = models.saved(tmp_path, models.recurrent(layers=2)).read_bytes()
    path = tmp_path / "cut.onnx"
    for percent in range(100):
        path.write_bytes(data[: len(data) * percent // 100])
        refused_here(path)
        if percent % 20 == 10:
            with pytest.raises(Refused) as caught:
                opened(path, client)
            checked(caught.value, path)


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (lambda model: setattr(model.graph.node[-1], "domain", "org.example"), "org.example"),
        (lambda model: setattr(model.graph.node[-1], "op_type", "Banana"), "Banana"),
        (lambda model: model.ClearField("opset_import"), "which version"),
        (lambda model: model.graph.ClearField("output"), "no output"),
        (lambda model: model.graph.ClearField("node"), "no network"),
    ],
)
def test_what_cannot_run_is_refused_by_its_cause(tmp_path, client, spoil, cause):
    model = models.recurrent()
    spoil(model)
    path = models.saved(tmp_path, model)
    with pytest.raises(Refused, match=cause) as caught:
        opened(path, client)
    checked(caught.value, path)


def test_stages_are_told_in_their_order(tmp_path, client):
    stages = []
    opened(models.saved(tmp_path, models.recurrent()), client, tell=stages.append)
    assert stages == ["reading", "checking", "opening", "trying"]
