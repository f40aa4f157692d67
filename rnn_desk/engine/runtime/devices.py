"""Devices: what a model can run on here, by names that a person knows.

An execution provider of onnxruntime's is had in one of two ways. Some are built into a wheel that
is installed in place of onnxruntime (CUDA, DirectML): such wheels overwrite each other's files.
Others are plug-ins, packages of their own beside the ordinary wheel (WebGPU, OpenVINO).

A new kind of device is one entry in `KINDS`. What the kinds do here was seen with onnxruntime
1.32.0, Python 3.11, Linux on x86-64, without a GPU (`tests/benchmarks/wheels.md`):

- Plug-ins install beside onnxruntime and beside each other. WebGPU's loads and finds no device: a
  software Vulkan driver is none to it. TensorRT RTX's does not load without NVIDIA's driver. QNN's
  offers the CPU, and then cannot start on it. OpenVINO's runs on Intel's processors. Once a plug-in
  is loaded, onnxruntime lists its provider among those that are built in.
- onnxruntime-gpu 1.31.1 lists CUDA and TensorRT without their libraries, and then runs on the CPU
  in silence; the reason is on stderr alone. `sessions.start` asks the loader instead.
- onnxruntime-webgpu 1.27.0 has WebGPU built in, and takes a software Vulkan driver. Without one it
  prints to stdout and runs on the CPU, unless its fall-back is forbidden, as `sessions.start` does.
  It has a kernel for LSTM in either direction, and none for GRU and RNN (see `fastest_form`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import distributions

import onnxruntime as ort

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime import plugins
from rnn_desk.protocol.devices import CPU_NAME, Device, Kind

_NVIDIA_SMI = ("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")
_SECONDS = 5
"""How long NVIDIA's driver may take to answer; waking a card takes about one."""

_SYSTEMS = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}

_OPENVINO_FLOAT32 = json.dumps(
    {device: {"INFERENCE_PRECISION_HINT": "f32"} for device in ("CPU", "GPU")}
)


KINDS = (
    Kind(
        "cuda",
        "NVIDIA GPU, CUDA",
        "CUDA",
        "CUDAExecutionProvider",
        wheel="onnxruntime-gpu",
        options=(("use_tf32", "0"),),  # which it uses unasked, with 10 bits of mantissa
    ),
    Kind(
        "tensorrt",
        "NVIDIA GPU, TensorRT",
        "TensorRT",
        "TensorrtExecutionProvider",
        wheel="onnxruntime-gpu",
    ),
    Kind(
        "tensorrt-rtx",
        "NVIDIA GPU, TensorRT for RTX",
        "TensorRT for RTX",
        "NvTensorRTRTXExecutionProvider",
        package="onnxruntime-ep-nv-tensorrt-rtx",
    ),
    Kind(
        "directml",
        "GPU, DirectML",
        "DirectML",
        "DmlExecutionProvider",
        wheel="onnxruntime-directml",
        systems=("win32",),
    ),
    Kind(
        "coreml",
        "Apple GPU and Neural Engine, Core ML",
        "Core ML",
        "CoreMLExecutionProvider",
        wheel="onnxruntime",
        systems=("darwin",),
    ),
    Kind(
        "mlx",
        "Apple GPU, MLX",
        "MLX",
        "MLXExecutionProvider",
        package="onnxruntime-ep-mlx",
        systems=("darwin",),
    ),
    Kind(
        "migraphx",
        "AMD GPU, MIGraphX",
        "MIGraphX",
        "MIGraphXExecutionProvider",
        wheel="onnxruntime-migraphx",
        systems=("linux",),
    ),
    Kind(
        "openvino",
        "Intel processor, OpenVINO",
        "OpenVINO",
        "OpenVINOExecutionProvider",
        package="onnxruntime-ep-openvino",
        wheel="onnxruntime-openvino",
        options=(("load_config", _OPENVINO_FLOAT32),),  # else bfloat16, on processors that have it
    ),
    Kind(
        "webgpu",
        "GPU, WebGPU",
        "WebGPU",
        "WebGpuExecutionProvider",
        package="onnxruntime-ep-webgpu",
        systems=("linux", "win32", "darwin"),
    ),
    Kind(
        "qnn",
        "Qualcomm NPU, QNN",
        "QNN",
        "QNNExecutionProvider",
        package="onnxruntime-qnn",
    ),
)


CPU = Device(CPU_NAME, "CPU", "CPUExecutionProvider", cores=os.cpu_count() or 1)


def devices(kinds: tuple[Kind, ...] = KINDS) -> tuple[Device, ...]:
    """Every device that this program knows, usable or not, the CPU first."""
    return (CPU, *(device for kind in kinds for device in _of_kind(kind)))


def device_named(name: str) -> Device:
    """The usable device of that name. Raises Refused."""
    if name == CPU.name:
        return CPU  # without asking any driver
    known = {device.name: device for device in devices()}
    if name not in known:
        raise Refused(
            "{name} is not a device that this program knows: choose one of {known}",
            name=name,
            known=", ".join(known),
        )
    if (refusal := known[name].refusal) is not None:
        raise Refused("{label} cannot be used: {reason}", label=known[name].label, reason=refusal)
    return known[name]


def clash() -> Refused | None:
    """What is wrong with the installed wheels; None where there is one of them.

    All of them bring a package of the same name, and each overwrites the files of the other: which
    providers are there then depends on the order in which they were installed.
    """
    known = {"onnxruntime", "onnxruntime-webgpu", "onnxruntime-rocm"}
    known |= {kind.wheel for kind in KINDS if kind.wheel}
    names = {str(found.metadata["Name"]).lower().replace("_", "-") for found in distributions()}
    there = sorted(known & names)
    if len(there) < 2:
        return None
    return Refused(
        "{wheels} are installed at once and have overwritten each other: uninstall them all, then "
        "install the one that you want",
        wheels=", ".join(there),
    )


def _of_kind(kind: Kind) -> list[Device]:
    """The devices of one kind, or the one that is not usable, with the reason."""
    if sys.platform not in kind.systems:
        return [Device(kind.name, kind.label, kind.provider, kind, refusal=_made_for(kind))]
    # A plug-in first: once it is loaded, onnxruntime lists its provider as if it were built in.
    if kind.provider in ort.get_available_providers() and not plugins.installed(kind.package):
        names = _nvidia_cards() if kind.wheel == "onnxruntime-gpu" else []
        return [_device(kind, place, name) for place, name in enumerate(names or [""])]
    try:
        if getattr(sys, "frozen", False) and not plugins.installed(kind.package):
            raise _cannot_be_added()
        if not kind.package:
            raise _not_built_in(kind)
        names = [plugins.hardware_name(d) for d in plugins.devices_of(kind.package, kind.provider)]
    except Refused as refusal:
        return [Device(kind.name, kind.label, kind.provider, kind, refusal=refusal)]
    return [_device(kind, place, name, plugged=True) for place, name in enumerate(names)]


def _device(kind: Kind, place: int, hardware: str, plugged: bool = False) -> Device:
    name = kind.name if place == 0 else f"{kind.name}:{place}"
    label = f"{hardware}, {kind.api}" if hardware else kind.label
    return Device(name, label, kind.provider, kind, place, plugged)


def _made_for(kind: Kind) -> Refused:
    return Refused(
        "it is made for {systems}", systems=" / ".join(_SYSTEMS[name] for name in kind.systems)
    )


def _not_built_in(kind: Kind) -> Refused:
    return Refused(
        "the installed onnxruntime {version} was built without it: `pip uninstall onnxruntime`, "
        "then `pip install {wheel}` in its place",
        version=ort.__version__,
        wheel=kind.wheel,
    )


def _cannot_be_added() -> Refused:
    return Refused(
        "this standalone program was built without it, and nothing can be added: install RNN Desk "
        "with pip to use it"
    )


def _nvidia_cards() -> list[str]:
    """The names of NVIDIA's cards, by the driver's own tool; none where it does not answer."""
    try:
        asked = subprocess.run(
            _NVIDIA_SMI, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return asked.stdout.split("\n")[:-1] if asked.returncode == 0 else []
