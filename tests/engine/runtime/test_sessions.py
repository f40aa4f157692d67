"""Starting a model on a device: what was granted, where its nodes ran, and why not elsewhere."""

import sys

import numpy as np
import onnxruntime as ort
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime import plugins
from rnn_desk.engine.runtime import sessions as module
from rnn_desk.engine.runtime.devices import CPU, KINDS, devices
from rnn_desk.engine.runtime.messages import device_cause, plain
from rnn_desk.engine.runtime.sessions import NotGranted, start, start_placed, tried
from rnn_desk.protocol.devices import Device, Kind
from tests.helpers import models

CUDA = Device("cuda", "NVIDIA GPU, CUDA", "CUDAExecutionProvider", KINDS[0])


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


@pytest.mark.filterwarnings("ignore:Specified provider")  # onnxruntime's own, of what it lacks
def test_the_real_runtime_does_not_grant_what_it_lacks(capfd):
    """It would run on the CPU in silence; what the loader has against the library is told."""
    if CUDA.provider in ort.get_available_providers():
        pytest.skip("this onnxruntime has CUDA built in")
    with pytest.raises(NotGranted) as refusal:
        start(models.recurrent().SerializeToString(), CUDA)
    assert "CUDA was asked for and is not available" in str(refusal.value)
    if sys.platform == "linux":
        assert "(libcuda.so.1 is not found: NVIDIA's driver is not installed)" in str(refusal.value)
    assert "or use the CPU" in str(refusal.value)
    assert capfd.readouterr() == ("", "")


def test_a_provider_that_raises_is_refused_in_its_own_words(monkeypatch):
    asked = []

    def broken(*_, providers, enable_fallback):
        asked.append((providers, enable_fallback))
        raise RuntimeError(
            "/onnxruntime_src/core/x.cc:65 onnxruntime::A::B(const C&) status == D::Success was "
            "false. Failed to get a WebGPU adapter: No supported adapters"
        )

    monkeypatch.setattr(module.ort, "InferenceSession", broken)
    with pytest.raises(NotGranted, match=r"\(no graphics device that it takes is found\)"):
        start(b"", CUDA)
    exact = {"use_tf32": "0"}
    assert asked == [([("CUDAExecutionProvider", exact), "CPUExecutionProvider"], 0)]


def test_what_cannot_start_is_listed_with_the_reason(monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no driver")

    monkeypatch.setattr(module.ort, "InferenceSession", broken)
    assert str(tried(CUDA).refusal).startswith(
        "it does not start (onnxruntime says “no driver”): install NVIDIA's"
    )


def test_the_cpu_starts_and_has_no_placement():
    assert tried(CPU) == CPU
    model = models.recurrent().SerializeToString()
    picture = {"picture": np.zeros((1, 28, 28), np.float32)}
    _, placement = start_placed(model, CPU, picture)
    assert placement is None


@pytest.fixture
def plugged():
    """The CPU's own provider, got as a plug-in's is: by onnxruntime's list of devices."""
    kind = Kind("plug", "Plug", "Plug", "CPUExecutionProvider", package="plug")
    return Device("plug", "Plug", "CPUExecutionProvider", kind, plugged=True)


def test_a_plug_ins_device_is_asked_for_and_its_nodes_are_counted(plugged, monkeypatch):
    """On the real runtime: its list, its sessions, its profile; only the loading is left out."""
    monkeypatch.setattr(plugins, "find_spec", lambda _: True)
    monkeypatch.setattr(plugins, "_register", lambda *_: None)
    model = models.recurrent()
    picture = {"picture": np.zeros((1, 28, 28), np.float32)}
    session, placement = start_placed(model.SerializeToString(), plugged, picture)
    assert session.get_providers() == ["CPUExecutionProvider"]
    assert placement.nodes == placement.granted > 0
    assert placement.share_of_nodes == placement.share_of_time == 1
    assert placement.left == ()


def test_a_plug_in_whose_library_does_not_load_says_why(monkeypatch, tmp_path):
    """The real onnxruntime, given a library that is none."""
    (tmp_path / "rnn_desk_no_plugin.py").write_text(
        f"def get_library_path(): return {str(tmp_path / 'broken.so')!r}"
    )
    (tmp_path / "broken.so").write_text("no library")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(Refused, match=r"rnn-desk-no-plugin cannot be loaded \(.+\): install"):
        plugins.devices_of("rnn-desk-no-plugin", "NoExecutionProvider")


def test_a_plug_in_that_finds_no_device_says_so(monkeypatch, tmp_path):
    (tmp_path / "rnn_desk_idle_plugin.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(plugins, "_register", lambda *_: None)
    with pytest.raises(Refused, match="rnn-desk-idle-plugin finds no device here"):
        plugins.devices_of("rnn-desk-idle-plugin", "IdleExecutionProvider")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "Failed to load library /a b/libonnxruntime_providers_cuda.so with error: "
            "libcublasLt.so.13: cannot open shared object file: No such file or directory",
            "the library libcublasLt.so.13 is not found",
        ),
        (
            "libcuda.so.1: cannot open shared object file: No such file or directory",
            "libcuda.so.1 is not found: NVIDIA's driver is not installed",
        ),
        (
            "/a/libonnxruntime_providers_cuda.so: undefined symbol: cuTensorMapEncodeTiled",
            "the driver or a library is too old, and has no cuTensorMapEncodeTiled",
        ),
        (
            "/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:154 "
            "std::conditional_t<THRW, void, onnxruntime::common::Status> onnxruntime::CudaCall("
            "ERRTYPE, const char*, int) [with ERRTYPE = cudaError; bool THRW = true] CUDA failure "
            "35: CUDA driver version is insufficient for CUDA runtime version ; GPU=-1",
            "NVIDIA's driver is too old for this CUDA, or is not running",
        ),
        (
            "/onnxruntime_src/onnxruntime/python/onnxruntime_pybind_state.cc:729 void "
            "onnxruntime::python::RegisterTensorRTPluginsAsCustomOps(PySessionOptions&) Please "
            "install TensorRT libraries as mentioned in the GPU requirements page",
            "TensorRT's libraries are not found",
        ),
        (
            "/onnxruntime_src/core/x.cc:65 onnxruntime::A::B(const C&) status == D::Success was "
            "false. Failed to get a WebGPU adapter: No supported adapters",
            "no graphics device that it takes is found",
        ),
        (
            "WebGPU validation failed. Buffer size (1258291200) exceeds the max buffer size limit",
            "its memory is full",
        ),
        (
            "Could not determine default backend path for device",
            "no Qualcomm processor is found",
        ),
        (
            "FAIL : DXGI_ERROR_DEVICE_REMOVED",
            "the connection to it was lost",
        ),
        ("[ONNXRuntimeError] : 1 : FAIL : device was lost", "the connection to it was lost"),
        (
            "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : [with X = int] something new",
            "onnxruntime says “something new”",
        ),
    ],
)
def test_a_devices_words_are_told_in_ours(message, words):
    """As the real onnxruntime, loader and drivers say it; where we have no words, theirs."""
    assert str(device_cause(RuntimeError(message))) == words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("[ONNXRuntimeError] : 1 : FAIL : it has no weights", "it has no weights"),
        (
            "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code: a\n b "
            "/build/onnxruntime/core/x.cc:12 void f(const A&) const broken",
            "Non-zero status code: a b broken",
        ),
        ("[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : a : b", "a : b"),
        (
            "[ONNXRuntimeError] : 1 : FAIL : Failed to load library /a b/libx.so with error: "
            "libcuda.so.1: cannot open shared object file",
            "libcuda.so.1: cannot open shared object file",
        ),
        ("", "ValueError"),
    ],
)
def test_the_runtimes_words_are_told_without_its_inside(message, words):
    assert plain(ValueError(message)) == words


def test_the_runtimes_words_have_an_end():
    assert len(plain(ValueError("long " * 1000))) <= 300


def test_every_device_that_says_it_is_usable_starts_or_says_why():
    for device in devices():
        again = tried(device)
        assert again.usable or again.reason
