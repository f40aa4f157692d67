"""The list of devices: what is here by name, and what is not, with the reason and the remedy."""

import sys

import onnxruntime as ort
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime import devices as module
from rnn_desk.engine.runtime.devices import CPU, KINDS, clash, device_named, devices


def test_the_cpu_is_there_and_first():
    assert devices()[0] == CPU
    assert CPU.usable
    assert not CPU.reason
    assert CPU.cores >= 1
    assert device_named("cpu") == CPU


def test_names_are_unique_and_every_missing_device_says_why():
    known = devices()
    assert len({device.name for device in known}) == len(known) >= 1 + len(KINDS)
    built_in = ort.get_available_providers()
    for device in known:
        assert device.usable == (not device.reason)
        assert device.usable or device.provider not in built_in


def test_an_unknown_device_is_refused_with_those_that_are_known():
    with pytest.raises(Refused) as refusal:
        device_named("gpu")
    assert str(refusal.value).startswith("gpu is not a device")
    assert "cpu, cuda" in str(refusal.value)


@pytest.fixture
def on_linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.fixture
def lists(monkeypatch):
    """Let onnxruntime list these providers, and NVIDIA's tool these cards."""

    def given(providers, tool=("no such tool",)):
        listed = [*providers, "CPUExecutionProvider"]
        monkeypatch.setattr(module.ort, "get_available_providers", lambda: listed)
        monkeypatch.setattr(module, "_NVIDIA_SMI", tool)

    return given


@pytest.mark.usefixtures("on_linux")
def test_a_device_that_the_runtime_lacks_is_refused_with_the_wheel_that_has_it(lists):
    lists([])
    with pytest.raises(Refused, match=r"built without it: .* `pip install onnxruntime-gpu`"):
        device_named("cuda")


@pytest.mark.usefixtures("on_linux")
def test_a_device_of_another_system_says_of_which(lists):
    lists([])
    with pytest.raises(Refused, match="Core ML cannot be used: it is made for macOS"):
        device_named("coreml")


@pytest.mark.usefixtures("on_linux")
def test_a_plug_in_that_is_not_installed_names_its_package(lists, monkeypatch):
    lists([])
    monkeypatch.setattr(module.plugins, "find_spec", lambda _: None)
    with pytest.raises(Refused, match="`pip install onnxruntime-ep-webgpu`, beside onnxruntime"):
        device_named("webgpu")


@pytest.mark.usefixtures("on_linux")
@pytest.mark.parametrize("name", ["cuda", "webgpu"])
def test_a_standalone_program_names_no_package_that_cannot_be_added(lists, monkeypatch, name):
    lists([])
    monkeypatch.setattr(module.plugins, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(Refused, match="standalone program was built without it"):
        device_named(name)


def test_a_device_that_the_runtime_has_is_usable(lists):
    lists(["CUDAExecutionProvider"])
    cuda = device_named("cuda")
    assert cuda.provider == "CUDAExecutionProvider"
    assert cuda.label == "NVIDIA GPU, CUDA"


@pytest.mark.usefixtures("on_linux")
def test_each_card_has_its_own_name(lists):
    cards = "print('NVIDIA A'); print('NVIDIA B')"
    lists(["CUDAExecutionProvider"], (sys.executable, "-c", cards))
    assert device_named("cuda").label == "NVIDIA A, CUDA"
    assert device_named("cuda:1").label == "NVIDIA B, CUDA"
    assert device_named("cuda:1").index == 1


def test_wheels_that_overwrite_each_other_are_told(tmp_path, monkeypatch):
    assert clash() is None
    for name in ("onnxruntime", "onnxruntime_gpu", "onnxruntime_ep_webgpu"):
        folder = tmp_path / f"{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert str(clash()).startswith("onnxruntime, onnxruntime-gpu are installed at once")
