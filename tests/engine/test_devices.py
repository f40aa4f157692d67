"""Devices by name, and what onnxruntime says, for people."""

import onnxruntime as ort
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.engine import devices as module
from rnn_desk.engine.devices import CPU, device_named, devices, plain, start
from tests.helpers import models


def test_the_cpu_is_there_and_first():
    assert devices()[0] == CPU
    assert CPU.usable
    assert not CPU.reason
    assert device_named("cpu") == CPU


def test_names_are_unique_and_every_missing_device_says_why():
    known = devices()
    assert len({device.name for device in known}) == len(known) >= 4
    for device in known:
        built_in = device.provider in ort.get_available_providers()
        assert device.usable == built_in
        assert bool(device.reason) == (not built_in)


def test_an_unknown_device_is_refused_with_those_that_are_known():
    with pytest.raises(Refused) as refusal:
        device_named("gpu")
    assert str(refusal.value).startswith("gpu is no device")
    assert "cpu, cuda" in str(refusal.value)


def test_a_device_that_the_runtime_lacks_is_refused(monkeypatch):
    monkeypatch.setattr(module.ort, "get_available_providers", lambda: ["CPUExecutionProvider"])
    with pytest.raises(Refused, match="built without CUDAExecutionProvider: install"):
        device_named("cuda")


def test_a_device_that_the_runtime_has_is_usable(monkeypatch):
    both = ["CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(module.ort, "get_available_providers", lambda: both)
    assert device_named("cuda").provider == "CUDAExecutionProvider"


def test_a_device_that_is_not_granted_is_refused(monkeypatch):
    """onnxruntime falls back to the CPU in silence where a driver is missing."""
    asked = []

    class FellBack:
        def __init__(self, *_, providers, enable_fallback):
            assert not enable_fallback
            asked.append(providers)

        def get_providers(self):
            return ["CPUExecutionProvider"]

    monkeypatch.setattr(module.ort, "InferenceSession", FellBack)
    cuda = next(device for device in devices() if device.name == "cuda")
    with pytest.raises(Refused, match="was asked for and onnxruntime did not grant it"):
        start(b"", cuda)
    assert asked == [["CUDAExecutionProvider", "CPUExecutionProvider"]]
    start(b"", CPU)
    assert asked[1] == ["CPUExecutionProvider"]


def test_a_session_runs_on_as_many_threads_as_asked():
    model = models.recurrent().SerializeToString()
    for threads in (1, 2):
        options = start(model, CPU, threads).get_session_options()
        assert options.intra_op_num_threads == threads


def test_what_is_no_model_is_refused(capfd):
    # The runtime's own words then hold the name, and Python cannot read them.
    name_of_no_utf8 = models.recurrent().SerializeToString().replace(b"LSTM", b"\xff" * 4)
    for data in (b"no model", name_of_no_utf8):
        with pytest.raises(Refused, match="onnxruntime does not run it"):
            start(data, CPU)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("[ONNXRuntimeError] : 1 : FAIL : it has no weights", "it has no weights"),
        (
            "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code: a\n b "
            "/build/onnxruntime/core/x.cc:12 void f() : broken",
            "Non-zero status code: a b void f() : broken",
        ),
        ("[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : a : b", "a : b"),
        ("", "ValueError"),
    ],
)
def test_the_runtimes_words_are_told_without_its_inside(message, words):
    assert plain(ValueError(message)) == words


def test_the_runtimes_words_have_an_end():
    assert len(plain(ValueError("long " * 1000))) == 300
